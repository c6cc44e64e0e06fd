"""What an official's word does to an answer: it goes, is mended, loses a file, or was none (U2, U11, U15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.answers.dossiers import without_dossier_data
from desk.rules.calendar import local_time
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.letters import state_name
from desk.rules.states import AnswerState, QuestionState
from desk.runtime.answering.cases import Case, find_cases
from desk.runtime.answering.composing import (
    WRITTEN_BY_DESK,
    looked_over,
    where_to_look,
    with_files,
    with_numbers,
)
from desk.runtime.answering.mending import OwnText, check_may_release, mend
from desk.runtime.answering.proposing import propose
from desk.runtime.answering.releasing import Word, release, release_instead
from desk.runtime.answering.taking_back import take_back
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.decisions.reasons import reason_of
from desk.runtime.in_force import InForce
from desk.runtime.memory import remember
from desk.runtime.naming import unit_called
from desk.runtime.triage import TriageAction, TriageOrder, triage
from desk.store import answer_sources, answers
from desk.store.answers import Answer

_NUMBERS: Final = re.compile(r"\d+")
_NAMES: Final = re.compile(r"[;\n]")
_WORDS_OF: Final[Mapping[Step, str]] = {
    Step.ANSWER: "Nếu gửi, đề nghị chỉ viết GỬI; nếu sửa, đề nghị viết toàn văn nội dung trả lời công dân.",
    Step.DUTY_ANSWER: (
        "Đề nghị viết toàn văn nội dung trả lời công dân, hoặc ĐÃ TRẢ LỜI, hoặc CHUYỂN ĐƠN VỊ: tên đơn vị."
    ),
}


def decide_on_answer(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Carry out an official's word on a proposed answer, and return what was done.

    Raises:
        DecisionRefusedError: there is a newer version, somebody was quicker, or the answer may not go so; says why.
    """
    case = _case(connection, decision, desk, as_of)
    if decision.command is not None and decision.command.code is CommandCode.REMEMBER:
        return remember(connection, case.question.case_code, decision.official, desk, as_of)
    word = Word(connection, case, _in_hand(case, decision, desk), decision, desk, as_of)
    if decision.command is None or _is_headed(decision.command):
        return _mended(connection, case, decision, desk, as_of)
    if handler := _HANDLERS.get(decision.command.code):
        return handler(word)
    raise DecisionRefusedError(
        f"{word.code}: lệnh này không dùng cho dự thảo trả lời. Đề nghị viết GỬI, hoặc viết toàn văn nội dung mới."
    )


def decide_on_duty_answer(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Take the answer that the duty officer wrote to a question; it is shown as the citizen gets it, one word sends it.

    Raises:
        DecisionRefusedError: the question has moved on, or nothing was written; says so.
    """
    case = _case(connection, decision, desk, as_of)
    question = case.question
    if decision.command is not None and not _is_headed(decision.command):
        return _handed_on(connection, decision.command, decision, desk, as_of, code=question.case_code)
    if question.state not in {QuestionState.WITH_DUTY, QuestionState.ANSWER_PROPOSED}:
        raise DecisionRefusedError(
            f"Câu hỏi {question.case_code} {state_name(question.state)}, không soạn trả lời nữa."
        )
    return _mended(connection, case, decision, desk, as_of)


def _case(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> Case:
    """Hold the question and return what its answer is made of."""
    check_may_release(decision.official)
    if decision.question_id is None:
        raise DecisionRefusedError("Thư này không gắn với câu hỏi nào.")
    answers.claim_question(connection, decision.question_id)
    (case,) = find_cases(connection, [decision.question_id], desk, as_of)
    return case


def _in_hand(case: Case, decision: Decision, desk: InForce) -> Answer:
    """Return the version that is decided on, if it is still the one in hand."""
    latest, question = case.latest, case.question
    if latest is None:
        raise DecisionRefusedError(f"{question.case_code}: chưa có dự thảo trả lời.")
    if latest.released_by and latest.released_at:
        when = f"{local_time(latest.released_at):%H:%M %d/%m/%Y}"
        by = desk.office.name_of(latest.released_by)
        raise DecisionRefusedError(f"{question.case_code}: {by} đã cho gửi câu trả lời lúc {when}.")
    if decision.answer_id != latest.answer_id or decision.version != latest.version:
        raise DecisionRefusedError(
            f"{question.case_code}: đã có bản mới (bản {latest.version}). Đề nghị trả lời thư dự thảo mới nhất."
        )
    if question.state is not QuestionState.ANSWER_PROPOSED or latest.state is not AnswerState.PROPOSED:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} {state_name(question.state)}, không duyệt nữa.")
    return latest


def _mended(connection: Connection, case: Case, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Take an official's own text; it is shown again before it goes."""
    headed = decision.command if _is_headed(decision.command) else None
    own = OwnText(
        text=headed.argument if headed else decision.text,
        official=decision.official,
        is_headed=headed is not None,
        if_unclear=f"chưa rõ ý kiến, dự thảo chưa thay đổi. {_WORDS_OF[decision.step]}",
    )
    return f"{case.question.case_code}: {mend(connection, case, own, desk, as_of)}."


def _is_headed(command: CommandLine | None) -> bool:
    """Return whether what follows is the text itself: "TRẢ LỜI:" stands over it."""
    return command is not None and command.code is CommandCode.ANSWER_WITH


def _handed_on(
    connection: Connection, line: CommandLine, decision: Decision, desk: InForce, as_of: datetime, *, code: str
) -> str:
    """Carry out what else may be said of a question that the duty officer was to answer."""
    units: tuple[str, ...] = ()
    mail_id: int | None = None
    match line.code:
        case CommandCode.SEND:
            action, mail_id = TriageAction.SEND, decision.inbound_mail_id
        case CommandCode.ANSWERED:
            action = TriageAction.ANSWERED
        case CommandCode.GIVE_TO if line.argument:
            action, units = TriageAction.ROUTE, tuple(name for name in _NAMES.split(line.argument) if name.strip())
        case _:
            raise DecisionRefusedError(f"{code}: {_WORDS_OF[Step.DUTY_ANSWER]}")
    officer, reason = decision.official.code, reason_of(line, desk)
    order = TriageOrder(code=code, action=action, acting_officer=officer, reason=reason, units=units, mail_id=mail_id)
    return triage(connection, order, desk, as_of)


def _send_general(word: Word) -> str:
    """General guidance is a person's text: what was written under the command is shown first."""
    if word.decision.text.strip():
        return _mended(word.connection, word.case, word.decision, word.desk, word.as_of)
    return release(word, choice="general")


def _send_masked(word: Word) -> str:
    if word.answer.attachment_ids:
        raise DecisionRefusedError(
            f"{word.code}: bản chụp không che được dữ liệu cá nhân. Đề nghị BỎ TỆP, hoặc đề nghị đơn vị gửi bản đã che."
        )
    text = without_dossier_data(word.answer.text, word.case.question.asker)
    return release_instead(word, looked_over(word.case, text, word.answer.written_by, ()), choice="masked")


def _send_where_to_look(word: Word) -> str:
    text = where_to_look(word.case, word.desk, word.as_of)
    return release_instead(word, looked_over(word.case, text, WRITTEN_BY_DESK, ()), choice="where_to_look")


def _send_with_number(word: Word) -> str:
    """Number and date of the units' letters are right: the answer names them, and goes (U7)."""
    unconfirmed = [reply.reply_id for reply in word.case.replies if reply.letter and not reply.letter.is_confirmed]
    if not unconfirmed:
        raise DecisionRefusedError(f"{word.code}: không có số công văn nào để xác nhận. Đề nghị viết GỬI.")
    named = with_numbers(word.case, word.answer)
    if named is None:
        raise DecisionRefusedError(
            f"{word.code}: nội dung đã được viết lại. Đề nghị ghi số công văn vào nội dung và gửi lại toàn văn."
        )
    done = release_instead(word, named, choice="with_number")
    answer_sources.confirm_letters(word.connection, unconfirmed, confirmed_by=word.decision.official.code)
    return done


def _drop_files(word: Word) -> str:
    """Leave files out, by their places in the letter; what is left is shown anew."""
    argument = word.decision.command.argument if word.decision.command else ""
    files = word.answer.attachment_ids
    places = sorted({int(number) for number in _NUMBERS.findall(argument)})
    if not places or not 0 < places[0] <= places[-1] <= len(files):
        raise DecisionRefusedError(f"{word.code}: dự thảo có {len(files)} tệp. Đề nghị viết, ví dụ: BỎ TỆP 1.")
    left = [kept for place, kept in enumerate(files, start=1) if place not in places]
    kept = with_files(word.case, word.answer, left)
    propose(word.connection, [kept], word.desk, word.as_of, to=word.decision.official)
    return f"{word.code}: đã bỏ tệp {', '.join(map(str, places))} (bản {word.case.next_version}), gửi lại để duyệt."


def _take_back(word: Word) -> str:
    """What a unit wrote is no answer: it owes one again, and the question waits for it."""
    units = _units_meant(word)
    take_back(
        word.connection,
        word.case.question.question_id,
        [reply.reply_id for reply in word.case.replies if reply.unit_code in units],
        word.as_of,
        actor=word.decision.official.code,
        outcome="chưa phải câu trả lời",
    )
    return f"{word.code}: chưa phải câu trả lời, tiếp tục chờ {'; '.join(units.values())}."


def _units_meant(word: Word) -> Mapping[str, str]:
    """Return the units whose replies are meant, by code: those named, or the only one."""
    units = {reply.unit_code: reply.unit for reply in word.case.replies}
    argument = word.decision.command.argument if word.decision.command else ""
    if names := (argument or word.decision.text).strip():
        named = {unit_called(name.strip(), word.desk, word.as_of)[0].code for name in _NAMES.split(names)}
        units = {code: unit for code, unit in units.items() if code in named}
    elif len(units) > 1:
        listed = "; ".join(units.values())
        raise DecisionRefusedError(
            f"{word.code}: chưa rõ đơn vị nào. Đề nghị viết CHƯA TRẢ LỜI, dòng dưới ghi tên đơn vị: {listed}."
        )
    if not units:
        raise DecisionRefusedError(f"{word.code}: dự thảo không có trả lời của đơn vị được nêu.")
    return units


_HANDLERS: Final[Mapping[CommandCode, Callable[[Word], str]]] = {
    CommandCode.SEND: release,
    CommandCode.SEND_WITH_NUMBER: _send_with_number,
    CommandCode.SEND_GENERAL: _send_general,
    CommandCode.SEND_MASKED: _send_masked,
    CommandCode.SEND_WHERE_TO_LOOK: _send_where_to_look,
    CommandCode.DROP_FILE: _drop_files,
    CommandCode.IS_NO_ANSWER: _take_back,
}
