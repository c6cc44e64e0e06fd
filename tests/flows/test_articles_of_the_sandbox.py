"""The sandbox's people bring five articles, by real mails, to where each is to go."""

from __future__ import annotations

from email.policy import SMTP as SMTP_POLICY

from sandbox.people.hours import OfficeHours
from sandbox.people.letters import read_letter
from sandbox.people.newsroom import Newsroom as People
from sandbox.people.newsroom import stories
from sandbox.people.posts import Planned
from tests.flows.conftest import Rows
from tests.mailroom import DESK
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, HEAD, MORNING, OTHER_DEPUTY, OTHER_EDITOR, SECRETARY, Newsroom

COLLABORATOR = "mai.thanh.binh@bhxh.example.vn"
OFFICIALS = (AUTHOR, COLLABORATOR, EDITOR, OTHER_EDITOR, SECRETARY, DEPUTY, OTHER_DEPUTY, HEAD)
PENSIONS, YEARS_PAID, MATERNITY, HOUSEHOLDS, CARDS = (story.title for story in stories())
PEOPLE = People(1, dict.fromkeys(OFFICIALS, "Nguyễn Văn An"), OfficeHours(lambda _: True))


def send(newsroom: Newsroom, planned: list[Planned]) -> None:
    for one in planned:
        newsroom.mailroom.send(one.sender, one.recipients[0], one.mail.as_bytes())


def answers(newsroom: Newsroom, read: set[str]) -> list[Planned]:
    """Return what everybody writes back to the letters that he has not read yet."""
    planned: list[Planned] = []
    for address in OFFICIALS:
        for letter in newsroom.mailroom.letters(address):
            if letter["Message-ID"] not in read:
                read.add(letter["Message-ID"])
                planned += PEOPLE.plan(read_letter(letter.as_bytes(policy=SMTP_POLICY), address, newsroom.now))
    return planned


def test_each_article_comes_to_where_it_is_to_go(newsroom: Newsroom, rows: Rows) -> None:
    read: set[str] = set()
    mails = list(PEOPLE.drafts({"author": AUTHOR, "collaborator": COLLABORATOR}, DESK, MORNING))

    while mails:
        newsroom.later(minutes=1)
        send(newsroom, mails)
        newsroom.work()
        mails = answers(newsroom, read)

    stands = rows(
        "SELECT title, state, array_agg(step || ' ' || verdict ORDER BY approval_id) FILTER "
        "(WHERE verdict <> 'agree' OR step = 'conform') AS words FROM content_item "
        "JOIN content_version USING (content_item_id, version) LEFT JOIN approval USING (content_item_id) "
        "GROUP BY title, state"
    )
    assert {row["title"]: (row["state"], row["words"]) for row in stands} == {
        PENSIONS: ("to_publish", None),
        YEARS_PAID: ("to_publish", ["review return"]),
        MATERNITY: ("to_publish", ["decide agree_with_changes", "conform agree"]),
        HOUSEHOLDS: ("refused", ["decide refuse"]),
        CARDS: ("to_publish", None),
    }
    assert not [
        subject for address in OFFICIALS for subject in newsroom.subjects(address) if "chưa thực hiện" in subject
    ]
