from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pypdfium2

from desk.documents.evidence import Removal, Word, evidence_pack
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, ImageBlock, TextBlock, VideoBlock
from desk.rules.office import Role
from tests.dates import at

PUBLISHED = at("Mon 2026-11-23 08:00")
SECRETARY = "Nguyễn Thị Bảo Ngọc, Trưởng phòng, Thư ký Ban Quản trị"
DEPUTY = "Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"
ACT = "Quyết định số 12/QĐ-BHXH ngày 02/01/2026"


def word(step: ApprovalStep, who: str, role: Role, minutes: int, *, reason: str = "", act: str = "") -> Word:
    said_at = PUBLISHED + timedelta(minutes=minutes)
    return Word(
        said_at=said_at, step=step, verdict=Verdict.AGREE, who=who, role=role, version=3, reason=reason, act=act
    )


ASKED = word(ApprovalStep.ASK_TAKEDOWN, SECRETARY, Role.SECRETARY, 90, reason="Số điện thoại hỗ trợ trong bài đã đổi")
DECIDED = word(ApprovalStep.DECIDE_TAKEDOWN, DEPUTY, Role.DEPUTY_HEAD, 97, act=ACT)
REMOVAL = Removal(
    code="ND-2026-0012",
    version=3,
    article=Article(
        title="Hướng dẫn gia hạn thẻ bảo hiểm y tế hộ gia đình năm 2026",
        author="BHXH Việt Nam",
        description="Thủ tục, thời hạn và mức đóng.",
        cover_url="https://desk.example.vn/bia.jpg",
        blocks=(
            TextBlock("Người tham gia nộp Tờ khai TK1-TS tại cơ quan BHXH hoặc tổ chức dịch vụ thu.\n" * 12),
            ImageBlock("https://desk.example.vn/1.jpg", "Mẫu tờ khai"),
            VideoBlock("https://desk.example.vn/huong-dan.mp4"),
        ),
    ),
    sha256=sha256(b"3").digest(),
    article_id="4402c73f7e7a9724ce6b",
    link="https://rd.zapps.vn/detail/4402c73f7e7a9724ce6b",
    shown_at=PUBLISHED,
    asked=ASKED,
    decided=DECIDED,
    urgent=True,
    removed=False,
    hidden_at=PUBLISHED + timedelta(minutes=101),
    words=(
        word(ApprovalStep.PROPOSE, "Lê Minh Khôi, Biên tập viên", Role.EDITOR, -900),
        word(ApprovalStep.REVIEW, SECRETARY, Role.SECRETARY, -800),
        word(ApprovalStep.DECIDE, DEPUTY, Role.DEPUTY_HEAD, -700, act=ACT),
        word(ApprovalStep.PUBLISH, "Lê Minh Khôi, Biên tập viên", Role.EDITOR, -30),
        ASKED,
        DECIDED,
    ),
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def test_the_pack_says_who_asked_who_decided_and_what_citizens_read() -> None:
    read = text_of(evidence_pack(REMOVAL))

    for said in (
        "HỒ SƠ GỠ BÀI ĐÃ ĐĂNG TRÊN ZALO",
        "Nguyễn Thị Bảo Ngọc",
        "Số điện thoại hỗ trợ trong bài đã đổi",
        "Bùi Tiến Dũng, Phó Trưởng Ban Quản trị",
        ACT,
        "09:37:00 ngày 23/11/2026 (gỡ khẩn)",
        "09:41:00 ngày 23/11/2026, sau quyết định 4 phút",
        "Người tham gia nộp Tờ khai TK1-TS",
        "chú thích: Mẫu tờ khai",
        "Mã tin: ND-2026-0012-v3",
        REMOVAL.link,
        "ND-2026-0012, bản 3 - trang 2/2",
    ):
        assert said in read
    assert REMOVAL.sha256.hex() in read.replace(" ", "")


def test_the_same_facts_give_the_same_bytes_and_others_give_others() -> None:
    assert evidence_pack(REMOVAL) == evidence_pack(REMOVAL)
    assert evidence_pack(replace(REMOVAL, urgent=False)) != evidence_pack(REMOVAL)


def test_an_emoji_or_a_long_word_does_not_stop_the_paper() -> None:
    article = Article(title="Chào 👋 Ông/Bà", blocks=(TextBlock("a" * 400),))

    assert evidence_pack(replace(REMOVAL, article=article)).startswith(b"%PDF-")
