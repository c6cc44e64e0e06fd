"""Words on articles that are waited for: reminders in office hours, stand-ins for who is away."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

from desk.rules.tally import Count
from tasks.approving import remind_of_articles
from tests.dates import at
from tests.flows.conftest import Rows
from tests.mailroom import text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, OTHER_EDITOR, SECRETARY, TEXT, TITLE, Newsroom

SOONER = "Kính đề nghị sớm cho ý kiến"


def reminded(moment: str) -> int:
    return remind_of_articles.fn(at(moment))[Count.ARTICLES_REMINDED]


def count_of(newsroom: Newsroom, whose: str, about: str) -> int:
    return sum(about in subject for subject in newsroom.subjects(whose))


def test_a_silent_decider_is_reminded_in_office_hours_and_later_the_secretary_may_withdraw(
    newsroom: Newsroom, rows: Rows
) -> None:
    newsroom.to_the_decider()

    assert reminded("Mon 2026-11-23 11:00") == 0
    assert reminded("Mon 2026-11-23 14:00") == 1
    assert reminded("Mon 2026-11-23 14:30") == 0
    assert count_of(newsroom, DEPUTY, SOONER) == 1
    assert count_of(newsroom, SECRETARY, "chưa có ý kiến") == 0
    assert reminded("Mon 2026-11-23 20:00") == 0
    assert reminded("Wed 2026-11-25 09:30") == 1
    assert "đã được nhắc" not in text_of(newsroom.letter(SECRETARY, "chưa có ý kiến"))

    newsroom.later(days=2, hours=2)
    newsroom.answer(DEPUTY, SOONER, "ĐỒNG Ý")
    assert rows("SELECT state FROM content_item") == [{"state": "agreed"}]


def test_the_secretary_withdraws_by_the_letter_that_tells_of_the_silence(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    reminded("Mon 2026-11-23 14:00")
    reminded("Wed 2026-11-25 09:30")
    newsroom.later(days=2, hours=2)
    newsroom.answer(SECRETARY, "chưa có ý kiến", "RÚT")

    assert rows("SELECT state FROM content_item") == [{"state": "reviewed"}]


def test_the_editor_hears_that_the_secretary_keeps_silent(newsroom: Newsroom) -> None:
    newsroom.to_the_secretary()
    reminded("Mon 2026-11-23 14:00")
    reminded("Wed 2026-11-25 09:30")

    assert count_of(newsroom, SECRETARY, SOONER) == 2
    assert "chưa cho ý kiến về bài" in text_of(newsroom.letter(EDITOR, "Bài đăng trên Zalo"))


def test_an_editor_who_is_away_is_stood_in_for_at_once(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    away = EmailMessage()
    away["From"], away["To"], away["Subject"] = EDITOR, "hoidap@bhxh.example.vn", "Trả lời tự động: vắng mặt"
    away["Auto-Submitted"] = "auto-replied"
    away.set_content("Tôi đi công tác đến hết ngày 27/11/2026.")
    newsroom.mailroom.send(EDITOR, "hoidap@bhxh.example.vn", away.as_bytes(policy=SMTP_POLICY))
    newsroom.work()

    assert reminded("Mon 2026-11-23 08:37") == 1
    assert reminded("Mon 2026-11-23 09:07") == 0
    assert rows("SELECT editor FROM content_item") == [{"editor": "QUANG"}]
    newsroom.answer(OTHER_EDITOR, "Bản thảo", "ĐỀ XUẤT")
    assert rows("SELECT state FROM content_item") == [{"state": "in_review"}]


def test_an_article_that_waits_for_its_hour_waits_for_nobody(newsroom: Newsroom) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 08:00 27/11/2026")

    assert reminded("Thu 2026-11-26 16:00") == 0


def test_whoever_finds_nothing_to_remind_of_adds_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    reminded("Mon 2026-11-23 14:00")
    before = rows("SELECT count(*) FROM outbox")
    reminded("Mon 2026-11-23 14:00")

    assert rows("SELECT count(*) FROM outbox") == before
