"""Units: somebody reads the letter of the desk and answers it, each in a manner of his own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sandbox.people import answers, programs
from sandbox.people.hours import OfficeHours
from sandbox.people.letters import Asks, Letter
from sandbox.people.manners import Manner, drawn, hours_taken, manner_of
from sandbox.people.posts import Planned, Post
from sandbox.people.programs import PROGRAMS, Author
from sandbox.people.scans import scanned_letter

HOME_DOMAIN = "thu-rieng.example"
_MANAGERS = ("Nguyễn Thị Hoa", "Trần Quốc Việt", "Phạm Thu Trang", "Lê Văn Khôi", "Đinh Thị Mến", "Bùi Công Danh")
_COLLEAGUES = ("Hùng", "Hạnh", "Cường", "Ngân", "Phúc", "Thủy")


@dataclass(frozen=True, slots=True)
class Units:
    """The people behind the units' addresses: `names` by every address that a unit or provincial office reads."""

    seed: int
    names: Mapping[str, str]
    hours: OfficeHours

    def plan(self, letter: Letter) -> Iterator[Planned]:
        """Yield what the reader of a letter will send."""
        if letter.asks is Asks.QUESTION:
            yield from self._about_one(letter, letter.codes[0])
        elif letter.asks is Asks.TABLE:
            yield from self._about_many(letter)

    def answer_for_colleague(self, letter: Letter) -> Planned:
        """Return the answer of the colleague to whom a letter was passed on, from an address of his own."""
        draw = drawn(self.seed, "colleague", letter.mailbox, *letter.codes[:1])
        author = Author(f"Đ/c {letter.mailbox.partition('.')[0].title()}", letter.mailbox, draw.choice(PROGRAMS))
        at = self.hours.after(letter.arrived_at, draw.uniform(1, 5))
        text = answers.answer_to(letter.question, draw)
        return Planned(at, Post.ANSWER, programs.answer(author, letter, text, at))

    def _about_one(self, letter: Letter, code: str) -> Iterator[Planned]:
        manner = manner_of(self.seed, letter.mailbox, code)
        draw = drawn(self.seed, "answer", letter.mailbox, code)
        author = self._author(letter.mailbox)
        at = self.hours.after(letter.arrived_at, hours_taken(manner, draw))
        text = answers.answer_to(letter.question, draw)
        match manner:
            case Manner.NEVER:
                pass
            case Manner.PROMPT | Manner.LATE:
                yield Planned(at, Post.ANSWER, programs.answer(author, letter, text, at))
            case Manner.REPLIES_TO_ALL:
                copies = (letter.from_address, self._colleague(letter.mailbox, draw)[1])
                yield Planned(at, Post.ANSWER, programs.answer(author, letter, text, at, copies=copies))
            case Manner.RECEIVED_FIRST:
                soon = self.hours.after(letter.arrived_at, draw.uniform(0.1, 0.5))
                said = programs.answer(author, letter, draw.choice(answers.RECEIPTS), soon)
                yield Planned(soon, Post.SHORT_WORD, said)
                yield Planned(at, Post.ANSWER, programs.answer(author, letter, text, at))
            case Manner.SENDS_A_SCAN:
                unit = self.names[letter.mailbox]
                file = scanned_letter(unit, answers.plain_answer(letter.question), at.date(), draw)
                empty = Author(author.name, author.address, author.program)
                yield Planned(at, Post.ANSWER, programs.answer(empty, letter, "", at, files=[file]))
            case Manner.PASSES_ON:
                yield from self._pass_on(letter, author, draw)
            case Manner.OUT_OF_OFFICE:
                yield from self._away(letter, author, text, draw)
            case Manner.FROM_HOME:
                home = Author(
                    author.name, f"{letter.mailbox.partition('@')[0]}.{code[-1]}@{HOME_DOMAIN}", programs.GMAIL
                )
                yield Planned(at, Post.FROM_HOME, programs.answer(home, letter, text, at))
            case Manner.NOT_OURS | Manner.NAMES_ANOTHER_UNIT | Manner.ASKS_FOR_TIME:
                line = self._command(manner, letter, at, draw)
                yield Planned(at, Post.COMMAND, programs.answer(author, letter, line, at))

    def _about_many(self, letter: Letter) -> Iterator[Planned]:
        """Answer a table: what is known soon in one mail, each question under its code; the rest later in another."""
        author = self._author(letter.mailbox)
        draw = drawn(self.seed, "table", letter.message_id)
        by_manner = {code: manner_of(self.seed, letter.mailbox, code) for code in letter.codes}
        late = [code for code, manner in by_manner.items() if manner is Manner.LATE]
        soon = [code for code, manner in by_manner.items() if manner not in {Manner.LATE, Manner.NEVER}]
        for codes, manner in ((soon, Manner.PROMPT), (late, Manner.LATE)):
            if codes:
                at = self.hours.after(letter.arrived_at, hours_taken(manner, draw))
                text = "\n\n".join(f"{code}: {self._line(letter, code, by_manner[code], at, draw)}" for code in codes)
                yield Planned(at, Post.ANSWER, programs.answer(author, letter, text, at))

    def _line(self, letter: Letter, code: str, manner: Manner, at: datetime, draw: Random) -> str:
        if manner in {Manner.NOT_OURS, Manner.ASKS_FOR_TIME, Manner.NAMES_ANOTHER_UNIT}:
            return self._command(manner, letter, at, draw)
        return answers.plain_answer(letter.question_of(code))

    def _command(self, manner: Manner, letter: Letter, at: datetime, draw: Random) -> str:
        if manner is Manner.ASKS_FOR_TIME:
            until = self.hours.after(at, 40).date()
            return f"XIN GIA HẠN: {until:%d/%m/%Y} cần xác minh hồ sơ tại địa phương"
        own = self.names[letter.mailbox]
        other = draw.choice(sorted({name for name in self.names.values() if name.startswith("Ban ") and name != own}))
        return f"{'KHÔNG THUỘC ĐƠN VỊ' if manner is Manner.NOT_OURS else 'BỔ SUNG ĐƠN VỊ'}: {other}"

    def _pass_on(self, letter: Letter, author: Author, draw: Random) -> Iterator[Planned]:
        soon = self.hours.after(letter.arrived_at, draw.uniform(0.2, 1.5))
        name, address = self._colleague(letter.mailbox, draw)
        text = draw.choice(answers.PASSED_ON).format(name=name)
        yield Planned(soon, Post.FORWARD, programs.forward(author, letter, text, address, soon))
        if draw.random() < 0.5:  # noqa: PLR2004 - some tell the desk, some do not
            yield Planned(soon, Post.SHORT_WORD, programs.answer(author, letter, text, soon))

    def _away(self, letter: Letter, author: Author, text: str, draw: Random) -> Iterator[Planned]:
        at_once = letter.arrived_at + timedelta(seconds=20)
        back = self.hours.after(letter.arrived_at, 8)
        note = f"Tôi đi công tác đến hết ngày {back - timedelta(days=1):%d/%m/%Y}, sẽ xem thư sau ngày này."
        yield Planned(at_once, Post.ABSENCE, programs.absence(author, letter, note, at_once))
        at = self.hours.after(back, draw.uniform(0.5, 3))
        yield Planned(at, Post.ANSWER, programs.answer(author, letter, text, at))

    def _author(self, mailbox: str) -> Author:
        draw = drawn(self.seed, "author", mailbox)
        name, unit = draw.choice(_MANAGERS), self.names[mailbox]
        program = draw.choice(PROGRAMS)
        signature = "" if program.advertises else f"Trân trọng,\n{name}\n{unit}\nĐT: 024 3000 0{draw.randint(200, 899)}"
        return Author(f"{name} - {unit}", mailbox, program, signature)

    def _colleague(self, mailbox: str, draw: Random) -> tuple[str, str]:
        name = draw.choice(_COLLEAGUES)
        unit, _, domain = mailbox.partition("@")
        plain = {"Hùng": "hung", "Hạnh": "hanh", "Cường": "cuong", "Ngân": "ngan", "Phúc": "phuc", "Thủy": "thuy"}[name]
        return name, f"{plain}.{unit.replace('.', '')}@{domain}"
