from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from desk.console.due import due
from desk.runtime.settings import settings

DESK = typer.Typer()
DESK.command()(due)


pytestmark = pytest.mark.usefixtures("few_phrases")


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(DESK, [*words], input=typed)


def test_the_date_comes_first_and_its_derivation_under_it() -> None:
    answer = run("2026-11-22 09:00", "--units", "2")

    assert answer.exit_code == 0
    assert answer.stdout == (
        "2026-11-27\n"
        "Nhận Chủ nhật 22/11/2026; ngày 1: thứ Hai 23/11; 24/11 nghỉ Ngày Văn hóa Việt Nam; ngày 2: thứ Tư 25/11; "
        "ngày 3: thứ Năm 26/11; ngày 4: thứ Sáu 27/11; hạn: hết thứ Sáu 27/11/2026 (4 ngày làm việc, 02 đơn vị).\n"
    )


@pytest.mark.parametrize(
    ("words", "date"),
    [
        (["2026-11-21 09:00"], "2026-11-26"),
        (["2026-11-21 09:00", "--counting", "B"], "2026-11-27"),
        (["2026-11-21T23:30+00:00"], "2026-11-26"),
        (["2026-11-22T17:30+00:00"], "2026-11-27"),
        (["2024-04-26 09:00", "--units", "1"], "2024-05-04"),
        (["2026-08-28 10:00", "--units", "7"], "2026-09-09"),
    ],
)
def test_receipts_are_dated_on_the_wall_clock_of_viet_nam(words: list[str], date: str) -> None:
    assert run(*words).stdout.splitlines()[0] == date


def test_every_line_typed_is_answered_by_one_line_date_first() -> None:
    answer = run("-", typed="2026-11-22 09:00 2\r\n2025-12-31 09:00 1\n\n2026-02-12 10:00 3\n")

    assert answer.exit_code == 0
    assert [line.split("\t")[0] for line in answer.stdout.splitlines()] == ["2026-11-27", "2026-01-07", "2026-02-26"]
    assert all("; hạn: hết " in line for line in answer.stdout.splitlines())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("22/11/2026 09:00 2", "lúc nhận phải có dạng"),
        ("2026-02-30 09:00 2", "lúc nhận phải có dạng"),
        ("2026-11-22 09:00", "số đơn vị"),
        ("2026-11-22 09:00 0", "số đơn vị"),
        ("2026-11-22 09:00 -1", "số đơn vị"),
        ("2026-11-22 09:00 hai", "số đơn vị"),
        ("9999-12-30 09:00 2", "lịch làm việc"),
        ("\N{ZERO WIDTH SPACE}", "số đơn vị"),
    ],
)
def test_a_bad_line_is_named_the_others_are_answered_and_the_command_fails(line: str, expected: str) -> None:
    answer = run("-", typed=f"2026-11-22 09:00 1\n{line}\n2026-11-22 09:00 2\n")

    first, bad, last = answer.stdout.splitlines()
    assert answer.exit_code == 1
    assert first.startswith("2026-11-26\t")
    assert bad.startswith("LỖI\tdòng 2: ")
    assert expected in bad
    assert last.startswith("2026-11-27\t")


@pytest.mark.parametrize(
    "words", [["hôm qua"], ["2026-11-22 09:00", "--units", "0"], ["2026-11-22 09:00", "--counting", "C"]]
)
def test_a_bad_question_is_refused_without_a_traceback(words: list[str]) -> None:
    answer = run(*words)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "Invalid value" in answer.stderr


def test_an_office_with_a_mistake_gives_no_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICE_DIR", str(tmp_path))
    settings.cache_clear()

    answer = run("2026-11-22 09:00")

    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "office/calendar.csv:1: " in answer.stderr


def test_a_date_is_answered_without_loading_the_orchestrator() -> None:
    program = "import sys, desk.console.due; print('prefect' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
