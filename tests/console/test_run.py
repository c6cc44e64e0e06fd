"""`make run`: refused in one line before anything starts, or all the way to the summary."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offices import FOLDER

ROOT = Path(__file__).parents[2]
ZALO_DESK = [sys.executable, "-c", "from desk.console.app import main; main()"]


def zalo_desk(*arguments: str, data_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as ops do, in the project's folder, with nothing set but what is given."""
    set_by_the_tests = ("DATABASE_URL", "DATA_DIR", "DESK_ADDRESS", "OPS_ADDRESS", "BOARD_ADDRESS")
    environment = {name: value for name, value in os.environ.items() if name not in set_by_the_tests}
    environment |= {"DATA_DIR": str(data_dir), **settings}
    command = [*ZALO_DESK, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"ZALO_APP_ID": "123"}, "ZALO_APP_SECRET"),
        ({"DATABASE_URL": "postgresql://desk@db/desk"}, "DATABASE_ADMIN_URL"),
        ({"PREFECT_PORT": "many"}, "PREFECT_PORT"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named_in_one_line(
    settings: dict[str, str], told: str, tmp_path: Path
) -> None:
    ended = zalo_desk("run", "--once", data_dir=tmp_path, **settings)

    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_taken_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = zalo_desk("run", "--once", data_dir=tmp_path, PREFECT_PORT=port)

    assert ended.returncode == 2
    assert f"cổng {port} đang có chương trình khác dùng" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_an_office_with_a_mistake_is_refused_before_anything_starts(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "office")
    (folder / "roster.csv").unlink()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])

    ended = zalo_desk("run", "--once", data_dir=tmp_path / "data", OFFICE_DIR=str(folder), PREFECT_PORT=port)

    assert ended.returncode == 2
    assert "office/roster.csv" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_help_names_every_command_and_comes_without_the_settings() -> None:
    ended = subprocess.run([*ZALO_DESK, "--help"], capture_output=True, text=True, check=True, cwd=ROOT)

    for command in ("run", "stop", "check-office", "triage", "show", "evidence", "due", "classify", "read-mail"):
        assert re.search(rf"^  {command} ", ended.stdout, re.MULTILINE)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_the_whole_run_ends_with_a_summary_whose_counts_add_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])

    ended = zalo_desk("run", "--once", "--messages", "240", data_dir=tmp_path, PREFECT_PORT=port)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    counted = {says: int(number) for number, says in re.findall(r"^ +(\d+)  (.+)$", ended.stdout, re.MULTILINE)}
    assert counted["tin nhắn đã nhận, trong đó:"] >= 240
    routed, replied = counted["câu hỏi đã chuyển đơn vị, kèm hạn trả lời"], counted["có trả lời của đơn vị"]
    assert routed >= replied >= counted["cán bộ trực đã duyệt gửi"] > 0
    assert re.search(r"^ +[1-9]\d*  câu trả lời đã đến công dân, \d+ câu đúng hạn$", ended.stdout, re.MULTILINE)
    assert counted["đã nhắc hạn đơn vị"] >= counted["quá hạn, đã đôn đốc đơn vị và lãnh đạo đơn vị"]
    assert counted["quá hạn, đã đôn đốc đơn vị và lãnh đạo đơn vị"] >= counted["quá hạn, đã báo Ban Quản trị"] > 0
    assert "PHIẾU CHUYỂN CÂU HỎI TRÊN ZALO BHXH VIỆT NAM" in ended.stdout
    articles = ended.stdout.partition("BÀI ĐĂNG TRÊN ZALO")[2].partition("KIỂM TRA")[0]
    states = re.findall(r"^  ND-\d{4}-\d{4}  ([^,]+), bản \d+: ", articles, re.MULTILINE)
    assert sorted(states) == ["không được đồng ý đăng", "đã gỡ", *["đã đăng"] * 3]
    for word in ("(Thư ký): trả lại: ", ": đồng ý, sửa: ", "(Thư ký): đúng ý kiến", "(Phó Trưởng Ban): quyết định gỡ"):
        assert word in articles
    assert "KHÔNG KHỚP" not in ended.stdout
    assert not (tmp_path / "run.json").exists()
