"""Questions that a person must sort, put before the officer on duty by mail (U18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.deadlines import duty_due_date, promised_date
from desk.rules.letters.to_sort import ShownProposal, ShownToSort, sort_key, triage_letter
from desk.rules.office import Official
from desk.rules.slots import slot_of
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.passing_on import asked_next, silent_since
from desk.runtime.rendering import rendered
from desk.store import mail_tokens, outbox, sorting, work_items
from desk.store.sorting import ToSort

_IN_A_LETTER: Final = 20
_REASONS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for an official; `last` names who has kept silent."""

    question: ToSort
    to: Official
    last: str = ""


def ask_to_sort(connection: Connection, desk: InForce, as_of: datetime) -> int:
    """Put what waits before the officer on duty, once a slot (U16), and what he left unanswered before the next one.

    Returns how many questions that were.
    """
    slot = slot_of(as_of, desk.calendar, desk.policy(as_of).triage_at)
    if slot is None or outbox.find_keys(connection, [sort_key(local_date(as_of), slot, 1)]):
        return 0
    waiting = sorting.claim_to_sort(connection, asked_before=silent_since(desk, as_of))
    asked = [one for one in (_whom_to_ask(question, desk, as_of) for question in waiting) if one]
    by_letter: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
    for one in asked:
        by_letter[one.to.code, one.last].append(one)
    letters = (
        of_official[first : first + _IN_A_LETTER]
        for of_official in by_letter.values()
        for first in range(0, len(of_official), _IN_A_LETTER)
    )
    for number, of_letter in enumerate(letters, start=1):
        _send(connection, of_letter, desk, as_of, slot=slot, letter=number)
    return len(asked)


def _whom_to_ask(question: ToSort, desk: InForce, as_of: datetime) -> _Asked | None:
    """Return who is asked now: the officer on duty first, then as policy bears his silence; None: nobody yet."""
    if question.asked_of is None or question.asked_at is None:
        return _Asked(question, desk.duty_officer(as_of))
    found = asked_next(desk, question.asked_of, question.asked_at, times=question.times_asked, as_of=as_of)
    return _Asked(question, *found) if found else None


def _send(
    connection: Connection, asked: Sequence[_Asked], desk: InForce, as_of: datetime, *, slot: time, letter: int
) -> None:
    to, on = asked[0].to, local_date(as_of)
    is_one = len(asked) == 1
    wanted = mail_tokens.TokenFor(
        step=Step.SORTING.value,
        expires_on=on + TOKEN_LIFE,
        question_id=asked[0].question.question_id if is_one else None,
        official_code=to.code,
    )
    (token,) = mail_tokens.add_tokens(connection, [wanted])
    mail = triage_letter(
        [_shown(one.question, desk) for one in asked],
        to,
        on=on,
        slot=slot,
        letter=letter,
        address=desk_address().reply(token),
        reply_token=token,
        unanswered_by=asked[0].last,
    )
    outbox.add_deliveries(connection, [rendered(mail)], on=on)
    shown = [
        work_items.Asked(work_item_id=one.question.work_item_id, asked={"step": Step.SORTING.value}, asked_of=to.code)
        for one in asked
    ]
    work_items.record_asked(connection, shown, as_of=as_of)


def _shown(question: ToSort, desk: InForce) -> ShownToSort:
    return ShownToSort(
        question_id=question.question_id,
        case_code=question.case_code,
        text=question.text,
        received_at=question.received_at,
        reason=question.reason,
        proposals=[_proposal(one, question.received_at, desk) for one in question.proposals],
        because="; ".join(_because(question.evidence, desk)),
    )


def _proposal(proposed: Mapping[str, Any], received_at: datetime, desk: InForce) -> ShownProposal:
    policy = desk.policy(received_at)
    due = None
    if proposed.get("duty"):
        due = duty_due_date(received_at, desk.calendar, policy)
    elif units := proposed.get("units"):
        due = promised_date(received_at, len(units), desk.calendar, policy)
    return ShownProposal(label=proposed["label_vi"], due_on=due.on if due else None)


def _because(evidence: Iterable[Mapping[str, Any]], desk: InForce) -> Iterator[str]:
    """Yield what spoke loudest: phrases with who added them, and the cases that are most alike."""
    topics = {topic.code: topic.name for topic in desk.office.topics}
    for said in list(evidence)[:_REASONS_SHOWN]:
        target = topics.get(said["target"], said["target"])
        match said.get("kind", "phrase"):
            case "phrase":
                yield f"cụm từ “{said['phrase']}” → {target} ({said['author']})"
            case "word":
                yield f"từ “{said['phrase']}” → {target}"
            case _:
                yield f"giống câu {said['phrase']} → {target}"
