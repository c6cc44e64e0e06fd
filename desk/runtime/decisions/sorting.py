"""Questions that a person must sort, sorted by one word of a mail (U18)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.deadlines import duty_due_date
from desk.rules.letters import HeldQuestion
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import in_force as of_day
from desk.rules.proposals import topic_names
from desk.rules.states import QuestionState
from desk.runtime.answering.asking_duty import ForDuty, ask_duty
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.decisions.kinds import ANSWER_BY_DUTY
from desk.runtime.in_force import InForce
from desk.runtime.triage import TriageAction, TriageOrder, triage
from desk.store import events, questions, sorting, work_items
from desk.store.sorting import Sorting

_NAMES: Final = re.compile(r"[;,\n]")
_HOW: Final = (
    "Viết số của đề xuất, hoặc CHUYỂN: tên đơn vị, NGOÀI PHẠM VI: tên cơ quan, HỎI LẠI: nội dung, KHÔNG XỬ LÝ: lý do."
)


def decide_on_sorting(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Sort questions as an official said, a line each; what cannot be done is told beside what was.

    Raises:
        DecisionRefusedError: nothing could be done; says why.
    """
    lines = decision.on_several or ((decision.command,) if decision.command else ())
    if not lines:
        raise DecisionRefusedError(f"Chưa rõ ý kiến. {_HOW}")
    done, refused = [], []
    for line in lines:
        try:
            with connection.begin_nested():
                done.append(_sort(connection, line, decision, desk, as_of))
        except DecisionRefusedError as error:
            refused.append(f"{line.case_code}: {error}" if line.case_code else str(error))
    if not done:
        raise DecisionRefusedError(" ".join(refused))
    return " ".join([*done, *(["Chưa thực hiện:"] if refused else []), *refused])


def _sort(connection: Connection, line: CommandLine, decision: Decision, desk: InForce, as_of: datetime) -> str:
    work = _claimed(connection, line, decision)
    if work.closed_at is not None:
        by = desk.office.name_of(work.closed_by)
        raise DecisionRefusedError(f"câu hỏi đã được {by} xử lý lúc {moment_and_date(work.closed_at)}: {work.outcome}.")
    action, named = TriageAction.ROUTE, tuple(name.strip() for name in _NAMES.split(line.argument) if name.strip())
    match line.code:
        case CommandCode.CHOOSE:
            return _chosen(connection, work, line.argument, decision, desk, as_of=as_of)
        case CommandCode.GIVE_TO if named:
            pass
        case CommandCode.OUTSIDE_SECTOR if named:
            action = TriageAction.REDIRECT
        case CommandCode.ASK_CITIZEN if line.argument:
            action, named = TriageAction.ASK_BACK, (line.argument,)
        case CommandCode.ANSWERED:
            action = TriageAction.ANSWERED
        case CommandCode.LEAVE_OUT if line.argument:
            action = TriageAction.CLOSE
        case _:
            raise DecisionRefusedError(_HOW)
    return triage(connection, _order(work, action, named, line.argument, decision), desk, as_of)


def _claimed(connection: Connection, line: CommandLine, decision: Decision) -> Sorting:
    """Return the sorting that a line is about: of the code before it, or of the only question of the letter."""
    code = line.case_code
    if not code and decision.question_id is not None:
        code = questions.get_code(connection, decision.question_id)
    if not code:
        raise DecisionRefusedError("thư hỏi nhiều câu; viết mã câu hỏi trước mỗi ý kiến, ví dụ: mã câu hỏi: 1.")
    work = sorting.claim_sorting_of(connection, code)
    if work is None or decision.question_id not in {None, work.question_id}:
        raise DecisionRefusedError("thư này không hỏi về câu hỏi đó.")
    return work


def _chosen(
    connection: Connection, work: Sorting, figure: str, decision: Decision, desk: InForce, *, as_of: datetime
) -> str:
    place = int(figure) if figure.isdigit() else 0
    if not 1 <= place <= len(work.proposals):
        raise DecisionRefusedError(f"chọn số từ 1 đến {len(work.proposals)}.")
    proposed, on = work.proposals[place - 1], local_date(as_of)
    if proposed.get("duty"):
        return _give_to_duty(connection, work, decision, desk, as_of)
    if codes := proposed.get("authorities"):
        present = of_day(desk.office.authorities, on)
        named = tuple(present[code].name for code in codes if code in present)
        return triage(connection, _order(work, TriageAction.REDIRECT, named, "", decision), desk, as_of)
    units, places = of_day(desk.office.units, on), of_day(desk.office.provincial_units, on)
    named = tuple(
        places[proposed["place_unit"]].name if units[code].by_place and proposed.get("place_unit") else units[code].name
        for code in proposed["units"]
    )
    return triage(connection, _order(work, TriageAction.ROUTE, named, "", decision), desk, as_of)


def _give_to_duty(connection: Connection, work: Sorting, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Let the duty officer answer himself: no unit is asked (Điều 13, U5)."""
    officer = decision.official.code
    due = duty_due_date(work.received_at, desk.calendar, desk.policy(work.received_at))
    work_items.close_of_question(connection, work.question_id, closed_by=officer, outcome="cán bộ trực tự trả lời")
    questions.record_decisions(
        connection, [questions.Decided(question_id=work.question_id, state=QuestionState.WITH_DUTY)]
    )
    item = work_items.WorkItem(
        key=f"duty:{work.question_id}:{work_items.count_of_question(connection, work.question_id)}",
        kind=ANSWER_BY_DUTY,
        reason=f"{decision.official.name} chọn để cán bộ trực trả lời.",
        owner="duty_officer",
        remedy="Trả lời thư của hệ thống bằng nội dung trả lời công dân.",
        question_id=work.question_id,
    )
    new = work_items.add_work_items(connection, [item])
    held = HeldQuestion(
        question_id=work.question_id, case_code=work.case_code, text=work.text, received_at=work.received_at
    )
    topic = topic_names(desk.office, work.topics)
    ask_duty(connection, [ForDuty(new[item.key], held, due.on, due.because, topic)], desk, as_of)
    event = events.Event(
        kind="triaged",
        question_id=work.question_id,
        actor=officer,
        details={"action": "duty", "reason": "", "units": []},
    )
    events.record_events(connection, [event], as_of=as_of)
    return f"{work.case_code}: giao cán bộ trực trả lời."


def _order(work: Sorting, action: TriageAction, named: tuple[str, ...], reason: str, decision: Decision) -> TriageOrder:
    return TriageOrder(
        code=work.case_code,
        action=action,
        acting_officer=decision.official.code,
        reason=reason if action is TriageAction.CLOSE else "trả lời thư của hệ thống",
        units=named if action is TriageAction.ROUTE else (),
        authorities=named if action is TriageAction.REDIRECT else (),
        asks=named if action is TriageAction.ASK_BACK else (),
    )
