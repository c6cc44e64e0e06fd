"""Classify and route the questions that wait: a step of handle-questions, for use by hand and by further workers."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.endings import ended
from tasks.routing import route_batch
from tasks.runs import begun, run_name


@flow(name="route-questions", flow_run_name=run_name)
def route_questions(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Chỉ phân loại và chuyển đơn vị các câu hỏi đang chờ, không lấy tin nhắn mới.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run:
        run.sweep(partial(route_batch, run.as_of), backlogs.count_questions)
    return ended(run)
