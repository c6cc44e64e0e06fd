"""A desk with its office loaded, and what a pull would have stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import cache
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.rules.office import Office
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.grouping import seal_batch
from tasks.routing import route_batch
from tests.dates import at
from tests.mailroom import Mailroom
from tests.offices import the_office

NOW = at("Fri 2026-11-20 09:30")
UNIT = "thu@bhxh.example.vn"
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"

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


@pytest.fixture
def letter(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Let a question about a lost book lie with its unit, and return the letter."""
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    return mailroom.letter(UNIT)


@pytest.fixture
def two_units(desk: Engine, say: Say, handle: Handle, rows: Rows) -> None:  # noqa: ARG001 - in office first
    """Ask two units a question of one citizen."""
    say("u1", "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    code = rows("SELECT case_code FROM question")[0]["case_code"]
    order = TriageOrder(code=code, action=TriageAction.ROUTE, acting_officer="HA", units=["bên Thu", "TCKT"])
    with transaction() as connection:
        triage(connection, order, in_force(connection), NOW)
