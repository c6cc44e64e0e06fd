"""The letter by which an officer sorts questions: each with what might be done, chosen by one figure (U16, U18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.calendar import long_date
from desk.rules.letters.commands import Command, CommandButton, buttons
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.remembered import EarlierAnswer, quoted_whole
from desk.rules.office import Official
from desk.rules.outgoing import Letter
from desk.rules.sorters import Why

GIVE_TO = Command("CHUYỂN", "tên các đơn vị, cách nhau bằng dấu phẩy")
OUTSIDE = Command("NGOÀI PHẠM VI", "tên cơ quan")
ASK_BACK = Command("HỎI LẠI", "nội dung cần hỏi công dân")
ANSWER_WITH = Command("TRẢ LỜI", "nội dung trả lời công dân, viết được nhiều dòng")
KEEP = Command("TRỰC TRẢ LỜI")
ANSWERED = Command("ĐÃ TRẢ LỜI")
LEAVE_OUT = Command("KHÔNG XỬ LÝ", "lý do")
SEND = Command("GỬI")
MERGE = Command("GỘP", "mã câu hỏi khác của cùng công dân")
SPLIT = Command("TÁCH", "bỏ trống là phần công dân gửi sau cùng; hoặc giờ phút của tin, ví dụ 9:15")

_OTHERS = (GIVE_TO, OUTSIDE, ASK_BACK, ANSWER_WITH, KEEP, ANSWERED, MERGE, SPLIT, LEAVE_OUT)
# what an officer may do with a matter that he alone and the Secretary read
_OTHERS_ALONE = (KEEP, ANSWER_WITH, ASK_BACK, GIVE_TO, OUTSIDE, ANSWERED, LEAVE_OUT)
_AMONG = {
    Why.REMINDED: "nhắc lại",
    Why.HANDED_OVER: "nhận bàn giao",
    Why.SILENCE: "người được hỏi trước chưa có ý kiến",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """What one figure does, the day by which the citizen would have to be answered, how likely it is right.

    No day where nobody is asked; no `chance` where no machine has weighed it.
    """

    label: str
    due_on: date | None
    chance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownToSort:
    """A question to be sorted: what was asked, why a person must look, what may be done, what spoke for it.

    `why` it stands in this letter, the *letter*-th that this official gets about it; `note` and `clock` tell him since
    when it waits and by when a unit must have it, both empty of a new one.
    """

    work_item_id: int
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    reason: str
    proposals: Sequence[ShownProposal]
    because: Sequence[str] = ()
    why: Why = Why.NEW
    letter: int = 1
    note: str = ""
    clock: str = ""
    earlier: EarlierAnswer | None = None


def triage_letter(questions: Sequence[ShownToSort], to: Official, *, address: str, reply_token: str) -> Letter:
    """Return the letter; a bare figure answers it where it asks about one question, else each line begins with a code.

    Its key is that of its first question: nobody gets the same question for the same time twice.
    """
    first = questions[0]
    is_one = len(questions) == 1
    return Letter(
        template="triage",
        key=f"triage:{first.work_item_id}:{to.code}:{first.letter}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=first.question_id if is_one else None,
        reply_token=reply_token,
        context={
            "official": to.name,
            "is_one": is_one,
            "all_are": _all_are(questions),
            "among": list(_among(questions)),
            "questions": [_shown(question, address, is_one=is_one) for question in questions],
            # as links where one question is asked about, else as words to type after a code
            "buttons": buttons(_OTHERS, address=address, case_code=first.case_code),
        },
    )


def sensitive_notice(question: ShownToSort, to: Official, *, kind: str, address: str, reply_token: str) -> Letter:
    """Return the letter on a sensitive question; *to* is the duty officer in charge or the Secretary, nobody else (U6).

    *kind* says in Vietnamese what the question shows signs of.
    """
    return _alone("sensitive-notice", question, to, {"about": kind}, address=address, reply_token=reply_token)


def urgent_notice(
    question: ShownToSort, to: Official, *, kind: str, is_sensitive: bool, address: str, reply_token: str
) -> Letter:
    """Return the letter on danger to life or money, for the duty officer or the Secretary, to be read at once (U6)."""
    context = {"about": kind, "is_sensitive": is_sensitive}
    return _alone("urgent-notice", question, to, context, address=address, reply_token=reply_token)


def _alone(
    template: str,
    question: ShownToSort,
    to: Official,
    context: dict[str, object],
    *,
    address: str,
    reply_token: str,
) -> Letter:
    return Letter(
        template=template,
        key=f"{template}:{question.work_item_id}:{to.code}:{question.letter}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=question.question_id,
        reply_token=reply_token,
        context={
            "official": to.name,
            "is_again": question.why is not Why.NEW,
            "buttons": buttons(_OTHERS_ALONE, address=address, case_code=question.case_code),
            **_shown(question, address, is_one=True),
            **context,
        },
    )


def _all_are(questions: Sequence[ShownToSort]) -> str:
    """Return what the subject says of all of them; empty where they stand in the letter for several reasons."""
    reasons = {question.why for question in questions}
    return _AMONG.get(questions[0].why, "") if len(reasons) == 1 else ""


def _among(questions: Sequence[ShownToSort]) -> Iterator[str]:
    counted = Counter(question.why for question in questions)
    for why, words in _AMONG.items():
        if counted[why]:
            yield f"{counted[why]} câu {words}"


def _shown(question: ShownToSort, address: str, *, is_one: bool) -> dict[str, object]:
    before = "" if is_one else f"{question.case_code}: "
    figures = tuple(Command(f"{before}{number}") for number in range(1, len(question.proposals) + 1))
    offered = buttons(figures, address=address, case_code=question.case_code)
    return {
        "case_code": question.case_code,
        "text": question.text,
        "received": moment_and_date(question.received_at),
        "reason": question.reason,
        "note": question.note,
        "clock": question.clock,
        "because": tuple(question.because),
        "earlier": quoted_whole(question.earlier),
        "send": buttons((Command(f"{before}{SEND.words}"),), address=address, case_code=question.case_code)[0],
        "proposals": [
            _proposed(number, proposal, button)
            for number, (proposal, button) in enumerate(zip(question.proposals, offered, strict=True), start=1)
        ],
    }


def _proposed(number: int, proposal: ShownProposal, button: CommandButton) -> dict[str, object]:
    due = f"trả lời công dân chậm nhất hết {long_date(proposal.due_on)}" if proposal.due_on else ""
    likely = f"khả năng đúng {proposal.chance}" if proposal.chance else ""
    return {
        "number": number,
        "label": proposal.label,
        "means": "; ".join(said for said in (likely, due) if said),
        "url": button.url,
    }
