"""Mail that arrives in the desk's mailbox."""

from desk.gateways.mail_in.own_copies import (
    ImapServer,
    OwnCopies,
    OwnCopy,
    Watermark,
    find_own_copies,
    remove_own_copies,
)

__all__ = ["ImapServer", "OwnCopies", "OwnCopy", "Watermark", "find_own_copies", "remove_own_copies"]
