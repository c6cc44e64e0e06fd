"""Which matter an official's mail decides on, and when it waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.replies.matching import (
    NoMatch,
    OfficialMatch,
    TokenLead,
)
from desk.rules.replies.senders import Authentication
from tests.rules.replies.leads import CITIZEN, COLLEAGUE, FOR_OFFICER, OFFICER, ONE, PASS, THU, UNKNOWN, matched


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
