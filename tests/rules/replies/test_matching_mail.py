"""Whose reply a mail is: the ladder of proofs, told by who writes to which address with which code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.case_codes import case_code
from desk.rules.incoming_mail import IncomingMail
from desk.rules.replies.matching import (
    AssignmentLead,
    Evidence,
    Leads,
    MailMatch,
    NoMatch,
    OfficialMatch,
    TokenLead,
    UnitMatch,
    match_mail,
)
from desk.rules.replies.senders import Authentication, Directory, Standing
from desk.rules.states import AssignmentState
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


@pytest.mark.parametrize("authentication", [PASS, UNKNOWN])
def test_a_listed_sender_at_the_units_reply_address_is_that_unit(authentication: Authentication) -> None:
    assert matched(THU, FOR_THU, authentication=authentication) == UnitMatch((AT_THU,), Standing.LISTED)
    assert matched(HANOI, FOR_HANOI, authentication=authentication) == UnitMatch((AT_HANOI,), Standing.LISTED)
    assert matched("csxh.lanhdao@bhxh.example.vn", FOR_CSXH) == UnitMatch((AT_CSXH,), Standing.LISTED)


def test_whoever_is_listed_for_all_offices_of_a_unit_by_place_speaks_for_each() -> None:
    directory = Directory(the_office(), admitted=[(COLLEAGUE, "BHXH_TINH")])
    leads = Leads(tokens=(FOR_HANOI,), assignments=ALL)

    match = match_mail(
        IncomingMail(from_address=COLLEAGUE), Evidence(), leads, directory, authentication=PASS, on=TODAY
    )

    assert match == UnitMatch((AT_HANOI,), Standing.LISTED)


def test_whom_a_duty_officer_let_in_is_listed() -> None:
    assert matched("lan.tv@bhxh.example.vn", FOR_THU) == UnitMatch((AT_THU,), Standing.LISTED)


def test_a_reply_that_names_another_question_of_the_unit_is_about_both() -> None:
    assert matched(THU, FOR_THU, codes=(ONE, THREE)) == UnitMatch((AT_THU, OTHER_AT_THU), Standing.LISTED)
    assert matched(THU, FOR_THU, codes=(ONE, TWO)) == UnitMatch((AT_THU,), Standing.LISTED)


def test_a_colleague_of_the_agency_counts_for_the_unit_whose_letter_was_forwarded_to_him() -> None:
    match = matched(COLLEAGUE, FOR_THU)

    assert isinstance(match, UnitMatch)
    assert (match.assignments, match.standing) == ((AT_THU,), Standing.COLLEAGUE)
    assert match.remarks == ("Địa chỉ người gửi chưa có trong danh sách của đơn vị.",)


def test_another_units_mailbox_that_was_not_asked_is_a_colleague() -> None:
    match = matched("csyt@bhxh.example.vn", FOR_THU)

    assert isinstance(match, UnitMatch)
    assert match.standing is Standing.COLLEAGUE


def test_a_colleague_whom_the_server_does_not_vouch_for_waits() -> None:
    match = matched(COLLEAGUE, FOR_THU, authentication=UNKNOWN)

    assert isinstance(match, NoMatch)
    assert not match.tell_sender
    assert match.guesses[0] == AT_THU


@pytest.mark.parametrize("codes", [(ONE,), (ONE, ONE)])
def test_a_listed_sender_without_reply_address_is_known_by_the_code_of_a_question_it_has(
    codes: tuple[str, ...],
) -> None:
    assert matched(THU, codes=codes) == UnitMatch((AT_THU,), Standing.LISTED_BY_CODE)
    assert matched(THU, DEAD) == UnitMatch(
        (AT_THU,),
        Standing.LISTED_BY_CODE,
        ("Địa chỉ trả lời riêng đã hết hiệu lực; nhận theo mã câu hỏi và người gửi.",),
    )


def test_a_listed_sender_is_known_by_the_letter_it_answers() -> None:
    match = matched(CSXH, leads=by_letter(AT_CSXH))

    assert isinstance(match, UnitMatch)
    assert match.standing is Standing.LISTED_BY_CODE
    assert [lead.assignment_id for lead in match.assignments] == [2]


def test_where_a_code_is_the_proof_the_duty_officer_learns_that_nobody_vouched_for_the_sender() -> None:
    match = matched(THU, codes=(ONE,), authentication=UNKNOWN)

    assert isinstance(match, UnitMatch)
    assert match.remarks == ("Máy chủ thư chưa xác nhận được người gửi.",)


def test_a_unit_that_answers_anothers_letter_on_the_same_question_counts_for_itself() -> None:
    match = matched(CSXH, FOR_THU)

    assert isinstance(match, UnitMatch)
    assert (match.assignments, match.standing) == ((AT_CSXH,), Standing.OTHER_UNIT)


@pytest.mark.parametrize(
    ("tokens", "codes", "told"), [((FOR_THU,), (), True), ((), (ONE,), True), ((DEAD,), (ONE,), True), ((), (), False)]
)
def test_personal_mail_is_held_and_told_so_if_it_is_about_a_question(
    tokens: tuple[TokenLead, ...], codes: tuple[str, ...], *, told: bool
) -> None:
    match = matched(CITIZEN, *tokens, codes=codes)

    assert isinstance(match, NoMatch)
    assert match.tell_sender is told


@pytest.mark.parametrize(
    ("sender", "tokens", "codes"),
    [
        (THU, (FOR_THU,), (ONE,)),
        (COLLEAGUE, (FOR_THU,), ()),
        (CITIZEN, (FOR_THU,), ()),
        (OFFICER, (FOR_OFFICER,), ()),
        (THU, (), (ONE,)),
    ],
)
def test_a_forged_sender_is_held_without_a_word_to_whoever_it_names(
    sender: str, tokens: tuple[TokenLead, ...], codes: tuple[str, ...]
) -> None:
    match = matched(sender, *tokens, codes=codes, authentication=FAIL)

    assert isinstance(match, NoMatch)
    assert not match.tell_sender
    assert "giả mạo" in match.because


@pytest.mark.parametrize(
    ("sender", "tokens", "codes", "because"),
    [
        (THU, (), (), "không có mã câu hỏi"),
        (THU, (), (TWO,), "không được hỏi"),
        (COLLEAGUE, (), (ONE,), "chưa có trong danh sách"),
        (COLLEAGUE, (DEAD,), (ONE,), "chưa có trong danh sách"),
        ("bacninh@tinh.bhxh.example.vn", (), (TWO,), "không được hỏi"),
    ],
)
def test_what_fits_no_rung_is_held_and_says_why(
    sender: str, tokens: tuple[TokenLead, ...], codes: tuple[str, ...], because: str
) -> None:
    match = matched(sender, *tokens, codes=codes)

    assert isinstance(match, NoMatch)
    assert because in match.because
    assert not match.tell_sender


def test_guesses_begin_with_what_the_mail_points_to_most() -> None:
    match = matched(COLLEAGUE, codes=(TWO,))

    assert isinstance(match, NoMatch)
    assert match.guesses[0] == AT_HANOI
    assert set(match.guesses) == set(ALL)


def test_a_reply_to_a_table_is_about_the_questions_it_names() -> None:
    assert matched(THU, FOR_TABLE, codes=(ONE, THREE)) == UnitMatch((AT_THU, OTHER_AT_THU), Standing.LISTED)
    assert matched(THU, FOR_TABLE, codes=(THREE,)) == UnitMatch((OTHER_AT_THU,), Standing.LISTED)


def test_a_reply_to_a_table_that_names_no_question_is_held_unless_there_was_but_one() -> None:
    several = matched(THU, FOR_TABLE, leads=by_letter(AT_THU, OTHER_AT_THU))
    single = matched(THU, FOR_TABLE, leads=by_letter(OTHER_AT_THU))

    assert isinstance(several, NoMatch)
    assert "không ghi mã" in several.because
    assert isinstance(single, UnitMatch)
    assert [lead.assignment_id for lead in single.assignments] == [4]


def test_a_colleague_answers_a_table_only_for_the_unit_it_was_sent_to() -> None:
    known = matched(COLLEAGUE, FOR_TABLE, codes=(ONE,), leads=by_letter(AT_THU, OTHER_AT_THU))
    unknown = matched(COLLEAGUE, FOR_TABLE, codes=(ONE,))

    assert isinstance(known, UnitMatch)
    assert [lead.assignment_id for lead in known.assignments] == [1]
    assert isinstance(unknown, NoMatch)


def test_an_officials_word_takes_his_own_address_and_the_servers_word() -> None:
    match = matched(OFFICER, FOR_OFFICER)

    assert isinstance(match, OfficialMatch)
    assert (match.token, match.official.code) == (FOR_OFFICER, "HA")


def test_an_official_who_decides_twice_is_still_known() -> None:
    spent = replace(FOR_OFFICER, is_dead=True)

    again, anew = matched(OFFICER, spent), matched(OFFICER, spent, FOR_OFFICER)

    assert isinstance(again, OfficialMatch)
    assert isinstance(anew, OfficialMatch)
    assert (again.token, anew.token) == (spent, FOR_OFFICER)


READING = TokenLead(step="work-item", question_id=10, work_item_id=5, official_code="HA")
SECOND = replace(FOR_OFFICER, answer_id=8, version=2)


@pytest.mark.parametrize(
    "letters", [(FOR_OFFICER,), (READING, READING), (replace(READING, official_code="MINH"), FOR_OFFICER)]
)
def test_an_official_without_the_reply_address_is_known_by_the_code_of_the_one_matter_that_is_open(
    letters: tuple[TokenLead, ...],
) -> None:
    match = matched(OFFICER, codes=(ONE,), open_letters=letters, subject=f"Re: [{ONE}] Dự thảo trả lời công dân")

    assert isinstance(match, OfficialMatch)
    assert (match.token, match.official.code) == (letters[-1], "HA")


@pytest.mark.parametrize(
    ("letters", "authentication", "sender"),
    [
        ((FOR_OFFICER, READING), PASS, OFFICER),
        ((FOR_OFFICER, TokenLead(step="delay", question_id=10, official_code="HA")), PASS, OFFICER),
        ((FOR_OFFICER,), UNKNOWN, OFFICER),
        ((FOR_OFFICER,), PASS, "tran.duc.minh@bhxh.example.vn"),
        ((FOR_OFFICER,), PASS, COLLEAGUE),
        ((TokenLead(step="delay", question_id=10, official_code="HA"),), PASS, OFFICER),
        ((TokenLead(step="content-decision", content_item_id=3, official_code="HA"),), PASS, OFFICER),
        ((SECOND,), PASS, OFFICER),
    ],
    ids=[
        "two-matters",
        "a-date-too",
        "unproved",
        "another-official",
        "nobody",
        "a-date",
        "an-article",
        "older-version",
    ],
)
def test_an_officials_mail_without_the_reply_address_waits_where_anything_is_unclear(
    letters: tuple[TokenLead, ...], authentication: Authentication, sender: str
) -> None:
    subject = f"Re: [{ONE}] Dự thảo trả lời công dân"

    match = matched(sender, codes=(ONE,), open_letters=letters, authentication=authentication, subject=subject)

    assert isinstance(match, NoMatch)


def test_the_subject_says_which_version_an_official_has_read() -> None:
    match = matched(OFFICER, codes=(ONE,), open_letters=(SECOND,), subject=f"Re: [{ONE}] Dự thảo, bản 2, hạn hết ngày")

    assert isinstance(match, OfficialMatch)


@pytest.mark.parametrize(
    ("sender", "token", "authentication", "because"),
    [
        (OFFICER, FOR_OFFICER, UNKNOWN, "chưa xác nhận"),
        ("tran.duc.minh@bhxh.example.vn", FOR_OFFICER, PASS, "dành riêng"),
        (THU, FOR_OFFICER, PASS, "dành riêng"),
        (CITIZEN, FOR_OFFICER, PASS, "dành riêng"),
    ],
)
def test_an_officials_letter_that_was_forwarded_is_worth_nothing_from_anybody_else(
    sender: str, token: TokenLead, authentication: Authentication, because: str
) -> None:
    match = matched(sender, token, codes=(ONE,), authentication=authentication)

    assert isinstance(match, NoMatch)
    assert because in match.because


def test_a_question_that_left_the_unit_is_still_matched_and_said_to_have_left() -> None:
    left = replace(AT_THU, state=AssignmentState.WITHDRAWN)

    match = matched(THU, FOR_THU, leads=(left, AT_CSXH))

    assert isinstance(match, UnitMatch)
    assert match.assignments == (left,)
    assert ONE in match.remarks[0]
