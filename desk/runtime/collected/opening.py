"""A mail opened: parsed, sorted by its headers, its new text and what it points to at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.attachments import sent_on_purpose
from desk.rules.incoming_mail import DeliveryReport, IncomingMail, Leaf, MailKind
from desk.rules.mail_addresses import DeskAddress
from desk.rules.mail_kinds import bounce_reports, kind_by_headers
from desk.rules.replies.matching import Evidence, evidence_of
from desk.rules.replies.trimming import trimmed
from desk.store.inbound_mails import StoredMail

_DIGEST: Final = re.compile(r"\b[0-9a-f]{32}\b")
_BOUNCE: Final = re.compile(r"\bbounce\.([0-9a-f]{32})@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A mail as the rules see it; `kind` is None where a person wrote it. `new_text` is without quotes, roughly.

    `quoted_by`: by what its quote was known so far. `reports`: of a bounce, whom it is about.
    """

    stored: StoredMail
    mail: IncomingMail
    kind: MailKind | None
    new_text: str
    evidence: Evidence
    reports: tuple[DeliveryReport, ...] = ()
    quoted_by: str = ""

    @property
    def mail_id(self) -> int:
        """The number of the stored mail."""
        return self.stored.inbound_mail_id

    @property
    def files(self) -> tuple[Leaf, ...]:
        """What was sent along on purpose."""
        return sent_on_purpose(self.mail.leaves)


def opened(stored: StoredMail, desk: DeskAddress) -> Opened:
    """Return a stored mail opened; of a machine's mail only the letters it is about are evidence."""
    mail = parse_mail(stored.raw)
    kind = kind_by_headers(mail, desk)
    if kind is None:
        news = trimmed(mail.text)
        evidence = evidence_of(mail, news.text, desk)
        return Opened(stored=stored, mail=mail, kind=None, new_text=news.text, evidence=evidence, quoted_by=news.how)
    reports = bounce_reports(mail, desk) if kind is MailKind.BOUNCE else ()
    digests = tuple(dict.fromkeys(_digests(mail, reports)))
    evidence = Evidence(letter_digests=digests)
    return Opened(stored=stored, mail=mail, kind=kind, new_text="", evidence=evidence, reports=reports)


def digest_of(message_id: str) -> str:
    """Return what stands for the key in the Message-ID of a letter of ours; empty where it cannot be ours."""
    found = _DIGEST.search(message_id)
    return found[0] if found else ""


def _digests(mail: IncomingMail, reports: Iterable[DeliveryReport]) -> Iterator[str]:
    """Yield the letters that came back: by their Message-IDs, and by the address they came back to."""
    for report in reports:
        if digest := digest_of(report.original_message_id):
            yield digest
    for recipient in mail.recipients:
        if found := _BOUNCE.search(recipient):
            yield found[1]
