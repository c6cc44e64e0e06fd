"""Letters on an article that citizens see: its link, its removal, and that all who follow the account get it (U17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.rules.letters.commands import Command
from desk.rules.letters.content_shown import ContentShown, ReplyTo, notice, request
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.to_content import AGREE, DISAGREE
from desk.rules.office import Official
from desk.rules.outgoing import Letter

TAKE_DOWN = Command("GỠ", "lý do")
TAKE_DOWN_AT_ONCE = Command("GỠ KHẨN", "lý do")
BROADCAST = Command("GỬI NGƯỜI QUAN TÂM")

_TO_EVERYBODY = (
    "Nếu cần gửi bài cho tất cả người quan tâm Official Account, Ông/Bà trả lời thư này; việc gửi do Trưởng Ban "
    "hoặc Phó Trưởng Ban Quản trị được ủy quyền quyết định."
)


def content_published(
    shown: ContentShown, to: Official, reply: ReplyTo | None, *, link: str, may_broadcast: bool = False
) -> Letter:
    """Return the letter with the link; who may ask for its removal, or that everybody gets it, has a reply address."""
    said = (f"Bài đã được đăng trên Zalo BHXH Việt Nam: {link}",)
    subject = "Bài đã đăng trên Zalo"
    if may_broadcast:
        return notice(shown, to, reply, subject=subject, said=(*said, _TO_EVERYBODY), options=(BROADCAST,))
    options = (TAKE_DOWN, TAKE_DOWN_AT_ONCE) if reply else ()
    return notice(shown, to, reply, subject=subject, said=said, options=options)


def content_broadcast(
    shown: ContentShown, to: Official, reply: ReplyTo, *, asked_by: str, link: str, so_far: int, most: int
) -> Letter:
    """Return the letter that asks a decider whether an article goes to everybody; *so_far* of *most* did this month."""
    return request(
        shown,
        to,
        reply,
        subject="Kính trình việc gửi bài cho người quan tâm",
        said=(
            f"{asked_by}, biên tập viên, đề nghị gửi bài dưới đây cho tất cả người quan tâm Official Account.",
            "ĐỒNG Ý: hệ thống gửi bài một lần, trong khoảng 8 giờ đến 20 giờ; tin đã gửi không thu hồi được.",
        ),
        facts=(
            ("Bài trên Zalo", link),
            ("Người nhận", "tất cả người quan tâm Zalo BHXH Việt Nam; Zalo kiểm duyệt khoảng 30 phút trước khi gửi"),
            ("Đã gửi, chờ gửi trong tháng", f"{so_far} bài, nhiều nhất {most} bài"),
        ),
        options=(AGREE, DISAGREE),
    )


def content_not_broadcast(shown: ContentShown, to: Official, reply: ReplyTo, *, because: str) -> Letter:
    """Return the letter by which the editor hears why an article does not go to everybody, and may ask again."""
    return notice(
        shown,
        to,
        reply,
        subject="Bài không gửi cho người quan tâm",
        said=(because, _TO_EVERYBODY),
        options=(BROADCAST,),
    )


def content_takedown_asked(shown: ContentShown, to: Official, reply: ReplyTo, *, because: str) -> Letter:
    """Return the letter that has the Secretary confirm a removal asked for outside any reply address."""
    return notice(
        shown,
        to,
        reply,
        subject="Đề nghị xác nhận yêu cầu gỡ bài",
        said=(
            "Hệ thống nhận được thư của Ông/Bà yêu cầu gỡ bài này.",
            "Để bảo đảm đúng người yêu cầu, đề nghị Ông/Bà trả lời thư này.",
            f'Lý do đã nêu: "{because}".',
        ),
        options=(TAKE_DOWN, TAKE_DOWN_AT_ONCE),
    )


def content_takedown(
    shown: ContentShown, to: Official, reply: ReplyTo, *, asked_by: str, because: str, urgent: bool, link: str
) -> Letter:
    """Return the letter that asks the deputies whether an article is taken down; the first word counts."""
    return request(
        shown,
        to,
        reply,
        subject=f"{'KHẨN: ' if urgent else ''}Kính đề nghị quyết định gỡ bài trên Zalo",
        said=(
            f"{asked_by}, Thư ký Ban Quản trị, đề nghị gỡ bài dưới đây{' ngay' if urgent else ''}. Lý do: {because}.",
            "ĐỒNG Ý: bài được gỡ khỏi Zalo. Ý kiến đến trước được thực hiện.",
        ),
        facts=(("Bài trên Zalo", link),),
        options=(AGREE, DISAGREE),
    )


def content_taken_down(
    shown: ContentShown,
    to: Official,
    *,
    ordered_at: datetime,
    hidden_at: datetime,
    evidence_sha256: bytes,
    evidence: int | None = None,
) -> Letter:
    """Return the letter that an article is off Zalo, and where the paper about it is; *evidence* is carried along."""
    minutes = max(1, round((hidden_at - ordered_at).total_seconds() / 60))
    where = "gửi kèm thư này" if evidence else "lưu trong hệ thống"
    of = notice(
        shown,
        to,
        None,
        subject="Bài đã gỡ khỏi Zalo",
        said=(
            f"Bài đã được gỡ khỏi Zalo lúc {moment_and_date(hidden_at)}, {minutes} phút sau khi có quyết định gỡ.",
            f"Hồ sơ gỡ bài (PDF) {where}, mã kiểm tra SHA-256: {evidence_sha256.hex()}.",
            f"Đội vận hành lấy hồ sơ bằng lệnh: zalo-desk evidence {shown.code}",
        ),
        options=(),
    )
    return replace(of, evidence=evidence)
