"""A desk with its office loaded, and what a pull would have stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.rules.office import Office
from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.grouping import seal_batch
from tasks.routing import route_batch
from tests.offices import the_office

_ids = count(1)

Say = Callable[..., None]
Rows = Callable[..., list[dict[str, Any]]]
Handle = Callable[[datetime], None]


@cache
def trusting_office() -> Office:
    """Return the office with people who have confirmed enough: what is sure goes alone."""
    office = the_office()
    return replace(office, policies=tuple(replace(policy, auto_route_after=0) for policy in office.policies))


@pytest.fixture
def desk(desk_database: Engine) -> Engine:
    """Return the engine of a desk in office, completely pulled."""
    with transaction() as connection:
        offices.load(connection, trusting_office())
        connection.execute(
            text("INSERT INTO pull_cursor (oa_id, high_water, swept_at) VALUES ('oa', now(), now() + interval '1 day')")
        )
    return desk_database


@pytest.fixture
def say() -> Say:
    """Return a function that stores what a citizen wrote."""

    def written(user: str, lines: Sequence[str] | str, *, at: datetime, kind: str = "text") -> None:
        with transaction() as connection:
            connection.execute(
                text(
                    "INSERT INTO citizen (user_id, last_act_at, seal_due_at) VALUES (:user, :at, :due) "
                    "ON CONFLICT (user_id) DO UPDATE SET last_act_at = excluded.last_act_at, "
                    "seal_due_at = least(citizen.seal_due_at, excluded.seal_due_at)"
                ),
                {"user": user, "at": at, "due": at + timedelta(seconds=300)},
            )
            for place, line in enumerate([lines] if isinstance(lines, str) else lines):
                connection.execute(
                    text(
                        "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw) "
                        "VALUES (:id, :user, true, :at, :kind, :text, :raw)"
                    ),
                    {
                        "id": f"m{next(_ids):05d}",
                        "user": user,
                        "at": at + timedelta(seconds=place),
                        "kind": kind,
                        "text": line,
                        "raw": json.dumps({"text": line}),
                    },
                )

    return written


@pytest.fixture
def rows() -> Rows:
    """Return a function that asks the store."""

    def asked(sql: str, **values: object) -> list[dict[str, Any]]:
        with transaction() as connection:
            result = connection.execute(text(sql), values)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []

    return asked


@pytest.fixture
def handle() -> Handle:
    """Return a function that seals and routes all there is at an instant."""

    def handled(as_of: datetime) -> None:
        while seal_batch.fn(as_of):
            pass
        while route_batch.fn(as_of):
            pass

    return handled
