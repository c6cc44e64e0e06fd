"""What is not settled about the real Zalo, or differs between accounts: each a knob with the default to take."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Knobs(BaseModel):
    """How this Zalo behaves where sources contradict each other, and what the account has bought."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    strict: bool = True
    """Refuse what only guesses and old habits send: no `data=`, a token in the query string, v3 pull paths."""

    # OAuth
    access_token_seconds: int = Field(default=90_000, gt=0)
    refresh_token_days: int = Field(default=90, gt=0)
    expires_in_as: Literal["string", "int"] = "string"
    old_access_token_dies: bool = True
    refresh_token_reusable: bool = False
    refresh_life_restarts: bool = True
    """Whether a rotated refresh token lives its full life from its own minting, or the rest of the consent's."""
    refresh_token_in_reply: bool = True
    """Off: a refresh returns no new refresh token, and the old one stays good."""
    spent_refresh_code: int = -14014
    console_redirect_uri: str | None = None
    """Set: the callback is fixed in the app console and any other is refused with -14003."""
    appsecret_proof_required: bool = False

    # Pull
    recent_chat_rows: Literal["messages", "per_conversation"] = "messages"
    over_count: Literal["error", "clamp"] = "error"
    links_as: Literal["objects", "strings"] = "objects"
    oa_id_field: Literal["oa_id", "oaid"] = "oa_id"

    # Send
    quote_field: Literal["quote_message_id", "react_message_id"] = "quote_message_id"
    file_field: Literal["token", "attachment_id"] = "token"
    unlimited_replies_from: date = date(2026, 1, 1)
    """Before that day in Vietnam: 8 free replies in the 48 hours after each message of the citizen, the rest paid."""
    package_allowance: int = Field(default=2_000, ge=0)
    """Messages between 48 hours and 7 days that the package pays for; beyond them the Zalo Cloud Account does."""
    zca: Literal["linked", "none", "empty"] = "linked"
    closed_window_code: int = -230
    echo_delay_seconds: int = Field(default=0, ge=0)
    """How long after it was accepted a message of the account shows in pulls."""
    buttons_seen_as: Literal["text", "nosupport"] = "text"
    """How a text with buttons shows up as a row of the conversation."""

    # Articles
    article_processing_seconds: int = Field(default=0, ge=0)
    """How long a created article stays invisible and answers -214 to verify."""
    articles_in_real_time: bool = False
    """Whether articles are dated by real time wherever the clock stands, as a client sees that replays days gone by."""
    articles_per_month: int = Field(default=1_000, ge=0)
    article_slice_max: int = Field(default=10, gt=0)

    # HTTP
    requests_per_minute: int = Field(default=4_000, gt=0)
    error_statuses: bool = False
    """Answer 401, 403 and 429 where the error code has one, instead of 200."""
    content_type: str = "application/json"
