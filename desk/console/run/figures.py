"""The figures of a run, and whether they add up: the desk's own against each other and against the outside's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from desk.console.run.sandbox import Sandbox
from desk.rules.mail_addresses import KEY_HEADER
from desk.store import summaries
from desk.store.summaries import ArticleWord, Mailbox, QuestionCount, ShownLetter, UnitAsked, Ways
from sandbox.people import Acted, Post

_MAILBOXES_SHOWN = 8
_LEAVING = ("queued", "sending", "uncertain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the desk's database says, each from one statement."""

    messages: Mapping[str, int]
    lost_messages: int
    questions: Mapping[str, QuestionCount]
    questions_of_messages: int
    units: Sequence[UnitAsked]
    deliveries: Mapping[tuple[str, str], int]
    failed_told: int
    kinds: Mapping[tuple[str, str], int]
    ways: Ways
    inbound: Mapping[str, int]
    replies: Mapping[str, int]
    answers: Mapping[str, int]
    copies: int
    sent_answers: Sequence[str]
    articles: Sequence[ArticleWord]
    mailboxes: Sequence[Mailbox]
    work_items: Mapping[str, int]
    letter: ShownLetter | None

    def articles_in(self, *states: str) -> int:
        """Return how many articles stand in these states, or in any."""
        return len({word.code for word in self.articles if not states or word.state in states})

    def asked(self, *states: str) -> int:
        """Return how many questions stand in these states, or in any."""
        return sum(count.questions for state, count in self.questions.items() if not states or state in states)

    def delivered(self, *states: str) -> int:
        """Return how many deliveries stand in these states, of all channels."""
        return sum(count for (_, state), count in self.deliveries.items() if state in states)

    def sent(self, channel: str) -> int:
        """Return how many deliveries left through a channel."""
        return self.deliveries.get((channel, "sent"), 0)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the stand-ins counted themselves: given to the desk, and taken from it.

    `articles` are those that citizens see on Zalo; `returned` are notices that a letter found no mailbox; `in_mailbox`
    is what lies in the desk's own; `written` are the mails that people sent there, by what they meant.
    """

    messages: int
    zalo_ids: Collection[str]
    articles: int
    letters: int
    returned: int
    in_mailbox: int
    written: Mapping[Post, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """Two figures that must be the same."""

    says: str
    here: int
    there: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.here == self.there


def read_figures(connection: Connection) -> Figures:
    """Return the desk's figures as they stand."""
    return Figures(
        messages=summaries.count_messages(connection),
        lost_messages=summaries.count_lost_messages(connection),
        questions=summaries.count_questions(connection),
        questions_of_messages=summaries.count_told_questions(connection),
        units=summaries.find_units_asked(connection),
        deliveries=summaries.count_deliveries(connection),
        failed_told=summaries.count_failed_told(connection),
        kinds=summaries.count_kinds(connection),
        ways=summaries.count_ways(connection),
        inbound=summaries.count_inbound_mails(connection),
        replies=summaries.count_replies(connection),
        answers=summaries.count_answers(connection),
        copies=summaries.count_copies(connection),
        sent_answers=summaries.find_sent_answers(connection),
        articles=summaries.find_article_words(connection),
        mailboxes=summaries.find_busiest_mailboxes(connection, limit=_MAILBOXES_SHOWN),
        work_items=summaries.count_work_items(connection),
        letter=summaries.find_letter(connection),
    )


def count_outside(sandbox: Sandbox, messages: int, acted: Acted, desk_address: str) -> Outside:
    """Return what the simulator took, what lies in the Maildirs, and what people did."""
    mails = {folder.name: list(folder.glob("[nc][eu][wr]/*")) for folder in sandbox.mail_folder.glob("*@*")}
    own = mails.pop(desk_address, [])
    return Outside(
        messages=messages + acted.messages,
        zalo_ids={sent["message_id"] for sent in sandbox.control("GET", "sent")["sent"]},
        articles=sum(
            article["given"]["status"] == "show" for article in sandbox.control("GET", "articles")["articles"]
        ),
        letters=sum(_has(file, KEY_HEADER) for files in mails.values() for file in files),
        returned=sum(_has(file, "From: Mail Delivery System") for file in own),
        in_mailbox=len(own),
        written=acted.to_desk,
    )


def sums(figures: Figures, outside: Outside) -> Iterator[Sum]:
    """Yield everything that must add up."""
    yield Sum("tin nhắn của người dân ở Zalo = tin nhắn đã nhận", outside.messages, sum(figures.messages.values()))
    yield Sum("tin nhắn không được xếp vào việc gì = 0", figures.lost_messages, 0)
    yield Sum("câu hỏi có tin nhắn = câu hỏi", figures.questions_of_messages, figures.asked())
    yield Sum("câu hỏi chờ xử lý sau lượt cuối = 0", figures.asked("sealed"), 0)
    yield from _mail_sums(figures, outside)
    yield from _answer_sums(figures, outside)
    drafts = outside.written.get(Post.DRAFT, 0)
    yield Sum("bài viết đã gửi = bài viết có mã tin", drafts, figures.articles_in())
    shown = figures.articles_in("published", "takedown_asked", "taking_down")
    yield Sum("bài công dân thấy trên Zalo = bài đã đăng, chưa gỡ", outside.articles, shown)
    yield Sum("thư và tin còn chờ hoặc chưa rõ = 0", figures.delivered(*_LEAVING), 0)
    # a citizen's window may shut on the very day that something was to be told
    failed = figures.delivered("failed")
    yield Sum("thư và tin không đến được = việc đã giao cán bộ vì vậy", failed, figures.failed_told)
    yield Sum("mục để riêng vì lỗi = 0", figures.work_items.get("bug", 0), 0)


def _mail_sums(figures: Figures, outside: Outside) -> Iterator[Sum]:
    inbound, written = figures.inbound, outside.written
    by_machines = written.get(Post.ABSENCE, 0)
    of_officials = written.get(Post.DECISION, 0)
    drafts = written.get(Post.DRAFT, 0)
    of_units = sum(written.values()) - by_machines - of_officials - drafts
    read_as_theirs = inbound.get("reply", 0) + inbound.get("held", 0)
    yield Sum(
        "thư đã gửi = thư trong các hộp thư + thư bị trả lại", figures.sent("mail"), outside.letters + outside.returned
    )
    yield Sum("thư đã gửi = bản lưu đã thấy lại", figures.sent("mail"), figures.copies)
    yield Sum("thư trong hộp thư của bàn = thư đã lưu", outside.in_mailbox, sum(inbound.values()))
    yield Sum("thư các đơn vị đã viết = thư trả lời + thư chờ nhận", of_units, read_as_theirs)
    yield Sum("ý kiến cán bộ đã viết = ý kiến đã đọc", of_officials, inbound.get("decision", 0))
    yield Sum("bài viết đã gửi = bài viết đã nhận", drafts, inbound.get("draft", 0))
    yield Sum("thư trả lời tự động = đã nhận ra là tự động", by_machines, inbound.get("auto_reply", 0))
    yield Sum("thư bị trả lại = đã nhận ra là bị trả lại", outside.returned, inbound.get("bounce", 0))


def _answer_sums(figures: Figures, outside: Outside) -> Iterator[Sum]:
    answers, at_zalo = figures.answers, len(set(outside.zalo_ids).intersection(figures.sent_answers))
    yield Sum(
        "câu hỏi chờ duyệt trả lời = dự thảo chờ duyệt", figures.asked("answer_proposed"), answers.get("proposed", 0)
    )
    yield Sum(
        "câu hỏi đang gửi trả lời = câu trả lời đang gửi", figures.asked("answer_leaving"), answers.get("leaving", 0)
    )
    yield Sum("tin Zalo đã gửi = tin Zalo đã nhận tại Zalo", figures.sent("zalo"), len(outside.zalo_ids))
    yield Sum("tin trả lời đã gửi = tin trả lời thấy tại Zalo", len(figures.sent_answers), at_zalo)


def _has(mail: Path, words: str) -> bool:
    """Return whether the head of a mail holds these words."""
    return words.encode() in mail.read_bytes().partition(b"\r\n\r\n")[0]
