"""Buttons in letters: links that every mail program opens whole."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import letters
from desk.rules.letters.commands import CommandButton
from desk.rules.mail_addresses import DeskAddress, ReplyAddressStyle
from desk.rules.mailto import LONGEST_URL, mailto
from docs.letters.given import ASKED, HEAD, SHARED, UNIT

ADDRESS = "hoidap+7k3m9qx2@bhxh.example.vn"
WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)


@given(subject=WRITTEN, body=WRITTEN)
def test_a_link_opens_exactly_what_was_written(subject: str, body: str) -> None:
    link = urlsplit(mailto(ADDRESS, subject=subject, body=body))
    fields = parse_qs(link.query, keep_blank_values=True)

    assert unquote(link.path) == ADDRESS
    assert fields == {"subject": [subject], "body": [body]}


def test_a_link_is_plain_ascii_and_keeps_the_plus_from_becoming_a_space() -> None:
    link = mailto(ADDRESS, subject="Tiếp nhận", body="TIẾP NHẬN\nhai dòng")

    assert link.isascii()
    assert link.startswith("mailto:hoidap%2B7k3m9qx2@bhxh.example.vn?")
    assert "%0D%0Ahai" in link


def test_a_link_that_mail_programs_would_cut_is_refused() -> None:
    longest = "a" * (LONGEST_URL - len(mailto(ADDRESS, subject="", body="")))

    assert len(mailto(ADDRESS, subject="", body=longest)) == LONGEST_URL
    with pytest.raises(ValueError, match="1800"):
        mailto(ADDRESS, subject="", body=longest + "a")


@pytest.mark.parametrize("question", [ASKED, SHARED])
def test_the_buttons_of_a_letter_write_its_commands_to_its_own_address(question: letters.AskedQuestion) -> None:
    shown = letters.unit_letter(question, UNIT, HEAD).context["question"]
    assert isinstance(shown, dict)
    buttons: tuple[CommandButton, ...] = shown["buttons"]

    typed = [button.command.typed for button in buttons]
    assert typed[:5] == ["TIẾP NHẬN", "KHÔNG THUỘC ĐƠN VỊ:", "NGOÀI NGÀNH:", "BỔ SUNG ĐƠN VỊ:", "XIN GIA HẠN:"]
    assert typed[5:] == (["TRẢ LỜI CHUNG"] if question.other_units else [])
    for button in buttons:
        link = urlsplit(button.url)
        fields = parse_qs(link.query)
        assert unquote(link.path) == HEAD.address.reply(question.reply_token)
        assert fields["subject"][0].startswith(f"[{question.case_code}] ")
        assert fields["body"][0].strip() == button.command.typed
        assert len(button.url) <= LONGEST_URL


@pytest.mark.parametrize(
    ("style", "reply", "own_copy"),
    [
        (ReplyAddressStyle.PLUS, "hoidap+7k3m@example.vn", "hoidap+sent."),
        (ReplyAddressStyle.CATCH_ALL, "7k3m@example.vn", "sent."),
        (ReplyAddressStyle.SUBJECT_ONLY, "hoidap@example.vn", "hoidap@example.vn"),
    ],
)
def test_addresses_follow_what_the_mail_server_allows(style: ReplyAddressStyle, reply: str, own_copy: str) -> None:
    desk = DeskAddress("hoidap@example.vn", style)

    assert desk.reply("7k3m") == reply
    assert desk.reply(None) == "hoidap@example.vn"
    assert desk.own_copy("letter:1:B:1").startswith(own_copy)
    assert desk.own_copy("letter:1:B:1") == desk.own_copy("letter:1:B:1")
    assert len(desk.bounce("letter:1:B:1").partition("@")[0]) <= 64
