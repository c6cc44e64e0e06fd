"""A workbook as Excel opens it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desk.documents.tables import xlsx
from tests.documents.papers import parts_of


def test_what_people_wrote_stays_text_and_dates_are_dates() -> None:
    content = xlsx(
        ["Mã câu hỏi", "Hạn", "Nhận lúc", "Số ngày", "Nội dung"],
        [
            ["ZL 26-004512-7", date(2026, 11, 26), datetime(2026, 11, 23, 8, tzinfo=UTC), 3, "=HYPERLINK(A1)"],
            ["ZL 26-004513-5", None, None, 0, "https://example.vn"],
        ],
        "Câu hỏi chưa trả lời",
    )

    parts = parts_of(content)
    sheet, words = parts["xl/worksheets/sheet1.xml"].decode(), parts["xl/sharedStrings.xml"].decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=HYPERLINK(A1)" in words
    assert "Mã câu hỏi" in words
    assert "<v>46352</v>" in sheet  # 26/11/2026 as Excel counts days
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet


def test_a_table_without_rows_opens() -> None:
    assert parts_of(xlsx(["Mã"], [], "Trống"))
