from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.mail_addresses import DeskAddress
from desk.rules.reply_tokens import TOKEN_BYTES, token_hash, token_of

RANDOM = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)


@given(RANDOM)
def test_a_token_is_sixteen_letters_that_nobody_takes_for_one_another(random_bytes: bytes) -> None:
    token = token_of(random_bytes)

    assert len(token) == 16
    assert not set(token) & set("ilou")
    assert token.isascii()
    assert token.isalnum()
    assert token == token.lower()


@given(RANDOM, RANDOM)
def test_different_bytes_give_different_tokens(one: bytes, other: bytes) -> None:
    assert (token_of(one) == token_of(other)) == (one == other)


@given(RANDOM)
def test_a_token_copied_in_capitals_or_with_look_alike_letters_is_the_same_token(random_bytes: bytes) -> None:
    token = token_of(random_bytes)
    kept = token_hash(token)

    assert token_hash(token.upper()) == kept
    assert token_hash(f" {token}\n") == kept
    assert token_hash(token.replace("1", "l").replace("0", "O")) == kept
    assert token_hash(token.replace("1", "I")) == kept


@given(RANDOM)
def test_what_is_kept_does_not_show_the_token(random_bytes: bytes) -> None:
    token = token_of(random_bytes)

    assert len(token_hash(token)) == 32
    assert token.encode() not in token_hash(token)


@given(RANDOM)
def test_the_reply_address_that_carries_a_token_is_one_mail_programs_take(random_bytes: bytes) -> None:
    address = DeskAddress("hoidap@bhxh.example.vn").reply(token_of(random_bytes))

    assert len(address.partition("@")[0]) <= 64
    assert address == address.lower()
