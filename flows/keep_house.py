"""What keeps the desk sound: the token, articles left over, deliveries of unknown outcome, dates, retention."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.delivering import settle_batch
from tasks.endings import ended
from tasks.housekeeping import apply_retention, redate_batch, remove_orphan_articles
from tasks.runs import begun, run_name
from tasks.tokens import keep_token


@flow(name="keep-house", flow_run_name=run_name)
def keep_house() -> State[None]:
    """Làm mới mã truy cập, xóa bài thừa, đối chiếu tin chưa rõ đã gửi, tính lại hạn, xóa nội dung hết hạn lưu."""
    with begun() as run:
        with run.reaching("Zalo"):
            run.once(keep_token)
            run.once(remove_orphan_articles)
        run.sweep(settle_batch, backlogs.count_uncertain)
        run.sweep(partial(redate_batch, run.as_of), backlogs.count_dates)
        run.sweep(partial(apply_retention, run.as_of))
    return ended(run)
