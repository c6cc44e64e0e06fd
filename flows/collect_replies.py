"""Take in the desk's mail: units' replies, officials' decisions, bounces, copies of its letters; every two minutes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from prefect import State, flow

from tasks.collecting import fetch_mails, read_batch
from tasks.drafting import check_drafts, take_in_drafts
from tasks.endings import ended
from tasks.inspecting import inspect_batch
from tasks.runs import begun, run_name


@flow(name="collect-replies", flow_run_name=run_name)
def collect_replies(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Nhận thư đến: trả lời của đơn vị, ý kiến của cán bộ, thư bị trả lại; đọc và ghi nhận từng thư.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run:
        if not run.dry:
            with run.reaching("Hộp thư đến"):
                run.once(fetch_mails)
        run.sweep(partial(read_batch, run.as_of))
        run.sweep(partial(inspect_batch, run.as_of))
        run.sweep(partial(take_in_drafts, run.as_of))
        run.sweep(partial(check_drafts, run.as_of))
    return ended(run)
