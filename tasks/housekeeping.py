"""Keep the house: dates after a change of the working calendar, and what has outlived its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.rules.deadlines import date_in_letter, duty_due_date, promised_date, unit_due_date
from desk.rules.letters import CitizenQuestion, MovedDate, forwarded, redating_digest
from desk.rules.redating import closing_times, redated
from desk.rules.states import QuestionState
from desk.rules.tally import Count, Tally
from desk.runtime.addressing import addressee
from desk.runtime.articles.tidying import remove_orphans
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.database import transaction
from desk.runtime.in_force import InForce, in_force
from desk.runtime.rendering import rendered
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.runtime.zalo import article_client
from desk.store import dates, events, outbox, questions
from desk.store.dates import AssignmentDates, Dated, DatedQuestion, QuestionDates
from desk.store.delivery_modes import DeliveryMode, current_mode
from desk.store.retention import erase_payloads, forget_bodies
from tasks.retrying import STEP

# To be dated anew a question is a few numbers: many fit a batch.
_REDATED_AT_ONCE = 10_000
_ERASED_AT_ONCE = 5_000
_REASON = "Lịch làm việc của cơ quan có thay đổi."


@task(name="Tính lại hạn", cache_policy=NO_CACHE)
def redate_batch(as_of: datetime) -> Tally:
    """Date anew a batch of open questions of an older calendar; when none is left, tell units and citizens what moved.

    A date moves later freely and never earlier than it was told (A14). Safe to repeat; a question that was routed by an
    older calendar meanwhile is found by the next run.
    """
    with transaction() as connection:
        desk = in_force(connection)
        claimed = dates.claim_questions_to_redate(
            connection, calendar_version=desk.calendar_version, limit=_REDATED_AT_ONCE
        )
        if not claimed:
            return _tell_units(connection, desk, as_of) + _tell_citizens(connection, desk, as_of)
        closings = closing_times(desk.office.policies, desk.office.days)
        dated = dates.find_dated(connection, claimed, closing_times=closings)
        # a rule that raises is not remembered: it is asked for each of its questions, and each is set aside
        new_dates = cache(partial(_new_dates, desk=desk))
        done = set_aside(connection, _LINE, dated, lambda question: new_dates(question.dated))
        at_desk = [(question.question_id, of_question) for question, (of_question, _) in done]
        dates.redate_questions(connection, at_desk, calendar_version=desk.calendar_version)
        at_units = [
            pair for question, (_, of_units) in done for pair in zip(question.assignment_ids, of_units, strict=True)
        ]
        dates.redate_assignments(connection, at_units, calendar_version=desk.calendar_version)
        return Tally({Count.REDATED: len(done), Count.SET_ASIDE: len(claimed) - len(done)})


@task(name="Xóa nội dung hết hạn lưu", cache_policy=NO_CACHE)
def apply_retention(as_of: datetime) -> Tally:
    """Clear what citizens wrote and what was sent, once the time set by policy is over; keys and counts stay (A10).

    The bytes of a letter, with the pages it carries, go as soon as it need not be repeated.
    """
    with transaction() as connection:
        kept_for = timedelta(days=in_force(connection).policy(as_of).retention_days)
        erased = erase_payloads(connection, before=as_of - kept_for, limit=_ERASED_AT_ONCE)
        forgotten = forget_bodies(connection, limit=_ERASED_AT_ONCE)
    return Tally({Count.ERASED: erased, Count.FORGOTTEN: forgotten})


@task(name="Xóa bài thừa trên Zalo", **STEP)
def remove_orphan_articles() -> Tally:
    """Remove what a repeat has left on Zalo of an article. While deliveries are held nothing is touched.

    Raises:
        GatewayDown: Zalo answers nothing now.
    """
    with transaction() as connection:
        if current_mode(connection) is DeliveryMode.HOLD:
            return Tally()
    return remove_orphans(article_client())


_LINE: Line[DatedQuestion] = Line(
    name="redating",
    identify=lambda question: str(question.question_id),
    park=lambda connection, rows: questions.park_questions(connection, [row.question_id for row in rows]),
    question_of=lambda question: question.question_id,
)


def _new_dates(dated: Dated, *, desk: InForce) -> tuple[QuestionDates, Sequence[AssignmentDates]]:
    policy, units = desk.policy(dated.received_at), dated.unit_count or 1
    if dated.state == QuestionState.WITH_DUTY:
        rule = duty_due_date(dated.received_at, desk.calendar, policy)
    else:
        rule = promised_date(dated.received_at, units, desk.calendar, policy)
    kept = redated(dated.promised_on, rule) if dated.promised_on else None
    at_units = []
    for assignment in dated.awaited:
        of_unit = unit_due_date(assignment.lettered_on, units, desk.calendar, policy)
        shown = date_in_letter(rule.on, of_unit.on, assignment.lettered_on, desk.calendar)
        of_unit_kept = redated(assignment.unit_due_on, of_unit)
        at_units.append(
            AssignmentDates(
                unit_due_on=of_unit_kept.on,
                told_on=max(assignment.told_on, shown),
                because=of_unit_kept.because,
            )
        )
    of_question = QuestionDates(
        promised_on=kept.on if kept else None,
        due_by_rule_on=rule.on,
        because=kept.because if kept else rule.because,
    )
    return of_question, at_units


def _tell_units(connection: Connection, desk: InForce, as_of: datetime) -> Tally:
    """Queue one digest a unit; what moved again after it was queued is told by the next change of the calendar."""
    moved = dates.claim_moved_assignments(connection)
    for (unit_code, place), group in groupby(moved, key=lambda row: (row.unit_code, row.place_unit)):
        rows = list(group)
        lines = [MovedDate(case_code=row.case_code, before=row.moved_from, after=row.told_on) for row in rows]
        letter = redating_digest(
            lines,
            addressee(connection, *unit_of(desk.office, unit_code, place, as_of), as_of.date()),
            desk.letterhead(as_of),
            reason=_REASON,
            calendar_version=desk.calendar_version,
        )
        outbox.add_deliveries(connection, [rendered(letter)], on=as_of.date())
    dates.record_assignments_told(connection, [row.assignment_id for row in moved])
    return Tally()


def _tell_citizens(connection: Connection, desk: InForce, as_of: datetime) -> Tally:
    moved = dates.claim_moved_questions(connection, limit=settings().batch_size)
    notices = []
    for row in moved:
        question = CitizenQuestion(
            question_id=row.question_id, case_code=row.case_code, user_id=row.user_id, received_at=row.received_at
        )
        names = [name_of(*unit_of(desk.office, code, place, as_of)) for code, place in row.units]
        notices.append(forwarded(question, units=names, promised_on=row.promised_on))
    outbox.add_deliveries(connection, [rendered(notice) for notice in notices], on=as_of.date())
    dates.record_questions_told(connection, [row.question_id for row in moved])
    told = [
        events.Event(kind="redated", question_id=row.question_id, details={"promised_on": row.promised_on})
        for row in moved
    ]
    events.record_events(connection, told, as_of=as_of)
    return Tally({Count.TOLD: len(moved)})
