"""Send the letters and Zalo messages that are queued, each recorded as it leaves."""

from __future__ import annotations

from functools import partial

from prefect import State, flow

from desk.rules.outgoing import Channel
from desk.store import backlogs
from tasks.delivering import deliver_letters, deliver_messages
from tasks.endings import ended
from tasks.runs import begun, run_name


@flow(name="deliver-outbox", flow_run_name=run_name)
def deliver_outbox() -> State[None]:
    """Gửi thư và tin nhắn Zalo đang chờ trong hộp đi."""
    with begun() as run:
        with run.reaching("Zalo"):
            run.sweep(deliver_messages, partial(backlogs.count_deliveries, channel=Channel.ZALO))
        with run.reaching("Hộp thư đi"):
            run.sweep(deliver_letters, partial(backlogs.count_deliveries, channel=Channel.MAIL))
    return ended(run)
