"""Reply addresses that were given out: the store keeps hashes alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from desk.rules.reply_tokens import TOKEN_BYTES, token_hash, token_of
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFor:
    """What a reply address is for: a question at a unit, or a step of an official; good until a day.

    `version` is that of what the letter shows; an answer or a proposal that has moved on takes no word on an old one.
    """

    step: str
    expires_on: date
    question_id: int | None = None
    assignment_id: int | None = None
    official_code: str | None = None
    work_item_id: int | None = None
    answer_id: int | None = None
    content_item_id: int | None = None
    version: int = 1


def add_tokens(connection: Connection, wanted: Sequence[TokenFor]) -> list[str]:
    """Give out a token for each purpose, in order."""
    if not wanted:
        return []
    tokens = [token_of(secrets.token_bytes(TOKEN_BYTES)) for _ in wanted]
    values = {
        "token_sha256s": [token_hash(token) for token in tokens],
        "question_ids": [purpose.question_id for purpose in wanted],
        "assignment_ids": [purpose.assignment_id for purpose in wanted],
        "official_codes": [purpose.official_code for purpose in wanted],
        "work_item_ids": [purpose.work_item_id for purpose in wanted],
        "answer_ids": [purpose.answer_id for purpose in wanted],
        "content_item_ids": [purpose.content_item_id for purpose in wanted],
        "versions": [purpose.version for purpose in wanted],
        "steps": [purpose.step for purpose in wanted],
        "expires_ons": [purpose.expires_on for purpose in wanted],
    }
    connection.execute(statement("mail_tokens/add_tokens"), values)
    return tokens
