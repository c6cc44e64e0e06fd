"""What a unit's mail says to each of the questions it is about, and what follows from that (U2, U3, U14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from desk.rules.commands import CommandCode, CommandLine, Commands
from desk.rules.office import CommandWords
from desk.rules.replies.cutting import cut_at_codes
from desk.rules.replies.letter_numbers import letter_number
from desk.rules.replies.readings import ReplyRead, ReplyReading, read_reply
from desk.rules.replies.senders import Standing
from desk.rules.replies.trimming import trimmed
from desk.rules.states import ENDED, AssignmentState, QuestionState
from desk.runtime.collected.gathering import Gathered
from desk.runtime.collected.opening import Opened
from desk.runtime.in_force import InForce
from desk.store.leads import AskedUnit, HeldQuestion
from desk.store.replies import Move, NewReply

_TWO_COMMANDS: Final = "thư có nhiều lệnh khác nhau. Đề nghị mỗi thư chỉ viết một lệnh ở dòng đầu."
_NOT_OF_UNITS: Final = (
    "lệnh ở dòng đầu thư không dùng cho đơn vị. Đề nghị viết một trong các lệnh ghi trong phiếu chuyển."
)
_WHICH_COMPETENCE: Final = (
    "chưa rõ câu hỏi thuộc đơn vị khác trong ngành hay ngoài ngành. Đề nghị viết KHÔNG THUỘC ĐƠN VỊ: tên đơn vị, hoặc "
    "NGOÀI NGÀNH: tên cơ quan."
)
_NO_ANSWER_FOR_ALL: Final = (
    "thư chưa có nội dung trả lời. Đề nghị viết TRẢ LỜI CHUNG ở dòng đầu, nội dung ở các dòng sau."
)
_BESIDE_OTHERS: Final = frozenset({CommandCode.RECEIVED, CommandCode.ANSWERS_FOR_ALL})
_PROPOSALS: Final = frozenset(
    {CommandCode.NOT_OURS, CommandCode.OUTSIDE_SECTOR, CommandCode.ADD_UNIT, CommandCode.MORE_TIME}
)
# readings that show that the letter was got, and stop nothing else
_SHOWS_RECEIPT: Final = frozenset(
    {ReplyReading.ACKNOWLEDGED, ReplyReading.PASSED_ON, ReplyReading.INTERIM, ReplyReading.QUESTION_BACK}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a mail says to one question at one unit; `refused`: why what it orders cannot be carried out."""

    reply: NewReply
    read: ReplyRead
    asked: AskedUnit
    question: HeldQuestion
    refused: str = ""

    @property
    def is_late(self) -> bool:
        """Whether nobody waits for it any more."""
        left = self.asked.state in {AssignmentState.WITHDRAWN, AssignmentState.CLOSED}
        return left or self.question.state in ENDED | {QuestionState.ANSWER_LEAVING}

    @property
    def order(self) -> CommandLine | None:
        """What it orders that would move dates or units, which a person confirms (U13)."""
        command = self.read.command
        return command if command is not None and command.code in _PROPOSALS and not self.refused else None

    @property
    def proposes(self) -> bool:
        """Whether it surely orders such a thing."""
        return self.read.reading is ReplyReading.COMMAND and self.order is not None

    @property
    def asks_back(self) -> bool:
        """Whether a person must say what it is, or answer what the unit wants to know."""
        return self.read.reading in {ReplyReading.UNSURE, ReplyReading.QUESTION_BACK} and not self.refused

    def move(self, silent_until: datetime) -> Move:
        """Return what it does to the assignment; while it waits for a person the chase keeps still."""
        reading, received_at = self.read.reading, self.reply.received_at
        is_receipt = reading in _SHOWS_RECEIPT or (reading is ReplyReading.COMMAND and not self.refused)
        is_answer = reading is ReplyReading.ANSWER
        return Move(
            assignment_id=self.asked.assignment_id,
            replied_at=received_at if is_answer else None,
            acknowledged_at=received_at if is_answer or is_receipt else None,
            silent_until=silent_until if self.asks_back or self.proposes else None,
            passed_to=self.read.passed_to,
        )


def said_by_unit(
    opened: Opened, asked: Sequence[AskedUnit], standing: Standing, gathered: Gathered, desk: InForce
) -> list[Said]:
    """Return what a unit's mail says to each of these assignments."""
    commands = commands_of(desk.office.commands)
    news = trimmed(opened.mail.text, gathered.sent_texts(opened)).text
    said, has_files = [], bool(opened.files)
    for one, text, is_sure in _parts(news, asked):
        read = read_reply(text, commands, has_files=has_files)
        if not is_sure:
            read = replace(read, reading=ReplyReading.UNSURE, command=None)
        said.append(
            Said(
                reply=_reply(opened, one, read, standing),
                read=read,
                asked=one,
                question=gathered.questions[one.question_id],
                refused=_refused(text, read, commands, has_files=has_files) if is_sure else "",
            )
        )
    return said


@lru_cache(maxsize=4)
def commands_of(words: tuple[CommandWords, ...]) -> Commands:
    """Return the reader of an office's commands, made once."""
    return Commands(words)


def _parts(news: str, asked: Sequence[AskedUnit]) -> Iterator[tuple[AskedUnit, str, bool]]:
    """Yield what is said to each assignment, and whether that is sure; one that no part names gets none (U14)."""
    codes = list(dict.fromkeys(one.case_code for one in asked))
    if len(codes) == 1:
        for one in asked:
            yield one, news, True
        return
    cut = cut_at_codes(news, codes)
    parts: Mapping[str, str] = dict(cut.parts)
    for one in asked:
        if not cut.is_sure:
            yield one, news, False
        elif one.case_code in parts:
            yield one, parts[one.case_code], True


def _reply(opened: Opened, one: AskedUnit, read: ReplyRead, standing: Standing) -> NewReply:
    number = letter_number(read.text)
    return NewReply(
        inbound_mail_id=opened.mail_id,
        question_id=one.question_id,
        assignment_id=one.assignment_id,
        reading=read.reading,
        standing=standing,
        from_address=opened.mail.from_address,
        text=read.text,
        full_text=opened.mail.text,
        content_sha256=_content_hash(opened, one, read),
        received_at=opened.stored.received_at,
        answers_for_all=read.answers_for_all,
        letter_number=number.number if number else None,
        letter_on=number.on if number else None,
    )


def _content_hash(opened: Opened, one: AskedUnit, read: ReplyRead) -> bytes:
    """Return the same for the same reply sent twice, whoever it came through."""
    order = f"{read.command.code.value}:{read.command.argument}" if read.command else ""
    words = " ".join(read.text.casefold().split())
    content = sha256(f"{one.version}\n{order}\n{words}".encode())
    for file in sorted(sha256(leaf.content).digest() for leaf in opened.files):
        content.update(file)
    return content.digest()


def _refused(text: str, read: ReplyRead, commands: Commands, *, has_files: bool) -> str:
    """Return why what a mail orders is not carried out, in Vietnamese; empty where it can be, or orders nothing."""
    if read.command is None:
        is_doubtful = read.reading is ReplyReading.UNSURE
        ordered = commands.read(text).commands if is_doubtful else ()
        return _TWO_COMMANDS if sum(line.code not in _BESIDE_OTHERS for line in ordered) > 1 else ""
    if read.command.code is CommandCode.NOT_COMPETENT and read.reading is ReplyReading.COMMAND:
        return _WHICH_COMPETENCE
    if read.command.code is CommandCode.ANSWERS_FOR_ALL and not read.text.strip() and not has_files:
        return _NO_ANSWER_FOR_ALL
    return ""
