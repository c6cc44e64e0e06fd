"""Versions of an answer before anybody has seen them: made of the replies, or of what an official wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.rules.answers.composing import LONGEST_TEXT, has_lead, heading, is_whole_answer, with_letter_numbers
from desk.rules.answers.dossiers import dossier_data
from desk.rules.answers.messages import messages_of
from desk.rules.answers.remarks import about_files, about_replies, contradictions, unanswered
from desk.rules.states import AnswerState
from desk.rules.wording import cleaned
from desk.runtime.answering.cases import Case
from desk.runtime.in_force import InForce
from desk.runtime.rendering import written
from desk.store.answers import Answer

WRITTEN_BY_DESK = "desk"
WITHOUT_LEAD = (
    "Bản chụp chưa có phần tóm tắt: đề nghị viết 2-4 câu tóm tắt nội dung trả lời, gửi lại bằng cách trả lời thư này."
)
_ATTACHED = "BHXH Việt Nam gửi Ông/Bà bản chụp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A version of an answer that is to be put before an official.

    `messages` are the texts that a citizen gets, in order; `data` are the pieces of a dossier found in them.
    """

    case: Case
    text: str
    written_by: str
    attachment_ids: tuple[int, ...]
    messages: tuple[str, ...]
    remarks: tuple[str, ...]
    data: tuple[str, ...]
    earlier: str = ""


def composed(case: Case, desk: InForce, as_of: datetime) -> Draft:
    """Return the answer that the units' replies make, by the desk's template."""
    parts = case.parts(without=case.dropped())
    text = _templated(
        [
            {
                "heading": heading(part.unit, part.letter),
                "unit": part.unit,
                "text": part.text,
                "has_scan": part.has_scan,
            }
            for part in parts
        ],
        case,
        desk,
        as_of,
    )
    attachment_ids = tuple(file.attachment_id for part in parts for file in part.files if file.is_sendable)
    latest = case.latest
    is_told = latest is not None and latest.state is AnswerState.DELIVERED
    earlier = latest.text if latest and not is_told and latest.written_by != WRITTEN_BY_DESK else ""
    return looked_over(case, text, WRITTEN_BY_DESK, attachment_ids, earlier=earlier)


def by_official(case: Case, text: str, official_code: str, desk: InForce, as_of: datetime) -> Draft:
    """Return the answer that an official wrote, set in the template unless it opens as answers do."""
    attachment_ids = case.latest.attachment_ids if case.latest else ()
    text = cleaned(text, LONGEST_TEXT)
    if not is_whole_answer(text):
        part: dict[str, object] = {"heading": "", "unit": "", "text": text, "has_scan": bool(attachment_ids)}
        text = _templated([part], case, desk, as_of)
    return looked_over(case, text, official_code, attachment_ids)


def with_files(case: Case, latest: Answer, attachment_ids: Sequence[int]) -> Draft:
    """Return the newest version with fewer of its files; without any it promises none."""
    text = latest.text
    if not attachment_ids:
        text = "\n".join(line for line in text.splitlines() if not line.startswith(_ATTACHED))
    return looked_over(case, text, latest.written_by, attachment_ids)


def with_numbers(case: Case, latest: Answer) -> Draft | None:
    """Return the newest version naming number and date of units' letters; None where it has no place for them."""
    text = with_letter_numbers(latest.text, case.parts())
    return looked_over(case, text, latest.written_by, latest.attachment_ids) if text else None


def looked_over(case: Case, text: str, written_by: str, attachment_ids: Sequence[int], *, earlier: str = "") -> Draft:
    """Return a version with what an official must look at."""
    return Draft(
        case=case,
        text=text,
        written_by=written_by,
        attachment_ids=tuple(attachment_ids),
        messages=_messages(case, text, attachment_ids),
        remarks=tuple(dict.fromkeys(_remarks(case, text, attachment_ids))),
        data=tuple(piece for piece, _ in dossier_data(text, case.question.asker)),
        earlier=earlier,
    )


def _messages(case: Case, text: str, attachment_ids: Sequence[int]) -> tuple[str, ...]:
    question, files = case.question, case.files(attachment_ids)
    # under a number that no answer has: only what they say is wanted here
    messages = messages_of(text, files, answer_id=0, question_id=question.question_id, user_id=question.user_id)
    return tuple(written(message.template, message.context) for message in messages)


def where_to_look(case: Case, desk: InForce, as_of: datetime) -> str:
    """Return the answer that gives no data of a dossier and says where the citizen finds it (U11)."""
    context = {"case_code": case.question.case_code, "hotline": desk.policy(as_of).hotline}
    return written("_where-to-look", context)


def _templated(parts: Sequence[dict[str, object]], case: Case, desk: InForce, as_of: datetime) -> str:
    context = {
        "case_code": case.question.case_code,
        "parts": parts,
        "missing": case.missing,
        "hotline": desk.policy(as_of).hotline,
    }
    return written("_answer", context)


def _remarks(case: Case, text: str, attachment_ids: Sequence[int]) -> Iterator[str]:
    parts = case.parts(without=case.sendable - set(attachment_ids))
    lacks_lead = bool(attachment_ids) and not has_lead(text)
    if lacks_lead:
        yield WITHOUT_LEAD
    yield from about_replies(case.replies, case.missing)
    yield from contradictions(parts)
    if not lacks_lead:
        yield from unanswered(case.question.text, text)
    yield from about_files(parts)
