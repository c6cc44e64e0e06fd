from __future__ import annotations

from desk.rules.content.articles import Article, TextBlock
from desk.rules.content.diffs import Change, ChangeKind, changes

BEFORE = Article(
    title="Lịch chi trả", blocks=(TextBlock("Chi trả từ ngày 05/12. Mang theo căn cước."), TextBlock("Liên hệ cơ sở."))
)


def test_the_secretary_sees_what_went_and_what_came_sentence_by_sentence() -> None:
    after = Article(
        title="Lịch chi trả tháng 12",
        blocks=(TextBlock("Chi trả từ ngày 06/12. Mang theo căn cước."), TextBlock("Liên hệ cơ sở.")),
    )

    found = [change for change in changes(BEFORE, after) if change.kind is not ChangeKind.SAME]

    assert found == [
        Change(ChangeKind.GONE, "Tiêu đề: Lịch chi trả"),
        Change(ChangeKind.NEW, "Tiêu đề: Lịch chi trả tháng 12"),
        Change(ChangeKind.GONE, "Chi trả từ ngày 05/12."),
        Change(ChangeKind.NEW, "Chi trả từ ngày 06/12."),
    ]


def test_equal_versions_show_no_change() -> None:
    assert {change.kind for change in changes(BEFORE, BEFORE)} == {ChangeKind.SAME}
