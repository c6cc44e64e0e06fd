"""Examples of answers: as a citizen gets them, and as an official is asked to let them go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from desk.rules import letters
from desk.rules.answers.composing import AnswerFile
from desk.rules.answers.messages import messages_of
from desk.rules.attachments import AttachmentForm
from desk.rules.calendar import HCM
from desk.rules.case_codes import case_code
from desk.rules.letters.commands import Command
from desk.rules.outgoing import CitizenMessage, Letter
from desk.runtime.rendering import rendered
from docs.letters.given import CODE, HEAD, OFFICER, SUNDAY, TOKEN, UNIT

TEXT = f"""Về câu hỏi của Ông/Bà (mã {CODE}), BHXH Việt Nam trả lời như sau:

Ý kiến của {UNIT.name}:
Theo quy định tại khoản 2 Điều 50 Luật Bảo hiểm xã hội số 41/2024/QH15, lao động nữ sinh con phải đóng bảo hiểm xã hội \
bắt buộc từ đủ 06 tháng trở lên trong thời gian 12 tháng liền kề trước khi sinh con. Trường hợp của Ông/Bà mới đóng \
05 tháng nên chưa đủ điều kiện.
BHXH Việt Nam gửi Ông/Bà bản chụp văn bản trả lời của {UNIT.name} kèm theo.

Trường hợp cần trao đổi thêm, Ông/Bà vui lòng nhắn tại đây hoặc gọi Tổng đài 1900 9068. Trân trọng!"""
SCAN = AnswerFile(
    attachment_id=81,
    name="cv-1234.pdf",
    form=AttachmentForm.PDF,
    is_signed=True,
    size=310_000,
    page_sizes=(220_000, 180_000),
    text=None,
    refused=None,
)
MESSAGES = messages_of(TEXT, [SCAN], answer_id=77, question_id=4512, user_id="2512523625412515")
REPLY = letters.ShownReply(
    unit=UNIT.name,
    received_at=datetime(2026, 11, 26, 10, 20, tzinfo=HCM),
    text="Kính gửi Ban Quản trị,\nTheo quy định tại khoản 2 Điều 50 Luật Bảo hiểm xã hội số 41/2024/QH15, …",
)


def answer_examples() -> Mapping[str, Letter | CitizenMessage]:
    """Return the examples by the name of their file."""
    complete = letters.ProposedAnswer(
        answer_id=77,
        question_id=4512,
        case_code=CODE,
        version=1,
        question="Em đóng BHXH được 5 tháng rồi sinh con thì có được hưởng thai sản không ạ?",
        received_at=SUNDAY,
        due_on=date(2026, 11, 26),
        messages=[str(rendered(message).parts["text"]) for message in MESSAGES],
        files=[letters.ShownFile(name=SCAN.name, page_count=2, leaves_whole=True)],
        replies=[REPLY],
        remarks=[
            "Hệ thống không đọc được nội dung ảnh chụp; đề nghị kiểm tra dữ liệu cá nhân trên từng trang.",
            f"{UNIT.name}: đọc được Công văn số 1234/BHXH-CSXH (chưa xác nhận); chỉ gửi kèm khi có xác nhận.",
        ],
        options=[
            Command("GỬI"),
            Command("GỬI KÈM SỐ CÔNG VĂN"),
            Command("BỎ TỆP 1"),
            Command("CHƯA TRẢ LỜI"),
        ],
        pictures=((81, 1), (81, 2)),
    )
    with_data = letters.ProposedAnswer(
        answer_id=78,
        question_id=4513,
        case_code=case_code(2026, 4513),
        version=2,
        question="Tôi chưa nhận được tiền thai sản, công ty báo đã duyệt.",
        received_at=SUNDAY,
        due_on=date(2026, 11, 30),
        messages=["Cơ quan BHXH đã chi trả 12.345.678 đồng cho bà Nguyễn Thị Lan ngày thứ Sáu, 20/11/2026."],
        files=[],
        replies=[],
        remarks=["Còn thiếu ý kiến của Ban Tài chính - Kế toán."],
        options=[
            Command("GỬI HƯỚNG DẪN CHUNG"),
            Command("GỬI BẢN CHE"),
            Command("GỬI CÁCH TRA CỨU"),
            Command("CHƯA TRẢ LỜI"),
        ],
        is_partial=True,
        data=["Nguyễn Thị Lan", "12.345.678 đồng"],
        masked="Cơ quan BHXH đã chi trả [số tiền] cho bà [họ tên] ngày thứ Sáu, 20/11/2026.",
        where_to_look="Ông/Bà vui lòng tra cứu trên ứng dụng VssID - Bảo hiểm xã hội số.",
        earlier="Ông/Bà vui lòng liên hệ cơ quan BHXH nơi nộp hồ sơ.",
    )
    text, page, _, lead, file = MESSAGES
    return {
        "answer": text,
        "answer-page": page,
        "answer-file-lead": lead,
        "answer-file": file,
        "answer-proposal": letters.answer_proposal(
            complete, OFFICER, address=HEAD.address.reply(TOKEN), reply_token=TOKEN
        ),
        "answer-proposal-with-personal-data": letters.answer_proposal(
            with_data,
            OFFICER,
            address=HEAD.address.reply(TOKEN),
            reply_token=TOKEN,
            unanswered_by="Trần Đức Minh",
        ),
    }
