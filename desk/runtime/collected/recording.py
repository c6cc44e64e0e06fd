"""Write what a batch of mails came to: a statement each, and all of it together (laws 4, 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import chain
from typing import Final

from sqlalchemy import Connection

from desk.rules.attachments import has_cloud_link
from desk.rules.calendar import HCM, local_date
from desk.rules.incoming_mail import MailKind
from desk.rules.letters import command_refused
from desk.rules.outgoing import Delivery
from desk.rules.replies.readings import ReplyReading
from desk.rules.states import AssignmentState
from desk.runtime.assigning import record_lettered
from desk.runtime.collected.asks import ask_reading, late_reply
from desk.runtime.collected.unit_replies import Said
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.decisions.asking import ask_officers
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.decisions.unit_proposals import UnitProposal, propose
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.runtime.resending import ask_to_resend
from desk.store import address_notices, attachments, deliveries, events, inbound_mails, outbox, replies, work_items

# automatic mails to a unit about one question in a day: a machine at the other end must not keep ours talking
_REFUSALS_A_DAY: Final = 3


def record(connection: Connection, verdicts: Sequence[Verdict], desk: InForce, as_of: datetime) -> None:
    """Write verdicts with all that follows from them; the questions they are about are held already."""
    inbound_mails.record_read(connection, [verdict.read for verdict in verdicts], as_of=as_of)
    with_files = [verdict.opened for verdict in verdicts if verdict.said or verdict.kind is MailKind.HELD]
    attachments.add_attachments(connection, {opened.mail_id: opened.mail.leaves for opened in with_files})
    said = [one for verdict in verdicts for one in verdict.said]
    ids = replies.add_replies(connection, [one.reply for one in said])
    new = [(one, ids[one.reply.pair]) for one in said if one.reply.pair in ids]
    _record_said(connection, new, desk, as_of)
    for mail_id in dict.fromkeys(one.reply.inbound_mail_id for one, _ in new if has_cloud_link(one.reply.text)):
        ask_to_resend(connection, mail_id, desk, as_of)
    # keys in one order: two workers that add the same ones wait for each other and never for ever
    asks = {ask.key: ask for verdict in verdicts for ask in verdict.asks}
    ask_officers(connection, [asks[key] for key in sorted(asks)], desk, as_of)
    work_items.add_work_items(connection, [item for verdict in verdicts for item in verdict.items])
    leaving = sorted(chain.from_iterable(verdict.deliveries for verdict in verdicts), key=lambda one: one.key)
    queued = outbox.add_deliveries(connection, leaving, on=local_date(as_of))
    asked_again = chain.from_iterable(verdict.asked_again.items() for verdict in verdicts)
    lettered = chain.from_iterable(assignment_ids for key, assignment_ids in asked_again if key in queued)
    record_lettered(connection, sorted(set(lettered)), desk, as_of)
    bounces = list(chain.from_iterable(verdict.bounces for verdict in verdicts))
    address_notices.record_bounces(connection, bounces)
    address_notices.record_absences(connection, list(chain.from_iterable(one.absences for one in verdicts)))
    address_notices.forget_bounces(connection, [_heard(verdict) for verdict in verdicts if verdict.said])
    deliveries.record_copies(connection, list(chain.from_iterable(verdict.copies for verdict in verdicts)))
    events.record_events(connection, [event for verdict in verdicts for event in _events(verdict)], as_of=as_of)


def _record_said(connection: Connection, new: Sequence[tuple[Said, int]], desk: InForce, as_of: datetime) -> None:
    """Move assignments, ask about what only a person can read, and put forward what units propose."""
    until = silent_until(desk, as_of)
    awaited = [
        (replace(said, refused=said.refused or _proposed(connection, said, reply_id, desk, as_of)), reply_id)
        for said, reply_id in new
        if not said.is_late
    ]
    replies.move_assignments(connection, [said.move(until) for said, _ in awaited])
    ask_officers(
        connection,
        [ask_reading(said, reply_id, desk, as_of) for said, reply_id in awaited if said.asks_back],
        desk,
        as_of,
    )
    late = [late_reply(said, reply_id, desk, as_of) for said, reply_id in new if said.is_late]
    ask_officers(connection, [ask for ask in late if ask], desk, as_of)
    for said, _ in awaited:
        if said.refused:
            _refuse(connection, said, said.refused, desk, as_of)
    events.record_events(connection, [_said_event(said, reply_id) for said, reply_id in new], as_of=as_of)
    moved = {said.asked.assignment_id: said for said, _ in awaited if _moves(said)}
    events.record_events(
        connection,
        [
            events.Event(kind="unit_replied", question_id=said.asked.question_id, assignment_id=assignment_id)
            for assignment_id, said in moved.items()
        ],
        as_of=as_of,
    )


def silent_until(desk: InForce, as_of: datetime) -> datetime:
    """Return how long the chase keeps still for a person: to the end of the next working day."""
    return datetime.combine(desk.calendar.add_working_days(local_date(as_of), 1), time(23, 59), HCM)


def _moves(said: Said) -> bool:
    return said.read.reading is ReplyReading.ANSWER and said.asked.state is AssignmentState.AWAITING


def _proposed(connection: Connection, said: Said, reply_id: int, desk: InForce, as_of: datetime) -> str:
    """Put forward what a unit proposes; returns why that cannot be done, empty where it was or nothing is proposed."""
    command = said.read.command
    if command is None or not said.proposes:
        return ""
    proposal = UnitProposal(
        question_id=said.asked.question_id,
        assignment_id=said.asked.assignment_id,
        case_code=said.asked.case_code,
        command=command,
        reply_id=reply_id,
        text=said.read.text,
    )
    try:
        with connection.begin_nested():
            propose(connection, proposal, desk, as_of)
    except DecisionRefusedError as error:
        return str(error)
    return ""


def _refuse(connection: Connection, said: Said, because: str, desk: InForce, as_of: datetime) -> None:
    """Tell a sender why nothing was done, as far as one may get so many automatic mails a day."""
    asked, on = said.asked, local_date(as_of)
    day = f"command-refused:{asked.question_id}:{asked.unit_code}:{on.isoformat()}"
    keys = [f"{day}:{number}" for number in range(1, _REFUSALS_A_DAY + 1)]
    free = sorted(set(keys) - outbox.find_keys(connection, keys))
    if free:
        letter = command_refused(
            said.reply.from_address,
            key=free[0],
            because=because[:1].upper() + because[1:],
            case_code=asked.case_code,
            question_id=asked.question_id,
            assignment_id=asked.assignment_id,
            letterhead=desk.letterhead(as_of),
        )
        leaving: list[Delivery] = [rendered(letter)]
        outbox.add_deliveries(connection, leaving, on=on)


def _heard(verdict: Verdict) -> tuple[str, datetime]:
    return verdict.opened.mail.from_address, verdict.opened.stored.received_at


def _events(verdict: Verdict) -> list[events.Event]:
    mail_id = verdict.opened.mail_id
    if verdict.kind is MailKind.HELD:
        return [events.Event(kind="mail_held", details={"inbound_mail_id": mail_id})]
    return [
        events.Event(kind="address_bounced", details={"inbound_mail_id": mail_id, "status": bounce.status})
        for bounce in verdict.bounces
    ]


def _said_event(said: Said, reply_id: int) -> events.Event:
    return events.Event(
        kind="reply_recorded",
        question_id=said.asked.question_id,
        assignment_id=said.asked.assignment_id,
        details={
            "reply_id": reply_id,
            "reading": said.read.reading.value,
            "standing": said.reply.standing.value,
            "refused": bool(said.refused),
        },
    )
