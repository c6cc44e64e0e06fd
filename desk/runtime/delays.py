"""Answers that will not come in time: a person is asked, and by a person's word alone the citizen is told (U19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date, long_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.letters import CitizenQuestion, EndangeredAnswer, delay, endangered_answers
from desk.rules.slots import duty_told_at
from desk.rules.states import QuestionState
from desk.rules.windows import Reach, reach, window
from desk.rules.written_dates import dates_written
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.decisions.kinds import ENDANGERED_ANSWER, OVERDUE_ANSWER
from desk.runtime.digests import Moment
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered
from desk.store import delays, events, mail_tokens, outbox, work_items
from desk.store.delays import Endangered, Promise
from desk.store.questions import QuestionInHand

# No answer is at hand; in the other states one is on its way, or the citizen is who must write.
_NO_ANSWER: Final = frozenset(
    {QuestionState.IN_TRIAGE, QuestionState.WITH_DUTY, QuestionState.REDIRECT_PROPOSED, QuestionState.ROUTED}
)
_UNANSWERED: Final = _NO_ANSWER | {QuestionState.ANSWER_PROPOSED}
_TOKEN_LIFE: Final = timedelta(days=30)
_IN_A_LETTER: Final = 50
NOT_REACHABLE: Final = (
    "công dân nhắn lần cuối hơn 7 ngày trước, Zalo không cho gửi tin xin lỗi; đề nghị báo công dân bằng điện thoại"
)
_REASON_NUMBER = re.compile(r"^\W*(?:lý do\s*)?(\d{1,2})\W*$", re.IGNORECASE)


def ask_about_delays(connection: Connection, desk: InForce, moment: Moment) -> int:
    """Put before the officer on duty what may come late and what has, once for each day told; returns how much.

    What is due by the next working day from the time of the policy on; what is overdue at once.
    """
    on, policy = moment.on, desk.policy(moment.as_of)
    overdue = delays.find_endangered(
        connection, after=date.min, until=on - timedelta(days=1), stage=OVERDUE_ANSWER, states=_UNANSWERED
    )
    asked = _ask(connection, overdue, OVERDUE_ANSWER, desk, moment)
    if moment.as_of < duty_told_at(on, desk.calendar, policy):
        return asked
    tomorrow = desk.calendar.next_working_day(on)
    endangered = delays.find_endangered(
        connection, after=on - timedelta(days=1), until=tomorrow, stage=ENDANGERED_ANSWER, states=_NO_ANSWER
    )
    return asked + _ask(connection, endangered, ENDANGERED_ANSWER, desk, moment)


def decide_on_delay(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Apologise to citizens or wait, as an official has said; a mail may decide on several questions, a line each.

    Raises:
        DecisionRefusedError: no day that fits, an apology was made before, or the question is answered.
    """
    done = [
        _carry_out(connection, promise, line, desk, as_of, officer=decision.official.code)
        for promise, line in _promises(connection, decision)
    ]
    if not done:
        raise DecisionRefusedError("Chưa rõ ý kiến. Viết XIN LỖI: ngày/tháng/năm hoặc CHỜ, sau mã câu hỏi.")
    return " ".join(done)


def promise_anew(
    connection: Connection, question: QuestionInHand, until: date, desk: InForce, as_of: datetime, *, agreed_by: str
) -> bool:
    """Tell a citizen a later day, once; a day that was promised anyway needs no word. The regulation's date stays.

    Returns whether that was done or needless; False where Zalo lets nobody write to the citizen any more.

    Raises:
        DecisionRefusedError: the citizen was told a later day before.
    """
    promise = delays.claim_promise(connection, question_id=question.question_id)
    if promise is None or promise.promised_on is None or promise.due_on is None or until <= promise.due_on:
        return True
    if not _is_reachable(promise, as_of):
        return False
    _promise_anew(connection, promise, until, desk.policy(as_of).delay_reasons[0], as_of, actor=agreed_by)
    return True


def _is_reachable(one: Promise | Endangered, as_of: datetime) -> bool:
    return reach(window(one.last_act_at), as_of) is not Reach.SHUT


def _ask(connection: Connection, found: list[Endangered], kind: str, desk: InForce, moment: Moment) -> int:
    """Open work for each question, and tell the officer on duty of all in as few letters as may be."""
    officer = desk.duty_officer(moment.as_of)
    work = work_items.add_work_items(connection, [_work_item(one, kind) for one in found])
    expires_on = moment.on + _TOKEN_LIFE
    tokens = mail_tokens.add_tokens(
        connection,
        [
            mail_tokens.TokenFor(
                step=Step.DELAY.value,
                question_id=one.question_id,
                official_code=officer.code,
                version=one.due_on.toordinal(),
                expires_on=expires_on,
            )
            for one in found
        ],
    )
    shown = [_shown(one, token, desk, moment) for one, token in zip(found, tokens, strict=True)]
    for first in range(0, len(shown), _IN_A_LETTER):
        of_letter = shown[first : first + _IN_A_LETTER]
        for_all = mail_tokens.TokenFor(step=Step.DELAY.value, official_code=officer.code, expires_on=expires_on)
        (token,) = mail_tokens.add_tokens(connection, [for_all])
        letter = endangered_answers(
            of_letter,
            officer,
            address=desk_address(),
            on=moment.on,
            reply_token=token,
            reasons=desk.policy(moment.as_of).delay_reasons,
        )
        outbox.add_deliveries(connection, [rendered(letter)], on=moment.on)
    asked = [
        work_items.Asked(
            work_item_id=work[_key(one, kind)],
            asked={"proposed_on": line.proposed_on.isoformat()},
            asked_of=officer.code,
        )
        for one, line in zip(found, shown, strict=True)
    ]
    work_items.record_asked(connection, asked, as_of=moment.as_of)
    return len(found)


def _key(one: Endangered, kind: str) -> str:
    return f"{kind}:{one.question_id}:{one.due_on.isoformat()}"


def _work_item(one: Endangered, kind: str) -> work_items.WorkItem:
    said = "đã quá hạn trả lời công dân" if kind == OVERDUE_ANSWER else "có thể chậm hạn trả lời công dân"
    return work_items.WorkItem(
        key=_key(one, kind),
        kind=kind,
        reason=f"Câu hỏi {one.case_code} {said}: hết {long_date(one.due_on)}.",
        owner="duty_officer",
        remedy="Trả lời thư của hệ thống: XIN LỖI: ngày/tháng/năm, hoặc CHỜ."
        if one.is_promised
        else "Giải quyết câu hỏi, hoặc trả lời thư của hệ thống: CHỜ.",
        question_id=one.question_id,
    )


def _shown(one: Endangered, token: str, desk: InForce, moment: Moment) -> EndangeredAnswer:
    return EndangeredAnswer(
        question_id=one.question_id,
        case_code=one.case_code,
        received_at=one.received_at,
        due_on=one.due_on,
        # the day after the last on which anybody still may answer in time
        proposed_on=desk.calendar.next_working_day(max(filter(None, (moment.on, one.due_on, one.units_due_on)))),
        units=tuple(name_of(*unit_of(desk.office, code, place, moment.as_of)) for code, place in one.units),
        is_promised=one.is_promised,
        may_apologise=one.is_promised and not one.apologised and _is_reachable(one, moment.as_of),
        is_reachable=_is_reachable(one, moment.as_of),
        reply_token=token,
    )


def _promises(connection: Connection, decision: Decision) -> Iterator[tuple[Promise, CommandLine]]:
    """Yield what was decided of which question: the letter's own, or the one whose code stands before the command."""
    for line in decision.on_several or ([decision.command] if decision.command else []):
        if line.case_code:
            promise = delays.claim_promise(connection, case_code=line.case_code)
        else:
            promise = delays.claim_promise(connection, question_id=decision.question_id)
        if promise is None or decision.question_id not in {None, promise.question_id}:
            raise DecisionRefusedError("Chưa rõ câu hỏi nào. Viết mã câu hỏi trước lệnh, ví dụ: mã câu hỏi: CHỜ.")
        if decision.question_id is not None and promise.due_on != date.fromordinal(decision.version):
            raise DecisionRefusedError(f"Câu hỏi {promise.case_code}: ngày đã báo công dân nay đã khác, thư này đã cũ.")
        yield promise, line


def _carry_out(
    connection: Connection, promise: Promise, line: CommandLine, desk: InForce, as_of: datetime, *, officer: str
) -> str:
    if promise.state not in _UNANSWERED:
        raise DecisionRefusedError(f"Câu hỏi {promise.case_code} không còn chờ trả lời, không cần xin lỗi công dân.")
    match line.code:
        case CommandCode.APOLOGISE:
            until, reason = _asked_for(line.argument, promise, desk, as_of)
            _promise_anew(connection, promise, until, reason, as_of, actor=officer)
            outcome = f"đã xin lỗi công dân, hẹn trả lời chậm nhất hết ngày {long_date(until)}"
        case CommandCode.WAIT:
            outcome = "chờ thêm, chưa nhắn gì cho công dân"
        case _:
            raise DecisionRefusedError("Viết XIN LỖI: ngày/tháng/năm hoặc CHỜ.")
    delays.close_asks(connection, promise.question_id, closed_by=officer, outcome=outcome)
    return f"{promise.case_code}: {outcome}."


def _asked_for(argument: str, promise: Promise, desk: InForce, as_of: datetime) -> tuple[date, str]:
    """Return the day and the reason an official has chosen: the day of the letter, the first reason, where none is."""
    found = next(dates_written(argument, local_date(promise.received_at)), None)
    until = found.day if found else promise.proposed_on
    if until is None or (argument and found is None):
        raise DecisionRefusedError("Chưa rõ ngày trả lời mới. Viết XIN LỖI: ngày/tháng/năm.")
    earliest = max(filter(None, (promise.due_on, local_date(as_of))))
    if until <= earliest or not desk.calendar.is_working_day(until):
        raise DecisionRefusedError(
            f"Ngày {until:%d/%m/%Y} không dùng được; ngày mới phải là ngày làm việc sau {earliest:%d/%m/%Y}."
        )
    reasons = desk.policy(as_of).delay_reasons
    said = argument[found.end :] if found else ""
    number = _REASON_NUMBER.match(said)
    if said.strip(" .,;") and (number is None or not 1 <= int(number[1]) <= len(reasons)):
        raise DecisionRefusedError(f"Chọn lý do bằng số, từ 1 đến {len(reasons)}, theo danh sách trong thư.")
    return until, reasons[int(number[1]) - 1 if number else 0]


def _promise_anew(
    connection: Connection, promise: Promise, until: date, reason: str, as_of: datetime, *, actor: str
) -> None:
    if promise.promised_on is None or promise.due_on is None:
        raise DecisionRefusedError(f"Câu hỏi {promise.case_code} chưa hẹn ngày trả lời với công dân.")
    if promise.apologised_at is not None:
        raise DecisionRefusedError(
            f"Câu hỏi {promise.case_code} đã hẹn lại với công dân một lần; đề nghị trả lời, có thể bằng điện thoại."
        )
    if not _is_reachable(promise, as_of):
        raise DecisionRefusedError(f"Câu hỏi {promise.case_code}: {NOT_REACHABLE} rồi viết CHỜ.")
    question = CitizenQuestion(
        question_id=promise.question_id,
        case_code=promise.case_code,
        user_id=promise.user_id,
        received_at=promise.received_at,
    )
    is_overdue = promise.due_on < local_date(as_of)
    message = delay(question, due_on=promise.due_on, agreed_on=until, reason=reason, is_overdue=is_overdue)
    outbox.add_deliveries(connection, [rendered(message)], on=local_date(as_of))
    delays.record_new_promise(connection, promise.question_id, agreed_on=until, as_of=as_of)
    told = {"due_on": promise.due_on, "agreed_on": until}
    event = events.Event(kind="promised_anew", question_id=promise.question_id, actor=actor, details=told)
    events.record_events(connection, [event], as_of=as_of)
