"""What citizens add where no unit would see it: photos, and more to a question that is being answered here (U12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desk.rules.acknowledging import media_of
from desk.rules.commands import CommandCode
from desk.rules.letters import state_name
from desk.rules.masking import masked
from desk.rules.states import QuestionState
from desk.runtime.decisions.asking import Ask
from desk.runtime.decisions.kinds import CITIZEN_ADDED
from desk.runtime.sittings import Sealed
from desk.store.questions import OpenRow, QuestionInHand

# whoever answers has read the question already
BEING_ANSWERED: Final = frozenset(
    {
        QuestionState.WITH_DUTY,
        QuestionState.REDIRECT_PROPOSED,
        QuestionState.ANSWER_PROPOSED,
        QuestionState.ANSWER_LEAVING,
    }
)


def to_look_at(one: Sealed) -> Iterator[Ask]:
    """Yield what the officer on duty is asked to look at of what a citizen has added; asked once a burst."""
    known = {row.question_id: row for row in one.sitting.open_questions}
    for question_id, burst in one.added:
        row, has_media = known.get(question_id), media_of(burst) is not None
        if row is None or not (has_media or row.state in BEING_ANSWERED):
            continue
        yield look_at(
            f"added:{burst.messages[0].message_id}",
            row,
            masked(burst.text),
            what="ảnh, tệp hoặc tin nhắn thoại, chưa chuyển đơn vị" if has_media else "nội dung",
        )


def look_at(key: str, question: OpenRow | QuestionInHand, text: str, *, what: str = "nội dung") -> Ask:
    """Return what the officer on duty is asked to look at of one addition; its text only where others may read it."""
    return Ask(
        key=key,
        kind=CITIZEN_ADDED,
        subject="Công dân gửi thêm nội dung cần xem",
        reason=(
            f"Công dân gửi thêm {what} cho câu hỏi {question.case_code} ({state_name(question.state)}). Đề nghị xem "
            "trên OA Manager; nội dung là việc khác thì tách thành câu hỏi riêng."
        ),
        question_id=question.question_id,
        case_code=question.case_code,
        quoted="" if question.sensitive or question.urgent else text,
        options=(CommandCode.SPLIT, CommandCode.LEAVE_OUT),
    )
