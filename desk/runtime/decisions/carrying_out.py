"""What a unit proposed, carried out: another unit, one more, another authority, more time (U13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import long_date
from desk.rules.commands import CommandCode, CommandLine, extension_asked
from desk.rules.office import ProvincialUnit, Unit
from desk.rules.states import AssignmentState
from desk.runtime.assigning import ForUnits, give_to_units, name_of, unit_of
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.delays import NOT_REACHABLE, promise_anew
from desk.runtime.in_force import InForce
from desk.runtime.naming import unit_called
from desk.runtime.triage import TriageAction, TriageOrder, triage
from desk.store import assignments, questions
from desk.store.assignments import AtUnit

_COUNTED: Final = frozenset({AssignmentState.AWAITING, AssignmentState.REPLIED})


@dataclass(frozen=True, slots=True)
class InHand:
    """A proposal while it is carried out."""

    connection: Connection
    question: questions.QuestionInHand
    at_unit: AtUnit
    desk: InForce
    as_of: datetime


def carry_out(in_hand: InHand, proposed: CommandLine, officer: str) -> str:
    """Do what a unit proposed and *officer* agreed to; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: it cannot be done; says why.
    """
    desk, as_of = in_hand.desk, in_hand.as_of
    match proposed.code:
        case CommandCode.NOT_OURS:
            return give_to_another(in_hand, proposed.argument)
        case CommandCode.ADD_UNIT:
            unit, place = unit_called(proposed.argument, desk, as_of)
            _ask_also(in_hand, unit, place)
            return f"đã bổ sung {name_of(unit, place)}"
        case CommandCode.OUTSIDE_SECTOR:
            return _redirect(in_hand, proposed.argument, officer)
        case CommandCode.MORE_TIME:
            until, _ = extension(proposed.argument, desk, as_of)
            is_told = promise_anew(in_hand.connection, in_hand.question, until, desk, as_of, agreed_by=officer)
            assignments.give_time(in_hand.connection, in_hand.at_unit.assignment_id, until=until)
            done = f"đồng ý gia hạn đến hết ngày {long_date(until)}; thời hạn theo quy chế không thay đổi"
            return done if is_told else f"{done}; {NOT_REACHABLE}"
        case _:
            raise DecisionRefusedError("Lệnh này không dùng cho thư trả lời của đơn vị.")


def give_to_another(in_hand: InHand, word: str) -> str:
    """Ask another unit in place of the one that refused; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: *word* names no other unit.
    """
    unit, place = unit_called(word, in_hand.desk, in_hand.as_of)
    if unit.code == in_hand.at_unit.unit_code:
        raise DecisionRefusedError(f"{name_of(unit, place)} chính là đơn vị đã từ chối; ghi tên đơn vị khác.")
    assignments.withdraw(in_hand.connection, in_hand.at_unit.assignment_id)
    _ask_also(in_hand, unit, place)
    return f"đã chuyển {name_of(unit, place)}"


def extension(argument: str, desk: InForce, as_of: datetime) -> tuple[date, str]:
    """Return until when a unit asks for more time, and why.

    Raises:
        DecisionRefusedError: no day is named, or none that can be kept.
    """
    until, why = extension_asked(argument, as_of.date())
    if until is None:
        raise DecisionRefusedError("Chưa rõ ngày đề nghị gia hạn. Viết XIN GIA HẠN: ngày/tháng/năm, lý do.")
    if until <= as_of.date() or not desk.calendar.is_working_day(until):
        raise DecisionRefusedError(
            f"Ngày {until:%d/%m/%Y} đã qua hoặc là ngày nghỉ; đề nghị ghi một ngày làm việc sắp tới."
        )
    return until, why


def _redirect(in_hand: InHand, word: str, officer: str) -> str:
    """Release the unit, and put a redirect before the Ban Quản trị unless other units have a part of the answer."""
    connection, of, desk, as_of = in_hand.connection, in_hand.at_unit, in_hand.desk, in_hand.as_of
    assignments.withdraw(connection, of.assignment_id)
    asked = assignments.find_of_question(connection, in_hand.question.question_id)
    if any(one.state in _COUNTED for one in asked):
        return "đã ghi nhận nội dung ngoài ngành, các đơn vị khác tiếp tục trả lời"
    order = TriageOrder(
        code=in_hand.question.case_code,
        action=TriageAction.REDIRECT,
        acting_officer=officer,
        reason="theo ý kiến của đơn vị",
        authorities=(word,),
    )
    triage(connection, order, desk, as_of)
    return "đã ghi nhận nội dung ngoài ngành, chờ Ban Quản trị duyệt hướng dẫn công dân"


def _ask_also(in_hand: InHand, unit: Unit, place: ProvincialUnit | None) -> None:
    desk, as_of = in_hand.desk, in_hand.as_of
    asked = assignments.find_of_question(in_hand.connection, in_hand.question.question_id)
    counted = [one for one in asked if one.state in _COUNTED]
    if any(one.unit_code == unit.code for one in counted):
        raise DecisionRefusedError(f"{name_of(unit, place)} đã được hỏi về câu hỏi này.")
    beside = [unit_of(desk.office, one.unit_code, one.place_unit, as_of) for one in counted]
    places = [found for _, found in beside if found]
    of = ForUnits(
        question=in_hand.question,
        units=(unit,),
        place_unit=place or (places[0] if places else None),
        topics=in_hand.question.topics,
        beside=tuple(of for of, _ in beside),
    )
    give_to_units(in_hand.connection, [of], desk, as_of)
