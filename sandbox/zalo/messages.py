"""A message as the tester orders it: of a citizen, or typed by staff in OA Manager."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from sandbox.zalo.refusals import Json

FIRST_MS, LAST_MS = 946_684_800_000, 4_102_444_800_000  # 2000 to 2100: a time in seconds is found out


def _as_text(value: object) -> object:
    """Return a location as Zalo gives it: a string that holds JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


class NewMessage(BaseModel):
    """One row to appear in pulls. What is left out is left out of the row."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    user_id: str
    display_name: str | None = None
    time: int | None = Field(default=None, ge=FIRST_MS, le=LAST_MS)
    """Epoch ms of the row, now when left out; a later time shows when the clock reaches it."""
    appears_at: int | None = Field(default=None, ge=FIRST_MS, le=LAST_MS)
    """Epoch ms from which the row can be pulled, when that is later than its own time (a late row)."""
    type: str = "text"
    message: str | None = Field(default=None, validation_alias=AliasChoices("message", "text"))
    url: str | None = None
    thumb: str | None = None
    description: str | None = None
    links: list[Json] | None = None
    location: Annotated[str | None, BeforeValidator(_as_text)] = None
    message_id: str | None = None
    extra: Json = Field(default_factory=dict)
    """Further fields of the row, as they are."""

    @property
    def media(self) -> Json:
        """Return the optional fields of the row that are set."""
        fields = {
            "url": self.url,
            "thumb": self.thumb,
            "description": self.description,
            "links": self.links,
            "location": self.location,
        }
        return {name: value for name, value in fields.items() if value is not None} | self.extra
