"""Decide on a question that waits for a person. A form for the duty officer and ops."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import ChosenProposal, TriageOrder
from tasks.endings import refused
from tasks.forms import (
    ActingOfficer,
    AskedBack,
    AuthorityName,
    CaseCode,
    Decision,
    PartOfQuestion,
    ProposalNumber,
    TriageReason,
    UnitName,
    why_unfit,
)
from tasks.runs import begun, run_name
from tasks.triaging import triage_question_of


@flow(name="triage-question", flow_run_name=run_name)
def triage_question(
    *,
    code: str,
    decision: Decision,
    acting_officer: ActingOfficer,
    reason: TriageReason,
    proposal: ProposalNumber = 0,
    units: tuple[UnitName, ...] = (),
    authorities: tuple[AuthorityName, ...] = (),
    asks: tuple[AskedBack, ...] = (),
    other_code: CaseCode = "",
    part: PartOfQuestion = "",
) -> State[None]:
    """Phân loại một câu hỏi đang chờ cán bộ.

    Args:
        code: Mã câu hỏi, dạng ZL 26-004512-8. Không nhập nội dung hay thông tin cá nhân.
        decision: Quyết định.
        acting_officer: Cán bộ thực hiện, theo mã trong officials.yaml (khai báo, chưa xác thực). Biên nhận gửi đến hộp
            thư của người này.
        reason: Lý do, phù hợp với quyết định.
        proposal: Số của đề xuất ghi trong thư phân loại (1, 2 hoặc 3), khi chọn "Chọn đề xuất theo số".
        units: Đơn vị cần hỏi, khi chọn "Chuyển đơn vị". 1, 2 hoặc từ 3 đơn vị thì hạn là 3, 4 hoặc 5 ngày làm việc.
        authorities: Cơ quan ngoài ngành, khi chọn "Đề xuất hướng dẫn". Ban Quản trị duyệt rồi người dân mới được báo.
        asks: Điều cần hỏi thêm, khi chọn "Hỏi lại người dân".
        other_code: Mã câu hỏi kia, khi chọn "Gộp vào câu hỏi khác".
        part: Giờ phút (9:15) hoặc số thứ tự của tin mở đầu phần được tách, khi chọn "Tách"; để trống là phần gửi sau
            cùng.
    """
    if unfit := why_unfit(decision, reason):
        return refused(unfit)
    with begun() as run:
        order: TriageOrder | ChosenProposal
        if decision is Decision.CHOOSE:
            order = ChosenProposal(code=code, number=proposal, acting_officer=acting_officer, reason=reason.value)
        else:
            order = TriageOrder(
                code=code,
                action=decision.action,
                acting_officer=acting_officer,
                reason=reason.value,
                units=units,
                authorities=authorities,
                asks=[asked.value for asked in asks],
                other_code=other_code,
                part=part,
            )
        try:
            done = triage_question_of(order, run.as_of)
        except DecisionRefusedError as error:
            return refused(str(error))
    return Completed(name="Đã thực hiện", message=done)
