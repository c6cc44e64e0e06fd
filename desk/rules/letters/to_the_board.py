"""What the Ban Quản trị is told: that questions were passed to units (Điều 13), twice a working day (U16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from desk.rules.calendar import long_date
from desk.rules.letters.phrases import clock_time, joined
from desk.rules.outgoing import Letter
from desk.rules.states import QuestionState

MOST_LINES = 50


_STATE_NAMES: Mapping[QuestionState, str] = {
    QuestionState.SEALED: "mới tiếp nhận",
    QuestionState.IN_TRIAGE: "chờ cán bộ trực phân loại",
    QuestionState.WITH_DUTY: "cán bộ trực trả lời",
    QuestionState.REDIRECT_PROPOSED: "đề xuất hướng dẫn đến cơ quan khác",
    QuestionState.ROUTED: "đã chuyển đơn vị",
    QuestionState.AWAITING_CITIZEN: "chờ công dân bổ sung thông tin",
    QuestionState.ANSWER_PROPOSED: "đã có dự thảo trả lời, chờ cán bộ trực duyệt",
    QuestionState.ANSWER_LEAVING: "đang gửi câu trả lời",
    QuestionState.ANSWERED_BY_HAND: "đã trả lời trực tiếp trên Zalo, chờ xác nhận",
    QuestionState.ANSWERED: "đã trả lời",
    QuestionState.CLOSED: "đã kết thúc",
    QuestionState.MERGED: "đã gộp vào câu hỏi khác",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """A question as the Ban Quản trị sees it: never its text."""

    case_code: str
    state: QuestionState
    units: tuple[str, ...] = ()
    promised_on: date | None = None
    sensitive: bool = False


def board_report(questions: Sequence[ReportedQuestion], *, to: str, on: date, slot: time) -> Letter:
    """Return the report of what came since the last one: counts, and a table of at most fifty lines, in their order."""
    states = Counter(question.state for question in questions)
    return Letter(
        template="board-report",
        key=f"board-report:{on.isoformat()}:{slot:%H%M}",
        stream="board",
        to=to,
        context={
            "slot": clock_time(slot),
            "on": long_date(on),
            "total": len(questions),
            "sensitive": sum(question.sensitive for question in questions),
            "counts": [(state_name(state), states[state]) for state in QuestionState if states[state]],
            "lines": [
                {
                    "case_code": question.case_code,
                    "units": joined(question.units) or "-",
                    "promised": long_date(question.promised_on) if question.promised_on else "-",
                    "state": state_name(question.state) + (" (nội dung hạn chế)" if question.sensitive else ""),
                }
                for question in questions[:MOST_LINES]
            ],
            "left_out": max(0, len(questions) - MOST_LINES),
        },
    )


def state_name(state: QuestionState) -> str:
    """Return what officials call a question's state."""
    return _STATE_NAMES[state]
