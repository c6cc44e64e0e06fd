"""Citizens and staff on Zalo: who reads a message of the desk may tap its button, say thanks, or be served by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.people import answers
from sandbox.people.hours import OfficeHours
from sandbox.people.manners import drawn

_ANSWERED = "BHXH Việt Nam trả lời như sau"
_GIVEN_TO_UNITS = "đã chuyển câu hỏi đến"
_THANKS = ("Cảm ơn ad nhiều ạ", "Tôi cảm ơn", "dạ em cảm ơn", "ok cam on ad")
_TAPS, _WRITES_ONE, _THANKS_SHARE, _SERVED_BY_HAND = 0.45, 0.15, 0.25, 0.06


@dataclass(frozen=True, slots=True)
class Row:
    """A row that appears in a conversation at a moment; by staff, typed in OA Manager."""

    at: datetime
    user_id: str
    text: str
    by_staff: bool = False

    def as_json(self) -> dict[str, object]:
        """Return it as the simulator's control API takes it."""
        return {"user_id": self.user_id, "time": round(self.at.timestamp() * 1000), "message": self.text}


@dataclass(frozen=True, slots=True)
class Reactions:
    """What comes of the desk's messages on Zalo."""

    seed: int
    hours: OfficeHours

    def to(self, sent: Mapping[str, Any]) -> Iterator[Row]:
        """Yield what a message leads to; most are only read."""
        message = sent["body"].get("message") or {}
        text, buttons = str(message.get("text", "")), _buttons(message)
        draw = drawn(self.seed, "citizen", sent["message_id"])
        at = datetime.fromtimestamp(sent["time"] / 1000, UTC)
        soon = at + timedelta(minutes=draw.uniform(2, 40))
        luck = draw.random()
        if buttons and luck < _TAPS:
            yield Row(soon, sent["to"], str(buttons[0]["payload"]))
        elif buttons and luck < _TAPS + _WRITES_ONE:
            yield Row(soon, sent["to"], "1")
        elif _ANSWERED in text and luck < _THANKS_SHARE:
            yield Row(soon, sent["to"], draw.choice(_THANKS))
        elif _GIVEN_TO_UNITS in text and luck < _SERVED_BY_HAND:
            yield Row(self.hours.after(at, draw.uniform(0.5, 3)), sent["to"], answers.HAND_TYPED, by_staff=True)


def _buttons(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    payload = (message.get("attachment") or {}).get("payload") or {}
    return list(payload.get("buttons") or [])
