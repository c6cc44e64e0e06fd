"""Hold the outbox: letters and messages are still written, nothing leaves. A form for ops (law 14)."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from desk.store.delivery_modes import DeliveryMode
from tasks.forms import ActingOfficer, HoldReason
from tasks.runs import begun, run_name
from tasks.triaging import set_delivery_mode


@flow(name="hold-deliveries", flow_run_name=run_name)
def hold_deliveries(acting_officer: ActingOfficer, reason: HoldReason) -> State[None]:
    """Tạm giữ hộp đi: thư và tin nhắn vẫn được soạn nhưng không có gì rời hệ thống.

    Args:
        acting_officer: Cán bộ thực hiện, theo mã trong officials.yaml (khai báo, chưa xác thực). Biên nhận gửi đến hộp
            thư của người này.
        reason: Lý do tạm giữ.
    """
    with begun() as run:
        set_delivery_mode(DeliveryMode.HOLD, acting_officer, reason.value, run.as_of)
    return Completed(name="Đã tạm giữ hộp đi", message=reason.value)
