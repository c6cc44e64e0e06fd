"""Read a batch of mails: opened, matched, judged one by one, and written together (laws 2, 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.incoming_mail import MailKind
from desk.rules.replies.matching import NoMatch, OfficialMatch, UnitMatch, match_mail
from desk.rules.replies.senders import Authentication, Directory, Standing, authentication
from desk.rules.tally import Count, Tally
from desk.runtime.collected.article_mails import ArticleMail, article_mail, take_in
from desk.runtime.collected.asks import ask_sender
from desk.runtime.collected.deciding import OfficialsMail, carry_out
from desk.runtime.collected.gathering import Gathered, gather
from desk.runtime.collected.holding import held, held_as_too_large
from desk.runtime.collected.machine_mail import machine_verdict
from desk.runtime.collected.opening import Opened, opened
from desk.runtime.collected.recording import record
from desk.runtime.collected.unit_replies import said_by_unit
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.setting_aside import Line, set_aside, write_halving
from desk.runtime.settings import settings
from desk.store import admitted_senders, inbound_mails
from desk.store.inbound_mails import StoredMail

# one worker holds so much of the mailbox in memory at once
_BYTES_AT_ONCE: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """What every mail of a batch is judged by."""

    gathered: Gathered
    directory: Directory
    desk: InForce
    as_of: datetime


def read_mails(connection: Connection, desk: InForce, as_of: datetime) -> Tally:
    """Read a batch of mails that nobody has read, with all that follows; a torture mail is parked alone."""
    claimed = inbound_mails.claim_mails_to_read(connection, limit=settings().batch_size, most_bytes=_BYTES_AT_ONCE)
    address = desk_address()
    mails = [one for _, one in set_aside(connection, _STORED, claimed, lambda stored: opened(stored, address))]
    batch = _Batch(gather(connection, mails, as_of), directory(connection, desk), desk, as_of)
    judged = [result for _, result in set_aside(connection, _OPENED, mails, lambda mail: _judged(mail, batch))]
    verdicts = [result for result in judged if isinstance(result, Verdict)]
    officials = [result for result in judged if isinstance(result, OfficialsMail)]
    articles = [result for result in judged if isinstance(result, ArticleMail)]

    def write(some: Sequence[Verdict]) -> None:
        record(connection, some, desk, as_of)

    written = write_halving(connection, _VERDICT, verdicts, write)
    carried_out = set_aside(
        connection, _OFFICIAL, officials, lambda one: carry_out(connection, one, batch.gathered, desk, as_of)
    )
    taken_in = set_aside(connection, _ARTICLE, articles, lambda one: take_in(connection, one, desk, as_of))
    kinds = [verdict.kind for verdict in written] + [MailKind.DECISION for _ in carried_out]
    kinds += [MailKind.DECISION if one.command else MailKind.DRAFT for one, _ in taken_in]
    return _tally(kinds) + Tally({Count.SET_ASIDE: len(claimed) - len(kinds)})


def directory(connection: Connection, desk: InForce) -> Directory:
    """Return whose address is whose, those that duty officers let in among them."""
    return Directory(
        desk.office,
        admitted=admitted_senders.find_admitted(connection),
        agency_domains=[desk_address().domain, *settings().agency_domains.replace(",", " ").split()],
    )


def _judged(opened: Opened, batch: _Batch) -> Verdict | OfficialsMail | ArticleMail:
    if opened.kind is not None:
        return machine_verdict(opened, opened.kind, batch.gathered, batch.desk, batch.as_of)
    if opened.stored.is_cut:
        return held_as_too_large(opened)
    chosen, on = settings(), local_date(opened.stored.received_at)
    leads = batch.gathered.leads_of(opened)
    proof = authentication(
        opened.mail,
        authserv_id=chosen.mail_authserv_id,
        relay_authenticates=chosen.mail_relay_authenticates_from,
    )
    match = match_mail(opened.mail, opened.evidence, leads, batch.directory, authentication=proof, on=on)
    match match:
        case OfficialMatch():
            return OfficialsMail(opened, match)
        case UnitMatch():
            return _of_unit(opened, match, batch)
        case NoMatch():
            return _unasked(opened, match, proof, batch)


def _unasked(opened: Opened, match: NoMatch, proof: Authentication, batch: _Batch) -> Verdict | ArticleMail:
    """Return what came without a reply address of ours: about an article, or held."""
    found = None
    if proof is not Authentication.FAIL and not batch.gathered.letters_of(opened) and not opened.evidence.token_hashes:
        official = batch.directory.official(opened.mail.from_address, local_date(opened.stored.received_at))
        found = article_mail(opened, official, proof, batch.desk)
    if isinstance(found, ArticleMail):
        return found
    return held(opened, found or match, batch.directory, batch.desk, batch.as_of)


def _of_unit(opened: Opened, match: UnitMatch, batch: _Batch) -> Verdict:
    asked = batch.gathered.asked_units([lead.assignment_id for lead in match.assignments])
    said = said_by_unit(opened, asked, match.standing, batch.gathered, batch.desk)
    asks = (
        [ask_sender(opened, asked[0], match.remarks, batch.desk, batch.as_of)]
        if match.standing is Standing.COLLEAGUE
        else []
    )
    return Verdict(opened=opened, kind=MailKind.REPLY, said=tuple(said), asks=tuple(asks))


def _tally(kinds: Sequence[MailKind]) -> Tally:
    counted = {
        MailKind.REPLY: Count.REPLIES,
        MailKind.DECISION: Count.DECISIONS,
        MailKind.DRAFT: Count.DRAFTS,
        MailKind.HELD: Count.MAILS_HELD,
        MailKind.BOUNCE: Count.BOUNCES,
    }
    tally = Tally()
    for kind in kinds:
        tally += Tally({counted.get(kind, Count.OTHER_MAILS): 1})
    return tally


_STORED: Line[StoredMail] = Line(
    name="mail",
    identify=lambda stored: str(stored.inbound_mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.inbound_mail_id for row in rows]),
)
_OPENED: Line[Opened] = Line(
    name="mail",
    identify=lambda one: str(one.mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.mail_id for row in rows]),
)
_VERDICT: Line[Verdict] = Line(
    name="mail",
    identify=lambda verdict: str(verdict.opened.mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.opened.mail_id for row in rows]),
)
_OFFICIAL: Line[OfficialsMail] = Line(
    name="mail",
    identify=lambda one: str(one.opened.mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.opened.mail_id for row in rows]),
    question_of=lambda one: one.match.token.question_id,
)
_ARTICLE: Line[ArticleMail] = Line(
    name="mail",
    identify=lambda one: str(one.opened.mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.opened.mail_id for row in rows]),
)
