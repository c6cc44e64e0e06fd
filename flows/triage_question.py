"""Decide on a question that waits for a person. A form for the duty officer and ops."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import TriageOrder
from tasks.endings import refused
from tasks.forms import ActingOfficer, AskedBack, AuthorityName, Decision, TriageReason, UnitName
from tasks.runs import begun, run_name
from tasks.triaging import triage_question_of


@flow(name="triage-question", flow_run_name=run_name)
def triage_question(
    *,
    code: str,
    decision: Decision,
    acting_officer: ActingOfficer,
    reason: TriageReason,
    units: tuple[UnitName, ...] = (),
    authorities: tuple[AuthorityName, ...] = (),
    asks: tuple[AskedBack, ...] = (),
) -> State[None]:
    """Phân loại một câu hỏi đang chờ cán bộ.

    Args:
        code: Mã câu hỏi, dạng ZL 26-004512-8. Không nhập nội dung hay thông tin cá nhân.
        decision: Quyết định.
        acting_officer: Cán bộ thực hiện, theo mã trong officials.yaml (khai báo, chưa xác thực). Biên nhận gửi đến hộp
            thư của người này.
        reason: Lý do.
        units: Đơn vị cần hỏi, khi chọn "Chuyển đơn vị". 1, 2 hoặc từ 3 đơn vị thì hạn là 3, 4 hoặc 5 ngày làm việc.
        authorities: Cơ quan ngoài ngành, khi chọn "Đề xuất hướng dẫn". Ban Quản trị duyệt rồi người dân mới được báo.
        asks: Điều cần hỏi thêm, khi chọn "Hỏi lại người dân".
    """
    with begun() as run:
        order = TriageOrder(
            code=code,
            action=decision.action,
            acting_officer=acting_officer,
            reason=reason.value,
            units=units,
            authorities=authorities,
            asks=[asked.value for asked in asks],
        )
        try:
            done = triage_question_of(order, run.as_of)
        except DecisionRefusedError as error:
            return refused(str(error))
    return Completed(name="Đã thực hiện", message=done)
