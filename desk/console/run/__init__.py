"""`zalo-desk run`: the whole stack up; without a real OA, a week of the sandbox and its summary."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from desk.console.run import sandbox, stack, week
from desk.console.run.figures import count_outside, read_figures, sums
from desk.console.run.prefect_api import PrefectApi
from desk.console.run.processes import RUN, Processes, StartError, recorded
from desk.console.run.summary import summary_lines
from desk.rules.calendar import WorkingCalendar, local_date
from desk.rules.office import Office
from desk.runtime import clock, database, installation
from desk.runtime.database import transaction
from desk.runtime.office import load, read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.office_notices import find_notices
from desk.runtime.promoting import install_first_model
from desk.runtime.settings import Settings, SettingsError, settings
from desk.store.delivery_modes import DeliveryMode, current_mode, set_mode

_AUTOMATIONS = Path("automations.yaml")
_LOOK_EVERY_SECONDS = 1.0


def run(
    *,
    once: Annotated[bool, typer.Option("--once", help="Dừng sau phần tóm tắt; mã 0 chỉ khi mọi số liệu khớp.")] = False,
    messages: Annotated[int, typer.Option(min=1, max=20_000, help="Số tin nhắn mẫu khi chạy thử.")] = 500,
) -> None:
    """Bring the stack up, live through the sandbox's week where nothing real is set, and stay until told to stop.

    Ends with code 2 before anything is started where a setting or the office's files are wrong, and with code 1 where
    a part does not come up, a count does not add up or, with --once, it was told to stop before the end.
    """
    chosen = settings()
    _check_start(chosen)
    office = _checked_office(chosen.office_dir)
    adds_up = True
    try:
        with _interrupted_by_signals(), Processes(chosen.data_dir) as processes:
            if chosen.is_sandbox:
                adds_up = _run_sandbox(chosen, office, processes, messages)
            else:
                _run_desk(chosen, office, processes)
            while not once:
                processes.check_alive()
                time.sleep(_LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        print("Đã dừng.")
        adds_up = not once
    except StartError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    finally:
        if not chosen.database_url:
            database.embedded(chosen).stop()
    if not adds_up:
        raise typer.Exit(1)


def _run_desk(chosen: Settings, office: Office, processes: Processes) -> None:
    """Bring up the desk on the office's own OA, mail and database."""
    installation.prepare(chosen)
    mode = _load(office)
    api = stack.start_server(chosen, processes)
    api.make_pool(stack.POOL)
    api.install_automations(_AUTOMATIONS)
    stack.deploy(chosen, processes)
    stack.start_worker(processes, stack.environment(chosen))
    if mode is DeliveryMode.HOLD:
        print("Hộp đi đang tạm giữ: thư và tin nhắn được soạn nhưng chưa gửi; mở bằng biểu mẫu release-deliveries.")
    _say_where(chosen)


def _run_sandbox(chosen: Settings, office: Office, processes: Processes, messages: int) -> bool:
    """Bring up the sandbox, live through its week, print the summary; return whether every count adds up."""
    print(
        f"Chạy thử với {messages} tin nhắn mẫu của những ngày qua; không có gì được gửi ra ngoài máy này.", flush=True
    )
    now = clock.now()
    chosen = sandbox.begin_anew(chosen)
    installation.prepare(chosen)
    outside = sandbox.start(chosen, processes)
    calendar = WorkingCalendar(office.days)
    first = week.beginning(now, calendar)
    office = sandbox.office_of(office, week.days_of_week(first, now))
    _load(office)
    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="sandbox", reason="Chạy thử")
    api = stack.start_server(chosen, processes)
    stack.wait_until(outside.is_up, "sandbox-mail", processes)
    week.fill(outside, first, now, messages)
    working = outside.environment(first)
    _deploy_paused(chosen, api, processes, {**stack.environment(chosen), **working, **sandbox.of_desk(chosen)})
    print(f"Đã khởi động. Xem từng lượt chạy tại {stack.address(chosen)}", flush=True)
    moments = week.moments_of_week(first, now, calendar)
    people = sandbox.people_of(office, outside, local_date(now), first)
    week.live_through(api, outside, people, moments, processes.check_alive)
    with transaction() as connection:
        figures = read_figures(connection)
    checked = list(sums(figures, count_outside(outside, messages, people.acted, working["DESK_ADDRESS"])))
    print("\n" + "\n".join(summary_lines(figures, checked)))
    print(f"Thư của từng đơn vị: {outside.mail_folder}/<địa chỉ>/new")
    _say_where(chosen)
    api.resume_schedules()
    return all(one.holds for one in checked)


def _deploy_paused(chosen: Settings, api: PrefectApi, processes: Processes, working: Mapping[str, str]) -> None:
    """Deploy with every schedule at rest; the pool is paused until then, so that no planned run slips through."""
    api.make_pool(stack.POOL, paused=True)
    stack.start_worker(processes, working)
    stack.deploy(chosen, processes)
    api.install_automations(_AUTOMATIONS)
    api.pause_schedules()
    api.open_pool(stack.POOL)


def _check_start(chosen: Settings) -> None:
    if not _AUTOMATIONS.exists():
        message = "zalo-desk run: hãy chạy trong thư mục dự án, nơi có prefect.yaml và automations.yaml"
        raise SettingsError(message)
    installation.maintenance_url(chosen)
    left = recorded(chosen.data_dir)
    if any(process.name == RUN for process in left):
        message = "zalo-desk run: hệ thống đang chạy; dừng bằng `make stop` trước khi chạy lại"
        raise SettingsError(message)
    for process in reversed(left):
        process.stop()
    stack.check_port(chosen)


def _checked_office(folder: Path) -> Office:
    try:
        office = read_files(folder)
    except OfficeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
    if notices := list(find_notices(office, clock.now().date())):
        print(f"Dữ liệu {folder}/ có {len(notices)} lưu ý: xem zalo-desk check-office")
    return office


def _load(office: Office) -> DeliveryMode:
    with transaction() as connection:
        load(connection, office)
        chosen = settings()
        install_first_model(
            connection,
            office,
            chosen.office_dir,
            chosen.data_dir,
            clock.now(),
            by_meaning=chosen.classifies_by_meaning,
        )
        return current_mode(connection)


def _say_where(chosen: Settings) -> None:
    print(f"Prefect UI: {stack.address(chosen)}")
    print(f"Nhật ký các tiến trình: {chosen.data_dir / 'logs'}")
    print("Dừng: Ctrl-C, hoặc `make stop` từ cửa sổ khác.", flush=True)


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Let the signals that end a program end the block as Ctrl-C does; while it is being left, they wait."""

    def interrupt(*_: object) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise KeyboardInterrupt

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupt)
    yield
