"""Who wrote a mail: our own mail server's word, aligned with From, and whose address is whose on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.incoming_mail import IncomingMail
from desk.rules.replies.senders import Authentication, Directory, authentication
from tests.offices import AFTER_INSPECTION_ENDED, AFTER_THE_MERGER, ON_THE_CHART_OF_2024, TODAY, the_office

OFFICE = the_office()
OURS = "mx.bhxh.example.vn"
PASS, FAIL, UNKNOWN = Authentication.PASS, Authentication.FAIL, Authentication.UNKNOWN


def a_mail(*results: str, sender: str = "thu@bhxh.example.vn", sender_address: str = "") -> IncomingMail:
    headers = {"authentication-results": results, "from": (sender,)}
    return IncomingMail(from_address=sender, sender_address=sender_address, headers=headers)


def verdict(mail: IncomingMail, *, relay: bool = False) -> Authentication:
    return authentication(mail, authserv_id=OURS, relay_authenticates=relay)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([f"{OURS}; dmarc=pass header.from=bhxh.example.vn"], PASS),
        ([f"{OURS} 1; dmarc=pass (p=reject (sp=none) dis=none) header.from=bhxh.example.vn"], PASS),
        ([f"{OURS.upper()}; DKIM=PASS header.d=BHXH.example.vn header.s=s1"], PASS),
        ([f'{OURS}; dkim=pass reason="good; header.d=evil.example" header.i=@bhxh.example.vn'], PASS),
        ([f"{OURS}; dkim/1=pass header.d=example.vn"], PASS),
        ([f"{OURS}; spf=pass smtp.mailfrom=thu@bhxh.example.vn; dkim=none"], PASS),
        ([f"{OURS}; spf=pass smtp.mailfrom=<bounce@tinh.bhxh.example.vn>"], PASS),
        ([f"(by {OURS}) {OURS}; dkim=fail header.d=bhxh.example.vn; spf=pass smtp.mailfrom=bhxh.example.vn"], PASS),
        # vouched for somebody else, or for the machine that called
        ([f"{OURS}; dkim=pass header.d=evil.example"], UNKNOWN),
        ([f"{OURS}; spf=pass smtp.helo=bhxh.example.vn smtp.mailfrom=evil.example"], UNKNOWN),
        ([f'{OURS}; dkim=pass reason="header.d=bhxh.example.vn" header.d=evil.example'], UNKNOWN),
        ([f"{OURS}; dkim=pass (header.d=bhxh.example.vn) header.d=evil.example"], UNKNOWN),
        # a footer that a gateway added broke the signature
        ([f"{OURS}; dkim=fail header.d=bhxh.example.vn; spf=softfail smtp.mailfrom=bhxh.example.vn"], UNKNOWN),
        ([f"{OURS}; none"], UNKNOWN),
        ([f"{OURS}; dmarc=fail header.from=bhxh.example.vn; dkim=pass header.d=bhxh.example.vn"], FAIL),
        ([f"{OURS}; spf=fail smtp.mailfrom=bhxh.example.vn"], FAIL),
        # somebody else's word, and ours where a forger would have put it: below
        (["mx.evil.example; dmarc=pass header.from=bhxh.example.vn"], UNKNOWN),
        ([f"mx.evil.example; x=pass ({OURS}; dmarc=pass header.from=bhxh.example.vn)"], UNKNOWN),
        ([f"{OURS}; dmarc=fail header.from=bhxh.example.vn", f"{OURS}; dmarc=pass header.from=bhxh.example.vn"], FAIL),
        ([f"{OURS}.evil.example; dmarc=pass header.from=bhxh.example.vn"], UNKNOWN),
        ([], UNKNOWN),
        (["", ";;;", "=", "((((", '"'], UNKNOWN),
    ],
)
def test_only_our_own_servers_word_on_the_domain_of_from_counts(results: list[str], expected: Authentication) -> None:
    assert verdict(a_mail(*results)) is expected


def test_a_shared_ending_makes_no_kin() -> None:
    passed = f"{OURS}; dkim=pass header.d=kho.gov.vn"

    assert verdict(a_mail(passed, sender="a@bhxh.gov.vn")) is UNKNOWN
    assert verdict(a_mail(passed, sender="a@mail.kho.gov.vn")) is PASS


def test_without_an_id_of_our_own_no_header_is_read() -> None:
    mail = a_mail("; dmarc=pass header.from=bhxh.example.vn", " ; dkim=pass header.d=bhxh.example.vn")

    assert authentication(mail, authserv_id="", relay_authenticates=False) is UNKNOWN


def test_a_relay_that_authenticates_stands_in_for_a_missing_result_but_not_against_one() -> None:
    assert verdict(a_mail(), relay=True) is PASS
    assert verdict(a_mail(f"{OURS}; dmarc=fail header.from=bhxh.example.vn"), relay=True) is FAIL
    assert verdict(a_mail(f"{OURS}; dkim=pass header.d=evil.example"), relay=True) is UNKNOWN


def test_a_mail_that_another_sent_in_somebodys_name_fails_whatever_the_server_says() -> None:
    passed = f"{OURS}; dmarc=pass header.from=bhxh.example.vn"
    two = "thu@bhxh.example.vn, sep@bhxh.example.vn"

    assert verdict(a_mail(passed, sender_address="other@bhxh.example.vn"), relay=True) is FAIL
    assert verdict(a_mail(passed, sender_address="thu@bhxh.example.vn")) is PASS
    assert verdict(replace(a_mail(passed), headers={"from": (two,), "authentication-results": (passed,)})) is FAIL
    assert verdict(replace(a_mail(passed), headers={"from": ("a", "b"), "authentication-results": (passed,)})) is FAIL
    assert verdict(a_mail(passed, sender=""), relay=True) is FAIL


@given(st.lists(st.text(st.sampled_from('mx.bhxh.example.vn;=() \\"dkimpass'), max_size=60), max_size=3))
def test_no_header_breaks_the_reading(results: list[str]) -> None:
    assert verdict(a_mail(*results)) in set(Authentication)


def test_a_hostile_header_costs_no_time() -> None:
    hostile = (f"{OURS};" + "(" * 50_000, f"{OURS};" + '"' * 50_001, f"{OURS};" + "a=" * 50_000)

    assert [verdict(a_mail(header)) for header in hostile] == [UNKNOWN] * 3


@pytest.mark.parametrize(
    ("address", "on", "codes"),
    [
        ("csxh@bhxh.example.vn", TODAY, {"CSXH", "B_CSXH"}),
        ("CSXH2@bhxh.example.vn", TODAY, {"CSXH", "B_CSXH"}),
        ("csxh.lanhdao@bhxh.example.vn", TODAY, {"CSXH", "B_CSXH"}),
        ("csxh@bhxh.example.vn", ON_THE_CHART_OF_2024, {"CSXH"}),
        ("thanhtra@bhxh.example.vn", AFTER_THE_MERGER, {"B_TTRA"}),
        # its questions went to the unit that came after, which has no address of its own yet
        ("thanhtra@bhxh.example.vn", AFTER_INSPECTION_ENDED, {"B_TTRA", "B_KTRA"}),
        ("hanoi@tinh.bhxh.example.vn", TODAY, {"HA_NOI"}),
        ("nguyen.van.a@bhxh.example.vn", TODAY, set()),
        ("", TODAY, set()),
    ],
)
def test_an_address_is_that_of_the_units_which_listed_it(address: str, on: date, codes: set[str]) -> None:
    assert Directory(OFFICE).units_of(address, on) == codes


def test_whom_a_duty_officer_let_in_writes_for_that_unit() -> None:
    directory = Directory(OFFICE, admitted=[("Hung.TV@bhxh.example.vn", "B_QLT")])

    assert directory.units_of("hung.tv@bhxh.example.vn", TODAY) == {"B_QLT"}


def test_an_official_is_known_by_address_as_long_as_in_office() -> None:
    directory = Directory(OFFICE)

    found = directory.official("Hoang.Phuong.Thao@bhxh.example.vn", ON_THE_CHART_OF_2024)
    assert found is not None
    assert (found.code, found.valid_to) == ("THAO", date(2025, 2, 28))
    assert directory.official("vu.hai.yen@bhxh.example.vn", ON_THE_CHART_OF_2024) is None
    assert directory.official("thu@bhxh.example.vn", TODAY) is None


def test_the_agencys_people_have_mail_in_its_domains_and_below_them() -> None:
    directory = Directory(OFFICE, agency_domains=["BHXH.example.vn"])

    assert directory.is_of_agency("a@bhxh.example.vn")
    assert directory.is_of_agency("a@tinh.BHXH.example.vn")
    assert not directory.is_of_agency("a@notbhxh.example.vn")
    assert not directory.is_of_agency("a@gmail.com")
    assert not directory.is_of_agency("")
