"""What a unit proposes by a command: another unit, one more, another authority, more time; a person confirms (U13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from desk.rules.calendar import long_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.letters import proposal_outcome
from desk.rules.office import Role
from desk.rules.states import AssignmentState, QuestionState
from desk.runtime.addressing import addressee
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.decisions.asking import WAITS_FOR_US, WHILE_IT_WAITS, Ask, ask_officers
from desk.runtime.decisions.carrying_out import InHand, carry_out, extension, give_to_another
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.decisions.kinds import UNIT_PROPOSAL
from desk.runtime.in_force import InForce
from desk.runtime.naming import authority_called, unit_called
from desk.runtime.rendering import rendered
from desk.store import assignments, outbox, questions, replies
from desk.store.assignments import AtUnit
from desk.store.work_items import WorkInHand

# After so many refusals of one question its unit is named by the Secretary, and the ping-pong ends.
_REFUSALS_BEFORE_THE_SECRETARY: Final = 2
_HELD_STATES: Final = frozenset({QuestionState.ROUTED, QuestionState.ANSWER_PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProposal:
    """A command of a unit that moves dates or units, with the text beneath it."""

    question_id: int
    assignment_id: int
    case_code: str
    command: CommandLine
    reply_id: int
    text: str = ""


def propose(
    connection: Connection, proposal: UnitProposal, desk: InForce, as_of: datetime, *, to: Role | None = None
) -> None:
    """Put a unit's proposal before the officer on duty, or the Secretary from the second refusal on; the clock runs.

    *to* is who settles it, where that is known and its refusal counted already.

    Raises:
        DecisionRefusedError: it cannot be carried out as written; says why, for the unit.
    """
    at_unit = _at_unit(connection, proposal.question_id, proposal.assignment_id)
    unit_name = _name(at_unit, desk, as_of)
    headline, reason = _says(proposal, unit_name, desk, as_of)
    ask = Ask(
        key=f"unit-proposal:{proposal.reply_id}:{proposal.assignment_id}",
        kind=UNIT_PROPOSAL,
        subject=headline,
        reason=reason,
        question_id=proposal.question_id,
        case_code=proposal.case_code,
        quoted=proposal.text,
        facts=[("Hạn đã báo đơn vị", long_date(at_unit.told_on)), WHILE_IT_WAITS],
        options=_options(proposal.command.code),
        proposals=[
            {
                "command": proposal.command.code.value,
                "argument": proposal.command.argument,
                "assignment_id": proposal.assignment_id,
                WAITS_FOR_US: True,
                "label_vi": headline,
            }
        ],
        to=to or _who_settles(connection, proposal.command.code, proposal.question_id),
    )
    ask_officers(connection, [ask], desk, as_of)


def agree_to_doubtful(
    connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Take a doubtful reply for the command in it: carried out, or put before the Secretary if it refuses once more.

    Raises:
        DecisionRefusedError: the command cannot be carried out, or the question has moved on.
    """
    proposed: dict[str, Any] = dict(work.proposals[0])
    reply = replies.get_reply(connection, int(proposed["reply_id"]))
    code = CommandCode(proposed["command"])
    to = _who_settles(connection, code, reply.question_id)
    if to in {Role.DUTY_OFFICER, *decision.official.roles}:
        return decide_on_proposal(connection, work, decision, desk, as_of)
    proposal = UnitProposal(
        question_id=reply.question_id,
        assignment_id=reply.assignment_id,
        case_code=reply.case_code,
        command=CommandLine(code, proposed["argument"]),
        reply_id=reply.reply_id,
        text=reply.text,
    )
    propose(connection, proposal, desk, as_of, to=to)
    return f"{reply.case_code}: đã chuyển Thư ký Ban Quản trị xem xét, vì nhiều đơn vị đã từ chối câu hỏi này."


def decide_on_proposal(
    connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Carry out or turn down what a unit proposed, and tell the unit.

    Raises:
        DecisionRefusedError: the word does not fit the proposal, or the question has moved on.
    """
    proposed: dict[str, Any] = dict(work.proposals[0])
    code = CommandCode(proposed["command"])
    question = questions.claim_question(connection, work.case_code or "")
    command = decision.command
    if question is None or command is None:
        raise DecisionRefusedError("Chưa rõ ý kiến. Viết ở dòng đầu một trong các cụm từ ghi trong thư.")
    at_unit = _at_unit(connection, question.question_id, proposed["assignment_id"])
    if command.code is not CommandCode.DISAGREE and question.state not in _HELD_STATES:
        raise DecisionRefusedError(
            f"Câu hỏi {question.case_code} không còn chờ đơn vị, đề nghị không thực hiện được nữa."
        )
    in_hand = InHand(connection, question, at_unit, desk, as_of)
    match command.code:
        case CommandCode.DISAGREE:
            done = "chưa chấp nhận, đề nghị Quý đơn vị tiếp tục trả lời"
        case CommandCode.GIVE_TO:
            done = give_to_another(in_hand, command.argument)
        case CommandCode.AGREE:
            done = carry_out(in_hand, CommandLine(code, proposed["argument"]), decision.official.code)
        case _:
            raise DecisionRefusedError("Viết ĐỒNG Ý, KHÔNG ĐỒNG Ý hoặc CHUYỂN ĐƠN VỊ: tên đơn vị.")
    _tell_unit(in_hand, work, done)
    return f"{question.case_code}: {done}."


def _who_settles(connection: Connection, code: CommandCode, question_id: int) -> Role:
    """Count a refusal of a question, and return whose word settles a command of a unit."""
    if code is not CommandCode.NOT_OURS:
        return Role.DUTY_OFFICER
    refusals = questions.record_refusal(connection, question_id)
    return Role.SECRETARY if refusals >= _REFUSALS_BEFORE_THE_SECRETARY else Role.DUTY_OFFICER


def _says(proposal: UnitProposal, unit: str, desk: InForce, as_of: datetime) -> tuple[str, str]:
    """Return the headline and the sentence that tell a proposal, once all it names is known."""
    argument, code = proposal.command.argument, proposal.command.code
    about = f"câu hỏi mã {proposal.case_code}"
    match code:
        case CommandCode.NOT_OURS:
            other, place = unit_called(argument, desk, as_of)
            name = name_of(other, place)
            return f"{unit} đề nghị chuyển đơn vị khác", f"{unit} cho biết {about} thuộc thẩm quyền của {name}."
        case CommandCode.ADD_UNIT:
            other, place = unit_called(argument, desk, as_of)
            name = name_of(other, place)
            return f"{unit} đề nghị bổ sung đơn vị", f"{unit} đề nghị {name} cùng trả lời {about}."
        case CommandCode.OUTSIDE_SECTOR:
            authority = authority_called(argument, desk, as_of)
            return (
                f"{unit} cho biết câu hỏi ngoài ngành",
                f"{unit} cho biết {about} thuộc thẩm quyền của {authority.name}, ngoài ngành bảo hiểm xã hội.",
            )
        case CommandCode.MORE_TIME:
            until, why = extension(argument, desk, as_of)
            because = f", lý do: {why}" if why else ""
            return (
                f"{unit} xin gia hạn đến {until:%d/%m/%Y}",
                (
                    f"{unit} xin gia hạn trả lời {about} đến hết ngày {long_date(until)}{because}. Thời hạn theo quy "
                    "chế không thay đổi; nếu đồng ý, công dân được thông báo ngày mới."
                ),
            )
        case _:
            raise DecisionRefusedError("Lệnh này không dùng cho thư trả lời của đơn vị.")


def _options(code: CommandCode) -> Sequence[CommandCode]:
    if code is CommandCode.NOT_OURS:
        return (CommandCode.AGREE, CommandCode.DISAGREE, CommandCode.GIVE_TO)
    return (CommandCode.AGREE, CommandCode.DISAGREE)


def _tell_unit(in_hand: InHand, work: WorkInHand, done: str) -> None:
    of, question = in_hand.at_unit, in_hand.question
    now = _at_unit(in_hand.connection, question.question_id, of.assignment_id)
    letter = proposal_outcome(
        addressee(
            in_hand.connection,
            *unit_of(in_hand.desk.office, of.unit_code, of.place_unit, in_hand.as_of),
            in_hand.as_of.date(),
        ),
        work_item_id=work.work_item_id,
        assignment_id=of.assignment_id,
        question_id=question.question_id,
        case_code=question.case_code,
        proposal=str(work.proposals[0]["label_vi"]),
        outcome=done,
        due_on=now.told_on if now.state is AssignmentState.AWAITING else None,
    )
    outbox.add_deliveries(in_hand.connection, [rendered(letter)], on=in_hand.as_of.date())


def _at_unit(connection: Connection, question_id: int, assignment_id: int) -> AtUnit:
    return next(
        one for one in assignments.find_of_question(connection, question_id) if one.assignment_id == assignment_id
    )


def _name(at_unit: AtUnit, desk: InForce, as_of: datetime) -> str:
    return name_of(*unit_of(desk.office, at_unit.unit_code, at_unit.place_unit, as_of))
