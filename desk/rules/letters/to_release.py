"""The letter by which the Ban Quản trị releases redirects: several at one reply (Điều 13, U24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from desk.rules.letters.commands import Command, buttons
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import Official
from desk.rules.outgoing import Letter

RELEASE_ALL = Command("DUYỆT TẤT CẢ")
RELEASE_ALL_BUT = Command("DUYỆT TẤT CẢ TRỪ", "số thứ tự")
RELEASE_NONE = Command("KHÔNG DUYỆT")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRedirect:
    """A question that belongs elsewhere: what the citizen asked, why, and what he would be told, word for word."""

    case_code: str
    text: str
    received_at: datetime
    reason: str
    answer: str


def redirect_release(
    redirects: Sequence[ShownRedirect],
    to: Official,
    *,
    on: date,
    slot: time,
    letter: int,
    address: str,
    reply_token: str,
) -> Letter:
    """Return the *letter*-th letter of a slot of a day."""
    options = (RELEASE_ALL, RELEASE_NONE) if len(redirects) == 1 else (RELEASE_ALL, RELEASE_ALL_BUT, RELEASE_NONE)
    return Letter(
        template="redirect-release",
        key=f"redirect-release:{on.isoformat()}:{slot:%H%M}:{letter}",
        stream=f"official:{to.code}",
        to=to.email,
        reply_token=reply_token,
        context={
            "official": to.name,
            "redirects": [
                {
                    "case_code": redirect.case_code,
                    "text": redirect.text,
                    "received": moment_and_date(redirect.received_at),
                    "reason": redirect.reason,
                    "answer": redirect.answer,
                }
                for redirect in redirects
            ],
            "buttons": buttons(options, address=address, case_code=redirects[0].case_code),
        },
    )
