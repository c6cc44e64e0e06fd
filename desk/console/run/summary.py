"""The summary of a run, in the words of the office, for somebody who sees the desk for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from typing import Final

from desk.console.run.figures import Figures, Sum

_SMALL_TALK: Final = {
    "greeting": "lời chào chưa có câu hỏi",
    "asks_how_far": "hỏi đã xử lý đến đâu",
    "thanks": "cảm ơn, vâng ạ",
    "keep_open": "giữ phiên trả lời",
    "advertisement": "quảng cáo",
    "abuse": "lời lẽ không phù hợp, chuyển cán bộ xem",
    "media": "ảnh, tin thoại, chuyển cán bộ xem",
    "unreadable": "không đọc được",
}
_WORK: Final = {
    "triage": "chờ cán bộ phân loại",
    "answer_by_duty": "cán bộ trực tự trả lời",
    "redirect": "đề xuất hướng dẫn nơi khác, chờ Thư ký duyệt",
    "sensitive": "nhạy cảm hoặc khẩn cấp, chỉ cán bộ trực và Thư ký xem",
    "asked_overdue": "người dân hỏi về câu hỏi đã quá hạn",
    "answered_by_hand": "có thể đã trả lời trực tiếp trên Zalo, chờ xác nhận",
    "undelivered": "không gửi được",
    "unknown_delivery": "chưa rõ đã gửi",
    "sent_twice": "đã đến hai lần",
    "zalo_account": "Zalo không cho đọc tin nhắn",
    "zalo_consent": "cần cấp quyền lại cho ứng dụng Zalo",
    "bug": "để riêng vì lỗi",
}
_KINDS: Final = {
    ("mail", "unit-letter"): "phiếu chuyển đến đơn vị",
    ("mail", "unit-table"): "bảng câu hỏi đến đơn vị nhận hai lần mỗi ngày",
    ("mail", "unit-addition"): "nội dung bổ sung đến đơn vị",
    ("mail", "board-report"): "báo cáo Ban Quản trị",
    ("mail", "sensitive-notice"): "báo câu hỏi nhạy cảm",
    ("mail", "urgent-notice"): "báo câu hỏi khẩn cấp",
    ("mail", "duty-question"): "câu hỏi đến cán bộ trực",
    ("zalo", "acknowledgement"): "báo đã tiếp nhận",
    ("zalo", "forwarded"): "báo đã chuyển đơn vị và hạn trả lời",
    ("zalo", "greeting-prompt"): "hỏi nội dung cần hỏi",
    ("zalo", "media-received"): "báo đã nhận ảnh, tin thoại",
    ("zalo", "status-reply"): "báo câu hỏi đang ở đâu",
    ("zalo", "urgent-safety"): "hướng dẫn khẩn cấp",
    ("zalo", "secret-warning"): "nhắc không gửi mật khẩu, mã OTP",
}


def summary_lines(figures: Figures, checked: Sequence[Sum]) -> Iterator[str]:
    """Yield the summary: what came in, what became of it, what left, and whether every count adds up."""
    yield from _came_in(figures)
    yield from _became(figures)
    yield from _units(figures)
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
    yield from (_line(of[purpose], says, level=2) for purpose, says in _SMALL_TALK.items() if of.get(purpose))
    yield _line(of.get("waiting", 0), "vừa đến, chờ người dân nhắn hết", level=2)
    yield ""


def _became(figures: Figures) -> Iterator[str]:
    acknowledged = sum(count.acknowledged for count in figures.questions.values())
    sensitive = sum(count.sensitive for count in figures.questions.values())
    yield "CÂU HỎI"
    yield _line(figures.asked(), f"câu hỏi, {acknowledged} câu đã báo tiếp nhận")
    yield _line(figures.asked("routed"), "đã chuyển đơn vị, kèm hạn trả lời")
    yield _line(figures.asked("with_duty"), "giao cán bộ trực trả lời")
    yield _line(figures.asked("redirect_proposed"), "ngoài ngành, đề xuất hướng dẫn nơi khác")
    yield _line(figures.asked("in_triage"), f"chờ cán bộ phân loại, trong đó {sensitive} câu nhạy cảm hoặc khẩn cấp")
    others = figures.asked() - figures.asked("routed", "with_duty", "redirect_proposed", "in_triage")
    yield _line(others, "ở trạng thái khác")
    if figures.work_items:
        yield "  Việc chờ người:"
        yield from _counted(figures.work_items, _WORK)
    yield ""


def _units(figures: Figures) -> Iterator[str]:
    yield "ĐƠN VỊ ĐƯỢC HỎI"
    yield f"  {'số câu':>6}  {'hạn gần nhất':<12}  {'hạn xa nhất':<12}  đơn vị"
    for unit in figures.units:
        yield f"  {unit.questions:6}  {unit.first_due_on:%d/%m/%Y}    {unit.last_due_on:%d/%m/%Y}    {unit.name}"
    yield ""


def _left(figures: Figures) -> Iterator[str]:
    yield "ĐÃ GỬI"
    for channel, says in (("zalo", "tin nhắn Zalo"), ("mail", "thư")):
        yield _line(figures.sent(channel), says)
        for (of_channel, kind), count in figures.kinds.items():
            if of_channel == channel:
                yield _line(count, _KINDS.get((channel, kind), kind), level=2)
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


def _counted(counts: Mapping[str, int], names: Mapping[str, str]) -> Iterator[str]:
    return (_line(count, names.get(kind, kind), level=2) for kind, count in counts.items())


def _line(count: int, says: str, level: int = 1) -> str:
    return f"{'  ' * level}{count:6}  {says}"
