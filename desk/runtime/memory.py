"""Answers that officials keep for later questions, and the one that a new question resembles (U5, U11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.answers.composing import UnitLetter
from desk.rules.answers.reusing import personal_kinds, question_to_keep, reusable_text
from desk.rules.calendar import local_date
from desk.rules.citations import basis_of, citations_of
from desk.rules.letters.remembered import EarlierAnswer
from desk.rules.likeness import likest, terms_of
from desk.rules.office import Official, Role
from desk.rules.states import AnswerState
from desk.rules.wording import wording_of
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.store import remembered_answers
from desk.store.remembered_answers import Asked, NewRemembered, RememberedAnswer, Source

_WHO: Final = "chỉ người đã cho gửi câu trả lời hoặc Thư ký Ban Quản trị được lưu mẫu, bỏ mẫu"


def remember(connection: Connection, case_code: str, by: Official, desk: InForce, as_of: datetime) -> str:
    """Keep a delivered answer for later questions; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: it may not be kept, or not by this official; says why.
    """
    source = _source(connection, case_code)
    if why := _why_not(source):
        raise DecisionRefusedError(f"{source.case_code}: không lưu mẫu được, {why}.")
    _check_by(source, by)
    if source.answer_id is None or source.released_at is None:
        message = "a delivered answer was released"
        raise ValueError(message)
    text, answered_on = reusable_text(source.answer_text), local_date(source.released_at)
    answer = NewRemembered(
        question_id=source.question_id,
        answer_id=source.answer_id,
        question_text=question_to_keep(source.question_text, source.asker),
        answer_text=text,
        topics=source.topics,
        units=source.units,
        letter_numbers=source.letter_numbers,
        letter_dates=source.letter_dates,
        laws=citations_of(text, desk.office.laws, answered_on),
        answered_on=answered_on,
        remembered_by=by.code,
        remembered_at=as_of,
    )
    if not remembered_answers.add_remembered(connection, answer):
        raise DecisionRefusedError(f"{source.case_code}: câu trả lời đã được lưu mẫu trước đó.")
    return f"{source.case_code}: đã lưu mẫu câu trả lời, sẽ trích trong thư về câu hỏi tương tự."


def retire(connection: Connection, case_code: str, by: Official, as_of: datetime) -> str:
    """Take a kept answer out of use; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: none is kept, or this official may not; says so.
    """
    source = _source(connection, case_code)
    _check_by(source, by)
    if not remembered_answers.retire(connection, source.case_code, retired_by=by.code, as_of=as_of):
        raise DecisionRefusedError(f"{source.case_code}: không có câu trả lời nào đang được lưu mẫu.")
    return f"{source.case_code}: đã bỏ mẫu câu trả lời, không trích trong thư nữa."


def remembered_for(
    connection: Connection, question_ids: Sequence[int], desk: InForce, as_of: datetime
) -> dict[int, EarlierAnswer]:
    """Return the answer to a like question of the same topic, by question; nothing for what few may read.

    What a letter has shown beside a question stays beside it, until it is out of use.
    """
    asked = [one for one in remembered_answers.find_asked(connection, question_ids) if not one.is_narrow]
    topics = sorted({topic for one in asked for topic in one.topics})
    shown_ids = [one.shown_id for one in asked if one.shown_id is not None]
    known = remembered_answers.find_in_use(connection, topics, shown_ids) if topics or shown_ids else []
    wording = wording_of(desk.office.lexicon)
    terms = {answer.remembered_answer_id: terms_of(wording.read(answer.question_text)) for answer in known}
    found: dict[int, EarlierAnswer] = {}
    for one in asked:
        like = [answer for answer in known if _may_stand_beside(answer, one)]
        if one.shown_id is None:
            place = likest(terms_of(wording.read(one.text)), [terms[answer.remembered_answer_id] for answer in like])
            like = [] if place is None else [like[place]]
        if like:
            found[one.question_id] = _earlier(like[0], desk, as_of)
    return found


def record_shown(connection: Connection, shown: Mapping[int, EarlierAnswer | None]) -> None:
    """Record what letters show beside questions: one word sends what was read, not what is likest later."""
    ids = {question_id: earlier.remembered_answer_id for question_id, earlier in shown.items() if earlier}
    if ids:
        remembered_answers.record_shown(connection, ids)


def shown_beside(connection: Connection, question_id: int, desk: InForce, as_of: datetime) -> EarlierAnswer | None:
    """Return the answer that a letter has shown beside a question, as it stands today."""
    asked = remembered_answers.find_asked(connection, [question_id])
    if all(one.shown_id is None for one in asked):
        return None
    return remembered_for(connection, [question_id], desk, as_of).get(question_id)


def _may_stand_beside(answer: RememberedAnswer, one: Asked) -> bool:
    if answer.is_retired:
        return False
    if one.shown_id is not None:
        return answer.remembered_answer_id == one.shown_id
    return not set(one.topics).isdisjoint(answer.topics)


def _earlier(answer: RememberedAnswer, desk: InForce, as_of: datetime) -> EarlierAnswer:
    basis = basis_of(answer.laws, answer.answered_on, local_date(as_of), desk.office.laws)
    return EarlierAnswer(
        remembered_answer_id=answer.remembered_answer_id,
        case_code=answer.case_code,
        text=answer.answer_text,
        answered_on=answer.answered_on,
        letters=[
            str(UnitLetter(number, on, is_confirmed=True))
            for number, on in zip(answer.letter_numbers, answer.letter_dates, strict=True)
        ],
        changed=basis.changed,
        unknown=basis.unknown,
    )


def _source(connection: Connection, case_code: str) -> Source:
    source = remembered_answers.get_source(connection, case_code)
    if source is None:
        raise DecisionRefusedError(f"Không có câu hỏi mã {case_code}.")
    return source


def _check_by(source: Source, by: Official) -> None:
    if by.code != source.released_by and Role.SECRETARY not in by.roles:
        raise DecisionRefusedError(f"{source.case_code}: {_WHO}.")


def _why_not(source: Source) -> str:
    """Return why an answer may not be used again; empty where it may."""
    kinds = personal_kinds(source.answer_text, source.asker)
    reasons = {
        "câu hỏi thuộc loại nhạy cảm hoặc khẩn cấp": source.is_narrow,
        "câu trả lời chưa đến công dân": source.state is not AnswerState.DELIVERED,
        "câu trả lời còn thiếu ý kiến của đơn vị": source.is_partial,
        "câu hỏi chưa rõ chủ đề": not source.topics,
        "câu trả lời được viết cho một hồ sơ": source.is_of_dossier,
        f"câu trả lời có dữ liệu cá nhân ({', '.join(kinds)})": bool(kinds),
        "câu trả lời không còn nội dung": not reusable_text(source.answer_text),
    }
    return next((why for why, holds in reasons.items() if holds), "")
