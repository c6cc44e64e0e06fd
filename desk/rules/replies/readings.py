"""What a reply says: an answer, or one of the many things that are none (U2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desk.rules.commands import UNIT_COMMANDS, CommandCode, CommandLine, CommandReading, Commands
from desk.rules.replies.courtesies import without_courtesies
from desk.rules.replies.short_forms import ShortForm, sentences
from desk.rules.wording import folded, words


class ReplyReading(StrEnum):
    """What a unit's reply is. Only an answer moves the assignment; unsure is for the duty officer to read."""

    ANSWER = "answer"
    ACKNOWLEDGED = "acknowledged"
    PASSED_ON = "passed_on"
    INTERIM = "interim"
    QUESTION_BACK = "question_back"
    COMMAND = "command"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """How a reply reads: `text` is what it says without its command lines.

    `command` acts where the reading is `COMMAND`. `passed_to` is whom the unit gave it to. `alternatives` are the
    readings a duty officer chooses from when unsure.
    """

    reading: ReplyReading
    command: CommandLine | None
    text: str
    passed_to: str = ""
    answers_for_all: bool = False
    alternatives: tuple[ReplyReading, ...] = ()


# law, numbers of letters, sums, shares: whoever cites them answers
_CITES = re.compile(
    r"\b(?:dieu|khoan|diem|nghi dinh|thong tu|quyet dinh|cong van|luat|cv|nd|qd) (?:so )?\d|\b\d+/\d{4}/"
    r"|\b\d+/(?:bhxh|qd|tb|tt|cv)|\d%|\d ?(?:dong|trieu|vnd)\b|nhu sau|luat (?:bhxh|bhyt|bao hiem|viec lam)"
)
_OF_THE_MATTER = re.compile(
    r"\b(?:bhxh|bhyt|bhtn|bao hiem|ho so|huong|dong|muc|(?<!cu )the|so|luong|huu|tro cap|thai san|om dau|tu tuat|nop"
    r"|giay|sinh|tham gia|chong|tai nan|that nghiep|don|mau|vssid|dich vu cong|nguoi lao dong|cong ty|lien he|tra cuu"
    r"|dang ky|tai khoan|mat khau|cccd|luat|can cuoc|phi|thang|nam|tuoi|cap|giai quyet|chi tra|thanh toan|kham|benh"
    r"|tuyen|nghi viec|co quan|tinh|huyen|xa|phuong|quan|tong dai|bao luu|thoi gian|thoi han|lanh|so tien"
    r"|chuyen tien)\b"
)
# whoever speaks of himself, or to a colleague, has not begun to answer a citizen
_OF_ONESELF = re.compile(
    r"^(?:(?:da|vang|ok|roi|thi|thoi|hien|nay) )*"
    r"(?:(?:de|cho|nho) (?:anh|chi)|(?:de |cho |nho )?(?:em|minh|toi|tui|chung toi|tui em|ben em|ben minh|ben toi))\b"
    r"|^(?:nho|cho|de xem|de coi|dong y|nhat tri|thong nhat|trinh|giao|phan cong|can (?:them|thoi gian)|thieu"
    r"|he thong (?:dang|bi) loi|(?:da |kinh )?chuyen(?! ho so| tien)|(?:da )?(?:tiep )?nhan"
    r"|(?:kinh )?de nghi (?:chuyen|ban|bhxh|phong|don vi|dong chi|d/c|trung tam|vu))\b"
    r"|^(?:\S+ ){0,5}?dang (?!trong|huong|dong|tham gia|ky|nhap|lam viec|o|hoc|nuoi|mang|duoc (?!xac minh|xu ly"
    r"|kiem tra|ra soat|xem xet|nghien cuu)|no|chi tra)\b"
)
_FEW_WORDS, _MANY_WORDS = 4, 16
# what stands under a command says why it was given, or speaks of who is competent; a citizen is told neither
_GIVES_REASON = re.compile(r"^\W*(?:(?:voi )?ly do|vi|do|nguyen nhan)\b")
_OF_COMPETENCE = re.compile(
    r"\b(?:(?:cau hoi|noi dung|vu viec|van de) (?:nay |tren |hoi |cua cong dan )?(?:ve|lien quan|thuoc|khong thuoc|can)"
    r"|tham quyen|chuc nang|nhiem vu|linh vuc|phu trach|chu tri|phoi hop|quan ly cua|xac minh|khong thuoc)\b"
)
_LONGEST_REASON = 60

_MEANING = {
    ShortForm.QUESTION: ReplyReading.QUESTION_BACK,
    ShortForm.HAND_OVER: ReplyReading.PASSED_ON,
    ShortForm.PROMISE: ReplyReading.INTERIM,
    ShortForm.RECEIPT: ReplyReading.ACKNOWLEDGED,
}
_ENCLOSED = re.compile(
    r"\b(?:dinh kem|gui kem|kem theo|file|tep|van ban|cong van|phu luc|ban scan|attached|enclosed)\b"
)
# a receipt goes without saying beside any other command; who answers for all still has to answer
_BESIDE_OTHERS = frozenset({CommandCode.RECEIVED, CommandCode.ANSWERS_FOR_ALL})


def read_reply(text: str, commands: Commands, *, has_files: bool) -> ReplyRead:
    """Return how a unit's reply reads, quotes and signature gone; an empty one with a file is an answer (U15).

    Only short forms that are sure as a whole are no answers; what may be either is unsure. A receipt that is typed as a
    command is a receipt; what stands under another is its reason, and only an answer of its own is for a person.
    """
    found = commands.read(text)
    if found.qualified or not UNIT_COMMANDS.issuperset(line.code for line in found.commands):
        # an official's words, such as "đồng ý", order nothing in a unit's mail
        found = CommandReading((), text)
    acting = [line for line in found.commands if line.code not in _BESIDE_OTHERS]
    beside = next((line for line in found.commands if line.code in _BESIDE_OTHERS), None)
    for_all = any(line.code is CommandCode.ANSWERS_FOR_ALL for line in found.commands)
    read = _read_text(found.text, has_files=has_files and (for_all or not found.commands))
    if len(acting) > 1:
        return replace(read, reading=ReplyReading.UNSURE, alternatives=(ReplyReading.COMMAND, read.reading))
    if acting and read.reading is ReplyReading.ANSWER and not _is_reason(read.text):
        both = (ReplyReading.COMMAND, ReplyReading.ANSWER)
        return replace(read, reading=ReplyReading.UNSURE, command=acting[0], alternatives=both)
    if acting:
        return replace(read, reading=ReplyReading.COMMAND, command=acting[0], alternatives=())
    if beside and not found.text and not for_all:
        return replace(read, reading=ReplyReading.ACKNOWLEDGED, command=beside)
    return replace(read, command=beside, answers_for_all=for_all)


def _read_text(text: str, *, has_files: bool) -> ReplyRead:
    """Return how a text without commands reads."""
    bare = without_courtesies(text)
    left: list[str] = []
    forms: set[ShortForm] = set()
    for sentence in sentences(bare):
        if sentence.form is not None:
            forms.add(sentence.form)
            continue
        left.append(sentence.bare)
        if _is_of_the_matter(left):
            return ReplyRead(ReplyReading.ANSWER, None, text)
    if has_files and (not (left or forms) or _ENCLOSED.search(folded(bare))):
        return ReplyRead(ReplyReading.ANSWER, None, text)
    short = next((reading for form, reading in _MEANING.items() if form in forms), None)
    if not left and short:
        passed_to = next((sentence.passed_to for sentence in sentences(text) if sentence.passed_to), "")
        return ReplyRead(short, None, text, passed_to=passed_to if short is ReplyReading.PASSED_ON else "")
    if not left:
        # thanks alone, or a thumb
        thanks = any(unicodedata.category(sign) == "So" for sign in text) or bool(words(text))
        reading = ReplyReading.ACKNOWLEDGED if thanks else ReplyReading.UNSURE
        return ReplyRead(reading, None, text)
    return ReplyRead(
        ReplyReading.UNSURE, None, text, alternatives=(ReplyReading.ANSWER, short or ReplyReading.ACKNOWLEDGED)
    )


def _is_reason(text: str) -> bool:
    """Return whether what stands beside a command only says why: in so many words, or citing no law."""
    said = folded(without_courtesies(text))
    if len(said.split()) > _LONGEST_REASON:
        return False
    return bool(_GIVES_REASON.search(said)) or bool(_OF_COMPETENCE.search(said) and not _CITES.search(said))


def _is_of_the_matter(left: Sequence[str]) -> bool:
    """Return whether what is no short form surely says something of what was asked."""
    whole = " . ".join(left)
    count = len(whole.replace(".", "").split())
    if _CITES.search(whole) or count > _MANY_WORDS:
        return True
    return count >= _FEW_WORDS and bool(_OF_THE_MATTER.search(whole)) and not _OF_ONESELF.search(whole)
