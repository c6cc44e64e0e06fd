"""What keeps the desk sound: the token, deliveries of unknown outcome, dates after a change of calendar, retention."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.delivering import settle_batch
from tasks.endings import ended
from tasks.housekeeping import apply_retention, redate_batch
from tasks.runs import begun, run_name
from tasks.tokens import keep_token


@flow(name="keep-house", flow_run_name=run_name)
def keep_house() -> State[None]:
    """Làm mới mã truy cập, đối chiếu tin chưa rõ đã gửi, tính lại hạn khi lịch thay đổi, xóa nội dung hết hạn lưu."""
    with begun() as run:
        with run.reaching("Zalo"):
            run.once(keep_token)
        run.sweep(settle_batch, backlogs.count_uncertain)
        run.sweep(partial(redate_batch, run.as_of), backlogs.count_dates)
        run.sweep(partial(apply_retention, run.as_of))
    return ended(run)
