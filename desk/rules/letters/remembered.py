"""An answer to a question that was asked before, as letters quote it beside a new one (U5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.rules.calendar import long_date

_LONGEST_QUOTE: Final = 600
_SENTENCE_END: Final = re.compile(r"[.!?;](?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """An answer to a question like the one at hand; `case_code` is that of the earlier question.

    `letters` are the units' letters that it came in, as far as confirmed. `changed` says which laws are others by now;
    `unknown` are those it cites of which nobody has written down whether they stand.
    """

    remembered_answer_id: int
    case_code: str
    text: str
    answered_on: date
    letters: Sequence[str] = ()
    changed: Sequence[str] = ()
    unknown: Sequence[str] = ()

    @property
    def may_be_sent(self) -> bool:
        """Whether one word may send it: the laws it rests on are the same."""
        return not self.changed


def quoted_whole(earlier: EarlierAnswer | None) -> dict[str, object] | None:
    """Return an earlier answer as it is read before one word sends it; one that may not be sent is cut."""
    if earlier is None:
        return None
    return quoted_in_part(earlier) if earlier.changed else {**_quoted(earlier), "text": earlier.text, "sends": True}


def quoted_in_part(earlier: EarlierAnswer | None) -> dict[str, object] | None:
    """Return an earlier answer for reference, a long one cut at a sentence."""
    return None if earlier is None else {**_quoted(earlier), "text": _cut(earlier), "sends": False}


def _quoted(earlier: EarlierAnswer) -> dict[str, object]:
    letters = f", theo {'; '.join(earlier.letters)}" if earlier.letters else ""
    return {
        "intro": f"Câu hỏi tương tự đã được trả lời ngày {long_date(earlier.answered_on)}{letters}",
        "changed": f"căn cứ đã thay đổi: {'; '.join(earlier.changed)}; cần xem lại" if earlier.changed else "",
        "unknown": f"chưa rõ hiệu lực: {'; '.join(earlier.unknown)}" if earlier.unknown else "",
    }


def _cut(earlier: EarlierAnswer) -> str:
    if len(earlier.text) <= _LONGEST_QUOTE:
        return earlier.text
    head = earlier.text[:_LONGEST_QUOTE]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    kept = head[: ends[-1]] if ends else head.rpartition(" ")[0]
    return f"{kept.rstrip()} … (xem đủ: zalo-desk show {earlier.case_code})"
