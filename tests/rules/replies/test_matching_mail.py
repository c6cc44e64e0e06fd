"""Whose reply a mail is: the ladder of proofs, told by who writes to which address with which code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.incoming_mail import IncomingMail
from desk.rules.replies.matching import (
    Evidence,
    Leads,
    NoMatch,
    TokenLead,
    UnitMatch,
    match_mail,
)
from desk.rules.replies.senders import Authentication, Directory, Standing
from desk.rules.states import AssignmentState
from tests.offices import TODAY, the_office
from tests.rules.replies.leads import (
    ALL,
    AT_CSXH,
    AT_HANOI,
    AT_THU,
    CITIZEN,
    COLLEAGUE,
    CSXH,
    DEAD,
    FAIL,
    FOR_CSXH,
    FOR_HANOI,
    FOR_OFFICER,
    FOR_TABLE,
    FOR_THU,
    HANOI,
    OFFICER,
    ONE,
    OTHER_AT_THU,
    PASS,
    THREE,
    THU,
    TWO,
    UNKNOWN,
    by_letter,
    matched,
)


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


def test_a_question_that_left_the_unit_is_still_matched_and_said_to_have_left() -> None:
    left = replace(AT_THU, state=AssignmentState.WITHDRAWN)

    match = matched(THU, FOR_THU, leads=(left, AT_CSXH))

    assert isinstance(match, UnitMatch)
    assert match.assignments == (left,)
    assert ONE in match.remarks[0]
