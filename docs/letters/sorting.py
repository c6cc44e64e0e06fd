"""The letters by which officials sort questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desk.rules.case_codes import case_code
from desk.rules.letters.remembered import EarlierAnswer
from desk.rules.letters.to_sort import ShownProposal, ShownToSort, sensitive_notice, triage_letter, urgent_notice
from desk.rules.outgoing import Letter
from desk.rules.sorters import Why
from docs.letters.given import CODE, HEAD, MONDAY, OFFICER, SUNDAY, TOKEN, UNIT

LOST_AND_LEAVES = ShownToSort(
    work_item_id=61,
    question_id=4512,
    case_code=CODE,
    text="Tôi mất sổ bảo hiểm xã hội thì có rút một lần được không?",
    received_at=SUNDAY,
    reason=f"Cần ý kiến của 2 đơn vị: {UNIT.name}; Ban Quản lý thu và phát triển người tham gia.",
    proposals=[
        ShownProposal(
            label=f"Chuyển {UNIT.name}; Ban Quản lý thu và phát triển người tham gia",
            due_on=date(2026, 11, 27),
            chance="khoảng 8/10",
        ),
        ShownProposal(label=f"Chuyển {UNIT.name}", due_on=date(2026, 11, 26), chance="khoảng 4/10"),
        ShownProposal(label="Cán bộ trực trả lời: Ứng dụng VssID", due_on=MONDAY.date(), chance="dưới 1/10"),
    ],
    because=(
        "Cụm từ: “mất sổ” (Sổ BHXH; nghiệp vụ thêm); “rút một lần” (BHXH một lần; nghiệp vụ thêm)",
        "Từ ngữ nghiêng về Sổ BHXH: “mất”, “mất sổ”",
        f"Gần giống: câu {case_code(2026, 3120)} đã xác nhận (Sổ BHXH); câu mẫu a1-041 (BHXH một lần, Sổ BHXH)",
    ),
)
SO_LONG = ShownToSort(
    work_item_id=62,
    question_id=4513,
    case_code=case_code(2026, 4513),
    text="Sao lâu vậy?",
    received_at=MONDAY,
    reason="Chưa rõ người dân hỏi việc gì.",
    proposals=[],
)
ANSWERED_BEFORE = EarlierAnswer(
    remembered_answer_id=1,
    case_code=case_code(2026, 3120),
    text="Ông/Bà đề nghị cấp lại sổ bằng tờ khai TK1-TS, sau đó nộp hồ sơ hưởng bảo hiểm xã hội một lần.",
    answered_on=date(2026, 11, 5),
    letters=["Công văn số 1234/BHXH-TST ngày 05/11/2026"],
    unknown=["12/2025/TT-BNV"],
)
HANDED_OVER = "Nhận bàn giao từ Ông/Bà Trần Đức Minh: chờ phân loại từ 08 giờ 15 ngày thứ Hai, 23/11/2026."
SILENCE = (
    "Ông/Bà Trần Đức Minh được hỏi từ 09 giờ 10 ngày thứ Hai, 23/11/2026 nhưng chưa có ý kiến; đề nghị Ông/Bà cho ý "
    "kiến thay."
)
CLOCK = (
    "Để kịp trả lời công dân trước khi hết thứ Năm, 26/11/2026, đơn vị cần nhận được câu hỏi chậm nhất thứ Tư, "
    "25/11/2026."
)
BY_HAND = ShownProposal(label="Cán bộ trực hoặc Thư ký trả lời trực tiếp", due_on=MONDAY.date())
ACCUSES = ShownToSort(
    work_item_id=63,
    question_id=4512,
    case_code=CODE,
    text="Tôi muốn phản ánh về cán bộ một cửa.",
    received_at=SUNDAY,
    reason="Nội dung cần giữ kín: chỉ cán bộ trực và Thư ký được xem, không tự động chuyển đơn vị.",
    proposals=[BY_HAND, ShownProposal(label="Chuyển Ban Pháp chế", due_on=date(2026, 11, 26))],
)
ADDRESS = HEAD.address.reply(TOKEN)


def sorting_examples() -> Mapping[str, Letter]:
    """Return the examples by the name of their file."""
    urgent = replace(ACCUSES, text="Mẹ tôi đang cấp cứu, bệnh viện nói thẻ BHYT không tra được.", proposals=[BY_HAND])
    return {
        "triage": triage_letter(
            [replace(LOST_AND_LEAVES, why=Why.HANDED_OVER, note=HANDED_OVER, clock=CLOCK), SO_LONG],
            OFFICER,
            address=ADDRESS,
            reply_token=TOKEN,
        ),
        "triage-one": triage_letter(
            [replace(LOST_AND_LEAVES, earlier=ANSWERED_BEFORE)], OFFICER, address=ADDRESS, reply_token=TOKEN
        ),
        "sensitive-notice": sensitive_notice(
            ACCUSES, OFFICER, kind="khiếu nại, tố cáo", address=ADDRESS, reply_token=TOKEN
        ),
        "sensitive-notice-unanswered": sensitive_notice(
            replace(ACCUSES, why=Why.SILENCE, letter=2, note=SILENCE, clock=CLOCK),
            OFFICER,
            kind="khiếu nại, tố cáo",
            address=ADDRESS,
            reply_token=TOKEN,
        ),
        "urgent-notice": urgent_notice(
            urgent,
            OFFICER,
            kind="nguy hiểm đến tính mạng",
            is_sensitive=False,
            address=ADDRESS,
            reply_token=TOKEN,
        ),
    }
