"""Take in what citizens wrote and bring each question to whom it belongs: the desk's main job, every five minutes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.asking import ask_about_redirects, ask_to_sort_questions
from tasks.endings import ended
from tasks.grouping import seal_batch
from tasks.pulling import fetch_media, pull_recent, walk_conversations
from tasks.reporting import queue_slot_letters
from tasks.routing import route_batch
from tasks.runs import begun, run_name
from tasks.windows import ask_to_keep_open


@flow(name="handle-questions", flow_run_name=run_name)
def handle_questions(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Nhận tin nhắn mới, gộp thành câu hỏi, báo tiếp nhận, phân loại và chuyển đơn vị.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run:
        if not run.dry:
            with run.reaching("Zalo"):
                run.once(pull_recent)
                run.sweep(walk_conversations, backlogs.count_walks)
                run.sweep(fetch_media, backlogs.count_media)
        run.sweep(partial(seal_batch, run.as_of), partial(backlogs.count_citizens, as_of=run.as_of))
        run.sweep(partial(route_batch, run.as_of), backlogs.count_questions)
        run.sweep(partial(ask_to_keep_open, run.as_of))
        run.once(ask_to_sort_questions, run.as_of)
        run.once(ask_about_redirects, run.as_of)
        run.once(queue_slot_letters, run.as_of)
    return ended(run)
