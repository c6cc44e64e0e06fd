"""Answers: composed when their units have replied, put before officials, and settled when they have left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.rules.calendar import local_time
from desk.rules.letters import unit_released
from desk.rules.slots import duty_told_at
from desk.rules.states import AssignmentState
from desk.rules.tally import Count, Tally
from desk.runtime.addressing import addresses_on
from desk.runtime.answering.cases import Case, find_cases
from desk.runtime.answering.composing import Draft, composed, with_files
from desk.runtime.answering.proposing import propose, propose_again
from desk.runtime.assigning import unit_of
from desk.runtime.database import transaction
from desk.runtime.in_force import InForce, in_force
from desk.runtime.passing_on import asked_next, silent_since
from desk.runtime.rendering import rendered
from desk.runtime.satisfaction import ask_satisfaction
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.store import answers, assignments, events, outbox, questions, work_items
from desk.store.answers import LeftAnswer


@task(name="Soạn câu trả lời", cache_policy=NO_CACHE)
def compose_batch(as_of: datetime) -> Tally:
    """Put a batch of answers before the duty officer: complete, mended by a later reply, or due though incomplete.

    Safe to repeat: a version is made of the replies there are, and none is made of the same replies twice.
    """
    with transaction() as connection:
        desk = in_force(connection)
        claimed = answers.claim_to_compose(connection, partial_on=_partial_on(desk, as_of), limit=settings().batch_size)
        cases = find_cases(connection, claimed, desk, as_of)
        # what another worker proposed between this claim's reading and its hold is seen only now
        due = [case for case in cases if case.is_due]
        drafts = set_aside(connection, _LINE, due, lambda case: composed(case, desk, as_of))
        if drafts:
            propose(connection, [draft for _, draft in drafts], desk, as_of)
        return Tally({Count.PROPOSED: len(drafts), Count.SET_ASIDE: len(due) - len(drafts)})


@task(name="Chuyển dự thảo chưa có ý kiến", cache_policy=NO_CACHE)
def pass_on_answers(as_of: datetime) -> Tally:
    """Put answers that an official has kept silent on before the next one, after the hours of the policy (U18)."""
    with transaction() as connection:
        desk = in_force(connection)
        silent = answers.claim_unanswered(
            connection, asked_before=silent_since(desk, as_of), limit=settings().batch_size
        )
        cases = {
            case.question.question_id: case
            for case in find_cases(connection, [row.question_id for row in silent], desk, as_of)
        }
        passed_on = 0
        for row in silent:
            found = asked_next(
                desk,
                row.proposed_to,
                row.asked_at,
                times=row.times_asked,
                as_of=as_of,
                is_narrow=row.is_narrow,
            )
            if found:
                to, last = found
                propose_again(connection, cases[row.question_id], to, desk, as_of, last=last)
                passed_on += 1
        return Tally({Count.PASSED_ON: passed_on})


@task(name="Trình lại câu trả lời chưa đến công dân", cache_policy=NO_CACHE)
def propose_undelivered(as_of: datetime) -> Tally:
    """Put answers that did not arrive before the officer again, once their citizens have opened Zalo's window (U10)."""
    with transaction() as connection:
        desk = in_force(connection)
        claimed = answers.claim_undelivered(connection, limit=settings().batch_size)
        failed = find_cases(connection, claimed, desk, as_of)
        drafts = set_aside(connection, _LINE, failed, _as_it_was)
        if drafts:
            propose(connection, [draft for _, draft in drafts], desk, as_of)
        return Tally({Count.PROPOSED: len(drafts), Count.SET_ASIDE: len(failed) - len(drafts)})


@task(name="Ghi nhận câu trả lời đã đến công dân", cache_policy=NO_CACHE)
def settle_answers(as_of: datetime) -> Tally:
    """Close the questions whose answers have left as a whole; one that did not goes back to a person.

    Behind a partial answer a question waits on for the units that are missing in it.
    """
    with transaction() as connection:
        desk = in_force(connection)
        left = answers.claim_to_settle(connection, limit=settings().batch_size)
        delivered = [one for one in left if not one.has_failed]
        failed = [one for one in left if one.has_failed]
        whole = [one for one in delivered if not one.is_partial]
        _thank_units(connection, whole, desk, as_of)
        # a replayed day, or a virtual one, counts what left later for itself
        answers.record_delivered(connection, [(one, min(one.sent_at or as_of, as_of)) for one in delivered])
        ask_satisfaction(connection, whole, desk, as_of)
        answers.record_failed(connection, [one.answer_id for one in failed])
        work_items.add_work_items(connection, [_undelivered(one) for one in failed])
        told = [
            events.Event(
                kind="partial_answer_delivered" if one.is_partial else "answer_delivered",
                question_id=one.question_id,
                details={"version": one.version},
            )
            for one in delivered
        ]
        told += [
            events.Event(kind="answer_failed", question_id=one.question_id, details={"version": one.version})
            for one in failed
        ]
        events.record_events(connection, told, as_of=as_of)
        return Tally(
            {
                Count.ANSWERED: len(whole),
                Count.ANSWERED_IN_PART: len(delivered) - len(whole),
                Count.UNDELIVERED: len(failed),
            }
        )


_LINE: Line[Case] = Line(
    name="answering",
    identify=lambda case: case.question.case_code,
    park=lambda connection, cases: questions.park_questions(connection, [case.question.question_id for case in cases]),
    question_of=lambda case: case.question.question_id,
)


def _as_it_was(case: Case) -> Draft:
    if case.latest is None:
        message = f"{case.question.case_code} has no answer"
        raise LookupError(message)
    return with_files(case, case.latest, case.latest.attachment_ids)


def _partial_on(desk: InForce, as_of: datetime) -> date | None:
    """Return the latest date for which units are not waited for any longer; None where policy waits for all."""
    policy, local = desk.policy(as_of), local_time(as_of)
    if not policy.partial_answers:
        return None
    told_at = duty_told_at(local.date(), desk.calendar, policy)
    return local.date() if local >= told_at else local.date() - timedelta(days=1)


def _thank_units(connection: Connection, delivered: Sequence[LeftAnswer], desk: InForce, as_of: datetime) -> None:
    """Tell units that still owed a reply that the citizen has been answered without it."""
    asked = assignments.find_of_questions(connection, [answer.question_id for answer in delivered])
    owing = [
        (answer, one.assignment_id, unit_of(desk.office, one.unit_code, one.place_unit, as_of))
        for answer in delivered
        for one in asked.get(answer.question_id, ())
        if one.state is AssignmentState.AWAITING and one.lettered_at
    ]
    addresses = addresses_on(connection, [unit for _, _, unit in owing], as_of.date())
    letters = [
        unit_released(
            addresses.addressee(*unit),
            assignment_id=assignment_id,
            question_id=answer.question_id,
            case_code=answer.case_code,
            because="đã được trả lời công dân",
        )
        for answer, assignment_id, unit in owing
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=as_of.date())


def _undelivered(answer: LeftAnswer) -> work_items.WorkItem:
    return work_items.WorkItem(
        key=f"answer-failed:{answer.answer_id}",
        kind="answer_undelivered",
        reason="Câu trả lời không đến được công dân qua Zalo, hoặc chỉ đến một phần.",
        owner="duty_officer",
        remedy=(
            "Trả lời bằng OA Manager hoặc điện thoại, rồi ghi nhận: "
            f'zalo-desk triage "{answer.case_code}" --answered "kênh, ngày" --by "mã cán bộ", '
            "hoặc biểu mẫu triage-question."
        ),
        question_id=answer.question_id,
    )
