"""The summary of a run, in the words of the office, for somebody who sees the desk for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from textwrap import indent
from typing import Final

from desk.console.run.figures import Figures, Sum
from desk.console.words import (
    ARTICLE_STATES,
    INBOUND,
    KINDS,
    READINGS,
    ROLES,
    SAID,
    SMALL_TALK,
    STATES,
    WORK,
)
from desk.rules.calendar import local_time
from desk.store.summaries import ArticleWord

_UNDER_CODE: Final = " " * 16


def summary_lines(figures: Figures, checked: Sequence[Sum]) -> Iterator[str]:
    """Yield the summary: what came in, what became of it, what left, and whether every count adds up."""
    yield from _came_in(figures)
    yield from _became(figures)
    yield from _ways(figures)
    yield from _units(figures)
    yield from _articles(figures)
    yield from _left(figures)
    yield from _letter(figures)
    yield "KIỂM TRA SỐ LIỆU"
    for one in checked:
        verdict, sign = ("khớp", "=") if one.holds else ("KHÔNG KHỚP", "≠")
        yield f"  {verdict:<10}  {one.says}: {one.here} {sign} {one.there}"
    yield ""


def _came_in(figures: Figures) -> Iterator[str]:
    of = figures.messages
    yield "NGƯỜI DÂN NHẮN ĐẾN"
    yield _line(sum(of.values()), "tin nhắn đã nhận, trong đó:")
    yield _line(of.get("question", 0), f"thuộc {figures.asked()} câu hỏi", level=2)
    yield _line(of.get("follow_up", 0) + of.get("late", 0), "bổ sung cho câu hỏi đã có", level=2)
    yield from (_line(of[purpose], says, level=2) for purpose, says in SMALL_TALK.items() if of.get(purpose))
    yield _line(of.get("waiting", 0), "vừa đến, chờ người dân nhắn hết", level=2)
    yield ""


def _became(figures: Figures) -> Iterator[str]:
    acknowledged = sum(count.acknowledged for count in figures.questions.values())
    sensitive = sum(count.sensitive for count in figures.questions.values())
    yield "CÂU HỎI"
    yield _line(
        figures.asked(), f"câu hỏi, {acknowledged} câu đã báo tiếp nhận, {sensitive} câu nhạy cảm hoặc khẩn cấp:"
    )
    yield from (_line(figures.asked(state), says, level=2) for state, says in STATES.items() if figures.asked(state))
    if figures.work_items:
        yield "  Việc chờ người:"
        yield from _counted(figures.work_items, WORK)
    yield ""


def _ways(figures: Figures) -> Iterator[str]:
    way = figures.ways
    yield "ĐƯỜNG ĐI CỦA CÂU HỎI CHUYỂN ĐƠN VỊ"
    yield _line(way.routed, "câu hỏi đã chuyển đơn vị, kèm hạn trả lời")
    yield _line(way.replied, "có trả lời của đơn vị")
    yield _line(way.proposed, "có dự thảo trình cán bộ trực")
    yield _line(way.accepted, "cán bộ trực đã duyệt gửi")
    yield _line(way.answered, f"câu trả lời đã đến công dân, {way.answered_in_time} câu đúng hạn")
    yield _line(way.reminded, "đã nhắc hạn đơn vị")
    yield _line(way.chased, "quá hạn, đã đôn đốc đơn vị và lãnh đạo đơn vị")
    yield _line(way.escalated, "quá hạn, đã báo Ban Quản trị")
    yield ""
    yield "THƯ ĐẾN HỘP THƯ CỦA BÀN"
    yield from _counted(figures.inbound, INBOUND, level=1)
    if figures.replies:
        yield "  Trả lời của đơn vị được hiểu là:"
        yield from _counted(figures.replies, READINGS)
    yield ""


def _units(figures: Figures) -> Iterator[str]:
    yield "ĐƠN VỊ ĐƯỢC HỎI"
    yield f"  {'số câu':>6}  {'hạn gần nhất':<12}  {'hạn xa nhất':<12}  đơn vị"
    for unit in figures.units:
        yield f"  {unit.questions:6}  {unit.first_due_on:%d/%m/%Y}    {unit.last_due_on:%d/%m/%Y}    {unit.name}"
    yield ""


def _articles(figures: Figures) -> Iterator[str]:
    if not figures.articles:
        return
    yield "BÀI ĐĂNG TRÊN ZALO (Điều 11)"
    for code, words in groupby(figures.articles, key=attrgetter("code")):
        first, *others = words
        yield f"  {code}  {ARTICLE_STATES[first.state]}, bản {first.version}: {first.title}"
        yield from (_word(word) for word in (first, *others) if word.step)
        if first.took is not None:
            minutes = round(first.took.total_seconds() / 60)
            yield f"{_UNDER_CODE}gỡ xong sau {minutes} phút kể từ quyết định (chạy thử: mỗi nửa ngày một lượt)"
    yield f"  Xem toàn bộ quá trình của một bài: zalo-desk show {figures.articles[0].code}"
    yield ""


def _word(word: ArticleWord) -> str:
    at = local_time(word.decided_at) if word.decided_at else None
    said, role = SAID[word.step or "", word.verdict or ""], ROLES[word.role or ""]
    reason = f": {word.reason}" if word.reason else ""
    return f"{_UNDER_CODE}{at:%H:%M %d/%m}  {word.name} ({role}): {said}{reason}"


def _left(figures: Figures) -> Iterator[str]:
    yield "ĐÃ GỬI"
    for channel, says in (("zalo", "tin nhắn Zalo"), ("mail", "thư")):
        yield _line(figures.sent(channel), says)
        for (of_channel, kind), count in figures.kinds.items():
            if of_channel == channel:
                yield _line(count, KINDS.get((channel, kind), kind), level=2)
    yield "  Hộp thư nhận nhiều nhất (số thư trong ngày nhiều nhất, tổng số thư):"
    yield from (f"  {box.most_in_a_day:6} {box.mails:6}  {box.recipient}" for box in figures.mailboxes)
    yield ""


def _letter(figures: Figures) -> Iterator[str]:
    if figures.letter is not None:
        yield "MỘT PHIẾU CHUYỂN"
        yield f"  Đến: {figures.letter.recipient}"
        yield f"  Tiêu đề: {figures.letter.subject}"
        yield ""
        yield indent(figures.letter.text.strip(), "  | ", lambda _: True)
        yield ""


def _counted(counts: Mapping[str, int], names: Mapping[str, str], level: int = 2) -> Iterator[str]:
    return (_line(count, names.get(kind, kind), level) for kind, count in counts.items())


def _line(count: int, says: str, level: int = 1) -> str:
    return f"{'  ' * level}{count:6}  {says}"
