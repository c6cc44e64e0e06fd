"""Close a piece of work that was done outside the desk. A form for the duty officer and ops."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.decisions.resolving import Resolution
from tasks.endings import refused
from tasks.forms import ActingOfficer, WorkOutcome, WorkReason
from tasks.runs import begun, run_name
from tasks.triaging import resolve_work


@flow(name="resolve-work-item", flow_run_name=run_name)
def resolve_work_item(
    *, number: int, outcome: WorkOutcome, acting_officer: ActingOfficer, reason: WorkReason
) -> State[None]:
    """Kết thúc một việc đã xử lý ngoài hệ thống: thư bị trả lại, thư đến chưa đọc, đơn vị không có địa chỉ thư.

    Việc để riêng vì lỗi phần mềm: chọn "Đã xử lý xong", "Đã khắc phục sự cố" để đưa trở lại hàng chờ.

    Args:
        number: Số của việc, ghi trong danh sách zalo-desk triage.
        outcome: Kết quả.
        acting_officer: Cán bộ thực hiện, theo mã trong officials.yaml (khai báo, chưa xác thực). Biên nhận gửi đến hộp
            thư của người này.
        reason: Lý do.
    """
    with begun() as run:
        resolution = Resolution(
            work_item_id=number,
            outcome=outcome.value,
            acting_officer=acting_officer,
            reason=reason.value,
            is_mended=outcome is WorkOutcome.DONE and reason is WorkReason.REPAIRED,
        )
        try:
            done = resolve_work(resolution, run.as_of)
        except DecisionRefusedError as error:
            return refused(str(error))
    return Completed(name="Đã thực hiện", message=done)
