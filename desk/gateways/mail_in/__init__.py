"""Mail that arrives in the desk's mailbox."""

from desk.gateways.mail_in.mailboxes import FetchedMail, ImapServer, Inbox, ListedMail, Watermark, open_inbox

__all__ = ["FetchedMail", "ImapServer", "Inbox", "ListedMail", "Watermark", "open_inbox"]
