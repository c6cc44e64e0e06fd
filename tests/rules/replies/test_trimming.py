"""What is new in a reply, out of whatever mail program: no answer lost, and as little as can be of a quote kept."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.gateways.mail_in.html_text import html_text
from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.outgoing import Letter
from desk.rules.replies.trimming import Trimmed, trimmed
from desk.runtime.rendering import rendered
from docs.letters.examples import examples

MAILS = sorted((Path(__file__).parents[2] / "fixtures" / "replies").glob("*.eml"))
LETTER = rendered(examples()["unit-letter"]).parts
SENT = str(LETTER["text"])
SENT_AS_HTML = html_text(str(LETTER["html"]))
LETTERS = sorted(name for name, item in examples().items() if isinstance(item, Letter))
DESK = "Hỏi đáp BHXH <hoidap+q7f3a91@bhxh.example.vn>"

ANSWER = st.lists(
    st.sampled_from(
        [
            "Kính gửi Ban Quản trị,",
            "",
            "Người lao động nộp hồ sơ tại cơ quan BHXH nơi cư trú:",
            "- Sổ BHXH (bản chính);",
            "1. Đơn đề nghị theo mẫu số 14-HSB.",
            "Từ: 01/2015",
            "Đến: 12/2019",
            "Ngày 29/6/2024, Luật BHXH số 41/2024/QH15 viết:",
            '"Người lao động được bảo lưu thời gian đóng."',
            "> 20 năm đóng thì hưởng 45%",
            "TIẾP NHẬN",
            "XIN GIA HẠN: 30/11/2026 cần xác minh",
            "Ngày gửi: 16/9/2024",
            "Chủ đề: chế độ thai sản",
            "Liên hệ: tiepdan@bhxh.example.vn, điện thoại 024.3934.0000",
        ]
    ),
    min_size=1,
    max_size=12,
).map(lambda lines: "\n".join(lines).strip("\n") or "Đồng ý.")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


OVER = {
    "gmail": lambda sent: f"Vào Th 2, 16 thg 9, 2024 vào lúc 10:00 {DESK} đã viết:\n\n{quoted(sent)}",
    "gmail in two lines": lambda sent: (
        f"On Mon, Sep 16, 2024 at 10:00 AM Hỏi đáp <\nh@bhxh.example.vn> wrote:\n\n{quoted(sent)}"
    ),
    "thunderbird": lambda sent: f"Vào lúc 10:00 16/09/2024, Hỏi đáp BHXH đã viết:\n{quoted(sent)}",
    "roundcube": lambda sent: f"Vào ngày 2024-09-16 10:00, Hỏi đáp BHXH viết:\n{quoted(sent)}",
    "zimbra": lambda sent: f"Từ: {DESK}\nTới: a@b.example.vn\nĐã gửi: Thứ Hai, 16 Tháng 9\nChủ đề: x\n\n{sent}",
    "outlook": lambda sent: f"{'_' * 32}\nTừ: {DESK}\nĐã gửi: Thứ Hai\nĐến: a@b.example.vn\nChủ đề: x\n\n{sent}",
    "samsung": lambda sent: (
        f"-------- Thư gốc --------\nTừ: {DESK}\nNgày: 16/9/24\nĐến: a@b.example.vn\nChủ đề: x\n\n{sent}"
    ),
    "nothing at all": lambda sent: sent,
    "bars without a word": quoted,
}


def read(mail: Path) -> Trimmed:
    return trimmed(parse_mail(mail.read_bytes()).text)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_a_reply_is_what_its_writer_typed(mail: Path) -> None:
    typed = mail.with_suffix(".txt").read_text(encoding="utf-8").strip()

    assert read(mail).text == typed


@pytest.mark.parametrize(
    "mail", [mail for mail in MAILS if mail.with_suffix(".sig").exists()], ids=lambda mail: mail.stem
)
def test_a_signature_is_kept_beside_the_reply(mail: Path) -> None:
    signature = mail.with_suffix(".sig").read_text(encoding="utf-8").strip()

    assert signature.startswith(read(mail).signature.strip())
    assert read(mail).signature.strip()


@pytest.mark.parametrize("program", OVER)
@given(answer=ANSWER)
def test_a_reply_typed_over_our_letter_is_the_reply_exactly(program: str, answer: str) -> None:
    assert trimmed(f"{answer}\n\n{OVER[program](SENT)}", [SENT]).text == "\n".join(once_empty(answer))


def once_empty(text: str) -> list[str]:
    """Return the lines of a text with several empty ones in a row as one."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line or (lines and lines[-1]):
            lines.append(line)
    return lines


@given(
    text=st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*SENT.split("\n"), "-- ", "> ", "đã viết:"])))
    .map("\n".join)
    .map(lambda text: text.replace("\r", "")),
    knows=st.booleans(),
)
def test_nothing_is_read_that_was_not_written(text: str, *, knows: bool) -> None:
    remaining = iter(text.split("\n"))

    kept = trimmed(text, [SENT] if knows else []).text.split("\n")

    assert kept == [""] or all(any(line == written for written in remaining) for line in kept if line)


@pytest.mark.parametrize("program", OVER)
def test_a_mail_with_nothing_typed_is_empty_when_we_know_what_we_sent(program: str) -> None:
    assert trimmed(OVER[program](SENT), [SENT]).text == ""


@pytest.mark.parametrize("name", LETTERS)
def test_none_of_our_letters_is_taken_for_a_reply_to_itself(name: str) -> None:
    sent = str(rendered(examples()[name]).parts["text"])

    assert trimmed(sent, [sent]).text == ""
    assert trimmed(f"ĐỒNG Ý\n\n{sent}").text == "ĐỒNG Ý"


def test_our_letter_as_html_is_known_too() -> None:
    with_links = SENT_AS_HTML.replace("TIẾP NHẬN", "TIẾP NHẬN<mailto:hoidap@bhxh.example.vn?subject=x>")
    assert trimmed(f"Từ: {DESK}\nĐã gửi: nay\nChủ đề: x\n\n{with_links}", [SENT, SENT_AS_HTML]).text == ""
    assert trimmed(f"Từ: {DESK}\nĐã gửi: nay\nChủ đề: x\n\n{SENT_AS_HTML}", [SENT, SENT_AS_HTML]).text == ""


def wrapped(text: str) -> str:
    return "\n".join(piece for line in text.split("\n") for piece in (wrap(line, 72) or [""]))


def test_our_letter_is_known_however_its_lines_were_wrapped() -> None:
    headless = "\n".join(wrapped(SENT).split("\n")[2:])
    torn = "\n".join(f"> {line[:60]}\n{line[60:]}".rstrip() for line in wrapped(SENT).split("\n"))

    assert trimmed(f"Đã nhận.\n\n{headless}", [SENT]).text == "Đã nhận."
    assert trimmed(f"Đã nhận.\n\nVào 10:00 16/9/2024, {DESK} đã viết:\n{torn}", [SENT]).text == "Đã nhận."


def test_a_word_that_the_letter_proposes_is_a_reply_wherever_it_is_typed() -> None:
    quote = OVER["outlook"](SENT)

    assert trimmed(f"TIẾP NHẬN\n\n{quote}", [SENT]).text == "TIẾP NHẬN"
    assert trimmed(f"{quote}\n\nTIẾP NHẬN", [SENT]).text == "TIẾP NHẬN"


def test_answers_among_our_lines_are_found_where_the_reply_points_to_them() -> None:
    first, *others = SENT.split("\n")
    text = "\n".join(
        [
            "Phòng trả lời bên dưới (chữ đỏ).",
            f"Từ: {DESK}",
            "Đã gửi: Thứ Hai, 16 Tháng 9",
            "Chủ đề: x",
            first,
            *others[:8],
            "Nộp tại BHXH cấp huyện.",
            *others[8:],
        ]
    )

    assert trimmed(text, [SENT]).text == "Phòng trả lời bên dưới (chữ đỏ).\n\nNộp tại BHXH cấp huyện."


def test_a_proposal_pasted_and_changed_loses_none_of_its_lines() -> None:
    proposal = (
        "Ông/Bà nộp hồ sơ tại cơ quan BHXH nơi cư trú hoặc qua bưu điện.\nThời hạn giải quyết là 05 ngày làm việc."
    )
    sent = f"##- Vui lòng trả lời phía trên dòng này -##\n\nKính gửi Ông/Bà,\n\n{proposal}\n\nTrân trọng cảm ơn Ông/Bà."
    changed = f"{proposal}\nĐiện thoại hỗ trợ: 1900 9068."

    assert trimmed(changed, [sent]).text == changed
    assert trimmed(f"{changed}\n\nNgày 16/9 lúc 10:00, {DESK} đã viết:\n{quoted(sent)}", [sent]).text == changed


def test_a_mail_passed_on_to_us_is_kept_unless_it_is_our_own_letter() -> None:
    header = f"{'-' * 10} Forwarded message {'-' * 9}\nTừ: Thu <thu@bhxh.example.vn>\nDate: nay\nSubject: x\nTo: nay"
    passed_on = f"Kính chuyển câu trả lời của Phòng Thu.\n\n{header}\n\nMức đóng là 8% tiền lương tháng."
    back = f"Kính chuyển Phòng Thu.\n\n{header}\n\n{SENT}"

    assert trimmed(passed_on, [SENT]).text == passed_on
    assert trimmed(back, [SENT]).text == "Kính chuyển Phòng Thu."


def test_what_stands_under_a_greeting_and_may_be_an_answer_stays() -> None:
    text = "Đã nhận.\n\nTrân trọng,\nNguyễn Thị Hoa\n\nLưu ý: hồ sơ phải có bản chính sổ BHXH."

    assert trimmed(text).text == text
    assert trimmed("Cảm ơn.").text == "Cảm ơn."


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("Đồng ý.\n--\nNguyễn Thị Hoa\nPhòng Chế độ", "Đồng ý."),
        ("Đồng ý.\n-- \nhoa", "Đồng ý."),
        ("Đã nhận.\n--\nKhông thuộc đơn vị", "Đã nhận.\n--\nKhông thuộc đơn vị"),
        ("Đồng ý.\n\nĐã gửi từ iPhone của tôi\n\nNộp tại nơi cư trú.", "Đồng ý.\n\nNộp tại nơi cư trú."),
        ("-- \nNguyễn Thị Hoa", ""),
        ("[cid:image001.png@01DB0810.5C2E3A40]\n\n[image: logo.png]\n<image002.jpg>", ""),
    ],
)
def test_a_signature_ends_a_reply_only_where_it_is_sure(text: str, news: str) -> None:
    assert trimmed(text).text == news
