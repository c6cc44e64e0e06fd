"""Deliver letters and messages out of the outbox, and settle those of which nobody knows whether they left."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from os import getpid
from time import monotonic
from uuid import uuid4

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.gateways.mail_out import mime
from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.calendar import local_time
from desk.rules.outgoing import Channel
from desk.rules.tally import Count, Tally
from desk.runtime.citizen_messages import message_body, send_message
from desk.runtime.database import transaction
from desk.runtime.letter_files import files_of
from desk.runtime.mail import desk_address, smtp_sender
from desk.runtime.paid_messages import PaidMessages, alarm_about_package
from desk.runtime.refused import alarm_about_account
from desk.runtime.sending import Round, Send, Sent, send_all
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import MOST_CALLS, settings
from desk.runtime.zalo import zalo_client
from desk.store import deliveries, work_items
from desk.store.deliveries import Leased, Unsettled
from desk.store.delivery_modes import DeliveryMode, current_mode
from tasks.retrying import STEP

_CONNECTIONS = 2
# What a connection leases at once: a session's fill. The lease has time for them though each call take 17 seconds.
_LEASED_AT_ONCE = 50
_SETTLED_AT_ONCE = 500


@task(name="Gửi thư", **STEP)
def deliver_letters() -> Tally:
    """Send a batch of letters by mail.

    Raises:
        GatewayDown: the mail server takes nothing now; the batch waits.
    """
    address, mode = desk_address(), _mode()
    pilot = settings().pilot_mailbox if mode is DeliveryMode.PILOT else ""

    def body(connection: Connection, row: Leased) -> bytes:
        return mime(
            row.parts,
            key=row.key,
            recipient=row.recipient,
            desk=address,
            date=local_time(row.recorded_at),
            pilot_mailbox=pilot,
            files=files_of(connection, row.parts),
        )

    @contextmanager
    def sender() -> Iterator[Send]:
        with smtp_sender() as smtp:

            def send(row: Leased) -> Sent:
                recipient, copy = pilot or row.recipient, address.own_copy(row.key)
                receipt = smtp.send(address.bounce(row.key), recipient, copy, row.body or b"")
                return Sent("", receipt.reply + (" (không có bản lưu)" if receipt.copy_refused else ""))

            yield send

    way = _Way(Channel.MAIL, mode, body, settings().smtp_timeout_seconds, Count.LETTERS)
    return _delivered(way, sender)


@task(name="Gửi tin Zalo", **STEP)
def deliver_messages() -> Tally:
    """Send a batch of messages to citizens on Zalo.

    Raises:
        GatewayDown: Zalo takes nothing now; the batch waits.
    """
    client = zalo_client()
    paid = PaidMessages(client)

    def send(row: Leased) -> Sent:
        paid.check(row)
        return send_message(client, row)

    def body(_: Connection, row: Leased) -> bytes:
        return message_body(row)

    @contextmanager
    def sender() -> Iterator[Send]:
        yield send

    way = _Way(Channel.ZALO, _mode(), body, MOST_CALLS * settings().zalo_timeout_seconds, Count.MESSAGES)
    try:
        tally = _delivered(way, sender)
    except AccountRefused as refusal:
        with transaction() as connection:
            alarm_about_account(connection, refusal)
        raise
    if package := paid.package:
        with transaction() as connection:
            alarm_about_package(connection, package)
    if tally[Count.UNSURE]:
        with transaction() as connection:
            deliveries.ask_for_walks(connection)
    return tally


@task(name="Đối chiếu tin, thư chưa rõ đã gửi", cache_policy=NO_CACHE)
def settle_batch() -> Tally:
    """Settle deliveries whose outcome is unknown, from evidence (law 6); what stays unknown is repeated once, no more.

    The evidence is taken in elsewhere: echoes by the pull, the desk's own copies by collect-replies.
    """
    with transaction() as connection:
        expired = deliveries.expire_leases(connection)
        deliveries.ask_for_walks(connection)
        unsettled = deliveries.find_unsettled(connection, limit=_SETTLED_AT_ONCE)
        deliveries.repeat(connection, [row.outbox_id for row in unsettled if not row.repeated])
        unknown = [row for row in unsettled if row.repeated]
        for row in unknown:
            deliveries.record_failed(connection, row.outbox_id, outcome="không rõ đã gửi, đã gửi lại một lần")
        work_items.add_work_items(connection, [_unknown_twice(row) for row in unknown])
    return Tally({Count.SETTLED: len(unsettled), Count.UNSURE: expired})


def _mode() -> DeliveryMode:
    with transaction() as connection:
        return current_mode(connection)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a channel's deliveries leave, for as long as the mode of delivery stays what it was."""

    channel: Channel
    mode: DeliveryMode
    body: Callable[[Connection, Leased], bytes]
    call_seconds: float
    done: Count


def _delivered(way: _Way, sender: Callable[[], AbstractContextManager[Send]]) -> Tally:
    if way.mode is DeliveryMode.HOLD:
        return Tally()
    with transaction() as connection:
        deliveries.cancel_outlived(connection)
        deliveries.expire_leases(connection)
    return send_all(partial(_lease, way), sender, connections=_CONNECTIONS, most=settings().batch_size)


def _lease(way: _Way) -> Round | None:
    """Lease what is due and fix its bytes, in one transaction that ends before anything is sent."""
    chosen = settings()
    worker = f"{socket.gethostname()}:{getpid()}:{uuid4().hex[:8]}"
    lease_ends = monotonic() + chosen.lease_seconds
    only_pilots = way.mode is DeliveryMode.PILOT and way.channel is Channel.ZALO
    with transaction() as connection:
        if current_mode(connection) is not way.mode:
            return None
        claimed = deliveries.claim_deliveries(
            connection,
            way.channel,
            limit=_LEASED_AT_ONCE,
            lease_seconds=chosen.lease_seconds,
            worker=worker,
            pilots=chosen.pilot_user_ids.replace(",", " ").split() if only_pilots else None,
        )
        unmade = [row for row in claimed if row.body is None]
        made = set_aside(connection, _LINE, unmade, partial(way.body, connection))
        ready = deliveries.store_bodies(connection, [row for row, _ in made], [content for _, content in made])
    if not claimed:
        return None
    rows = [*(row for row in claimed if row.body is not None), *ready]
    return Round(
        rows=rows,
        worker=worker,
        lease_ends=lease_ends,
        call_seconds=way.call_seconds,
        done=way.done,
        set_aside=len(claimed) - len(rows),
    )


def _fail(connection: Connection, rows: Sequence[Leased]) -> None:
    for row in rows:
        deliveries.record_failed(connection, row.outbox_id, outcome="không soạn được nội dung gửi")


_LINE: Line[Leased] = Line(
    name="delivery", identify=lambda row: str(row.outbox_id), park=_fail, question_of=lambda row: row.question_id
)


def _unknown_twice(row: Unsettled) -> work_items.WorkItem:
    what = "thư" if row.channel is Channel.MAIL else "tin Zalo"
    return work_items.WorkItem(
        key=f"unknown:{row.outbox_id}",
        kind="unknown_delivery",
        reason=f"Không rõ {what} số {row.outbox_id} ({row.kind}) đã đến nơi hay chưa, dù đã gửi lại một lần.",
        owner="duty_officer",
        remedy="Hỏi người nhận hoặc xem cuộc trò chuyện trong OA Manager; hệ thống không gửi lại nữa.",
        question_id=row.question_id,
        outbox_id=row.outbox_id,
    )
