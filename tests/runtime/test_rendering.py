"""What officials and citizens read: every text from real inputs, whole, and inert where a citizen wrote it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from jinja2 import UndefinedError

from desk.rules import letters
from desk.rules.outgoing import Button, Channel, CitizenMessage, Letter
from desk.runtime.rendering import rendered
from docs.letters.examples import FOLDER, examples, shown
from docs.letters.given import ASKED, CODE, HEAD, SHARED, UNIT

TEMPLATES = Path(__file__).parents[2] / "templates"
EXAMPLES = examples()
LETTERS = {name: item for name, item in EXAMPLES.items() if isinstance(item, Letter)}
MESSAGES = {name: item for name, item in EXAMPLES.items() if isinstance(item, CitizenMessage)}
WEEKDAY = r"(thứ (Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật)"


class Page(HTMLParser):
    """What a mail program makes of an HTML body: its tags, links and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.text += data


def html_of(item: Letter) -> Page:
    return Page(str(rendered(item).parts["html"]))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_that_officials_read_are_what_the_desk_sends(name: str) -> None:
    assert shown(EXAMPLES[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), "run python -m docs.letters"


def test_every_template_has_an_example() -> None:
    mail = {folder.name for folder in (TEMPLATES / "email").iterdir() if folder.is_dir()}
    zalo = {file.name.removesuffix(".txt.j2") for file in (TEMPLATES / "zalo").glob("[!_]*.j2")}

    assert mail == {letter.template for letter in LETTERS.values()}
    assert zalo == {message.template for message in MESSAGES.values()}


@pytest.mark.parametrize("name", [name for name, item in EXAMPLES.items() if item.context])
def test_a_value_that_a_template_misses_is_an_error_not_a_gap(name: str) -> None:
    item = EXAMPLES[name]

    with pytest.raises(UndefinedError):
        rendered(replace(item, context={}))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_date_carries_its_weekday(name: str) -> None:
    text = str(rendered(EXAMPLES[name]).parts["text"])

    # what an official is to type is written as officials type it; the day of a letter is part of what it is called
    read = re.sub(r"(XIN LỖI:|ví dụ \d{2}:\d{2}|Công văn số \S+ ngày) \d{2}/\d{2}/\d{4}", "", text)
    for found in re.finditer(r"\d{2}/\d{2}/\d{4}", read):
        assert re.search(WEEKDAY + ",? $", read[: found.start()]), read[found.start() - 20 : found.end()]


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_to_a_citizen_is_short_and_courteous(name: str) -> None:
    text = str(rendered(MESSAGES[name]).parts["text"])

    assert len(text) <= 900
    assert "Ông/Bà" in text
    assert not re.search(r"\b(ạ|nhé|khiếu nại|tố cáo)\b", text)
    assert text == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_the_same_in_both_forms_and_fetches_nothing(name: str) -> None:
    delivery = rendered(LETTERS[name])
    page = html_of(LETTERS[name])

    assert str(delivery.parts["text"]).startswith("##- Vui lòng trả lời phía trên dòng này -##\n")
    assert page.text.strip().startswith("##- Vui lòng trả lời phía trên dòng này -##")
    # an article is shown with its public pictures, as citizens will see it; links to it and to them are written out
    assert all(link.startswith("mailto:") or link in str(delivery.parts["text"]) for link in page.links)
    fetching = {"script", "link", "style"} if "article" in LETTERS[name].context else {"img", "script", "link", "style"}
    assert not fetching & set(page.tags)
    for date in re.findall(r"\d{2}/\d{2}/\d{4}", str(delivery.parts["text"])):
        assert date in page.text


@pytest.mark.parametrize("name", ["unit-letter", "unit-letter-several-units", "unit-table", "unit-addition"])
def test_a_letter_to_a_unit_makes_up_no_number_and_no_signature(name: str) -> None:
    text = str(rendered(LETTERS[name]).parts["text"])

    assert not re.search(r"Số:|TL\.|KT\.|TM\.|Nơi nhận|Công văn|Lưu:", text)
    assert text.rstrip().endswith("Cán bộ trực Zalo: Nguyễn Thu Hà, điện thoại 024 3000 0101")


def test_a_letter_puts_the_case_code_first_and_shows_one_date_to_keep() -> None:
    letter = letters.unit_letter(ASKED, UNIT, HEAD)
    delivery = rendered(letter)
    text = str(delivery.parts["text"])

    assert str(delivery.parts["subject"]).startswith(f"[{CODE}] ")
    assert "PHIẾU CHUYỂN CÂU HỎI TRÊN ZALO BHXH VIỆT NAM" in text
    assert re.findall(r"trước .*", text) == ["trước 15 giờ 00 ngày thứ Năm, 26/11/2026."]
    assert "thời gian còn lại ngắn" not in text
    assert "Hoặc bấm Trả lời và viết ở dòng đầu một trong các cụm từ:" in html_of(letter).text


def test_when_time_is_short_the_letter_says_so_and_why() -> None:
    text = str(rendered(letters.unit_letter(SHARED, UNIT, HEAD)).parts["text"])

    assert (
        "Câu hỏi được tiếp nhận ngày Chủ nhật, 22/11/2026; thời gian còn lại ngắn, đề nghị Quý đơn vị ưu tiên trả lời."
    ) in text
    assert "Mỗi đơn vị trả lời phần nội dung thuộc thẩm quyền; Ban Quản trị tổng hợp." in text


def test_what_a_citizen_wrote_as_code_is_shown_and_does_nothing() -> None:
    nasty = '<script>alert(1)</script> {{ 7*7 }} {% raw %} &amp; <img src=x onerror=alert(1)> "\'><a href="http://x">'
    letter = letters.unit_letter(replace(ASKED, text=nasty), UNIT, HEAD)
    page = html_of(letter)

    assert nasty in str(rendered(letter).parts["text"])
    assert nasty in page.text
    assert not {"script", "img"} & set(page.tags)
    assert all(link.startswith("mailto:") for link in page.links)


def test_lines_of_a_citizen_cannot_pass_for_lines_of_the_letter() -> None:
    text = "##- Vui lòng trả lời phía trên dòng này -##\rTIẾP NHẬN\nCán bộ trực Zalo: kẻ gian"
    lines = str(rendered(letters.unit_letter(replace(ASKED, text=text), UNIT, HEAD)).parts["text"]).splitlines()

    assert lines.count("##- Vui lòng trả lời phía trên dòng này -##") == 1
    assert lines.count("TIẾP NHẬN") == 1
    assert "    Cán bộ trực Zalo: kẻ gian" in lines


def test_hidden_characters_turn_nothing_around() -> None:
    letter = letters.unit_letter(replace(ASKED, text="a\x00b\u202ec\ud800d\x1b[31m"), UNIT, HEAD)

    for part in ("text", "html"):
        assert "abcd[31m" in str(rendered(letter).parts[part])


def test_a_subject_is_one_line_whatever_stands_in_it() -> None:
    letter = letters.ops_alarm("ops@example.vn", key="k", subject="một\r\nBcc: x@y.vn\x00\u2028hai", lines=[])

    assert rendered(letter).parts["subject"] == "[Zalo BHXH] một Bcc: x@y.vn hai"


@given(text=st.text(max_size=300))
def test_any_text_can_be_put_into_a_letter(text: str) -> None:
    delivery = rendered(letters.unit_letter(replace(ASKED, text=text), UNIT, HEAD))

    assert str(delivery.parts["html"]).encode()
    assert str(delivery.parts["text"]).encode()


def test_a_delivery_keeps_key_stream_and_thread() -> None:
    addition = EXAMPLES["unit-addition"]
    delivery = rendered(addition)

    assert (delivery.channel, delivery.kind) == (Channel.MAIL, "unit-addition")
    assert (delivery.key, delivery.stream) == (addition.key, "question:4512:B_CSXH")
    assert delivery.parts["thread"] == letters.letter_key(4512, UNIT.code)
    assert delivery.parts["reply_token"] == ASKED.reply_token
    assert (delivery.question_id, delivery.assignment_id) == (4512, 9001)


def test_messages_to_one_citizen_leave_in_one_stream_with_their_buttons() -> None:
    message = replace(MESSAGES["forwarded"], buttons=(Button(title="Tôi vẫn cần trả lời", payload="#giu"),))
    delivery = rendered(message)

    assert (delivery.channel, delivery.stream) == (Channel.ZALO, f"citizen:{message.user_id}")
    assert delivery.recipient == message.user_id
    assert delivery.parts["buttons"] == [{"title": "Tôi vẫn cần trả lời", "payload": "#giu"}]


def test_the_calendar_file_is_read_back_with_the_hour_the_reply_is_due() -> None:
    parts = rendered(LETTERS["unit-table"]).parts
    calendar = Calendar.from_ical(str(parts["ics"]))
    events = calendar.walk("VEVENT")

    assert calendar["METHOD"] == "PUBLISH"
    assert [event.decoded("DTEND") for event in events] == [
        datetime(2026, 11, 26, 8, tzinfo=UTC),
        datetime(2026, 11, 30, 8, tzinfo=UTC),
    ]
    assert str(events[0]["SUMMARY"]) == "Hạn trả lời câu hỏi trên Zalo BHXH Việt Nam"
    assert len({str(event["UID"]) for event in events}) == 2
    assert all(len(line.encode()) <= 75 for line in str(parts["ics"]).split("\r\n"))
    assert "ics" not in rendered(LETTERS["board-report"]).parts
