"""`zalo-desk triage`: what waits for a person, and a person's decision on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from desk.console.stopped_desk import needs_the_desk
from desk.rules.case_codes import find_case_codes
from desk.runtime import clock
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import in_force
from desk.runtime.triage import ChosenProposal, TriageAction, TriageOrder
from desk.runtime.triage import triage as carry_out
from desk.store.work_items import OpenWork, find_open

_CHOOSE = "choose"
_REASON = "lệnh zalo-desk triage"
_NEWEST_PART = "cuối"


@needs_the_desk()
def triage(
    code: Annotated[str, typer.Argument(help="Mã câu hỏi; để trống thì liệt kê những câu đang chờ")] = "",
    *,
    route: Annotated[
        list[str] | None, typer.Option(help="Chuyển đơn vị này (tên, chữ viết tắt); có thể lặp lại")
    ] = None,
    redirect: Annotated[list[str] | None, typer.Option(help="Đề xuất hướng dẫn đến cơ quan này (tên hoặc mã)")] = None,
    choose: Annotated[int, typer.Option(help="Chọn đề xuất theo số", min=0)] = 0,
    duty: Annotated[bool, typer.Option("--duty", help="Cán bộ trực trả lời, không hỏi đơn vị")] = False,
    answer_file: Annotated[
        Path | None,
        typer.Option(help="Trả lời công dân bằng nội dung tệp này, gửi lại để duyệt", exists=True, dir_okay=False),
    ] = None,
    ask: Annotated[list[str] | None, typer.Option(help="Hỏi lại công dân điều này; có thể lặp lại")] = None,
    answered: Annotated[str, typer.Option(help="Đã trả lời bằng kênh khác: ghi kênh và ngày")] = "",
    close: Annotated[str, typer.Option(help="Không xử lý: ghi lý do")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Tin trả lời trực tiếp chưa xong, xử lý tiếp")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Mở lại câu hỏi đã kết thúc")] = False,
    merge: Annotated[str, typer.Option(help="Gộp vào câu hỏi mã này của cùng công dân")] = "",
    split: Annotated[
        str,
        typer.Option(help="Tách thành câu hỏi riêng: “cuối” là phần gửi sau cùng, hoặc giờ phút, số thứ tự của tin"),
    ] = "",
    by: Annotated[str, typer.Option(help="Mã cán bộ quyết định (khai báo, chưa xác thực)")] = "",
) -> None:
    """List what waits, or carry out one decision on one question."""
    if not code:
        _list()
        return
    decisions = {
        _CHOOSE: choose,
        TriageAction.DUTY: duty,
        TriageAction.ANSWER: answer_file,
        TriageAction.ROUTE: route,
        TriageAction.REDIRECT: redirect,
        TriageAction.ASK_BACK: ask,
        TriageAction.ANSWERED: answered,
        TriageAction.CLOSE: close,
        TriageAction.RESUME: resume,
        TriageAction.REOPEN: reopen,
        TriageAction.MERGE: merge,
        TriageAction.SPLIT: split,
    }
    chosen = [action for action, given in decisions.items() if given]
    if not chosen:
        _list(code)
        return
    if len(chosen) > 1 or not by:
        print("Mỗi lần một quyết định, kèm --by mã cán bộ: xem zalo-desk triage --help.", file=sys.stderr)
        raise typer.Exit(2)
    order: TriageOrder | ChosenProposal
    if chosen[0] == _CHOOSE:
        order = ChosenProposal(code=code, number=choose, acting_officer=by)
    else:
        order = TriageOrder(
            code=code,
            action=TriageAction(chosen[0]),
            acting_officer=by,
            reason=answered or close or _REASON,
            units=route or (),
            authorities=redirect or (),
            asks=ask or (),
            text=answer_file.read_text(encoding="utf-8-sig") if answer_file else "",
            other_code=merge,
            part="" if split == _NEWEST_PART else split,
        )
    try:
        with transaction() as connection:
            print(carry_out(connection, order, in_force(connection), clock.now()))
    except DecisionRefusedError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def _list(code: str = "") -> None:
    with transaction() as connection:
        waiting = find_open(connection)
    wanted = find_case_codes(code)
    shown = [item for item in waiting if not wanted or item.case_code in wanted]
    for item in shown:
        print(_line(item))
        labels = [proposal["label_vi"] for proposal in item.proposals if "label_vi" in proposal]
        for place, label in enumerate(labels, 1):
            print(f"      {place}. {label}")
    if not shown:
        print("Không có việc nào đang chờ.")


def _line(item: OpenWork) -> str:
    due = f", hạn {item.due_by_rule_on:%d/%m}" if item.due_by_rule_on else ""
    of = f"{item.case_code}  " if item.case_code else ""
    return f"{of}[số {item.work_item_id}, {item.kind}, {item.owner}{due}]  {item.reason}"
