"""A proposal chosen by its number: what it comes to today, in the names people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import in_force as of_day
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.triage.in_hand import question_called
from desk.runtime.triage.orders import ChosenProposal, TriageAction, TriageOrder
from desk.store import sorting
from desk.store.sorting import Sorting

_NONE: Final = "không có đề xuất để chọn theo số; đề nghị nêu rõ quyết định."


def check_is_open(work: Sorting, desk: InForce) -> None:
    """Check that nobody was quicker.

    Raises:
        DecisionRefusedError: says who, when, and what was done.
    """
    if work.closed_at is not None:
        by = desk.office.name_of(work.closed_by)
        raise DecisionRefusedError(f"câu hỏi đã được {by} xử lý lúc {moment_and_date(work.closed_at)}: {work.outcome}.")


def order_of(connection: Connection, chosen: ChosenProposal, desk: InForce, as_of: datetime) -> TriageOrder:
    """Return the decision that a proposal is.

    Raises:
        DecisionRefusedError: there is no such proposal, or somebody was quicker.
    """
    question = question_called(connection, chosen.code)
    work = sorting.claim_sorting_of(connection, question.case_code)
    if work is None:
        raise DecisionRefusedError(f"{question.case_code}: {_NONE}")
    check_is_open(work, desk)
    if not work.proposals:
        raise DecisionRefusedError(f"{question.case_code}: {_NONE}")
    if not 1 <= chosen.number <= len(work.proposals):
        count = len(work.proposals)
        raise DecisionRefusedError(f"{question.case_code}: không có đề xuất số đó, có {count} đề xuất; viết một số.")
    proposed = work.proposals[chosen.number - 1]
    why = f"chọn đề xuất {chosen.number}: {proposed['label_vi']}"
    return TriageOrder(
        code=question.case_code,
        action=_action(proposed),
        acting_officer=chosen.acting_officer,
        reason=f"{why}; {chosen.reason}" if chosen.reason else why,
        units=_units(proposed, desk, as_of),
        authorities=_authorities(proposed, desk, as_of),
        topics=tuple(proposed.get("topics", ())),
    )


def _action(proposed: Mapping[str, Any]) -> TriageAction:
    if proposed.get("duty"):
        return TriageAction.DUTY
    return TriageAction.REDIRECT if proposed.get("authorities") else TriageAction.ROUTE


def _units(proposed: Mapping[str, Any], desk: InForce, as_of: datetime) -> Sequence[str]:
    """Return the names of units in office today, the provincial office by its own."""
    on = local_date(as_of)
    units, places = of_day(desk.office.units, on), of_day(desk.office.provincial_units, on)
    return tuple(
        places[proposed["place_unit"]].name if units[code].by_place and proposed.get("place_unit") else units[code].name
        for code in proposed.get("units", ())
    )


def _authorities(proposed: Mapping[str, Any], desk: InForce, as_of: datetime) -> Sequence[str]:
    present = of_day(desk.office.authorities, local_date(as_of))
    return tuple(present[code].name for code in proposed.get("authorities", ()) if code in present)
