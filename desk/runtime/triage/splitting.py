"""One question that is two: what was added becomes a question of its own, which goes its own way from its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from desk.rules.acknowledging import media_of
from desk.rules.calendar import local_date
from desk.rules.case_codes import case_code
from desk.rules.classifier import Classification
from desk.rules.grouping import Burst
from desk.rules.letters import AskedQuestion, CitizenQuestion, FollowUp, letter_key, split_off, state_name, unit_split
from desk.rules.outgoing import CitizenMessage, Letter
from desk.rules.proposals import Proposal, best, find_proposals
from desk.rules.reading import Purpose
from desk.rules.routing import HoldSensitive, SealedQuestion, decide
from desk.rules.sensitivity import sensitive_class, urgent_class
from desk.rules.splitting import part_to_split, without_part
from desk.rules.states import ENDED, AssignmentState, QuestionState
from desk.rules.wording import cleaned
from desk.runtime.addressing import addresses_on
from desk.runtime.assigning import reply_token, text_for_unit, unit_of
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.rendering import rendered
from desk.runtime.triage.ending import put_before_duty
from desk.runtime.triage.in_hand import InHand
from desk.store import (
    assignments,
    classifications,
    events,
    mail_tokens,
    outbox,
    questions,
    regroupings,
    windows,
    work_items,
)
from desk.store.questions import NewQuestion, QuestionInHand

# an answer to the whole has been written already, or there is none to be written
_TOO_LATE: Final = ENDED | {
    QuestionState.ANSWER_PROPOSED,
    QuestionState.ANSWER_LEAVING,
    QuestionState.ANSWERED_BY_HAND,
}


def split(in_hand: InHand) -> str:
    """Open a question of its own for what was added last, or for the message named and what followed it in its burst.

    Raises:
        DecisionRefusedError: there is nothing to split off, or the answer to the whole is written already.
    """
    connection, question, order, as_of = in_hand.connection, in_hand.question, in_hand.order, in_hand.as_of
    if question.state in _TOO_LATE:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} {state_name(question.state)}, không tách được nữa.")
    said = regroupings.find_messages(connection, question.question_id)
    part = part_to_split(said, order.part, in_hand.desk.policy(as_of))
    if not part:
        raise DecisionRefusedError(_why_not(question, order.part))
    new = _opened(in_hand, Burst(tuple(part)))
    if not new.text and not new.has_media:
        raise DecisionRefusedError("Phần này không có nội dung nào để tách thành câu hỏi.")
    rest = Burst(tuple(message for message in said if message not in part))
    left = without_part(question.text, new.text)
    questions.add_questions(connection, [new], sealed_at=as_of)
    windows.move_windows(connection, [new.user_id])
    regroupings.split_question(
        connection,
        question.question_id,
        [message.message_id for message in part],
        new_id=new.question_id,
        opened_as=new.opened_as,
        left_text=left,
        has_media=media_of(rest) is not None,
    )
    leaving: list[Letter | CitizenMessage] = []
    if new.acknowledged:
        leaving.append(split_off(_as_told(new), of_code=question.case_code))
    if any(message.passed_on for message in part):
        leaving += _to_units(in_hand, new)
    outbox.add_deliveries(connection, [rendered(each) for each in leaving], on=as_of.date())
    _record(in_hand, new)
    if question.state is QuestionState.IN_TRIAGE:
        _ask_anew(in_hand, left, new)
    return f"đã tách {len(part)} tin thành câu hỏi mã {new.case_code}; phần còn lại giữ mã và thời hạn cũ"


def _why_not(question: QuestionInHand, named: str) -> str:
    if named:
        return (
            f"Câu hỏi {question.case_code} không có tin gửi sau nào là “{named}”. Ghi giờ phút của tin (ví dụ 9:15) "
            "hoặc số thứ tự của tin; tin đầu tiên là chính câu hỏi, không tách được."
        )
    return f"Câu hỏi {question.case_code} không có nội dung gửi thêm, không có phần nào để tách."


def _opened(in_hand: InHand, burst: Burst) -> NewQuestion:
    question, desk, as_of = in_hand.question, in_hand.desk, in_hand.as_of
    text = cleaned(burst.text, desk.policy(as_of).text_max_characters)
    (number,) = questions.take_numbers(in_hand.connection, 1)
    return NewQuestion(
        question_id=number,
        case_code=case_code(local_date(burst.started_at).year, number),
        user_id=question.user_id,
        opened_as=(Purpose.QUESTION if text else Purpose.MEDIA).value,
        text=text,
        sensitive=sensitive_class(text, desk.office.lexicon),
        urgent=urgent_class(text, desk.office.lexicon),
        topics=desk.classify(text).topics,
        received_at=burst.started_at,
        last_message_at=burst.ended_at,
        window_closes_at=question.window_closes_at,
        has_media=media_of(burst) is not None,
        is_late=False,
        acknowledged=question.window_closes_at > as_of,
    )


def _as_told(new: NewQuestion) -> CitizenQuestion:
    return CitizenQuestion(
        question_id=new.question_id, case_code=new.case_code, user_id=new.user_id, received_at=new.received_at
    )


def _to_units(in_hand: InHand, new: NewQuestion) -> list[Letter]:
    """Return what tells the units that still owe a reply to leave the part out."""
    connection, question, desk, as_of = in_hand.connection, in_hand.question, in_hand.desk, in_hand.as_of
    asked = [
        one
        for one in assignments.find_of_question(connection, question.question_id)
        if one.state is AssignmentState.AWAITING and one.lettered_at
    ]
    wanted = [reply_token(question.question_id, one.assignment_id, as_of) for one in asked]
    units = [unit_of(desk.office, one.unit_code, one.place_unit, as_of) for one in asked]
    addresses = addresses_on(connection, units, as_of.date())
    is_narrow = bool(new.sensitive or new.urgent)
    text = "" if is_narrow else text_for_unit(new.text, question.topics, desk.office)
    return [
        unit_split(
            AskedQuestion(
                question_id=question.question_id,
                assignment_id=one.assignment_id,
                case_code=question.case_code,
                text="",
                received_at=question.received_at,
                due_on=one.told_on,
                because="",
                reply_token=token,
            ),
            addresses.addressee(*unit),
            desk.letterhead(as_of),
            part=FollowUp(received_at=new.received_at, text=text),
            new_code="" if is_narrow else new.case_code,
            thread=letter_key(question.question_id, one.unit_code, one.version),
        )
        for one, unit, token in zip(asked, units, mail_tokens.add_tokens(connection, wanted), strict=True)
    ]


def _record(in_hand: InHand, new: NewQuestion) -> None:
    question, order = in_hand.question, in_hand.order
    by, into = order.acting_officer, {"into": new.case_code, "part": order.part}
    recorded = [
        events.Event(kind="split", question_id=question.question_id, actor=by, details=into),
        events.Event(kind="question_opened", question_id=new.question_id),
        events.Event(kind="split_off", question_id=new.question_id, actor=by, details={"from": question.case_code}),
    ]
    events.record_events(in_hand.connection, recorded, as_of=in_hand.as_of)


def _ask_anew(in_hand: InHand, left: str, new: NewQuestion) -> None:
    """Put what is left before the officer on duty, with the proposals that fit it; those of the whole do not."""
    connection, question, desk = in_hand.connection, in_hand.question, in_hand.desk
    said = desk.classify(left)
    outcome = f"đã tách một phần thành câu hỏi mã {new.case_code}"
    work_items.close_of_question(
        connection, question.question_id, closed_by=in_hand.order.acting_officer, outcome=outcome
    )
    classifications.add_classifications(connection, [(question.question_id, said, "Split")])
    decided = questions.Decided(question_id=question.question_id, state=question.state, topics=said.topics)
    questions.record_decisions(connection, [decided])
    put_before_duty(
        connection,
        question,
        f"Phần còn lại sau khi tách câu hỏi mã {new.case_code}.",
        [asdict(each) for each in _proposals(in_hand, left, said)],
    )


def _proposals(in_hand: InHand, left: str, said: Classification) -> Sequence[Proposal]:
    """Return what may be chosen for what is left; of what few may read, nothing that leads to whom it names."""
    question, office, on = in_hand.question, in_hand.desk.office, in_hand.as_of.date()
    if not (question.sensitive or question.urgent):
        return best(find_proposals(left, said, office, on))
    held = SealedQuestion(
        question_id=question.question_id,
        text=left,
        received_at=question.received_at,
        sensitive=question.sensitive,
        urgent=question.urgent,
    )
    decision = decide(held, said, office, on)
    return decision.proposals if isinstance(decision, HoldSensitive) else ()
