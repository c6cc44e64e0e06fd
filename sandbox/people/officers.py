"""Duty officers and the Secretary: they read what the desk puts before them and write a word back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from sandbox.people import answers, programs
from sandbox.people.hours import OfficeHours
from sandbox.people.letters import Asks, Letter, Option
from sandbox.people.manners import drawn
from sandbox.people.posts import Planned, Post
from sandbox.people.programs import PROGRAMS, Author

_OVERLOOKED = 0.04
_EDITS, _DROPS_A_FILE, _DECLINES, _APOLOGISES, _TELEPHONES = 0.06, 0.1, 0.2, 0.3, 0.08
_SENDS = ("GỬI", "GỬI BẢN CHE", "GỬI CÁCH TRA CỨU")
_WITHOUT_A_DOUBT = ("ĐÃ TRẢ LỜI", "THÊM VÀO DANH SÁCH", "KHÔNG XỬ LÝ: không cần gửi thêm cho công dân")
_SHORT = 60
# a question of the letter that asks to sort, and its first proposal
_TO_SORT = re.compile(r"^(ZL \d{2}-\d{6}-\d), công dân gửi .*?(?=^ZL |\Z)", re.MULTILINE | re.DOTALL)
_PROPOSED = re.compile(r"^   1\. ", re.MULTILINE)
_ASKS_BACK = 0.5
# of two who get the same letter one waits for the other, until he hears that nothing was decided
_LEAVES_IT, _UNANSWERED = 0.5, "(chưa có ý kiến)"
_ON_SENSITIVE = (
    "TRỰC TRẢ LỜI",
    "giữ trực",
    "CHUYỂN: Ban Pháp chế",
    "KHÔNG XỬ LÝ: đã hướng dẫn công dân gửi đơn theo quy định",
)
_ON_URGENT = ("TRỰC TRẢ LỜI", "1", "ĐÃ TRẢ LỜI")
_DRAFT = re.compile(r"^Tin 1:\n((?:    .*\n|\n)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Officers:
    """The officials whom the desk asks: `names` by address."""

    seed: int
    names: Mapping[str, str]
    hours: OfficeHours

    def plan(self, letter: Letter) -> Iterator[Planned]:
        """Yield what an official will write back; now and then a letter is overlooked."""
        draw = drawn(self.seed, "officer", letter.message_id)
        text = self._word(letter, draw)
        if text and draw.random() >= _OVERLOOKED:
            at = self.hours.after(letter.arrived_at, draw.uniform(0.1, 0.7))
            name = self.names[letter.mailbox]
            author = Author(name, letter.mailbox, drawn(self.seed, letter.mailbox).choice(PROGRAMS))
            yield Planned(at, Post.DECISION, programs.answer(author, letter, text, at))

    def _word(self, letter: Letter, draw: Random) -> str:
        if write := _WORDS.get(letter.asks):
            return write(letter, draw)
        return ""


def _on_answer(letter: Letter, draw: Random) -> str:
    """Let the draft go; a scan without a word of its own gets a summary, some drafts lose a file or are mended."""
    offered = {option.words for option in letter.options}
    words = next((words for words in _SENDS if words in offered), "")
    if not words:
        return answers.LEAD
    if ", bản " in letter.subject:
        return words
    if "BỎ TỆP 1" in offered:
        return "BỎ TỆP 1" if draw.random() < _DROPS_A_FILE else words
    draft = _DRAFT.search(letter.text)
    if draft and draw.random() < _EDITS:
        said = " ".join(line.strip() for line in draft[1].split("\n") if line.strip())
        return said.partition("trả lời như sau:")[2].partition("Trường hợp cần trao đổi")[0].strip() or words
    return words


def _on_delays(letter: Letter, draw: Random) -> str:
    """Answer each question in a line of its own."""
    by_code: dict[str, list[Option]] = {}
    for option in letter.options:
        if option.case_code:
            by_code.setdefault(option.case_code, []).append(option)
    lines = []
    for code, options in by_code.items():
        apology = next((option for option in options if option.words == "XIN LỖI"), None)
        if apology and apology.day and draw.random() < _APOLOGISES:
            lines.append(f"{code}: XIN LỖI: {apology.day}")
        else:
            lines.append(f"{code}: CHỜ")
    return "\n".join(lines)


def _on_sorting(letter: Letter, draw: Random) -> str:
    """Choose what is proposed first, a line a question; where nothing is, ask the citizen or leave it for later."""
    lines = []
    for block in _TO_SORT.finditer(letter.text):
        if _PROPOSED.search(block[0]):
            lines.append(f"{block[1]}: 1")
        elif draw.random() < _ASKS_BACK:
            lines.append(f"{block[1]}: HỎI LẠI: Ông/Bà vui lòng cho biết cụ thể nội dung cần hỏi.")
    return "\n".join(lines)


def _one_of(words: Sequence[str]) -> Callable[[Letter, Random], str]:
    """Return how a letter is answered that went to the officer in charge and to the Secretary at once."""

    def write(letter: Letter, draw: Random) -> str:
        if _UNANSWERED not in letter.subject and draw.random() < _LEAVES_IT:
            return ""
        return draw.choice(words)

    return write


def _on_decision(letter: Letter, draw: Random) -> str:
    """Return the first sensible of the words that a letter offers."""
    offered = {option.words for option in letter.options}
    if "ĐỒNG Ý" in offered:
        return "KHÔNG ĐỒNG Ý" if draw.random() < _DECLINES else "ĐỒNG Ý"
    if "NHẬN THƯ" in offered:
        return f"NHẬN THƯ: {letter.codes[0]}" if letter.codes else "KHÔNG XỬ LÝ: không phải thư trả lời"
    if "HỎI LẠI CÔNG DÂN" in offered:
        return "CHỜ"
    if "LÀ TRẢ LỜI" in offered:
        return "LÀ TRẢ LỜI" if len(letter.question) > _SHORT else "CHƯA TRẢ LỜI"
    return next((word for word in _WITHOUT_A_DOUBT if word.partition(":")[0] in offered), "")


def _on_duty_question(letter: Letter, draw: Random) -> str:
    return "ĐÃ TRẢ LỜI" if draw.random() < _TELEPHONES else answers.plain_answer(letter.question)


_WORDS: Final[Mapping[Asks, Callable[[Letter, Random], str]]] = {
    Asks.ANSWER_PROPOSAL: _on_answer,
    Asks.DUTY_QUESTION: _on_duty_question,
    Asks.DELAYS: _on_delays,
    Asks.DECISION: _on_decision,
    Asks.SORTING: _on_sorting,
    Asks.SENSITIVE: _one_of(_ON_SENSITIVE),
    Asks.URGENT: _one_of(_ON_URGENT),
    Asks.REDIRECTS: lambda _letter, _draw: "DUYỆT TẤT CẢ",
}
