"""The letter by which an officer sorts questions: each with what might be done, chosen by one figure (U16, U18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from desk.rules.calendar import long_date
from desk.rules.letters.commands import Command, buttons
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import Official
from desk.rules.outgoing import Letter

GIVE_TO = Command("CHUYỂN", "tên các đơn vị, cách nhau bằng dấu phẩy")
OUTSIDE = Command("NGOÀI PHẠM VI", "tên cơ quan")
ASK_BACK = Command("HỎI LẠI", "nội dung cần hỏi công dân")
ANSWER_WITH = Command("TRẢ LỜI", "nội dung trả lời công dân, viết được nhiều dòng; hệ thống gửi lại để duyệt")
KEEP = Command("TRỰC TRẢ LỜI")
ANSWERED = Command("ĐÃ TRẢ LỜI")
LEAVE_OUT = Command("KHÔNG XỬ LÝ", "lý do")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """What one figure does, and the day by which the citizen would have to be answered; None where nobody is asked."""

    label: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownToSort:
    """A question to be sorted: what was asked, why a person must look, what may be done, what spoke for it."""

    question_id: int
    case_code: str
    text: str
    received_at: datetime
    reason: str
    proposals: Sequence[ShownProposal]
    because: str = ""


def sort_key(on: date, slot: time, letter: int) -> str:
    """Return the key of the *letter*-th letter of a slot of a day, to whomever it goes."""
    return f"triage:{on.isoformat()}:{slot:%H%M}:{letter}"


def triage_letter(
    questions: Sequence[ShownToSort],
    to: Official,
    *,
    on: date,
    slot: time,
    letter: int,
    address: str,
    reply_token: str,
    unanswered_by: str = "",
) -> Letter:
    """Return the letter; a bare figure answers it where it asks about one question, else each line begins with a code.

    *unanswered_by* names who was asked before and has kept silent.
    """
    is_one = len(questions) == 1
    return Letter(
        template="triage",
        key=sort_key(on, slot, letter),
        stream=f"official:{to.code}",
        to=to.email,
        question_id=questions[0].question_id if is_one else None,
        reply_token=reply_token,
        context={
            "official": to.name,
            "unanswered_by": unanswered_by,
            "is_one": is_one,
            "questions": [_shown(question, address, is_one=is_one) for question in questions],
            "others": (GIVE_TO, OUTSIDE, ASK_BACK, ANSWER_WITH, KEEP, ANSWERED, LEAVE_OUT),
        },
    )


def _shown(question: ShownToSort, address: str, *, is_one: bool) -> dict[str, object]:
    before = "" if is_one else f"{question.case_code}: "
    figures = tuple(Command(f"{before}{number}") for number in range(1, len(question.proposals) + 1))
    offered = buttons(figures, address=address, case_code=question.case_code)
    return {
        "case_code": question.case_code,
        "text": question.text,
        "received": moment_and_date(question.received_at),
        "reason": question.reason,
        "because": question.because,
        "proposals": [
            {
                "number": number,
                "label": proposal.label,
                "due": long_date(proposal.due_on) if proposal.due_on else "",
                "url": button.url,
            }
            for number, (proposal, button) in enumerate(zip(question.proposals, offered, strict=True), start=1)
        ],
    }
