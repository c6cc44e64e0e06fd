from __future__ import annotations

import shutil
from pathlib import Path

from typer.testing import CliRunner

from desk.console.app import app
from tests.offices import FOLDER

ops = CliRunner()


def test_an_office_without_mistakes_passes_and_says_what_needs_a_hand() -> None:
    result = ops.invoke(app, ["check-office", str(FOLDER)])

    assert result.exit_code == 0
    assert "lưu ý: B_KTRA" in result.output
    assert "Dữ liệu hợp lệ: 37 đơn vị" in result.output


def test_mistakes_end_with_code_1_one_line_each(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "office")
    policy = (folder / "policy.yaml").read_text(encoding="utf-8")
    (folder / "policy.yaml").write_text(policy.replace("counting: A", "counting: C"), encoding="utf-8")
    (folder / "roster.csv").unlink()

    result = ops.invoke(app, ["check-office", str(folder)])

    assert result.exit_code == 1
    mistakes = [line for line in result.output.splitlines() if line.startswith("office/")]
    assert [line.partition(":")[0] for line in mistakes] == ["office/policy.yaml", "office/roster.csv"]
    assert result.output.endswith("2 lỗi, chưa nạp dữ liệu nào.\n")
