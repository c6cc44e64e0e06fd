"""Questions that a person must sort, sorted by one word of a mail (U18)."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from desk.rules.case_codes import find_case_codes
from desk.rules.commands import CommandCode, CommandLine
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.decisions.reasons import reason_of
from desk.runtime.in_force import InForce
from desk.runtime.triage import ChosenProposal, TriageAction, TriageOrder, triage
from desk.runtime.triage.choosing import check_is_open
from desk.store import questions, sorting
from desk.store.sorting import Sorting

_NAMES: Final = re.compile(r"[;,\n]")
_HOW: Final = (
    "Viết số của đề xuất, hoặc CHUYỂN: tên đơn vị, NGOÀI PHẠM VI: tên cơ quan, HỎI LẠI: nội dung, TRẢ LỜI: nội dung, "
    "TRỰC TRẢ LỜI, ĐÃ TRẢ LỜI, GỘP: mã câu hỏi kia, TÁCH, KHÔNG XỬ LÝ: lý do."
)
_CHANGED: Final = (
    "câu hỏi đã thay đổi sau thư này, số của đề xuất không còn đúng; đề nghị chờ thư phân loại ở đợt kế tiếp, hoặc "
    "viết CHUYỂN: tên đơn vị."
)
# words that say all there is to say
_ALONE: Final = {
    CommandCode.KEEP: TriageAction.DUTY,
    CommandCode.ANSWERED: TriageAction.ANSWERED,
    CommandCode.SEND: TriageAction.SEND,
}


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
            refused.append(str(error) if line.case_code in str(error) else f"{line.case_code}: {error}")
    sorted_codes = {line.case_code for line in lines}
    unread = [code for code in find_case_codes(decision.text) if code not in sorted_codes]
    refused += [f"{code}: chưa rõ ý kiến. {_HOW}" for code in dict.fromkeys(unread)]
    if not done:
        raise DecisionRefusedError(" ".join(refused))
    return " ".join([*done, *(["Chưa thực hiện:"] if refused else []), *refused])


def _sort(connection: Connection, line: CommandLine, decision: Decision, desk: InForce, as_of: datetime) -> str:
    code = _code_of(connection, line, decision)
    work = sorting.claim_sorting_of(connection, code)
    if work is None or not _asks_about(decision, work):
        raise DecisionRefusedError("thư này không hỏi về câu hỏi đó.")
    check_is_open(work, desk)
    if line.code is CommandCode.CHOOSE and work.asked_at is None:
        raise DecisionRefusedError(_CHANGED)
    return triage(connection, _decided(code, line, decision, desk), desk, as_of)


def _asks_about(decision: Decision, work: Sorting) -> bool:
    """Return whether a letter asks about a question: one on several asks about none that few may read (U6)."""
    if decision.question_id is None:
        return not work.is_narrow
    return decision.question_id == work.question_id


def _code_of(connection: Connection, line: CommandLine, decision: Decision) -> str:
    """Return the code before a line, or that of the only question of the letter."""
    code = line.case_code
    if not code and decision.question_id is not None:
        code = questions.get_code(connection, decision.question_id)
    if not code:
        raise DecisionRefusedError("thư hỏi nhiều câu; viết mã câu hỏi trước mỗi ý kiến, ví dụ: mã câu hỏi: 1.")
    return code


def _decided(code: str, line: CommandLine, decision: Decision, desk: InForce) -> TriageOrder | ChosenProposal:
    """Return what a line decides on a question."""
    officer = decision.official.code
    if line.code is CommandCode.CHOOSE:
        number = int(line.argument) if line.argument.isdigit() else 0
        return ChosenProposal(code=code, number=number, acting_officer=officer)
    ordered = partial(
        TriageOrder,
        code=code,
        acting_officer=officer,
        reason=reason_of(line, desk),
        mail_id=decision.inbound_mail_id,
    )
    if line.code in _ALONE:
        return ordered(action=_ALONE[line.code])
    names = tuple(name.strip() for name in _NAMES.split(line.argument) if name.strip())
    match line.code:
        case CommandCode.GIVE_TO if names:
            order = ordered(action=TriageAction.ROUTE, units=names)
        case CommandCode.OUTSIDE_SECTOR if names:
            order = ordered(action=TriageAction.REDIRECT, authorities=names)
        case CommandCode.ASK_CITIZEN if line.argument:
            order = ordered(action=TriageAction.ASK_BACK, asks=(line.argument,))
        case CommandCode.ANSWER_WITH if line.argument:
            order = ordered(action=TriageAction.ANSWER, text=line.argument)
        case CommandCode.MERGE if line.argument:
            order = ordered(action=TriageAction.MERGE, other_code=line.argument)
        case CommandCode.SPLIT:
            order = ordered(action=TriageAction.SPLIT, part=line.argument)
        case CommandCode.LEAVE_OUT if line.argument:
            order = ordered(action=TriageAction.CLOSE, reason=line.argument)
        case _:
            raise DecisionRefusedError(_HOW)
    return order
