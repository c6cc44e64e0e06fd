"""Work that nobody decides on by mail is closed by a form, once, by its number."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from typer import Typer
from typer.testing import CliRunner

from desk.console.triage import triage
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.decisions.resolving import Resolution
from tasks.triaging import resolve_work
from tests.flows.conftest import NOW, UNIT, Rows
from tests.mailroom import DESK, Mailroom, bounce_of, text_of

LATER = NOW + timedelta(hours=1)
CONSOLE = Typer()
CONSOLE.command()(triage)


def resolution(number: int) -> Resolution:
    return Resolution(
        work_item_id=number, outcome="Đã xử lý xong", acting_officer="HA", reason="Đã liên hệ đơn vị qua điện thoại"
    )


def test_a_letter_that_came_back_is_no_work_any_more_once_somebody_has_seen_to_it(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.send("", DESK, bounce_of(letter, UNIT))
    mailroom.collect(LATER)
    (work,) = rows("SELECT work_item_id, remedy FROM work_item")
    assert "resolve-work-item" in work["remedy"]
    assert f"số {work['work_item_id']}, bounced" in CliRunner().invoke(CONSOLE, []).stdout

    done = resolve_work.fn(resolution(work["work_item_id"]), LATER)

    assert done == f"Việc số {work['work_item_id']}: Đã xử lý xong (Đã liên hệ đơn vị qua điện thoại)."
    assert rows("SELECT closed_by FROM work_item WHERE closed_at IS NOT NULL") == [{"closed_by": "HA"}]
    assert rows("SELECT actor FROM event WHERE kind = 'work_resolved'") == [{"actor": "HA"}]
    assert done in text_of(mailroom.letter("nguyen.thu.ha@bhxh.example.vn"))
    with pytest.raises(DecisionRefusedError, match="đã kết thúc lúc"):
        resolve_work.fn(resolution(work["work_item_id"]), LATER)


def test_what_an_officer_was_asked_by_mail_is_answered_by_mail(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Như nội dung đã trao đổi.")
    mailroom.collect(LATER)
    (work,) = rows("SELECT work_item_id FROM work_item")
    assert f"số {work['work_item_id']}, unsure_reading" in CliRunner().invoke(CONSOLE, []).stdout

    with pytest.raises(DecisionRefusedError, match="trả lời thư"):
        resolve_work.fn(resolution(work["work_item_id"]), LATER)

    assert rows("SELECT closed_at FROM work_item") == [{"closed_at": None}]


def test_a_number_that_is_nobodys_is_said_so(mailroom: Mailroom) -> None:
    del mailroom
    with pytest.raises(DecisionRefusedError, match="Không có việc số 404"):
        resolve_work.fn(resolution(404), LATER)
