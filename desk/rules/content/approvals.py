"""What officials may say of an article, step by step (Điều 11)."""

from __future__ import annotations

from enum import StrEnum


class ApprovalStep(StrEnum):
    """What a word is on: each is a row of its own, whose order and role the database checks."""

    PROPOSE = "propose"
    REVIEW = "review"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DECIDE = "decide"
    CONFORM = "conform"
    PUBLISH = "publish"
    STOP = "stop"
    ASK_TAKEDOWN = "ask_takedown"
    DECIDE_TAKEDOWN = "decide_takedown"
    ASK_BROADCAST = "ask_broadcast"
    DECIDE_BROADCAST = "decide_broadcast"


class Verdict(StrEnum):
    """What the word is."""

    AGREE = "agree"
    RETURN = "return"
    REFUSE = "refuse"
    AGREE_WITH_CHANGES = "agree_with_changes"
