"""Who is asked to sort when nobody answers: reminded, passed on when the hours are over, handed over at noon (U18)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.decisions.asking_to_sort import ask_to_sort
from desk.runtime.in_force import in_force
from tasks.asking import ask_to_sort_questions
from tests.dates import at
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

# on duty on Friday morning; in the afternoon, and the stand-in of the morning; the Secretary
OFFICER, NEXT, SECRETARY = (f"{name}@bhxh.example.vn" for name in ("vu.hai.yen", "nguyen.thu.ha", "hoang.phuong.thao"))
UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"


def friday(time: str) -> datetime:
    return at(f"Fri 2026-11-20 {time}")


@pytest.fixture
def two_wait(mailroom: Mailroom, say: Say, handle: Handle) -> None:  # noqa: ARG001 - letters leave
    """Let two citizens ask what is not clear."""
    for user in ("u1", "u2"):
        say(user, UNCLEAR, at=NOW - timedelta(minutes=20))
    handle(NOW)


def to_sort(mailroom: Mailroom, address: str) -> list[EmailMessage]:
    return [mail for mail in mailroom.letters(address) if "phân loại" in str(mail["Subject"])]


@pytest.mark.usefixtures("two_wait")
def test_through_one_day_each_is_asked_reminded_and_relieved_in_turn_and_no_letter_is_written_twice(
    mailroom: Mailroom,
) -> None:
    runs = [NOW + timedelta(minutes=5 * n) for n in range(97) for _ in range(2)]

    asked = [
        (f"{moment:%H:%M}", tally[Count.TO_SORT]) for moment in runs if (tally := ask_to_sort_questions.fn(moment))
    ]

    # a letter on both each time: asked, reminded at the slot; passed on; reminded; passed on; reminded
    assert asked == [("09:30", 2), ("10:30", 2), ("11:30", 2), ("13:45", 2), ("14:30", 2), ("15:30", 2)]
    first, again = to_sort(mailroom, OFFICER)
    assert str(first["Subject"]) == "Đề nghị phân loại 2 câu hỏi"
    assert str(again["Subject"]) == "Đề nghị phân loại 2 câu hỏi (nhắc lại)"
    reminded = " ".join(text_of(again).split())
    assert reminded.count("Nhắc lần 1: chờ ý kiến Ông/Bà từ 09 giờ 30 ngày thứ Sáu, 20/11/2026.") == 2
    assert "trước khi hết thứ Năm, 26/11/2026, đơn vị cần nhận được câu hỏi chậm nhất thứ Tư, 25/11/2026." in reminded
    for letters in (to_sort(mailroom, NEXT), to_sort(mailroom, SECRETARY)):
        relieving, once_more = (text_of(letter) for letter in letters)
        assert "chưa có ý kiến; đề nghị Ông/Bà cho ý kiến thay" in relieving
        assert "Nhắc lần 1" in once_more


@pytest.mark.usefixtures("two_wait")
def test_who_comes_on_duty_at_noon_is_handed_at_the_next_slot_what_still_waits(mailroom: Mailroom) -> None:
    ask_to_sort_questions.fn(friday("11:30"))
    ask_to_sort_questions.fn(friday("13:05"))
    assert not to_sort(mailroom, NEXT)

    ask_to_sort_questions.fn(friday("13:45"))

    (letter,) = to_sort(mailroom, NEXT)
    assert str(letter["Subject"]) == "Đề nghị phân loại 2 câu hỏi (nhận bàn giao)"
    assert "Nhận bàn giao từ Ông/Bà Vũ Hải Yến: chờ phân loại từ 11 giờ 30" in text_of(letter)
    assert len(to_sort(mailroom, OFFICER)) == 1


def test_what_is_held_after_a_slot_waits_for_the_next_though_nothing_waited_at_that_one(
    mailroom: Mailroom, say: Say, handle: Handle
) -> None:
    assert not ask_to_sort_questions.fn(friday("10:30"))
    say("u1", UNCLEAR, at=friday("10:31"))
    handle(friday("10:40"))

    for time in ("10:40", "11:55", "12:30", "13:00", "13:40"):
        assert not ask_to_sort_questions.fn(friday(time))
    ask_to_sort_questions.fn(friday("13:45"))

    assert len(to_sort(mailroom, NEXT)) == 1
    assert not to_sort(mailroom, OFFICER)


@pytest.mark.usefixtures("two_wait")
def test_a_run_that_dies_gives_its_slot_back(mailroom: Mailroom, rows: Rows) -> None:
    def dying() -> None:
        with transaction() as connection:
            assert ask_to_sort(connection, in_force(connection), NOW) == 2
            raise InterruptedError

    with pytest.raises(InterruptedError):
        dying()
    assert not to_sort(mailroom, OFFICER)

    ask_to_sort_questions.fn(NOW + timedelta(minutes=5))

    assert len(to_sort(mailroom, OFFICER)) == 1
    assert rows("SELECT letters FROM sorter") == [{"letters": 1}] * 2


@pytest.mark.usefixtures("two_wait")
def test_new_questions_stand_beside_those_that_wait_in_one_letter(mailroom: Mailroom, say: Say, handle: Handle) -> None:
    ask_to_sort_questions.fn(NOW)
    say("u3", UNCLEAR, at=NOW)
    handle(friday("10:25"))

    ask_to_sort_questions.fn(friday("10:30"))

    _, letter = to_sort(mailroom, OFFICER)
    assert str(letter["Subject"]) == "Đề nghị phân loại 3 câu hỏi"
    assert "3 câu hỏi sau, trong đó 2 câu nhắc lại" in text_of(letter)
