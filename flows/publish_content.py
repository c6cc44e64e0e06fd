"""Bring articles to Zalo whose hour has come, and to all who follow it where that was decided. Every two minutes."""

from __future__ import annotations

from datetime import datetime

from prefect import State, flow

from tasks.broadcasting import broadcast_next
from tasks.endings import ended
from tasks.publishing import publish_next
from tasks.runs import begun, run_name


@flow(name="publish-content", flow_run_name=run_name)
def publish_content(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Đăng các bài đã đủ ý kiến và đến giờ, đối chiếu với bản đã duyệt; gửi người quan tâm các bài được cho gửi.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run, run.reaching("Zalo"):
        if not run.dry:
            run.sweep(lambda: publish_next(run.moment))
            run.sweep(lambda: broadcast_next(run.moment))
    return ended(run)
