"""Units' replies laid side by side, and the one answer that is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.attachments import IN_PAGES, LARGEST_FILE, AttachmentForm
from desk.rules.commands import Commands
from desk.rules.office import AnswerNeeds
from desk.rules.replies.readings import ReplyReading, read_reply
from desk.rules.replies.senders import Standing
from desk.rules.wording import cleaned, words

# more than any unit writes: what is cut off a text is marked, and its whole is kept with the reply
LONGEST_TEXT = 50_000
_SALUTATION = re.compile(r"(?:kính gửi|kính thưa|thưa)\b", re.IGNORECASE)
_FAREWELL = re.compile(r"(?:trân trọng|kính thư|xin cảm ơn|trân trọng cảm ơn)\b.{0,40}", re.IGNORECASE)
_OPENING = "Về câu hỏi của Ông/Bà (mã "
# What the desk's own template says, or a heading: none of it sums an answer up.
_NO_LEAD = re.compile(
    r"Về câu hỏi của Ông/Bà|Ý kiến của |BHXH Việt Nam gửi Ông/Bà bản chụp|Trường hợp cần trao đổi thêm"
    r"|Nội dung thuộc thẩm quyền của "
    r"|Ông/Bà bấm vào ảnh|(?:kính gửi|kính thưa|thưa|trân trọng)\b|.*(?:đính kèm|kèm theo|gửi kèm)\W*$",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:đồng ý|nhất trí|cho gửi|gửi|duyệt|ok|được)\b[^\n]{0,40}?\b"
    r"(?:nhưng|song|với điều kiện|sau khi|lưu ý|sửa|bỏ|thêm)\b"
    r"|(?:(?:đề nghị|xin|nhờ|em|anh|chị)\s+)?(?:sửa|bỏ|thêm|bổ sung|viết lại)\b[^\n]{0,40}\b"
    r"(?:câu|đoạn|ý|phần|dòng|chữ|số)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_LEAST_LEAD_SENTENCES = 2
_LEAST_SENTENCE_WORDS = 4
# "Ông/Bà gọi Tổng đài 1900 9068" is the least that a citizen is told; what colleagues say to each other is shorter
_LEAST_ANSWER_WORDS = 7
_LEAST_HEADED_WORDS = 3


@dataclass(frozen=True, slots=True)
class UnitLetter:
    """Number and date of a unit's letter as read from its reply; an official confirms it before a citizen is told."""

    number: str
    on: date | None
    is_confirmed: bool

    def __str__(self) -> str:
        dated = f" ngày {self.on:%d/%m/%Y}" if self.on else ""
        return f"Công văn số {self.number}{dated}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """A file that came with a reply. `page_sizes` are the bytes of its pages as a citizen gets them, in order."""

    attachment_id: int
    name: str
    form: AttachmentForm
    is_signed: bool
    size: int
    page_sizes: tuple[int, ...]
    text: str | None
    refused: str | None

    @property
    def is_sendable(self) -> bool:
        """Whether a citizen can be sent its pages."""
        return self.form in IN_PAGES and self.refused is None and bool(self.page_sizes)

    @property
    def leaves_whole(self) -> bool:
        """Whether the file itself follows its pages: a digitally signed PDF, byte for byte (U15)."""
        return self.form is AttachmentForm.PDF and self.is_signed and self.size <= LARGEST_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReply:
    """A reply that was read as an answer. `unit` is the unit's printable name, `needs` what its answers must be."""

    reply_id: int
    assignment_id: int
    unit_code: str
    unit: str
    text: str
    received_at: datetime
    standing: Standing
    from_head: bool
    needs: AnswerNeeds
    letter: UnitLetter | None
    files: tuple[AnswerFile, ...]
    answers_for_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """What one unit says in an answer; several replies of a unit are one part, the latest text with all files."""

    unit_code: str
    unit: str
    text: str
    letter: UnitLetter | None
    files: tuple[AnswerFile, ...]
    reply_ids: tuple[int, ...]

    @property
    def has_scan(self) -> bool:
        """Whether pages of a letter go with it."""
        return any(file.is_sendable for file in self.files)


def laid_side_by_side(replies: Sequence[UnitReply]) -> tuple[AnswerPart, ...]:
    """Return what each unit says, in the order in which units first replied; of a unit's several texts the latest."""
    by_unit: dict[str, list[UnitReply]] = {}
    for reply in sorted(replies, key=lambda reply: (reply.received_at, reply.reply_id)):
        by_unit.setdefault(reply.unit_code, []).append(reply)
    return tuple(_part(of_unit) for of_unit in by_unit.values())


def _part(replies: Sequence[UnitReply]) -> AnswerPart:
    files = {file.attachment_id: file for reply in replies for file in reply.files}
    said = [(reply, text) for reply in replies if (text := _said(reply))]
    letters = [reply.letter for reply in replies if reply.letter]
    return AnswerPart(
        unit_code=replies[-1].unit_code,
        unit=replies[-1].unit,
        text=said[-1][1] if said else "",
        letter=letters[-1] if letters else None,
        files=tuple(files.values()),
        reply_ids=tuple(reply.reply_id for reply in replies),
    )


def _said(reply: UnitReply) -> str:
    """Return what a reply says to the citizen: its text without salutation and farewell, or else that of its draft."""
    if text := without_courtesies(reply.text):
        return text
    return next((without_courtesies(file.text) for file in reply.files if file.text), "")


def without_courtesies(text: str) -> str:
    """Return a text without the lines that greet its reader at the top and take leave at the bottom."""
    lines = cleaned(text, LONGEST_TEXT).splitlines()
    while lines and (not lines[0].strip() or _SALUTATION.match(lines[0].strip())):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _FAREWELL.fullmatch(lines[-1].strip(" ./!"))):
        lines.pop()
    return "\n".join(lines).strip()


def is_whole_answer(text: str) -> bool:
    """Tell whether an official's text stands as it is: it opens as answers do. Otherwise it is set in the template."""
    return text.lstrip().startswith(_OPENING)


def is_instruction(text: str) -> bool:
    """Tell whether an official agrees on a condition, or begins by what is to be changed: that is no answer (U3)."""
    return _INSTRUCTION.match(text.strip()) is not None


def is_for_citizen(text: str, commands: Commands, *, is_headed: bool = False) -> bool:
    """Tell whether what an official wrote is meant for a citizen: "Ok gửi" and "Đã xem" are said to the desk (U3).

    What *is_headed* by "TRẢ LỜI:" is meant for the citizen, however short, unless it is an order.
    """
    if is_whole_answer(text):
        return True
    reading = commands.read(text)
    if is_instruction(text) or reading.qualified:
        return False
    if is_headed:
        return not reading.commands and len(words(text)) >= _LEAST_HEADED_WORDS
    if len(words(text)) < _LEAST_ANSWER_WORDS:
        return False
    return read_reply(text, commands, has_files=False).reading is ReplyReading.ANSWER


def says_anything(text: str) -> bool:
    """Tell whether an answer holds more than what the desk's own template says."""
    return any(line.strip() and not _NO_LEAD.match(line.strip()) for line in text.splitlines())


def has_lead(text: str) -> bool:
    """Tell whether an answer sums up in two plain sentences at least what its pages say (U15)."""
    lines = [line for line in text.splitlines() if not _NO_LEAD.match(line.strip())]
    sentences = _SENTENCE_END.split("\n".join(lines))
    return sum(len(sentence.split()) >= _LEAST_SENTENCE_WORDS for sentence in sentences) >= _LEAST_LEAD_SENTENCES


def heading(unit: str, letter: UnitLetter | None = None) -> str:
    """Return the line above what a unit says; its letter is named once somebody has confirmed the number (U7)."""
    return f"Ý kiến của {unit} ({letter}):" if letter and letter.is_confirmed else f"Ý kiến của {unit}:"


def with_letter_numbers(text: str, parts: Sequence[AnswerPart]) -> str | None:
    """Return an answer in which each unit's letter is named; None where a heading it belongs to is gone."""
    for part in parts:
        if part.letter and not part.letter.is_confirmed:
            before = heading(part.unit)
            if before not in text:
                return None
            text = text.replace(before, f"{before[:-1]} ({part.letter}):", 1)
    return text
