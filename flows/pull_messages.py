"""Pull what citizens wrote, and nothing more: the first step of handle-questions, for use by hand."""

from __future__ import annotations

from prefect import State, flow

from desk.store import backlogs
from tasks.endings import ended
from tasks.pulling import fetch_media, pull_recent, walk_conversations
from tasks.runs import begun, run_name


@flow(name="pull-messages", flow_run_name=run_name)
def pull_messages() -> State[None]:
    """Chỉ lấy tin nhắn mới từ Zalo về, không xử lý gì thêm."""
    with begun() as run, run.reaching("Zalo"):
        run.once(pull_recent)
        run.sweep(walk_conversations, backlogs.count_walks)
        run.sweep(fetch_media, backlogs.count_media)
    return ended(run)
