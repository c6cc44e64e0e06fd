"""Mail that leaves the desk: its bytes, and handing them over."""

from desk.gateways.mail_out.mime import MailFile, mime
from desk.gateways.mail_out.sessions import SmtpServer
from desk.gateways.mail_out.smtp import MailReceipt, SmtpSender

__all__ = ["MailFile", "MailReceipt", "SmtpSender", "SmtpServer", "mime"]
