"""What a mail may point to, and who it is from, for tests of whose it is."""

from __future__ import annotations

from dataclasses import replace

from desk.rules.case_codes import case_code
from desk.rules.incoming_mail import IncomingMail
from desk.rules.replies.matching import (
    AssignmentLead,
    Evidence,
    Leads,
    MailMatch,
    TokenLead,
    match_mail,
)
from desk.rules.replies.senders import Authentication, Directory
from tests.offices import TODAY, the_office

DIRECTORY = Directory(the_office(), admitted=[("lan.tv@bhxh.example.vn", "B_QLT")], agency_domains=["bhxh.example.vn"])
PASS, FAIL, UNKNOWN = Authentication.PASS, Authentication.FAIL, Authentication.UNKNOWN
ONE, TWO, THREE = (case_code(2026, number) for number in (4512, 4513, 4514))
THU, CSXH, HANOI = "thu@bhxh.example.vn", "csxh@bhxh.example.vn", "hanoi@tinh.bhxh.example.vn"
COLLEAGUE, CITIZEN, OFFICER = "hung.tv@bhxh.example.vn", "hung1990@mail.example", "nguyen.thu.ha@bhxh.example.vn"
AT_THU = AssignmentLead(assignment_id=1, question_id=10, case_code=ONE, unit_code="B_QLT")
AT_CSXH = AssignmentLead(assignment_id=2, question_id=10, case_code=ONE, unit_code="B_CSXH")
AT_HANOI = AssignmentLead(assignment_id=3, question_id=11, case_code=TWO, unit_code="BHXH_TINH", place_unit="HA_NOI")
OTHER_AT_THU = AssignmentLead(assignment_id=4, question_id=12, case_code=THREE, unit_code="B_QLT")
ALL = (AT_THU, AT_CSXH, AT_HANOI, OTHER_AT_THU)
FOR_THU = TokenLead(step="reply", question_id=10, assignment_id=1)
FOR_CSXH = TokenLead(step="reply", question_id=10, assignment_id=2)
FOR_HANOI = TokenLead(step="reply", question_id=11, assignment_id=3)
FOR_TABLE = TokenLead(step="table")
FOR_OFFICER = TokenLead(step="answer", question_id=10, answer_id=7, official_code="HA")
DEAD = replace(FOR_THU, is_dead=True)


def matched(
    sender: str,
    *tokens: TokenLead,
    codes: tuple[str, ...] = (),
    leads: tuple[AssignmentLead, ...] = ALL,
    authentication: Authentication = PASS,
    open_letters: tuple[TokenLead, ...] = (),
    subject: str = "",
) -> MailMatch:
    mail = IncomingMail(from_address=sender, subject=subject)
    found = Leads(tokens=tokens, assignments=leads, open_letters=open_letters)
    return match_mail(mail, Evidence(case_codes=codes), found, DIRECTORY, authentication=authentication, on=TODAY)


def by_letter(*leads: AssignmentLead) -> tuple[AssignmentLead, ...]:
    return tuple(replace(lead, by_letter=lead in leads) for lead in ALL)
