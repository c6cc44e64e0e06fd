"""Let the outbox go again, to everybody or to named people. A form for ops (law 14)."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from tasks.forms import ActingOfficer, Release, ReleaseReason
from tasks.runs import begun, run_name
from tasks.triaging import set_delivery_mode


@flow(name="release-deliveries", flow_run_name=run_name)
def release_deliveries(mode: Release, acting_officer: ActingOfficer, reason: ReleaseReason) -> State[None]:
    """Mở lại hộp đi: gửi thật đến mọi người, hoặc chỉ gửi thử đến người và hộp thư thử nghiệm.

    Args:
        mode: Gửi đến ai.
        acting_officer: Cán bộ thực hiện, theo mã trong officials.yaml (khai báo, chưa xác thực). Biên nhận gửi đến hộp
            thư của người này.
        reason: Lý do mở lại.
    """
    with begun() as run:
        set_delivery_mode(mode.mode, acting_officer, reason.value, run.as_of)
    return Completed(name=f"Đã mở hộp đi: {mode.value}", message=reason.value)
