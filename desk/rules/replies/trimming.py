"""What is new in a reply: quotes and signature left out. An answer lost is worse than a quote left in.

Quotes are known by the habits of mail programs; what they do not tell, comparison with the letters we sent does,
whatever the language. The full text is kept beside: this is a view of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.rules.replies.quotes import How, first_quote, is_quoted, next_text
from desk.rules.replies.sent_letters import SentLetters
from desk.rules.replies.signatures import is_advertisement, signature_start

_MANY_EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")
_POINTER_LINES = 6
# "Xem trả lời bên dưới", "chữ đỏ", "see below": the answer stands among the lines of the quote.
_POINTS_BELOW = re.compile(
    r"\b(?:bên dưới|phía dưới|dưới đây|ở dưới|chữ (?:màu )?(?:đỏ|xanh|đậm|nghiêng)|màu (?:đỏ|xanh)|in (?:red|blue)"
    r"|inline|below)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What a reply newly says, the signature that stood under it, and by what its quotes were known."""

    text: str
    signature: str
    how: str


def trimmed(text: str, sent: Sequence[str] = ()) -> Trimmed:
    """Return what is new in a mail's text; *sent* are the texts of our letters that it may quote.

    Every line of it is a line of *text*, in its order.
    """
    lines = text.split("\n")
    letters = SentLetters(sent)
    above, below, how = _parted(lines, letters)
    news, signature = [], []
    for part in (above, below):
        end = signature_start(part)
        advertisements = [line for line in part[:end] if is_advertisement(line)]
        news.append(_joined(line for line in part[:end] if not is_advertisement(line)))
        signature.append(_joined([*advertisements, *part[end:]]))
    return Trimmed("\n\n".join(filter(None, news)), "\n\n".join(filter(None, signature)), how)


def _parted(lines: list[str], letters: SentLetters) -> tuple[list[str], list[str], str]:
    """Return the new lines above the quote, those among or under it, and by what it was known."""
    quote = first_quote(lines)
    if quote is None:
        start = letters.head_in(lines)
        if start is None:
            kept = letters.without_quoted_blocks(lines)
            return kept, [], "sent" if len(kept) < len(lines) else "none"
        return lines[:start], letters.left_of(lines[start:]), "sent"
    above, quoted = lines[: quote.start], lines[quote.below :]
    if quote.how is How.FORWARD and letters and not letters.are_in(quoted):
        # Somebody else's mail was passed on to us: it is what the sender wants to say.
        return lines, [], "none"
    if is_quoted(next_text(lines, quote.below)) or is_quoted(lines[quote.start]):
        is_typed = any(line.strip() and not is_quoted(line) for line in quoted)
        below = [line for line in letters.left_of(quoted) if not is_quoted(line)] if is_typed else []
    elif not any(line.strip() for line in above) or (letters and _points_below(above)):
        below = letters.left_of(quoted)
    else:
        below = []
    has_below = any(line.strip() for line in below)
    return above, below, f"{quote.how.value}+below" if has_below else quote.how.value


def _points_below(above: Sequence[str]) -> bool:
    written = [line for line in above if line.strip()]
    return len(written) <= _POINTER_LINES and any(_POINTS_BELOW.search(line) for line in written)


def _joined(lines: Iterable[str]) -> str:
    return _MANY_EMPTY.sub("\n\n", "\n".join(lines)).strip("\n")
