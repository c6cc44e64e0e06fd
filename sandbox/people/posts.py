"""Mails that people are going to send, and the sending of them: over SMTP, logged in as who they are."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from enum import StrEnum

from sandbox.mail import PASSWORD


class Post(StrEnum):
    """What a mail is meant as by whoever writes it."""

    ANSWER = "answer"
    SHORT_WORD = "short_word"
    COMMAND = "command"
    FROM_HOME = "from_home"
    DECISION = "decision"
    ABSENCE = "absence"
    FORWARD = "forward"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Planned:
    """A mail with the moment it is sent."""

    at: datetime
    post: Post
    mail: EmailMessage

    @property
    def sender(self) -> str:
        """The address it is sent from."""
        return parseaddr(str(self.mail["From"]))[1]

    @property
    def recipients(self) -> list[str]:
        """All addresses it goes to."""
        fields = [str(field) for name in ("To", "Cc") for field in self.mail.get_all(name, [])]
        return list(dict.fromkeys(address for _, address in getaddresses(fields)))


def send(planned: Planned, host: str, port: int) -> None:
    """Hand a mail over to the mail server, as its writer's mail program does."""
    with smtplib.SMTP(host, port, local_hostname="pc", timeout=30) as session:
        session.login(planned.sender, PASSWORD)
        # what a machine answers has no sender to answer to (RFC 3834)
        sender = "" if planned.post is Post.ABSENCE else planned.sender
        session.sendmail(sender, planned.recipients, planned.mail.as_bytes())
