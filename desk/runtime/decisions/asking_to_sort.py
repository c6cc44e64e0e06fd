"""Questions that a person must sort, put before officials by mail: at slots, or at once and to few (U6, U16, U18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, assert_never

from sqlalchemy import Connection

from desk.rules.calendar import local_date, long_date
from desk.rules.deadlines import duty_due_date, promised_date
from desk.rules.duty import duty_ladder
from desk.rules.explanations import chance, explained
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.remembered import EarlierAnswer
from desk.rules.letters.to_sort import ShownProposal, ShownToSort, sensitive_notice, triage_letter, urgent_notice
from desk.rules.office import Official
from desk.rules.outgoing import Letter
from desk.rules.sensitivity import CLASS_NAMES
from desk.rules.sorters import Asking, Now, Sorter, Why, askings
from desk.runtime.asking_slots import slot_to_hold
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.memory import record_shown, remembered_for
from desk.runtime.passing_on import silent_since
from desk.runtime.rendering import rendered
from desk.store import mail_tokens, outbox, sorting, work_items
from desk.store.sorting import ToSort

_IN_A_LETTER: Final = 20


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for an official, with those who were asked before."""

    question: ToSort
    asking: Asking
    sorters: Sequence[Sorter]
    earlier: EarlierAnswer | None = None


def ask_to_sort(connection: Connection, desk: InForce, as_of: datetime) -> int:
    """Put what waits before officials: new at a slot (U16), narrow at once, passed on when the hours are over (U18).

    Returns how many questions that were, each counted for every official.
    """
    is_open = desk.calendar.is_working_time(as_of, desk.policy(as_of).hours)
    at_slot = slot_to_hold(connection, "triage", desk, as_of) is not None
    waiting = sorting.claim_to_sort(
        connection, at_slot=at_slot, asked_before=silent_since(desk, as_of) if is_open else None
    )
    return _ask(connection, waiting, desk, as_of, at_slot=at_slot)


def ask_at_once(connection: Connection, desk: InForce, as_of: datetime) -> int:
    """Put what is sensitive or urgent and nobody has yet before the narrow list; returns how many letters those are."""
    return _ask(connection, sorting.claim_to_sort(connection), desk, as_of, at_slot=False)


def _ask(connection: Connection, waiting: Sequence[ToSort], desk: InForce, as_of: datetime, *, at_slot: bool) -> int:
    if not waiting:
        return 0
    policy = desk.policy(as_of)
    now = Now(
        ladder=duty_ladder(desk.office, as_of),
        policy=policy,
        is_open=desk.calendar.is_working_time(as_of, policy.hours),
        at_slot=at_slot,
        open_since=lambda since: desk.calendar.working_hours_between(since, as_of, policy.hours),
    )
    sorters = sorting.find_sorters(connection, [question.work_item_id for question in waiting])
    earlier = remembered_for(connection, [question.question_id for question in waiting], desk, as_of)
    asked = [
        _Asked(question, asking, sorters.get(question.work_item_id, []), earlier.get(question.question_id))
        for question in waiting
        for asking in askings(sorters.get(question.work_item_id, []), now, is_narrow=question.is_narrow)
    ]
    for of_letter in _by_letter(asked):
        _send(connection, of_letter, desk, as_of)
    _record(connection, asked, as_of)
    record_shown(connection, {one.question.question_id: one.earlier for one in asked})
    return len(asked)


def _by_letter(asked: Iterable[_Asked]) -> list[Sequence[_Asked]]:
    """Return what stands together: all of an official's, but what is narrow each alone."""
    alone: list[Sequence[_Asked]] = []
    of_official: dict[str, list[_Asked]] = defaultdict(list)
    for one in asked:
        if one.question.is_narrow:
            alone.append([one])
        else:
            of_official[one.asking.to.code].append(one)
    together = (
        given[start : start + _IN_A_LETTER]
        for given in of_official.values()
        for start in range(0, len(given), _IN_A_LETTER)
    )
    return [*alone, *together]


def _send(connection: Connection, asked: Sequence[_Asked], desk: InForce, as_of: datetime) -> None:
    to, on = asked[0].asking.to, local_date(as_of)
    wanted = mail_tokens.TokenFor(
        step=Step.SORTING.value,
        expires_on=on + TOKEN_LIFE,
        question_id=asked[0].question.question_id if len(asked) == 1 else None,
        official_code=to.code,
    )
    (token,) = mail_tokens.add_tokens(connection, [wanted])
    letter = _letter(asked, to, token, desk, as_of)
    outbox.add_deliveries(connection, [rendered(letter)], on=on)


def _letter(asked: Sequence[_Asked], to: Official, token: str, desk: InForce, as_of: datetime) -> Letter:
    shown = [_shown(one, desk, as_of) for one in asked]
    address = desk_address().reply(token)
    question = asked[0].question
    if question.urgent:
        kind, is_sensitive = CLASS_NAMES[question.urgent], question.sensitive is not None
        return urgent_notice(shown[0], to, kind=kind, is_sensitive=is_sensitive, address=address, reply_token=token)
    if question.sensitive:
        return sensitive_notice(shown[0], to, kind=CLASS_NAMES[question.sensitive], address=address, reply_token=token)
    return triage_letter(shown, to, address=address, reply_token=token)


def _record(connection: Connection, asked: Sequence[_Asked], as_of: datetime) -> None:
    if not asked:
        return
    told = [(one.question.work_item_id, one.asking.to.code) for one in asked]
    sorting.record_letters(connection, told, as_of=as_of)
    # of several who are asked at once the first in the ladder stands for them
    first = {one.question.work_item_id: one.asking.to.code for one in reversed(asked) if one.asking.why != Why.REMINDED}
    named = [
        work_items.Asked(work_item_id=work_item_id, asked={"step": Step.SORTING.value}, asked_of=code)
        for work_item_id, code in first.items()
    ]
    work_items.record_asked(connection, named, as_of=as_of)


def _shown(one: _Asked, desk: InForce, as_of: datetime) -> ShownToSort:
    question = one.question
    return ShownToSort(
        work_item_id=question.work_item_id,
        question_id=question.question_id,
        case_code=question.case_code,
        text=question.text,
        received_at=question.received_at,
        reason=question.reason,
        proposals=[_proposal(each, question, desk) for each in question.proposals],
        because=() if question.is_narrow else tuple(explained(question.evidence, desk.office)),
        why=one.asking.why,
        letter=one.asking.letter,
        note=_note(one, desk),
        earlier=one.earlier,
        clock="" if one.asking.why is Why.NEW else _clock(question, desk, as_of),
    )


def _proposal(proposed: Mapping[str, Any], question: ToSort, desk: InForce) -> ShownProposal:
    policy = desk.policy(question.received_at)
    due = None
    if proposed.get("duty"):
        due = duty_due_date(question.received_at, desk.calendar, policy)
    elif units := proposed.get("units"):
        due = promised_date(question.received_at, len(units), desk.calendar, policy)
    weighed = proposed.get("confidence") if not question.is_narrow else None
    return ShownProposal(
        label=proposed["label_vi"],
        due_on=due.on if due else None,
        chance="" if weighed is None else chance(weighed),
    )


def _note(one: _Asked, desk: InForce) -> str:
    """Return why a question is here again, and since when it waits."""
    asking, before = one.asking, desk.office.name_of(one.asking.before)
    asked_at = {sorter.official_code: sorter.asked_at for sorter in one.sorters}
    match asking.why:
        case Why.NEW:
            return ""
        case Why.REMINDED:
            since = moment_and_date(asked_at.get(asking.to.code, one.sorters[0].asked_at))
            return f"Nhắc lần {asking.letter - 1}: chờ ý kiến Ông/Bà từ {since}."
        case Why.HANDED_OVER:
            since = moment_and_date(one.sorters[0].asked_at)
            return f"Nhận bàn giao từ Ông/Bà {before}: chờ phân loại từ {since}."
        case Why.SILENCE:
            since = moment_and_date(asked_at[asking.before])
            return f"Ông/Bà {before} được hỏi từ {since} nhưng chưa có ý kiến; đề nghị Ông/Bà cho ý kiến thay."
        case other:
            assert_never(other)


def _clock(question: ToSort, desk: InForce, as_of: datetime) -> str:
    """Return by when a unit must have a question so that the citizen is answered in time: the clock runs on."""
    if question.due_on is None:
        return ""
    unit_by = desk.calendar.add_working_days(question.due_on, -1)
    if unit_by < local_date(as_of):
        return f"Hạn trả lời công dân là hết {long_date(question.due_on)}: đề nghị Ông/Bà quyết định ngay."
    return (
        f"Để kịp trả lời công dân trước khi hết {long_date(question.due_on)}, "
        f"đơn vị cần nhận được câu hỏi chậm nhất {long_date(unit_by)}."
    )
