"""Replies of units as collecting them leaves them in the store, and an official's word on an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Connection, text

from desk.rules.commands import CommandCode, CommandLine
from desk.runtime.answering.deciding import decide_on_answer, decide_on_duty_answer
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import Decision, Step
from desk.runtime.in_force import in_force

_mails = count(1)


def add_mail(connection: Connection, at: datetime) -> int:
    """Store a mail that has been read, and return its number."""
    number = next(_mails)
    found = connection.scalar(
        text(
            "INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, received_at, kind) "
            "VALUES ('INBOX', 1, :uid, :sha, :at, 'reply') RETURNING inbound_mail_id"
        ),
        {"uid": number, "sha": sha256(str(number).encode()).digest(), "at": at},
    )
    return int(found or 0)


def replied(
    unit: str,
    said: str,
    *,
    at: datetime,
    reading: str = "answer",
    pages: Sequence[Sequence[bytes]] = (),
    connection: Connection | None = None,
    **columns: object,
) -> int:
    """Store a unit's reply to the newest question it was asked, each of *pages* a PDF; returns the reply's number."""
    if connection is None:
        with transaction() as opened:
            return replied(unit, said, at=at, reading=reading, pages=pages, connection=opened, **columns)
    mail = add_mail(connection, at)
    for place, of_file in enumerate(pages):
        attachment = connection.scalar(
            text(
                "INSERT INTO attachment (inbound_mail_id, position, name, declared_type, is_inline, sha256, content,"
                " form, is_signed) VALUES (:mail, :place, :name, 'application/pdf', false, :sha, 'x', 'pdf', :signed) "
                "RETURNING attachment_id"
            ),
            {
                "mail": mail,
                "place": place,
                "name": f"cv{place}.pdf",
                "sha": sha256(f"{mail}:{place}".encode()).digest(),
                "signed": bool(columns.get("is_signed")),
            },
        )
        for number, page in enumerate(of_file, start=1):
            connection.execute(
                text(
                    "INSERT INTO attachment_page (attachment_id, number, sha256, content) "
                    "VALUES (:of, :number, :sha, :page)"
                ),
                {"of": attachment, "number": number, "sha": sha256(page).digest(), "page": page},
            )
    columns.pop("is_signed", None)
    row = {
        "standing": "listed",
        "from_address": "van.thu@bhxh.example.vn",
        "answers_for_all": False,
        "letter_number": None,
        "letter_on": None,
        **columns,
    }
    reply = connection.scalar(
        text(
            "INSERT INTO reply (inbound_mail_id, question_id, assignment_id, reading, standing, from_address, text,"
            " full_text, content_sha256, answers_for_all, letter_number, letter_on, received_at) "
            "SELECT :mail, question_id, assignment_id, :reading, :standing, :from_address, :said, :said, :sha,"
            " :answers_for_all, :letter_number, :letter_on, :at "
            "FROM assignment WHERE unit_code = :unit ORDER BY assignment_id DESC LIMIT 1 RETURNING reply_id"
        ),
        {
            "mail": mail,
            "reading": reading,
            "said": said,
            "sha": sha256(f"{mail}{said}".encode()).digest(),
            "unit": unit,
            "at": at,
            **row,
        },
    )
    if reading == "answer":
        connection.execute(
            text(
                "UPDATE assignment SET state = 'replied', replied_at = :at "
                "WHERE assignment_id = (SELECT assignment_id FROM reply WHERE reply_id = :reply)"
            ),
            {"at": at, "reply": reply},
        )
    return int(reply or 0)


def word(
    written: CommandCode | str,
    *,
    at: datetime,
    argument: str = "",
    below: str = "",
    by: str = "HA",
    step: Step = Step.ANSWER,
    version: int | None = None,
) -> str:
    """Let an official write on the newest version of the newest question's answer; returns what was done."""
    with transaction() as connection:
        desk = in_force(connection)
        found: dict[str, Any] = dict(
            connection.execute(
                text(
                    "SELECT question_id, answer_id, coalesce(version, 1) AS version FROM question "
                    "LEFT JOIN answer USING (question_id) ORDER BY question_id DESC, version DESC NULLS LAST LIMIT 1"
                )
            )
            .mappings()
            .one()
        )
        decision = Decision(
            step=step,
            official=next(official for official in desk.office.officials if official.code == by),
            command=CommandLine(written, argument) if isinstance(written, CommandCode) else None,
            text=below if isinstance(written, CommandCode) else written,
            inbound_mail_id=add_mail(connection, at),
            received_at=at,
            **{**found, "version": version or found["version"]},
        )
        handler = decide_on_duty_answer if step is Step.DUTY_ANSWER else decide_on_answer
        return handler(connection, decision, desk, at)
