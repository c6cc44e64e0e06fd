"""Bring articles to Zalo whose hour has come, and to all who follow it where that was decided. Every two minutes."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from tasks.broadcasting import broadcast_next
from tasks.endings import ended
from tasks.publishing import publish_next
from tasks.runs import begun, run_name


@flow(name="publish-content", flow_run_name=run_name)
def publish_content() -> State[None]:
    """Đăng các bài đã đủ ý kiến và đến giờ, đối chiếu với bản đã duyệt; gửi người quan tâm các bài được cho gửi."""
    with begun() as run, run.reaching("Zalo"):
        run.sweep(partial(publish_next, run.as_of))
        run.sweep(partial(broadcast_next, run.as_of))
    return ended(run)
