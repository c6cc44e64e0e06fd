"""Bring units' replies to citizens: composed, let go by an official, delivered, closed. Every five minutes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.answering import compose_batch, pass_on_answers, propose_undelivered, settle_answers
from tasks.endings import ended
from tasks.runs import begun, run_name


@flow(name="send-answers", flow_run_name=run_name)
def send_answers(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Soạn câu trả lời từ ý kiến của các đơn vị, gửi cán bộ trực duyệt, ghi nhận câu trả lời đã đến công dân.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run:
        run.sweep(partial(settle_answers, run.as_of), backlogs.count_answers)
        run.sweep(partial(compose_batch, run.as_of))
        run.sweep(partial(propose_undelivered, run.as_of))
        run.sweep(partial(pass_on_answers, run.as_of))
    return ended(run)
