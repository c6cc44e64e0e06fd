"""What a run starts is stopped, by it or by a later `zalo-desk stop`; nothing else ever is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desk.console.run.processes import Processes, Recorded, StartError, record_file, recorded

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
# ends at once and leaves a child behind, as a worker that was killed leaves its runs
LEAVE_A_CHILD = [sys.executable, "-c", f"import subprocess, sys; print(subprocess.Popen({SLEEP!r}).pid, flush=True)"]


def wait_for(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_leaving_the_run_stops_what_it_started(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", SLEEP, os.environ)
        processes.start("two", SLEEP, os.environ)
        started = [record for record in recorded(tmp_path) if record.name != "run"]

    assert [record.name for record in started] == ["one", "two"]
    assert not any(record.is_alive() for record in started)
    assert not record_file(tmp_path).exists()


def test_a_process_that_ended_by_itself_is_named_with_its_log(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
        (_, one) = recorded(tmp_path)
        wait_for(lambda: not one.is_alive())

        with pytest.raises(StartError, match=r"one đã dừng \(mã 3\).*one\.log"):
            processes.check_alive()


def test_children_left_behind_by_a_process_are_found_and_stopped(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", LEAVE_A_CHILD, os.environ)
        log = processes.log("one")
        wait_for(lambda: log.read_text(encoding="utf-8").endswith("\n"))
        child = int(log.read_text(encoding="utf-8"))
        assert is_running(child)

    wait_for(lambda: not is_running(child))


def test_a_process_that_was_given_the_number_of_ours_is_left_alone() -> None:
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    record = Recorded.of("one", stranger.pid)

    replace(record, born=record.born - 1).stop()

    assert stranger.poll() is None
    record.stop()
    assert stranger.wait(timeout=30) != 0


def test_what_was_written_down_before_the_machine_started_anew_is_forgotten(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", SLEEP, os.environ)
        content = record_file(tmp_path).read_text(encoding="utf-8")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        other = tmp_path / "other"
        other.mkdir()
        record_file(other).write_text(content.replace(boot, "another"), encoding="utf-8")

        assert recorded(tmp_path)
        assert not recorded(other)
