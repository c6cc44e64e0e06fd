"""Lay a draft into an editor's tray. A form for editors and ops; the editor proposes by his own mail."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from desk.runtime.decisions.decision import DecisionRefusedError
from tasks.drafting import hand_draft_over
from tasks.endings import refused
from tasks.forms import ActingEditor
from tasks.runs import begun, run_name


@flow(name="propose-content", flow_run_name=run_name)
def propose_content(*, code: str, acting_officer: ActingEditor) -> State[None]:
    """Gửi lại bản thảo bài đăng Zalo cho biên tập viên để sửa, đề xuất.

    Args:
        code: Mã bài, dạng ND-2026-0012. Không nhập nội dung bài.
        acting_officer: Biên tập viên, theo mã trong officials.yaml (khai báo, chưa xác thực). Bản thảo và biên nhận gửi
            đến hộp thư của người này; bài chỉ được đề xuất khi người này trả lời thư.
    """
    with begun() as run:
        try:
            done = hand_draft_over(code, acting_officer, run.as_of)
        except DecisionRefusedError as error:
            return refused(str(error))
    return Completed(name="Đã thực hiện", message=done)
