"""What units wrote back, and what that does to the questions they were asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.replies.readings import ReplyReading
from desk.rules.replies.senders import Standing
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """A reply to be recorded. `content_sha256` makes the same reply, sent twice, count once."""

    inbound_mail_id: int
    question_id: int
    assignment_id: int
    reading: ReplyReading
    standing: Standing
    from_address: str
    text: str
    full_text: str
    content_sha256: bytes
    received_at: datetime
    answers_for_all: bool = False
    letter_number: str | None = None
    letter_on: date | None = None

    @property
    def pair(self) -> tuple[int, int]:
        """What a reply is known by before it has a number: its mail and its assignment."""
        return self.inbound_mail_id, self.assignment_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a reply does to an assignment; what is None stays as it is."""

    assignment_id: int
    replied_at: datetime | None = None
    acknowledged_at: datetime | None = None
    silent_until: datetime | None = None
    passed_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInHand:
    """One reply that a person decides on."""

    reply_id: int
    question_id: int
    assignment_id: int
    reading: ReplyReading
    text: str
    received_at: datetime
    case_code: str


def add_replies(connection: Connection, replies: Sequence[NewReply]) -> dict[tuple[int, int], int]:
    """Record replies; one that is recorded already is passed over. Returns the ids of the new ones by their pair."""
    if not replies:
        return {}
    values = {
        "inbound_mail_ids": [reply.inbound_mail_id for reply in replies],
        "question_ids": [reply.question_id for reply in replies],
        "assignment_ids": [reply.assignment_id for reply in replies],
        "readings": [reply.reading.value for reply in replies],
        "standings": [reply.standing.value for reply in replies],
        "from_addresses": [reply.from_address for reply in replies],
        "texts": [reply.text for reply in replies],
        "full_texts": [reply.full_text for reply in replies],
        "content_sha256s": [reply.content_sha256 for reply in replies],
        "answers_for_alls": [reply.answers_for_all for reply in replies],
        "letter_numbers": [reply.letter_number for reply in replies],
        "letter_ons": [reply.letter_on for reply in replies],
        "received_ats": [reply.received_at for reply in replies],
    }
    rows = connection.execute(statement("replies/add_replies"), values)
    return {(row.inbound_mail_id, row.assignment_id): row.reply_id for row in rows}


def move_assignments(connection: Connection, moves: Sequence[Move]) -> None:
    """Record what replies do to assignments; several to one assignment count together, the earliest answer first."""
    if not moves:
        return
    merged: dict[int, Move] = {}
    for move in moves:
        merged[move.assignment_id] = _both(merged[move.assignment_id], move) if move.assignment_id in merged else move
    together = [merged[assignment_id] for assignment_id in sorted(merged)]
    values = {
        "assignment_ids": [move.assignment_id for move in together],
        "replied_ats": [move.replied_at for move in together],
        "acknowledged_ats": [move.acknowledged_at for move in together],
        "silent_untils": [move.silent_until for move in together],
        "passed_tos": [move.passed_to for move in together],
    }
    connection.execute(statement("replies/move_assignments"), values)


def find_answers_of_mail(connection: Connection, inbound_mail_id: int) -> dict[int, list[int]]:
    """Return the replies of one mail that stand as answers told to nobody yet, by question."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(statement("replies/find_answers_of_mail"), {"inbound_mail_id": inbound_mail_id}):
        found[row.question_id].append(row.reply_id)
    return dict(found)


def get_reply(connection: Connection, reply_id: int) -> ReplyInHand:
    """Return one reply.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none of that number.
    """
    row = connection.execute(statement("replies/get_reply"), {"reply_id": reply_id}).mappings().one()
    return ReplyInHand(**{**row, "reading": ReplyReading(row["reading"])})


def record_reading(connection: Connection, reply_id: int, reading: ReplyReading) -> None:
    """Record what a person says a reply is."""
    connection.execute(statement("replies/record_reading"), {"reply_id": reply_id, "reading": reading.value})


def end_silence(connection: Connection, assignment_id: int, *, as_of: datetime) -> None:
    """Let the chase of an assignment go on."""
    connection.execute(statement("replies/end_silence"), {"assignment_id": assignment_id, "as_of": as_of})


def _both(first: Move, then: Move) -> Move:
    return Move(
        assignment_id=first.assignment_id,
        replied_at=first.replied_at or then.replied_at,
        acknowledged_at=first.acknowledged_at or then.acknowledged_at,
        silent_until=max(filter(None, (first.silent_until, then.silent_until)), default=None),
        passed_to=then.passed_to or first.passed_to,
    )
