"""What a rule broke on goes back into its line, once the fault is mended (law 7)."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.store import citizens, inbound_mails, publications, questions, takedowns
from desk.store.work_items import WorkInHand

BUG = "bug"


def return_parked(connection: Connection, work: WorkInHand) -> bool:
    """Let what a piece of work is about be worked on again; returns whether the work was about something set aside."""
    if work.kind != BUG:
        return False
    if work.content_item_id is not None:
        publications.return_parked(connection, work.content_item_id)
        takedowns.return_parked(connection, work.content_item_id)
    if work.question_id is not None:
        questions.return_parked(connection, work.question_id)
    for parked in work.proposals:
        match parked:
            case {"line": "mail" | "draft", "row": row}:
                inbound_mails.return_parked(connection, int(row))
            case {"line": "sealing", "row": row}:
                citizens.return_parked(connection, row)
    return True
