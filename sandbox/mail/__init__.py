"""A mail server of our own on loopback: SMTP into Maildirs, IMAP out of them, with faults to switch on."""

from sandbox.mail.clocks import set_clock
from sandbox.mail.faults import Faults, HangUp
from sandbox.mail.server import PASSWORD, MailServer

__all__ = ["PASSWORD", "Faults", "HangUp", "MailServer", "set_clock"]
