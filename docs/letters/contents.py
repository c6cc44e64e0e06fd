"""Examples of letters on an article: from the draft in the editor's tray to its removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desk.rules.calendar import HCM
from desk.rules.content.articles import ImageBlock, TextBlock, flaws
from desk.rules.content.diffs import changes
from desk.rules.content.writing import article_from
from desk.rules.letters import to_content, to_content_published
from desk.rules.letters.content_shown import ContentShown, ReplyTo
from desk.rules.outgoing import Letter
from docs.letters.given import HEAD, OFFICER, TOKEN

ARTICLE = article_from(
    "# Lịch chi trả lương hưu, trợ cấp tháng 12/2026\n"
    "Tác giả: Ban Tuyên truyền và Hỗ trợ người tham gia\n"
    "Mô tả: Người hưởng nhận lương hưu, trợ cấp tháng 12 từ thứ Tư, 02/12/2026.\n"
    "Ảnh bìa: https://bhxh.example.vn/anh/lich-12.jpg\n\n"
    "Từ thứ Tư, 02/12/2026, cơ quan BHXH chuyển lương hưu, trợ cấp tháng 12 vào tài khoản của người hưởng.\n\n"
    "![Lịch chi trả tiền mặt theo từng địa bàn](https://bhxh.example.vn/anh/dia-ban.jpg)\n\n"
    "Người hưởng nhận tiền mặt mang theo căn cước. Cần hỗ trợ, gọi Tổng đài 1900 9068."
)
SHOWN = ContentShown(
    content_item_id=12,
    code="ND-2026-0012",
    version=3,
    article=ARTICLE,
    author="Lý Thanh Bình",
    editor="Đỗ Minh Quang",
    occasion="40",
)
REPLY = ReplyTo(address=HEAD.address.reply(TOKEN), token=TOKEN)
UNFINISHED = replace(ARTICLE, description="", blocks=(*ARTICLE.blocks, ImageBlock("")))
AMENDED = replace(
    ARTICLE,
    blocks=(
        TextBlock(
            "Từ thứ Năm, 03/12/2026, cơ quan BHXH chuyển lương hưu, trợ cấp tháng 12 vào tài khoản của người hưởng."
        ),
        *ARTICLE.blocks[1:],
    ),
)
LINK = "https://rd.zapps.vn/detail/4402c73f7e7a9724ce6b"


def content_examples() -> Mapping[str, Letter]:
    """Return the examples by the name of their file."""
    return {
        "content-draft": to_content.content_draft(
            replace(SHOWN, version=1, article=UNFINISHED),
            OFFICER,
            REPLY,
            flaws=flaws(UNFINISHED),
            files=("anh-minh-hoa.jpg",),
        ),
        "content-draft-to-change": to_content.content_draft(
            SHOWN, OFFICER, REPLY, flaws=(), to_change="ngày chi trả là 03/12"
        ),
        "content-draft-returned": to_content.content_draft(
            SHOWN, OFFICER, REPLY, flaws=(), returned_because="chưa nêu thời gian chi trả tiền mặt"
        ),
        "content-review": to_content.content_review(
            SHOWN, OFFICER, REPLY, default_decider="Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"
        ),
        "content-proposed": to_content.content_proposed(
            SHOWN, OFFICER, REPLY, secretary="Hoàng Phương Thảo, Thư ký Ban Quản trị"
        ),
        "content-not-published": to_content.content_not_published(
            SHOWN,
            OFFICER,
            REPLY,
            because="Không đăng được bài ND-2026-0012 bản 3: Official Account đã dùng hết số bài của tháng.",
        ),
        "content-review-reminder": to_content.content_review(
            replace(SHOWN, is_reminder=True), OFFICER, REPLY, default_decider="Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"
        ),
        "content-to-submit": to_content.content_to_submit(SHOWN, OFFICER, REPLY),
        "content-submitted": to_content.content_submitted(
            SHOWN, OFFICER, REPLY, decider="Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"
        ),
        "content-decision": to_content.content_decision(SHOWN, OFFICER, REPLY, secretary="Hoàng Phương Thảo"),
        "content-conformity": to_content.content_conformity(
            replace(SHOWN, version=4, article=AMENDED),
            OFFICER,
            REPLY,
            asked_by="Bùi Tiến Dũng, Phó Trưởng Ban Quản trị",
            asked_for="ngày chi trả là 03/12",
            changes=changes(ARTICLE, AMENDED),
        ),
        "content-publish": to_content.content_publish(
            SHOWN, OFFICER, REPLY, decided_by="Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"
        ),
        "content-publish-stopped": to_content.content_publish(
            SHOWN, OFFICER, REPLY, decided_by="Phan Hồng Sơn, Trưởng Ban Quản trị", stopped=True
        ),
        "content-leaving": to_content.content_leaving(
            SHOWN, OFFICER, REPLY, publish_at=datetime(2026, 11, 25, 8, 0, tzinfo=HCM)
        ),
        "content-published": to_content_published.content_published(SHOWN, OFFICER, REPLY, link=LINK),
        "content-published-to-editor": to_content_published.content_published(
            SHOWN, OFFICER, REPLY, link=LINK, may_broadcast=True
        ),
        "content-broadcast": to_content_published.content_broadcast(
            SHOWN, OFFICER, REPLY, asked_by="Đỗ Minh Quang", link=LINK, so_far=1, most=4
        ),
        "content-not-broadcast": to_content_published.content_not_broadcast(
            SHOWN,
            OFFICER,
            REPLY,
            because=(
                "Phan Hồng Sơn, Trưởng Ban Quản trị, không đồng ý gửi bài cho người quan tâm. Lý do: "
                "tháng này đã gửi bài cùng nội dung."
            ),
        ),
        "content-takedown-asked": to_content_published.content_takedown_asked(
            SHOWN, OFFICER, REPLY, because="sai ngày chi trả"
        ),
        "content-takedown": to_content_published.content_takedown(
            SHOWN,
            OFFICER,
            REPLY,
            asked_by="Hoàng Phương Thảo",
            because="sai ngày chi trả",
            urgent=True,
            link=LINK,
        ),
        "content-taken-down": to_content_published.content_taken_down(
            SHOWN,
            OFFICER,
            ordered_at=datetime(2026, 11, 25, 10, 5, tzinfo=HCM),
            hidden_at=datetime(2026, 11, 25, 10, 7, tzinfo=HCM),
            evidence_sha256=bytes(32),
            evidence=3,
        ),
        "content-notice": to_content.content_notice(
            SHOWN,
            OFFICER,
            what="Phan Hồng Sơn, Trưởng Ban Quản trị, không đồng ý đăng bài. Lý do: trùng nội dung đã đăng.",
        ),
    }
