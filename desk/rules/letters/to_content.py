"""Letters on an article of the account, from its draft to its publication (Điều 11, U17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.rules.content.diffs import Change
from desk.rules.content.writing import written
from desk.rules.letters.commands import Command
from desk.rules.letters.content_shown import ContentShown, ReplyTo, letter, notice, request
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import Official
from desk.rules.outgoing import Letter

PROPOSE = Command("ĐỀ XUẤT")
AGREE = Command("ĐỒNG Ý")
DISAGREE = Command("KHÔNG ĐỒNG Ý", "lý do")
AGREE_WITH_CHANGES = Command("ĐỒNG Ý, SỬA", "nội dung cần sửa")
TO_HEAD = Command("TRÌNH", "Trưởng Ban")
TO_DEPUTY = Command("TRÌNH", "Phó Trưởng Ban")
RETURN = Command("TRẢ LẠI", "lý do, nội dung cần sửa")
WITHDRAW = Command("RÚT")
AS_ASKED = Command("ĐÚNG Ý KIẾN")
PUBLISH = Command("ĐĂNG")
PUBLISH_AT = Command("ĐĂNG", "giờ, ngày đăng, ví dụ 08:00 25/11/2026")
STOP = Command("DỪNG")


def content_draft(
    shown: ContentShown,
    to: Official,
    reply: ReplyTo,
    *,
    flaws: Sequence[str],
    to_change: str = "",
    returned_because: str = "",
    files: Sequence[str] = (),
) -> Letter:
    """Return the letter that puts a draft into the editor's tray, with its source to edit.

    *flaws* must be mended before it can be proposed; *to_change* is what the decider's agreement depends on; *files*
    are pictures and others that came with the author's mail.
    """
    return letter(
        "content-draft",
        shown,
        to,
        reply,
        options=(PROPOSE,),
        more={
            "flaws": tuple(flaws),
            "to_change": to_change,
            "returned_because": returned_because,
            "files": tuple(files),
            "source": written(shown.article),
        },
    )


def content_proposed(shown: ContentShown, to: Official, reply: ReplyTo, *, secretary: str) -> Letter:
    """Return the letter by which the editor may still change what was proposed."""
    return notice(
        shown,
        to,
        reply,
        subject="Đã đề xuất bài đăng Zalo",
        said=(
            f"Bài đã được chuyển {secretary}.",
            "Nếu còn sửa, Ông/Bà trả lời thư này bằng toàn văn bài, bắt đầu bằng dòng # Tiêu đề.",
            "Khi đó các ý kiến đã có không còn hiệu lực.",
        ),
        options=(),
    )


def content_review(shown: ContentShown, to: Official, reply: ReplyTo, *, default_decider: str) -> Letter:
    """Return the letter that asks the Secretary to review; *default_decider* is whom ĐỒNG Ý submits to."""
    return request(
        shown,
        to,
        reply,
        subject="Đề nghị xem xét bài đăng Zalo",
        said=(
            f"Biên tập viên {shown.editor} đề xuất đăng bài dưới đây. Đề nghị Ông/Bà xem xét.",
            f"ĐỒNG Ý: bài được trình {default_decider}. Muốn trình người khác, viết TRÌNH kèm chức danh.",
        ),
        options=(AGREE, TO_HEAD, TO_DEPUTY, RETURN),
    )


def content_to_submit(shown: ContentShown, to: Official, reply: ReplyTo) -> Letter:
    """Return the letter that asks the Secretary, after a withdrawal, whom to submit to."""
    return request(
        shown,
        to,
        reply,
        subject="Đề nghị trình lại bài đăng Zalo",
        said=("Ông/Bà đã rút bài dưới đây. Đề nghị trình người quyết định hoặc trả lại biên tập viên.",),
        options=(TO_HEAD, TO_DEPUTY, RETURN),
    )


def content_submitted(
    shown: ContentShown, to: Official, reply: ReplyTo, *, decider: str, is_silent: bool = False
) -> Letter:
    """Return the letter by which the Secretary may take a submission back; *is_silent*: the decider was reminded."""
    happened = "và chưa có ý kiến sau khi được nhắc" if is_silent else "quyết định"
    return notice(
        shown,
        to,
        reply,
        subject="Bài đăng Zalo chưa có ý kiến" if is_silent else "Đã trình bài đăng Zalo",
        said=(f"Bài đã được trình {decider} {happened}. Nếu cần trình người khác, Ông/Bà có thể rút bài về.",),
        options=(WITHDRAW,),
    )


def content_decision(shown: ContentShown, to: Official, reply: ReplyTo, *, secretary: str) -> Letter:
    """Return the letter that asks the one named decider."""
    return request(
        shown,
        to,
        reply,
        subject="Kính trình bài đăng Zalo",
        said=(f"{secretary}, Thư ký Ban Quản trị, đã xem xét và kính trình Ông/Bà quyết định việc đăng bài dưới đây.",),
        options=(AGREE, DISAGREE, AGREE_WITH_CHANGES),
    )


def content_conformity(
    shown: ContentShown, to: Official, reply: ReplyTo, *, asked_by: str, asked_for: str, changes: Sequence[Change]
) -> Letter:
    """Return the letter that shows the Secretary what was changed after an agreement on condition of changes."""
    return request(
        shown,
        to,
        reply,
        subject="Đề nghị xác nhận bài đã sửa đúng ý kiến",
        said=(
            f'{asked_by}, đồng ý đăng bài với điều kiện sửa: "{asked_for}".',
            "Biên tập viên đã sửa như dưới đây. Đề nghị Ông/Bà xác nhận bài chỉ sửa những nội dung được yêu cầu.",
        ),
        options=(AS_ASKED, RETURN),
        changes=changes,
    )


def content_publish(
    shown: ContentShown, to: Official, reply: ReplyTo, *, decided_by: str, stopped: bool = False
) -> Letter:
    """Return the letter that asks the editor to publish, or anew after *decided_by* has stopped that."""
    happened = "đã dừng việc đăng bài dưới đây." if stopped else "đã đồng ý đăng bài dưới đây."
    return request(
        shown,
        to,
        reply,
        subject="Việc đăng bài Zalo đã dừng" if stopped else "Bài đăng Zalo đã được đồng ý",
        said=(
            f"{decided_by}, {happened}",
            "ĐĂNG: bài hiện trên Zalo sau 10 phút. Muốn hẹn giờ, viết ĐĂNG kèm giờ, ngày.",
            "Nếu sửa bài, các ý kiến đã có không còn hiệu lực và bài phải được xem xét lại từ đầu.",
        ),
        options=(PUBLISH, PUBLISH_AT),
    )


def content_not_published(shown: ContentShown, to: Official, reply: ReplyTo, *, because: str) -> Letter:
    """Return the letter that asks the editor what is to be done with an article that Zalo did not take."""
    return request(
        shown,
        to,
        reply,
        subject="Bài chưa đăng được trên Zalo",
        said=(
            because,
            "ĐĂNG: hệ thống đăng lại sau 10 phút. Muốn hẹn giờ, viết ĐĂNG kèm giờ, ngày.",
            "Nếu sửa bài, các ý kiến đã có không còn hiệu lực và bài phải được xem xét lại từ đầu.",
        ),
        options=(PUBLISH, PUBLISH_AT),
    )


def content_leaving(shown: ContentShown, to: Official, reply: ReplyTo, *, publish_at: datetime) -> Letter:
    """Return the letter by which anybody who took part may still stop a publication."""
    return request(
        shown,
        to,
        reply,
        subject="Bài sắp đăng trên Zalo",
        said=(
            f"Bài dưới đây sẽ được đăng từ {moment_and_date(publish_at)}. Trước giờ đó, Ông/Bà có thể dừng việc đăng.",
        ),
        options=(STOP,),
    )


def content_notice(shown: ContentShown, to: Official, *, what: str, subject: str = "Bài đăng trên Zalo") -> Letter:
    """Return one sentence to somebody who took part."""
    return notice(shown, to, None, subject=subject, said=(what,), options=())
