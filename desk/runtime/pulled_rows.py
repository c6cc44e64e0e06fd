"""Rows as pulled become messages: whose they are, what they echo, what staff typed, what may be sealed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from desk.rules.case_codes import outbox_id_of_mark
from desk.rules.commands import CommandCode
from desk.rules.incoming import PulledRow
from desk.rules.tally import Count, Tally
from desk.runtime import clock
from desk.runtime.decisions.asking import Ask, ask_officers
from desk.runtime.decisions.kinds import ANSWERED_BY_HAND
from desk.runtime.in_force import in_force
from desk.runtime.setting_aside import Line, write_halving
from desk.runtime.settings import settings
from desk.store import media, messages
from desk.store.messages import Echo, HeldQuestion
from desk.store.work_items import WorkItem, add_work_items

_HISTORY: Final = "history"


@dataclass(frozen=True, slots=True)
class Keeping:
    """By what rows are kept: before *act_from* all is history (None: nothing is); *quiet* comes before sealing."""

    act_from: datetime | None
    quiet: timedelta


def keeping_now(connection: Connection) -> Keeping:
    """Return how rows are kept by the settings and the policy in force."""
    policy = in_force(connection).policy(clock.now())
    return Keeping(settings().acts_from, timedelta(seconds=policy.quiet_seconds))


def store_rows(connection: Connection, rows: Sequence[PulledRow], keeping: Keeping) -> Tally:
    """Store rows in this transaction, with all that follows from those that are new. Safe to repeat.

    A row that the database refuses is stored without its content and becomes a work item (law 7).
    """
    new: dict[str, str | None] = {}

    def write(some: Sequence[PulledRow]) -> None:
        messages.record_citizens(connection, some)
        new.update(messages.add_messages(connection, some, act_from=keeping.act_from))

    def keep_without_content(_: Connection, some: Sequence[PulledRow]) -> None:
        write([replace(row, text="", quoted_id=None, media_url=None, display_name="", raw="{}") for row in some])

    line: Line[PulledRow] = Line("message", lambda row: row.message_id, keep_without_content)
    written = write_halving(connection, line, rows, write)
    arrived = {row.message_id: row for row in written if row.message_id in new}
    acted_on = [row for row in arrived.values() if new[row.message_id] != _HISTORY]
    waiting = [row for row in acted_on if row.from_citizen]
    typed, settled = _of_the_account(connection, [row for row in acted_on if not row.from_citizen])
    messages.record_unsealed(connection, _dues(waiting, keeping.quiet))
    media.add_media(connection, [(row.message_id, row.media_url) for row in waiting if row.media_url])
    return Tally(
        {
            Count.PULLED: len(waiting),
            Count.HISTORY: len(arrived) - len(acted_on),
            Count.BY_HAND: typed,
            Count.SETTLED: settled,
            Count.SET_ASIDE: len(rows) - len(written),
        }
    )


def _dues(rows: Sequence[PulledRow], quiet: timedelta) -> dict[str, datetime]:
    dues: dict[str, datetime] = {}
    for row in rows:
        due = row.sent_at + quiet
        dues[row.user_id] = min(due, dues.get(row.user_id, due))
    return dues


def _of_the_account(connection: Connection, rows: Sequence[PulledRow]) -> tuple[int, int]:
    """Join rows of the account to what the desk sent; returns how many staff typed, and how many settled a delivery."""
    echoes = messages.record_echoes(connection, {row.message_id: outbox_id_of_mark(row.text) for row in rows})
    known = {echo.message_id for echo in echoes}
    by_hand = [row for row in rows if row.message_id not in known]
    settled = messages.settle_echoed(connection, [echo for echo in echoes if not echo.is_repeat])
    held = messages.hold_questions_answered_by_hand(connection, by_hand)
    if held:
        ask_officers(connection, [perhaps_answered(question) for question in held], in_force(connection), clock.now())
    add_work_items(connection, [_sent_twice(echo) for echo in echoes if echo.is_repeat])
    return len(by_hand), settled


def perhaps_answered(question: HeldQuestion) -> Ask:
    """Return what the duty officer is asked where staff typed something after a question (U9)."""
    return Ask(
        key=f"answered-by-hand:{question.question_id}:{question.message_id}",
        kind=ANSWERED_BY_HAND,
        subject="Đã trả lời trực tiếp trên Zalo?",
        reason=(
            f"{question.case_code}: Đã trả lời trực tiếp trên Zalo? Sau câu hỏi này có cán bộ nhắn cho công dân trên "
            "OA Manager. Nếu đó là câu trả lời, câu hỏi kết thúc và đơn vị được báo; nếu chưa xong, câu hỏi được xử lý "
            "tiếp."
        ),
        question_id=question.question_id,
        case_code=question.case_code,
        options=(CommandCode.ANSWERED, CommandCode.NOT_DONE),
    )


def _sent_twice(echo: Echo) -> WorkItem:
    return WorkItem(
        key=f"sent-twice:{echo.outbox_id}:{echo.message_id}",
        kind="sent_twice",
        reason=f"Tin Zalo số {echo.outbox_id} đã đến công dân hai lần.",
        owner="duty_officer",
        remedy="Xem lại cuộc trò chuyện trong OA Manager; xin lỗi công dân nếu cần.",
        question_id=echo.question_id,
        outbox_id=echo.outbox_id,
    )
