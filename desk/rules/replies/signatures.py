"""The end of a reply that is no answer: name and telephone of its writer, the advertisement of a mail program."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.rules.replies.programs import ADVERTISEMENTS, CLOSINGS, DISCLAIMERS, THANKS

_LAST_LINES = 60
_DELIMITED_LINES = 15
_BLOCK_LINES = 10
_LONGEST_LINE = 90
_LONGEST_ADVERTISEMENT = 160
_MOST_WORDS = 14
_WORDS_OF_A_NAME = range(2, 7)
_WORDS_OF_A_SENTENCE = 6

_STANDARD_DELIMITER = "-- "
_DELIMITERS = frozenset({"--", "—", "__"})
# What stands in an answer, and never under a name.
_ANSWERS = re.compile(
    r"\s*(?:>|[-+•*]\s|\d+[.)]\s|[a-hđ][.)]\s|(?:p\.?s|tái bút|tb|lưu ý|ghi chú|chú ý|nb)\b)"
    r"|.*\b(?:điều \d|khoản|điểm [a-hđ]\b|luật|nghị định|thông tư|công văn|mức|đồng|hồ sơ|kèm|đề nghị|trường hợp"
    r"|người lao động)\b"
    r"|.*(?:[?;:]\s*$|\d\s?%)",
    re.IGNORECASE,
)
# What stands in plain text for a picture of the signature.
_PICTURE = re.compile(
    r"\s*(?:\[(?:cid|image|inline|hình ảnh|logo)\b[^\[\]]*\]|<[\w .-]{1,60}\.(?:png|jpe?g|gif)>|\ufffc)\s*$",
    re.IGNORECASE,
)
_ENDS_LIKE_A_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!]\s*$")


def signature_start(lines: Sequence[str]) -> int:
    """Return the index of the line at which a signature begins; the number of lines where none is sure."""
    end = _disclaimer_start(lines)
    first = max(0, end - _LAST_LINES)
    has_text = any(line.strip() for line in lines[:first])
    for number, line in enumerate(lines[first:end], first):
        block = lines[number + 1 : end]
        if line == _STANDARD_DELIMITER and _is_short(block, _DELIMITED_LINES):
            return number
        said = line.strip(" \t,.!…/").lower()
        begins = (
            said in CLOSINGS
            or (has_text and said in THANKS)
            # Dashes alone may also part two paragraphs.
            or (line.strip() in _DELIMITERS and any(map(_is_name, block)))
        )
        if begins and _is_block(block):
            return number
        has_text |= bool(said)
    return end


def is_advertisement(line: str) -> bool:
    """Tell whether a line is what a telephone or a mail program puts under a mail, or stands for a picture there."""
    if len(line) > _LONGEST_ADVERTISEMENT:
        return False
    return line.strip().lower().startswith(ADVERTISEMENTS) or bool(_PICTURE.match(line))


def _disclaimer_start(lines: Sequence[str]) -> int:
    """Return where a notice of confidentiality begins, near the end and as a paragraph of its own."""
    for number in range(max(0, len(lines) - _DELIMITED_LINES), len(lines)):
        is_paragraph = not number or not lines[number - 1].strip()
        if is_paragraph and lines[number].strip(" *_-=[(").lower().startswith(DISCLAIMERS):
            return number
    return len(lines)


def _is_block(lines: Sequence[str]) -> bool:
    """Tell whether these lines are surely names, titles, addresses and telephones."""
    return _is_short(lines, _BLOCK_LINES) and not any(_may_answer(line) for line in lines)


def _is_short(lines: Sequence[str], most: int) -> bool:
    return sum(1 for line in lines if line.strip()) <= most


def _may_answer(line: str) -> bool:
    words = len(line.split())
    is_sentence = words >= _WORDS_OF_A_SENTENCE and _ENDS_LIKE_A_SENTENCE.search(line)
    return len(line) > _LONGEST_LINE or words > _MOST_WORDS or bool(is_sentence or _ANSWERS.match(line))


def _is_name(line: str) -> bool:
    words = line.split()
    return len(words) in _WORDS_OF_A_NAME and all(word[0].isupper() and word[1:].islower() for word in words)
