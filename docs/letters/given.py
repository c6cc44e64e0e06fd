"""What the examples are about: one question or two, its citizen, a unit, an official, invented all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from desk.rules import letters
from desk.rules.calendar import HCM, WorkingCalendar
from desk.rules.case_codes import case_code
from desk.rules.mail_addresses import DeskAddress
from desk.rules.office import Block, CalendarDay, DayKind, Official, Policy, Role
from desk.rules.states import QuestionState

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
