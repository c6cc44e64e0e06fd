"""Take articles off Zalo that a deputy head has ordered away. Every two minutes, at any hour."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from tasks.endings import ended
from tasks.runs import begun, run_name
from tasks.taking_down import take_down_next


@flow(name="take-down-content", flow_run_name=run_name)
def take_down_content() -> State[None]:
    """Gỡ khỏi Zalo các bài đã có quyết định gỡ, bài gỡ khẩn trước, và lập hồ sơ gỡ từng bài."""
    with begun() as run, run.reaching("Zalo"):
        run.sweep(partial(take_down_next, run.as_of))
    return ended(run)
