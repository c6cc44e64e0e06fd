"""What citizens write that no unit would see: photos, more to what is answered here, and how far it is (U12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desk.rules.acknowledging import Moment, media_of
from desk.rules.calendar import local_date, long_date
from desk.rules.commands import CommandCode
from desk.rules.letters import state_name
from desk.rules.masking import masked
from desk.rules.reading import Purpose
from desk.rules.states import QuestionState
from desk.runtime.decisions.asking import Ask
from desk.runtime.decisions.kinds import ASKED_OVERDUE, CITIZEN_ADDED
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


def overdue_asked(one: Sealed, moment: Moment) -> Iterator[Ask]:
    """Yield what the officer on duty is told where somebody asks how far an overdue question is; once a day each."""
    if not any(reading.purpose is Purpose.ASKS_HOW_FAR for reading in one.readings):
        return
    on = local_date(moment.as_of)
    for row in one.sitting.open_questions:
        if row.due_on and row.due_on < on:
            yield Ask(
                key=f"asked_overdue:{row.question_id}:{on.isoformat()}",
                kind=ASKED_OVERDUE,
                subject="Công dân hỏi tiến độ câu hỏi đã quá hạn",
                reason=(
                    f"Công dân hỏi tiến độ câu hỏi {row.case_code} ({state_name(row.state)}), đã quá hạn trả lời: hết "
                    f"ngày {long_date(row.due_on)}. Đề nghị đôn đốc và trả lời công dân. Đã trả lời bằng kênh khác thì "
                    "viết ĐÃ TRẢ LỜI, câu hỏi kết thúc; chưa trả lời được thì viết CHỜ."
                ),
                question_id=row.question_id,
                case_code=row.case_code,
                options=(CommandCode.ANSWERED, CommandCode.WAIT),
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
