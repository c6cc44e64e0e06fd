"""What `zalo-desk show` prints of a question."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from desk.console.show import show
from tests.flows.conftest import Rows


def test_a_questions_dates_units_letters_and_history_are_shown(
    letter: EmailMessage, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    del letter
    code = rows("SELECT case_code FROM question")[0]["case_code"]

    show(code)

    shown = capsys.readouterr().out
    assert shown.startswith(f"{code}: ")
    for heading in ("Hạn trả lời: hết ", "Nội dung:", "Đơn vị:", "Thư và tin:", "Lịch sử:"):
        assert f"  {heading}" in shown
    assert "phiếu chuyển đến đơn vị: đã gửi lúc" in shown
    assert "chuyển đơn vị và định thời hạn (hệ thống)" in shown
