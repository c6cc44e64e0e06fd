"""What `zalo-desk show` prints of an article."""

from __future__ import annotations

import pytest
import typer

from desk.console.show import show
from desk.runtime.database import flow_run_id
from tests.newsroom import DEPUTY, EDITOR, SECRETARY, TEXT, TITLE, Newsroom


def test_an_articles_texts_words_and_letters_are_shown_with_their_evidence_and_runs(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    run = flow_run_id.set("7d1f6a52")
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý, SỬA: ngày chi trả là 03/12")
    newsroom.answer(EDITOR, "cần sửa", TEXT.replace("02/12/2026, lương", "03/12/2026, lương"))
    newsroom.answer(EDITOR, "cần sửa", "ĐỀ XUẤT")
    newsroom.answer(SECRETARY, "đã sửa đúng ý kiến", "ĐÚNG Ý KIẾN")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 14:00 23/11/2026")
    flow_run_id.reset(run)

    show("nd 2026 0001")

    shown = capsys.readouterr().out
    assert shown.startswith("ND-2026-0001: chờ đến giờ đăng, bản 2\n")
    assert f": {TITLE}" in shown
    assert "LAN, sửa theo ý kiến về bản 1, SHA-256 " in shown
    decided = next(line for line in shown.splitlines() if "đồng ý, sửa, bản 1" in line)
    assert "DUNG (Phó Trưởng Ban, theo Quyết định số 01/QĐ-BQT (giả) ngày 20/9/2024)" in decided
    assert "ngày chi trả là 03/12 [thư đến số 4, lượt chạy 7d1f6a52]" in decided
    assert "bản 2: chờ đến giờ, giờ đăng 14:00 23/11/2026" in shown
    assert "nhận bài của tác giả (HIEN): bản 1, lượt chạy 7d1f6a52" in shown
    assert "bản thảo bài đăng gửi biên tập viên: đã gửi lúc" in shown


def test_a_code_of_nothing_is_said_to_be_one(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    del newsroom
    with pytest.raises(typer.Exit):
        show("ND-2026-0099")

    assert "Không có câu hỏi, bài đăng mã ND-2026-0099" in capsys.readouterr().err
