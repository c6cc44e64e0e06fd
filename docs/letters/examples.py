"""One example of every letter and message, rendered into this folder and compared with it by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path

from desk.rules import letters
from desk.rules.case_codes import case_code
from desk.rules.letters.commands import Command
from desk.rules.letters.to_release import ShownRedirect, redirect_release
from desk.rules.office import Authority
from desk.rules.outgoing import CitizenMessage, Letter
from desk.runtime.rendering import rendered, written
from docs.letters.answers import answer_examples
from docs.letters.chases import chase_examples
from docs.letters.contents import content_examples
from docs.letters.given import (
    ASKED,
    CODE,
    FRIDAY,
    HEAD,
    HELD,
    MONDAY,
    OFFICER,
    REPORTED,
    SHARED,
    SUNDAY,
    THURSDAY,
    TOKEN,
    UNIT,
)
from docs.letters.sorting import sorting_examples
from docs.letters.to_citizens import messages_to_citizens

FOLDER = Path(__file__).parent


def examples() -> Mapping[str, Letter | CitizenMessage]:
    """Return the examples by the name of their file."""
    return {
        "unit-letter": letters.unit_letter(ASKED, UNIT, HEAD),
        "unit-letter-several-units": letters.unit_letter(SHARED, UNIT, replace(HEAD, written_at=FRIDAY)),
        "unit-table": letters.unit_table([ASKED, SHARED], UNIT, HEAD, slot="sang", reply_token=TOKEN),
        "unit-addition": letters.unit_addition(
            ASKED,
            [letters.FollowUp(received_at=MONDAY, text="Em nghỉ việc từ tháng 8 ạ.")],
            UNIT,
            HEAD,
            slot="sang",
            thread=letters.letter_key(4512, UNIT.code),
        ),
        "redating-digest": letters.redating_digest(
            [letters.MovedDate(case_code=CODE, before=date(2026, 11, 26), after=date(2026, 11, 27))],
            UNIT,
            HEAD,
            reason="nghỉ Ngày Văn hóa Việt Nam 24/11",
            calendar_version=3,
        ),
        "board-report": letters.board_report(
            REPORTED, to="banquantri@bhxh.example.vn", on=MONDAY.date(), slot=time(11)
        ),
        "duty-question": letters.duty_question(
            replace(HELD, text="Cho tôi hỏi BHXH cơ sở Quận 1 ở đâu, mấy giờ làm việc?"),
            OFFICER,
            work_item_id=76,
            due_on=date(2026, 11, 23),
            because=(
                "Nhận Chủ nhật 22/11/2026; ngày 1: thứ Hai 23/11; hạn: hết thứ Hai 23/11/2026 (1 ngày làm việc, "
                "cán bộ trực trả lời)."
            ),
            topic="liên hệ, giờ làm việc",
            options=[Command("ĐÃ TRẢ LỜI"), Command("CHUYỂN ĐƠN VỊ", "tên đơn vị")],
            address=HEAD.address.reply(TOKEN),
            reply_token=TOKEN,
        ),
        "form-receipt": letters.form_receipt(
            OFFICER,
            run_id="3f2a",
            form="Phân loại câu hỏi",
            case_codes=[CODE],
            outcome="chuyển Ban Thực hiện chính sách bảo hiểm xã hội",
            reason="đúng thẩm quyền",
            done_at=MONDAY,
        ),
        "duty-decision": letters.duty_decision(
            letters.Matter(
                subject="Ban Thực hiện chính sách BHYT đề nghị chuyển đơn vị khác",
                reason=f"Ban Thực hiện chính sách BHYT cho biết câu hỏi mã {CODE} thuộc thẩm quyền của {UNIT.name}.",
                case_code=CODE,
                quoted="Nội dung này thuộc chế độ thai sản.",
                facts=[
                    ("Hạn đã báo đơn vị", "thứ Năm, 26/11/2026"),
                    ("Trong khi chờ ý kiến", "tạm ngừng nhắc đơn vị; thời hạn trả lời công dân vẫn tính"),
                ],
                options=[
                    Command("ĐỒNG Ý"),
                    Command("KHÔNG ĐỒNG Ý"),
                    Command("CHUYỂN ĐƠN VỊ", "tên đơn vị"),
                ],
            ),
            OFFICER,
            work_item_id=77,
            times=2,
            address=HEAD.address.reply(TOKEN),
            reply_token=TOKEN,
            unanswered_by="Trần Đức Minh",
        ),
        **sorting_examples(),
        "redirect-release": redirect_release(
            [
                ShownRedirect(
                    case_code=CODE,
                    text="Cách tra cứu mã số thuế cá nhân?",
                    received_at=SUNDAY,
                    reason="Nội dung thuộc cơ quan khác: Thuế tỉnh, thành phố.",
                    answer=written(
                        "_redirect",
                        {
                            "case_code": CODE,
                            "authorities": [
                                Authority(code="X_THUE", name="Thuế tỉnh, thành phố", valid_from=date(2025, 7, 1))
                            ],
                        },
                    ),
                ),
                ShownRedirect(
                    case_code=case_code(2026, 4513),
                    text="Khai sinh cho con làm ở đâu?",
                    received_at=MONDAY,
                    reason="Nội dung thuộc cơ quan khác: Ủy ban nhân dân cấp xã.",
                    answer="Đề nghị Ông/Bà liên hệ Ủy ban nhân dân cấp xã nơi cư trú để được hướng dẫn. Trân trọng!",
                ),
            ],
            OFFICER,
            on=MONDAY.date(),
            slot=time(10, 30),
            letter=1,
            address=HEAD.address.reply(TOKEN),
            reply_token=TOKEN,
        ),
        "waiting-work": letters.waiting_work(
            [
                letters.WaitingWork(case_code=CODE, matter="chờ phân loại", since=SUNDAY, due_on=date(2026, 11, 26)),
                letters.WaitingWork(case_code=case_code(2026, 4514), since=MONDAY),
                letters.WaitingWork(case_code=case_code(2026, 4400), matter="chờ duyệt dự thảo trả lời", since=MONDAY),
            ],
            OFFICER,
            on=THURSDAY.date(),
            slot=time(8),
        ),
        "unit-released": letters.unit_released(
            UNIT, assignment_id=9001, question_id=4512, case_code=CODE, because="đã được trả lời công dân"
        ),
        "unit-split": letters.unit_split(
            ASKED,
            UNIT,
            HEAD,
            part=letters.FollowUp(received_at=MONDAY, text="Với lại thẻ BHYT của mẹ em hết hạn thì gia hạn ở đâu?"),
            new_code=case_code(2026, 4530),
            thread=letters.letter_key(4512, UNIT.code),
        ),
        "proposal-outcome": letters.proposal_outcome(
            UNIT,
            work_item_id=77,
            assignment_id=9001,
            question_id=4512,
            case_code=CODE,
            proposal="Ban Thực hiện chính sách bảo hiểm xã hội đề nghị bổ sung đơn vị",
            outcome="chưa chấp nhận, đề nghị Quý đơn vị tiếp tục trả lời",
            due_on=date(2026, 11, 26),
        ),
        "command-refused": letters.command_refused(
            UNIT.email,
            key="command-refused:1",
            because="Chưa rõ ngày đề nghị gia hạn. Viết XIN GIA HẠN: ngày/tháng/năm, lý do.",
            case_code=CODE,
            question_id=4512,
            assignment_id=9001,
            letterhead=HEAD,
        ),
        "sender-unknown": letters.sender_unknown("hung.nv@thu.example.com", letterhead=HEAD),
        "decision-receipt": letters.decision_receipt(
            OFFICER,
            inbound_mail_id=31,
            question_id=4512,
            received_at=MONDAY,
            done=f"{CODE}: đã ghi nhận là câu trả lời của đơn vị.",
        ),
        "decision-receipt-refused": letters.decision_receipt(
            OFFICER,
            inbound_mail_id=32,
            question_id=4512,
            received_at=MONDAY,
            refused="Việc này đã được MINH xử lý lúc 09 giờ 12 ngày thứ Hai, 23/11/2026.",
            reply_token=TOKEN,
        ),
        "resend-as-pdf": letters.resend_as_pdf(
            letters.UnusedReply(
                inbound_mail_id=71,
                question_id=4512,
                assignment_id=9001,
                case_codes=(CODE,),
                unit_code=UNIT.code,
                version=1,
                unit=UNIT.name,
                from_address=UNIT.email,
                due_on=ASKED.due_on,
            ),
            [("cong-van-1234.rar", "Tệp nén; đề nghị gửi lại dưới dạng PDF.")],
            HEAD,
            reply_token=TOKEN,
        ),
        "ops-alarm": letters.ops_alarm(
            "vanhanh@bhxh.example.vn",
            key="oa-token:2026-11-23",
            subject="Mã truy cập Zalo không làm mới được",
            lines=[
                "Hệ thống không nhận và không gửi được tin Zalo.",
                "Cách xử lý: cấp quyền lại cho ứng dụng trên OA.",
            ],
        ),
        **chase_examples(),
        **messages_to_citizens(),
        **answer_examples(),
        **content_examples(),
    }


def shown(item: Letter | CitizenMessage) -> str:
    """Return what an example's file holds: recipient, subject and text of a letter, the text of a message."""
    delivery = rendered(item)
    text = str(delivery.parts["text"]).rstrip("\n")
    if isinstance(item, CitizenMessage):
        return f"{text}\n"
    return f"Đến: {delivery.recipient}\nChủ đề: {delivery.parts['subject']}\n\n{text}\n"


def write() -> None:
    """Write the file of every example."""
    for name, item in examples().items():
        (FOLDER / f"{name}.txt").write_text(shown(item), encoding="utf-8")
