"""One mail about several questions, cut at their codes (U14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.rules.case_codes import written_codes
from desk.rules.replies.courtesies import without_courtesies
from desk.rules.wording import folded

# what stands before a code that heads what is said of it: "1. Về câu hỏi mã ZL 26-004512-8: …"
_LEAD = re.compile(
    r"\W*(?:\d{1,2}[.)\s]\W*)?(?:(?:ve|doi voi|tra loi|cau hoi|cau|ma|so|ma so|noi dung|thu|phieu|cua|cac|\d)\W+)*"
)
_BETWEEN = re.compile(r"\W*(?:(?:va|voi|cau hoi|ma)\W+)*")
_AFTER = re.compile(r"[\s*_\"”’»]*(?:[)\]]+\s*[:：.,;–—-]*|[:：.,;–—-]+|$)[\s*_\"”’»]*")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in parts, each with the case code it answers; not sure: a person says which part is for which."""

    parts: tuple[tuple[str, str], ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Section:
    codes: tuple[str, ...]
    text: str


def cut_at_codes(text: str, codes: Sequence[str]) -> Cut:
    """Return what a text says to each of the questions that the mail is about, the codes that head the parts removed.

    A part may be for several ("ZL …, ZL …: …"). Sure only if every question has a part of its own that says something,
    and nothing is said to none of them; a question without a part gets the whole text.
    """
    before, sections = _sections(text)
    if not sections:
        return Cut(tuple((code, text) for code in codes), is_sure=len(codes) <= 1)
    said = {
        code: "\n\n".join(section.text for section in sections if code in section.codes and section.text)
        for code in codes
    }
    is_complete = all(said.values()) and not without_courtesies(before)
    is_known = all(code in said for section in sections for code in section.codes)
    return Cut(tuple((code, said[code] or text) for code in codes), is_sure=is_complete and is_known)


def _sections(text: str) -> tuple[str, list[_Section]]:
    """Return what stands before the first code that heads a line, and what follows each."""
    before: list[str] = []
    headed: list[tuple[tuple[str, ...], list[str]]] = []
    for line in text.split("\n"):
        codes, rest = _heading(line)
        if codes:
            headed.append((codes, [rest]))
        else:
            (headed[-1][1] if headed else before).append(line)
    return "\n".join(before), [_Section(codes, "\n".join(lines).strip()) for codes, lines in headed]


def _heading(line: str) -> tuple[tuple[str, ...], str]:
    """Return the codes that head a line, and the line after them; a code that begins a sentence stays in it."""
    codes: list[str] = []
    end = 0
    for written in written_codes(line):
        between = folded(line[end : written.start])
        if not (_BETWEEN if codes else _LEAD).fullmatch(between):
            break
        codes.append(written.code)
        end = written.end
    after = _AFTER.match(line, end)
    return tuple(codes), line[after.end() :] if codes and after else line
