"""Bring articles to Zalo whose hour has come. Every two minutes."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from tasks.endings import ended
from tasks.publishing import publish_next
from tasks.runs import begun, run_name


@flow(name="publish-content", flow_run_name=run_name)
def publish_content() -> State[None]:
    """Đăng lên Zalo các bài đã đủ ý kiến và đến giờ đăng, đối chiếu từng bài với bản đã duyệt."""
    with begun() as run, run.reaching("Zalo"):
        run.sweep(partial(publish_next, run.as_of))
    return ended(run)
