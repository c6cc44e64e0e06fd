"""Letters by the slot: the report to the Ban Quản trị, units' tables of questions, what citizens added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.rules.deadlines import time_left_is_short
from desk.rules.letters import (
    AskedQuestion,
    FollowUp,
    ReportedQuestion,
    board_report,
    letter_key,
    unit_addition,
    unit_table,
)
from desk.rules.outgoing import Letter
from desk.rules.slots import slot_of
from desk.rules.tally import Count, Tally
from desk.rules.taps import is_tap
from desk.runtime.addressing import Addresses, addressee, addresses_on
from desk.runtime.assigning import name_of, record_lettered, reply_token, text_for_unit, unit_of
from desk.runtime.database import transaction
from desk.runtime.in_force import InForce, in_force
from desk.runtime.rendering import rendered
from desk.runtime.settings import settings
from desk.store import assignments, mail_tokens, outbox, reports


@task(name="Thư theo buổi", cache_policy=NO_CACHE)
def queue_slot_letters(as_of: datetime) -> Tally:
    """Queue what is told twice a working day, once a slot however often this runs (Điều 13: báo cáo Ban Quản trị)."""
    with transaction() as connection:
        desk = in_force(connection)
        slot = slot_of(as_of, desk.calendar, desk.policy(as_of).board_report_at)
        if slot is None:
            return Tally()
        reported = _report_to_the_board(connection, desk, as_of, slot)
        _queue_tables(connection, desk, as_of, slot)
        _queue_additions(connection, desk, as_of, slot)
        return Tally({Count.REPORTED: reported})


def _report_to_the_board(connection: Connection, desk: InForce, as_of: datetime, slot: time) -> int:
    report = board_report([], to=settings().board_address, on=as_of.date(), slot=slot)
    if not report.to or outbox.find_keys(connection, [report.key]):
        return 0
    unreported = reports.claim_unreported(connection)
    if not unreported:
        return 0
    lines = [
        ReportedQuestion(
            case_code=question.case_code,
            state=question.state,
            units=tuple(name_of(*unit_of(desk.office, code, place, as_of)) for code, place in question.units),
            promised_on=question.promised_on,
            sensitive=question.sensitive,
        )
        for question in unreported
    ]
    report = board_report(lines, to=report.to, on=as_of.date(), slot=slot)
    if not outbox.add_deliveries(connection, [rendered(report)], on=as_of.date()):
        return 0  # another worker was quicker: the questions are in its report
    reports.record_reported(connection, [question.question_id for question in unreported], as_of=as_of)
    return len(unreported)


def _queue_tables(connection: Connection, desk: InForce, as_of: datetime, slot: time) -> None:
    waiting = assignments.claim_assignments_to_table(connection, limit=settings().batch_size)
    head = desk.letterhead(as_of)
    for (unit_code, place), group in groupby(waiting, key=lambda row: (row.unit_code, row.place_unit)):
        rows = list(group)
        unit, place_unit = unit_of(desk.office, unit_code, place, as_of)
        to = addressee(connection, unit, place_unit, as_of.date())
        key = unit_table([], to, head, slot=f"{slot:%H%M}", reply_token=None).key
        if outbox.find_keys(connection, [key]):
            continue
        wanted = [reply_token(row.question_id, row.assignment_id, as_of) for row in rows]
        whole = mail_tokens.TokenFor(step="table", expires_on=wanted[0].expires_on)
        of_table, *tokens = mail_tokens.add_tokens(connection, [whole, *wanted])
        asked = [_tabled(row, token, desk, as_of) for row, token in zip(rows, tokens, strict=True)]
        letter = unit_table(asked, to, head, slot=f"{slot:%H%M}", reply_token=of_table)
        if outbox.add_deliveries(connection, [rendered(letter)], on=as_of.date()):
            record_lettered(connection, [row.assignment_id for row in rows], desk, as_of)


def _tabled(row: assignments.TabledQuestion, token: str, desk: InForce, as_of: datetime) -> AskedQuestion:
    return AskedQuestion(
        question_id=row.question_id,
        assignment_id=row.assignment_id,
        case_code=row.case_code,
        text=text_for_unit(row.text, row.topics, desk.office),
        received_at=row.received_at,
        due_on=row.told_on,
        because=row.promised_because,
        reply_token=token,
        time_is_short=time_left_is_short(as_of.date(), row.told_on, desk.calendar),
        other_units=tuple(name_of(*unit_of(desk.office, code, place, as_of)) for code, place in row.other_units),
    )


def _queue_additions(connection: Connection, desk: InForce, as_of: datetime, slot: time) -> None:
    claimed = reports.claim_additions(connection)
    # a photo is not passed on unless a person does it (U12), and nobody wrote a tap
    added = [row for row in claimed if row.text and not is_tap(row.text)]
    letters: list[Letter] = []
    rows_of = [(first, list(group)) for first, group in groupby(added, key=lambda row: row.assignment_id)]
    wanted = [reply_token(rows[0].question_id, assignment_id, as_of) for assignment_id, rows in rows_of]
    tokens = mail_tokens.add_tokens(connection, wanted)
    units = {unit_of(desk.office, row.unit_code, row.place_unit, as_of) for row in added}
    addresses = addresses_on(connection, units, as_of.date())
    for (_, rows), token in zip(rows_of, tokens, strict=True):
        letters.append(_addition(rows, token, addresses, desk, as_of, slot=slot))
    deliveries = [rendered(letter) for letter in letters]
    new = outbox.add_deliveries(connection, deliveries, on=as_of.date())
    told = [
        row.message_id
        for (_, rows), delivery in zip(rows_of, deliveries, strict=True)
        if delivery.key in new
        for row in rows
    ]
    reports.record_passed_on(connection, [*told, *(row.message_id for row in claimed if row not in added)])


def _addition(
    rows: Sequence[reports.Addition],
    token: str,
    addresses: Addresses,
    desk: InForce,
    as_of: datetime,
    *,
    slot: time,
) -> Letter:
    first = rows[0]
    unit, place_unit = unit_of(desk.office, first.unit_code, first.place_unit, as_of)
    question = AskedQuestion(
        question_id=first.question_id,
        assignment_id=first.assignment_id,
        case_code=first.case_code,
        text="",
        received_at=first.received_at,
        due_on=first.told_on,
        because=first.promised_because,
        reply_token=token,
    )
    return unit_addition(
        question,
        [FollowUp(received_at=row.sent_at, text=text_for_unit(row.text, row.topics, desk.office)) for row in rows],
        addresses.addressee(unit, place_unit),
        desk.letterhead(as_of),
        slot=f"{slot:%H%M}",
        thread=letter_key(first.question_id, unit.code),
    )
