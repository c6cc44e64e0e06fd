"""Answers that may be used again: nobody's data in them, and nothing of the letter that they once were."""

from __future__ import annotations

import re
from typing import Final

from desk.rules.answers.dossiers import dossier_data, without_dossier_data
from desk.rules.masking import masked

_OF_THE_TEMPLATE: Final = re.compile(
    r"Về câu hỏi của Ông/Bà \(mã |BHXH Việt Nam gửi Ông/Bà bản chụp|Trường hợp cần trao đổi thêm, "
)
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def reusable_text(answer: str) -> str:
    """Return what an answer says, without the lines that the desk's template puts around it."""
    lines = [line for line in answer.splitlines() if not _OF_THE_TEMPLATE.match(line)]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def personal_kinds(answer: str, asker: str) -> tuple[str, ...]:
    """Return the kinds of data of one person that an answer holds."""
    return tuple(dict.fromkeys(kind.strip("[]") for _, kind in dossier_data(answer, asker)))


def question_to_keep(question: str, asker: str) -> str:
    """Return a question without anybody's data, to be compared with later ones."""
    return without_dossier_data(masked(question), asker)
