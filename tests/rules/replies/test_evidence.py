"""What a mail shows of whose it is: reply addresses, letters it answers, codes of questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.case_codes import case_code
from desk.rules.incoming_mail import IncomingMail
from desk.rules.mail_addresses import DeskAddress, ReplyAddressStyle
from desk.rules.replies.evidence import Evidence, evidence_of
from desk.rules.reply_tokens import TOKEN_BYTES, token_hash, token_of

DESK = DeskAddress("hoidap@bhxh.example.vn")
ONE, TWO, THREE = (case_code(2026, number) for number in (4512, 4513, 4514))


@given(random=st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES))
def test_a_token_is_found_in_every_style_of_address_however_it_was_retyped(random: bytes) -> None:
    token = token_of(random)
    retyped = token.upper().replace("1", "I").replace("0", "O")

    for style in (ReplyAddressStyle.PLUS, ReplyAddressStyle.CATCH_ALL):
        address = DeskAddress("hoidap@bhxh.example.vn", style).reply(token)
        mistyped = address.replace(token, retyped)
        for recipient in (address, mistyped, mistyped.replace("I", "l")):
            mail = IncomingMail(recipients=("a@b.vn", recipient))
            assert evidence_of(mail, "", DESK).token_hashes == (token_hash(token),)


def test_addresses_for_bounces_and_own_copies_hold_no_token() -> None:
    mail = IncomingMail(recipients=(DESK.bounce("letter:1"), DESK.own_copy("letter:1"), DESK.mailbox, "", "@"))

    assert evidence_of(mail, "", DESK) == Evidence()


def test_letters_are_known_by_the_ids_that_only_we_give() -> None:
    ours = DESK.message_id("letter:10:B_QLT:1")
    mail = IncomingMail(referred_ids=(ours, "<x@y>", ours.upper(), ours.replace("bhxh", "evil"), "<>"))

    assert evidence_of(mail, "", DESK).letter_digests == (ours.strip("<>").partition("@")[0],)


def test_codes_come_from_subject_and_new_text_and_from_the_quote_only_where_it_names_one() -> None:
    mail = IncomingMail(subject=f"Re: [{TWO}] Phiếu chuyển", text=f"abc\n> {THREE}")

    assert evidence_of(mail, f"1. {ONE.replace('-', ' ')}: abc", DESK).case_codes == (TWO, ONE)
    assert evidence_of(replace(mail, subject=""), "abc", DESK).case_codes == (THREE,)
    assert evidence_of(IncomingMail(text=f"> {ONE}\n> {TWO}"), "abc", DESK).case_codes == ()
    assert evidence_of(IncomingMail(subject="ZL 26-004512-7"), "", DESK).case_codes == ()


@pytest.mark.parametrize("seed", [" ", ". ", "\n", "ZL ", "26-", "1 "])
def test_evidence_is_found_in_a_long_mail_of_nothing_at_once(seed: str) -> None:
    assert evidence_of(IncomingMail(text=seed * 20_000), seed * 20_000, DESK) == Evidence()
