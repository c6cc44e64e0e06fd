"""Take articles off Zalo that a deputy head has ordered away. Every two minutes, at any hour."""

from __future__ import annotations

from datetime import datetime

from prefect import State, flow

from tasks.endings import ended
from tasks.runs import begun, run_name
from tasks.taking_down import take_down_next


@flow(name="take-down-content", flow_run_name=run_name)
def take_down_content(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Gỡ khỏi Zalo các bài đã có quyết định gỡ, bài gỡ khẩn trước, và lập hồ sơ gỡ từng bài.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run, run.reaching("Zalo"):
        if not run.dry:
            run.sweep(lambda: take_down_next(run.moment))
    return ended(run)
