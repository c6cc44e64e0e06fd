"""Chase every unit whose reply is due soon or overdue, and whoever else keeps an answer waiting: every half-hour."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from prefect import State, flow

from desk.store import backlogs
from tasks.approving import remind_of_articles
from tasks.chasing import ask_about_late_answers, chase_batch, remind_citizens, report_overdue
from tasks.duty_reminders import pass_on_unanswered, remind_of_waiting_work
from tasks.endings import ended
from tasks.runs import begun, run_name


@flow(name="chase-units", flow_run_name=run_name)
def chase_units(*, as_of: datetime | None = None, catch_up: bool = False) -> State[None]:
    """Nhắc hạn, đôn đốc đơn vị trả lời, báo lãnh đạo đơn vị và Ban Quản trị; chỉ trong giờ hành chính.

    Args:
        as_of: Thời điểm tính toán, để trống là bây giờ. Ngày đã qua hơn một ngày làm việc chỉ được chạy thử.
        catch_up: Làm thật cho một ngày đã qua, thay vì chỉ chạy thử.
    """
    with begun(as_of, catch_up=catch_up) as run:
        run.sweep(partial(chase_batch, run.as_of), partial(backlogs.count_chases, as_of=run.as_of))
        run.sweep(partial(pass_on_unanswered, run.as_of))
        run.once(report_overdue, run.as_of)
        run.once(ask_about_late_answers, run.as_of)
        run.once(remind_of_waiting_work, run.as_of)
        run.once(remind_of_articles, run.as_of)
        run.sweep(partial(remind_citizens, run.as_of))
    return ended(run)
