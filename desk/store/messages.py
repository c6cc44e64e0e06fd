"""Messages as pulled: citizens' own, echoes of the desk's deliveries, and what staff typed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.incoming import PulledRow
from desk.rules.states import QUESTION_MOVES, QuestionState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A row of the account that is a delivery of ours; `is_repeat` where that shows up under another id already."""

    message_id: str
    outbox_id: int
    sent_at: datetime
    question_id: int | None
    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldQuestion:
    """An open question after which staff typed something by hand."""

    question_id: int
    case_code: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedByHand:
    """A row of the account that staff typed in OA Manager."""

    user_id: str
    message_id: str
    sent_at: datetime


def find_typed_by_hand(connection: Connection, since: Mapping[str, datetime]) -> list[TypedByHand]:
    """Return what staff typed to citizens, each since an instant."""
    if not since:
        return []
    values = {"user_ids": list(since), "sinces": list(since.values())}
    return [
        TypedByHand(**row) for row in connection.execute(statement("messages/find_typed_by_hand"), values).mappings()
    ]


def record_citizens(connection: Connection, rows: Sequence[PulledRow]) -> None:
    """Make the citizens of some rows known, with the name they show now and their newest own act."""
    names: dict[str, tuple[datetime, str]] = {}
    acts: dict[str, datetime] = {}
    for row in rows:
        if row.user_id not in names or (row.display_name and row.sent_at >= names[row.user_id][0]):
            names[row.user_id] = row.sent_at, row.display_name
        if row.from_citizen and (row.user_id not in acts or row.sent_at > acts[row.user_id]):
            acts[row.user_id] = row.sent_at
    values = {
        "user_ids": list(names),
        "names": [name for _, name in names.values()],
        "acts": [acts.get(user_id) for user_id in names],
    }
    connection.execute(statement("messages/record_citizens"), values)


def add_messages(
    connection: Connection, rows: Sequence[PulledRow], *, act_from: datetime | None
) -> Mapping[str, str | None]:
    """Store rows; returns the purpose of those that are new by message id: history, by_hand, or None."""
    values = {
        "message_ids": [row.message_id for row in rows],
        "user_ids": [row.user_id for row in rows],
        "from_citizens": [row.from_citizen for row in rows],
        "sent_ats": [row.sent_at for row in rows],
        "kinds": [row.kind for row in rows],
        "texts": [row.text for row in rows],
        "quoted_ids": [row.quoted_id for row in rows],
        "media_urls": [row.media_url for row in rows],
        "raws": "\n".join(row.raw for row in rows),
        "act_from": act_from,
    }
    return {row.message_id: row.purpose for row in connection.execute(statement("messages/add_messages"), values)}


def record_echoes(connection: Connection, marks: Mapping[str, int | None]) -> list[Echo]:
    """Join rows of the account, message id to the outbox row their mark names, to the deliveries they are echoes of."""
    if not marks:
        return []
    values = {"message_ids": list(marks), "marks": list(marks.values())}
    return [Echo(**row) for row in connection.execute(statement("messages/record_echoes"), values).mappings()]


def settle_echoed(connection: Connection, echoes: Sequence[Echo]) -> int:
    """Record that deliveries have left because their echo was found; returns of how many that was not known."""
    if not echoes:
        return 0
    values = {
        "outbox_ids": [echo.outbox_id for echo in echoes],
        "outside_ids": [echo.message_id for echo in echoes],
        "sent_ats": [echo.sent_at for echo in echoes],
    }
    return len(connection.execute(statement("messages/settle_echoed"), values).all())


def hold_questions_answered_by_hand(
    connection: Connection, rows: Sequence[PulledRow | TypedByHand]
) -> list[HeldQuestion]:
    """Hold the open questions that rows typed by staff may have answered, and cancel their unsent receipts."""
    if not rows:
        return []
    values = {
        "user_ids": [row.user_id for row in rows],
        "message_ids": [row.message_id for row in rows],
        "sent_ats": [row.sent_at for row in rows],
        "states": [state.value for state, to in QUESTION_MOVES.items() if QuestionState.ANSWERED_BY_HAND in to],
    }
    found = connection.execute(statement("messages/hold_questions_answered_by_hand"), values).mappings()
    return [HeldQuestion(**row) for row in found]


def record_unsealed(connection: Connection, dues: Mapping[str, datetime]) -> None:
    """Record when what citizens wrote may be sealed at the earliest."""
    if dues:
        values = {"user_ids": list(dues), "dues": list(dues.values())}
        connection.execute(statement("messages/record_unsealed"), values)
