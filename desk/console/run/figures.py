"""The figures of a run, and whether they add up: the desk's own against each other and against the outside's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desk.console.run.sandbox import Sandbox
from desk.store import summaries
from desk.store.summaries import Mailbox, QuestionCount, ShownLetter, UnitAsked

_MAILBOXES_SHOWN = 8
_LEAVING = ("queued", "sending", "uncertain", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the desk's database says, each from one statement."""

    messages: Mapping[str, int]
    lost_messages: int
    questions: Mapping[str, QuestionCount]
    questions_of_messages: int
    questions_of_units: int
    units: Sequence[UnitAsked]
    deliveries: Mapping[tuple[str, str], int]
    kinds: Mapping[tuple[str, str], int]
    mailboxes: Sequence[Mailbox]
    work_items: Mapping[str, int]
    letter: ShownLetter | None

    def asked(self, *states: str) -> int:
        """Return how many questions stand in these states, or in any."""
        return sum(count.questions for state, count in self.questions.items() if not states or state in states)

    def sent(self, channel: str) -> int:
        """Return how many deliveries left through a channel."""
        return self.deliveries.get((channel, "sent"), 0)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the stand-ins counted themselves: given to the desk, and taken from it."""

    messages: int
    zalo_sent: int
    letters: int
    own_copies: int


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
    of_messages, of_units = summaries.count_told_questions(connection)
    return Figures(
        messages=summaries.count_messages(connection),
        lost_messages=summaries.count_lost_messages(connection),
        questions=summaries.count_questions(connection),
        questions_of_messages=of_messages,
        questions_of_units=of_units,
        units=summaries.find_units_asked(connection),
        deliveries=summaries.count_deliveries(connection),
        kinds=summaries.count_kinds(connection),
        mailboxes=summaries.find_busiest_mailboxes(connection, limit=_MAILBOXES_SHOWN),
        work_items=summaries.count_work_items(connection),
        letter=summaries.find_letter(connection),
    )


def count_outside(sandbox: Sandbox, messages: int, desk_address: str) -> Outside:
    """Return what the simulator took and what lies in the Maildirs."""
    mails = {folder.name: sum(1 for _ in folder.glob("new/*")) for folder in sandbox.mail_folder.glob("*@*")}
    own_copies = mails.pop(desk_address, 0)
    return Outside(
        messages=messages,
        zalo_sent=len(sandbox.control("GET", "sent")["sent"]),
        letters=sum(mails.values()),
        own_copies=own_copies,
    )


def sums(figures: Figures, outside: Outside) -> Iterator[Sum]:
    """Yield everything that must add up."""
    yield Sum("tin nhắn của người dân ở Zalo = tin nhắn đã nhận", outside.messages, sum(figures.messages.values()))
    yield Sum("tin nhắn không được xếp vào việc gì = 0", figures.lost_messages, 0)
    yield Sum("câu hỏi có tin nhắn = câu hỏi", figures.questions_of_messages, figures.asked())
    yield Sum("câu hỏi chờ xử lý sau lượt cuối = 0", figures.asked("sealed"), 0)
    yield Sum("câu hỏi đã chuyển đơn vị = câu hỏi có đơn vị", figures.asked("routed"), figures.questions_of_units)
    yield Sum("thư đã gửi = thư trong các hộp thư", figures.sent("mail"), outside.letters)
    yield Sum("thư đã gửi = bản lưu ở hộp thư của bàn", figures.sent("mail"), outside.own_copies)
    yield Sum("tin Zalo đã gửi = tin Zalo đã nhận tại Zalo", figures.sent("zalo"), outside.zalo_sent)
    leaving = sum(count for (_, state), count in figures.deliveries.items() if state in _LEAVING)
    yield Sum("thư và tin còn chờ, chưa rõ hoặc hỏng = 0", leaving, 0)
    yield Sum("mục để riêng vì lỗi = 0", figures.work_items.get("bug", 0), 0)
