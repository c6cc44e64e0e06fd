"""Kinds of work that mail brings: named here, because who finds the work and who carries out the word on it differ."""

from __future__ import annotations

from typing import Final

UNSURE_READING: Final = "unsure_reading"
QUESTION_BACK: Final = "question_back"
HELD_MAIL: Final = "held_mail"
