"""One example of every letter and message, rendered into this folder and compared with it by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from desk.rules import letters
from desk.rules.calendar import HCM, WorkingCalendar
from desk.rules.case_codes import case_code
from desk.rules.letters.commands import Command
from desk.rules.mail_addresses import DeskAddress
from desk.rules.office import Block, CalendarDay, DayKind, Official, Policy, Recipient, Role
from desk.rules.outgoing import CitizenMessage, Letter
from desk.rules.states import QuestionState
from desk.runtime.rendering import rendered
from docs.letters.answers import answer_examples

FOLDER = Path(__file__).parent

CALENDAR = WorkingCalendar(
    [CalendarDay(day=date(2026, 11, 24), kind=DayKind.OFF, reason="Ngày Văn hóa Việt Nam", source="")]
)
POLICY = Policy(
    valid_from=date(2024, 9, 16), hours=(Block(start=time(8), end=time(12)), Block(start=time(13), end=time(17)))
)
CODE = case_code(2026, 4512)
TOKEN = "7k3m9qx2vbt4hzna"  # noqa: S105 - opens nothing
SUNDAY = datetime(2026, 11, 22, 9, 5, tzinfo=HCM)
MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=HCM)
THURSDAY = datetime(2026, 11, 26, 8, 7, tzinfo=HCM)
FRIDAY = datetime(2026, 11, 27, 8, 30, tzinfo=HCM)
HOLIDAY = datetime(2026, 11, 24, 20, 30, tzinfo=HCM)

HEAD = letters.Letterhead(
    address=DeskAddress("hoidap@bhxh.example.vn"),
    written_at=MONDAY,
    officer_name="Nguyễn Thu Hà",
    officer_phone="024 3000 0101",
)
UNIT = letters.Addressee(
    code="B_CSXH",
    name="Ban Thực hiện chính sách bảo hiểm xã hội",
    email="csxh@bhxh.example.vn",
    calendar_file=True,
)
ASKED = letters.AskedQuestion(
    question_id=4512,
    assignment_id=9001,
    case_code=CODE,
    text="Em đóng BHXH được 5 tháng rồi sinh con thì có được hưởng thai sản không ạ?\nMã số của em là [mã số BHXH].",
    received_at=SUNDAY,
    due_on=date(2026, 11, 26),
    because=(
        "Nhận Chủ nhật 22/11/2026; ngày 1: thứ Hai 23/11; 24/11 nghỉ Ngày Văn hóa Việt Nam; ngày 2: thứ Tư 25/11; "
        "ngày 3: thứ Năm 26/11; hạn: hết thứ Năm 26/11/2026 (3 ngày làm việc, 01 đơn vị)."
    ),
    reply_token=TOKEN,
)
SHARED = replace(
    ASKED,
    question_id=4513,
    case_code=case_code(2026, 4513),
    text="Công ty tôi nợ BHXH 8 tháng, tôi sinh con mà không được hưởng thai sản. Tôi phải làm sao?",
    due_on=date(2026, 11, 30),
    because=(
        "Nhận Chủ nhật 22/11/2026; ngày 1: thứ Hai 23/11; 24/11 nghỉ Ngày Văn hóa Việt Nam; ngày 2: thứ Tư 25/11; "
        "ngày 3: thứ Năm 26/11; ngày 4: thứ Sáu 27/11; 28-29/11 nghỉ cuối tuần; ngày 5: thứ Hai 30/11; "
        "hạn: hết thứ Hai 30/11/2026 (5 ngày làm việc, 03 đơn vị)."
    ),
    time_is_short=True,
    other_units=("Ban Quản lý thu và phát triển người tham gia", "Ban Pháp chế"),
)
ASKING = letters.CitizenQuestion(question_id=4512, case_code=CODE, user_id="2512523625412515", received_at=SUNDAY)
OFFICER = Official(
    code="HA",
    name="Nguyễn Thu Hà",
    title="Chuyên viên trực Zalo",
    roles=(Role.DUTY_OFFICER,),
    email="nguyen.thu.ha@bhxh.example.vn",
    valid_from=date(2024, 9, 16),
)
HELD = letters.HeldQuestion(
    question_id=4512, case_code=CODE, text="Tôi muốn phản ánh về cán bộ một cửa.", received_at=SUNDAY
)
REPORTED = [
    letters.ReportedQuestion(
        case_code=CODE, state=QuestionState.ROUTED, units=(UNIT.name,), promised_on=date(2026, 11, 26)
    ),
    letters.ReportedQuestion(case_code=case_code(2026, 4514), state=QuestionState.IN_TRIAGE, sensitive=True),
    letters.ReportedQuestion(
        case_code=case_code(2026, 4515), state=QuestionState.WITH_DUTY, promised_on=date(2026, 11, 23)
    ),
]
CHASED = letters.ChasedQuestion(
    question_id=4512,
    assignment_id=9001,
    case_code=CODE,
    received_at=SUNDAY,
    lettered_at=MONDAY,
    due_on=date(2026, 11, 26),
    passed_to="đ/c Hùng",
)
ALSO_CHASED = replace(
    CHASED, question_id=4513, case_code=case_code(2026, 4513), due_on=date(2026, 11, 30), passed_to=""
)
ENDANGERED = letters.EndangeredAnswer(
    question_id=4512,
    case_code=CODE,
    received_at=SUNDAY,
    due_on=date(2026, 11, 26),
    proposed_on=date(2026, 11, 27),
    units=(UNIT.name,),
    reply_token=TOKEN,
)
REASONS = ("do nội dung cần được xem xét, đối chiếu thêm", "do nội dung cần phối hợp của nhiều đơn vị")


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
        "chase-digest": letters.chase_digest(
            [CHASED], UNIT, replace(HEAD, written_at=THURSDAY), of=UNIT.code, slot=time(8), reply_token=TOKEN
        ),
        "chase-digest-several": letters.chase_digest(
            [CHASED, ALSO_CHASED],
            UNIT,
            replace(HEAD, written_at=THURSDAY),
            of=UNIT.code,
            slot=time(8),
            reply_token=TOKEN,
            taken_back=[
                letters.TakenBack(case_code=case_code(2026, 4400), before=date(2026, 11, 25), due_on=date(2026, 11, 27))
            ],
            thanks=[case_code(2026, 4398), case_code(2026, 4399)],
        ),
        "chase-escalation": letters.chase_escalation(
            [CHASED],
            UNIT,
            replace(HEAD, written_at=FRIDAY),
            of=UNIT.code,
            slot=time(8),
            head="csxh.lanhdao@bhxh.example.vn",
            to=Recipient.HEAD,
            answer_by=FRIDAY.date(),
            reply_token=TOKEN,
        ),
        "chase-board": letters.chase_board(
            [
                letters.OverdueAtUnit(
                    case_code=CODE,
                    unit=UNIT.name,
                    received_at=SUNDAY,
                    lettered_at=MONDAY,
                    due_on=date(2026, 11, 26),
                )
            ],
            [
                letters.OverdueAtUnit(
                    case_code=case_code(2026, 4400),
                    unit="",
                    received_at=datetime(2026, 11, 17, 9, tzinfo=HCM),
                    lettered_at=None,
                    due_on=date(2026, 11, 20),
                )
            ],
            "banquantri@bhxh.example.vn",
            on=date(2026, 11, 30),
            slot=time(8),
        ),
        "endangered-answers": letters.endangered_answers(
            [ENDANGERED, replace(ENDANGERED, case_code=case_code(2026, 4400), may_apologise=False)],
            OFFICER,
            address=HEAD.address,
            on=date(2026, 11, 25),
            reply_token=TOKEN,
            reasons=REASONS,
        ),
        "board-report": letters.board_report(
            REPORTED, to="banquantri@bhxh.example.vn", on=MONDAY.date(), slot=time(11)
        ),
        "duty-question": letters.duty_question(
            replace(HELD, text="Cho tôi hỏi BHXH cơ sở Quận 1 ở đâu, mấy giờ làm việc?"),
            OFFICER,
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
        "sensitive-notice": letters.sensitive_notice(HELD, OFFICER, kind="phản ánh, tố cáo cán bộ"),
        "urgent-notice": letters.urgent_notice(
            replace(HELD, text="Mẹ tôi đang cấp cứu, bệnh viện nói thẻ BHYT không tra được."),
            OFFICER,
            kind="đang cấp cứu",
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
                    ("Trong khi chờ ý kiến", "thời hạn vẫn tính"),
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
        "unit-released": letters.unit_released(
            UNIT, assignment_id=9001, question_id=4512, case_code=CODE, because="đã được trả lời công dân"
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
            refused="Việc này đã được MINH xử lý lúc 09:12 23/11/2026.",
            reply_token=TOKEN,
        ),
        "resend-as-pdf": letters.resend_as_pdf(
            letters.UnusedReply(
                inbound_mail_id=71,
                question_id=4512,
                assignment_id=9001,
                case_codes=(CODE,),
                unit_code=UNIT.code,
                unit=UNIT.name,
                from_address=UNIT.email,
                due_on=ASKED.due_on,
            ),
            [("cong-van-1234.rar", "Tệp nén; đề nghị gửi lại dưới dạng PDF.")],
            HEAD,
            reply_token=TOKEN,
            thread=letters.letter_key(4512, UNIT.code),
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
        "acknowledgement": letters.acknowledgement(
            replace(ASKING, received_at=MONDAY),
            as_of=MONDAY,
            calendar=CALENDAR,
            policy=POLICY,
            with_privacy_notice=True,
        ),
        "acknowledgement-out-of-hours": letters.acknowledgement(ASKING, as_of=SUNDAY, calendar=CALENDAR, policy=POLICY),
        "acknowledgement-on-a-holiday": letters.acknowledgement(
            replace(ASKING, received_at=HOLIDAY), as_of=HOLIDAY, calendar=CALENDAR, policy=POLICY
        ),
        "media-received": letters.media_received(ASKING, kind="voice"),
        "greeting-prompt": letters.greeting_prompt("2512523625412515", message_id="a1", policy=POLICY),
        "status-reply": letters.status_reply(
            "2512523625412515",
            [
                letters.OpenQuestion(
                    case_code=CODE, received_at=SUNDAY, units=(UNIT.name,), promised_on=date(2026, 11, 26)
                ),
                letters.OpenQuestion(case_code=case_code(2026, 4513), received_at=SUNDAY),
                letters.OpenQuestion(
                    case_code=case_code(2026, 4400),
                    received_at=datetime(2026, 11, 17, 9, tzinfo=HCM),
                    promised_on=date(2026, 11, 20),
                ),
            ],
            message_id="a2",
            as_of=MONDAY,
            calendar=CALENDAR,
        ),
        "forwarded": letters.forwarded(ASKING, units=[UNIT.name], promised_on=date(2026, 11, 26)),
        "forwarded-to-several-units": letters.forwarded(
            ASKING, units=[UNIT.name, *SHARED.other_units], promised_on=date(2026, 11, 30)
        ),
        "ask-back": letters.ask_back(ASKING, [letters.WHICH_OFFICE]),
        "ask-back-twice": letters.ask_back(ASKING, ["tháng, năm nghỉ việc", "loại thẻ đang dùng."]),
        "ask-back-reminder": letters.ask_back_reminder(ASKING, closes_on=date(2026, 11, 30), version=1),
        "closed-unanswered": letters.closed_unanswered(ASKING, version=1),
        "delay": letters.delay(
            ASKING, due_on=date(2026, 11, 26), agreed_on=date(2026, 11, 27), reason=REASONS[0], is_overdue=False
        ),
        "delay-when-overdue": letters.delay(
            ASKING, due_on=date(2026, 11, 26), agreed_on=date(2026, 11, 30), reason=REASONS[1], is_overdue=True
        ),
        "urgent-safety": letters.urgent_safety(
            ASKING, money_lost=False, as_of=SUNDAY, calendar=CALENDAR, policy=POLICY
        ),
        "urgent-safety-money": letters.urgent_safety(
            ASKING, money_lost=True, as_of=HOLIDAY, calendar=CALENDAR, policy=POLICY
        ),
        "secret-warning": letters.secret_warning(ASKING),
        **answer_examples(OFFICER, TOKEN),
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
