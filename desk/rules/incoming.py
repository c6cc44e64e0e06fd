"""What arrives: one row of a conversation as pulled from Zalo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PulledRow:
    """One message of a conversation; `user_id` is the citizen, whoever wrote it.

    `kind` is Zalo's type in lower case; `text` is what can be read of it: text, caption, title and address of a link,
    telephone number of a business card. `media_url` is set where a file can be fetched. `raw` is the row's JSON.
    """

    message_id: str
    user_id: str
    from_citizen: bool
    sent_at: datetime
    kind: str
    text: str = field(repr=False)
    quoted_id: str | None
    media_url: str | None = field(repr=False)
    display_name: str = field(repr=False)
    raw: str = field(repr=False)
