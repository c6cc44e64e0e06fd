"""Kinds of work that officials decide on by mail: who finds the work and who carries out the word both name them."""

from __future__ import annotations

from typing import Final

ANSWER_BY_DUTY: Final = "answer_by_duty"
ENDANGERED_ANSWER: Final = "endangered_answer"
OVERDUE_ANSWER: Final = "overdue_answer"
ANSWERED_BY_HAND: Final = "answered_by_hand"
UNIT_PROPOSAL: Final = "unit_proposal"
UNSURE_READING: Final = "unsure_reading"
QUESTION_BACK: Final = "question_back"
HELD_MAIL: Final = "held_mail"
LATE_REPLY: Final = "late_reply"
CITIZEN_ADDED: Final = "citizen_added"
ASKED_OVERDUE: Final = "asked_overdue"
