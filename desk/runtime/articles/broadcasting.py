"""Send one article to all who follow the account; what may have left is never sent again (law 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.articles import ArticleClient
from desk.rules.states import BroadcastState
from desk.rules.tally import Count, Tally
from desk.runtime.contents.told import tell_broadcast, tell_not_broadcast
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.store import broadcasts
from desk.store.broadcasts import Broadcast
from desk.store.events import Event, record_events
from desk.store.publications import LeaseLostError
from desk.store.work_items import WorkItem, add_work_items, close_of_article

_FIRST_WAIT, _LONGEST_WAIT = 60.0, 3600.0
_REFUSED: Final = "broadcast_refused"
_LEFT: Final = "Bài đã gửi cho tất cả người quan tâm Official Account; tin đến sau khi Zalo kiểm duyệt, khoảng 30 phút."
_UNKNOWN: Final = "Chưa rõ bài đã gửi cho người quan tâm hay chưa; hệ thống không gửi lại, đội vận hành đang kiểm tra."


def broadcast(client: ArticleClient, one: Broadcast, as_of: datetime) -> Tally:
    """Send an article to everybody and record what became of it.

    Raises:
        GatewayDown: Zalo takes nothing now; the article waits, at no cost to it.
    """
    try:
        message_id = client.broadcast(one.article_id)
    except GatewayDown:
        with transaction() as connection:
            broadcasts.record_put_off(connection, one, wait_seconds=0, outcome="zalo down", counts=False)
        raise
    except TemporaryFailure as failure:
        wait = failure.retry_after or min(_FIRST_WAIT * 2 ** (one.attempts - 1), _LONGEST_WAIT)
        with transaction() as connection:
            broadcasts.record_put_off(connection, one, wait_seconds=wait, outcome=failure.reason)
        return Tally({Count.PUT_OFF: 1})
    except PermanentFailure as failure:
        return _fail(one, failure, as_of)
    except OutcomeUnknown as failure:
        return leave_uncertain(one, failure.reason, as_of)
    try:
        with transaction() as connection:
            broadcasts.record_ended(connection, one, BroadcastState.SENT, outcome="sent", message_id=message_id)
            _record(connection, "article_broadcast", one, as_of)
            close_of_article(
                connection, one.content_item_id, ["broadcast_refused"], outcome="bài đã gửi người quan tâm"
            )
            tell_broadcast(connection, one.content_item_id, _LEFT, in_force(connection), as_of)
    except LeaseLostError:
        return Tally()
    return Tally({Count.BROADCAST: 1})


def leave_uncertain(one: Broadcast, why: str, as_of: datetime) -> Tally:
    """Record that nobody knows whether an article went to everybody, and have a person look."""
    try:
        with transaction() as connection:
            broadcasts.record_ended(connection, one, BroadcastState.UNCERTAIN, outcome=why)
            _record(connection, "article_broadcast_unknown", one, as_of)
            add_work_items(connection, [_unknown(one)])
            tell_broadcast(connection, one.content_item_id, _UNKNOWN, in_force(connection), as_of)
    except LeaseLostError:
        return Tally()
    return Tally({Count.UNSURE: 1})


def _fail(one: Broadcast, failure: PermanentFailure, as_of: datetime) -> Tally:
    because = f"Zalo không nhận gửi bài {one.code} cho người quan tâm (mã lỗi {failure.code})."
    try:
        with transaction() as connection:
            broadcasts.record_ended(connection, one, BroadcastState.FAILED, outcome=failure.reason)
            _record(connection, "article_not_broadcast", one, as_of)
            add_work_items(connection, [_refused(one, because)])
            occasion = f"broadcast-{one.broadcast_id}"
            tell_not_broadcast(connection, one.content_item_id, because, in_force(connection), as_of, occasion=occasion)
    except LeaseLostError:
        return Tally()
    return Tally({Count.REFUSED: 1})


def _record(connection: Connection, kind: str, one: Broadcast, as_of: datetime) -> None:
    details = {"broadcast_id": one.broadcast_id}
    record_events(connection, [Event(kind=kind, content_item_id=one.content_item_id, details=details)], as_of=as_of)


def _refused(one: Broadcast, because: str) -> WorkItem:
    return WorkItem(
        key=f"{_REFUSED}:{one.broadcast_id}",
        kind=_REFUSED,
        reason=because,
        owner="ops",
        remedy="Kiểm tra gói dịch vụ, số lượt gửi còn lại trong tháng; sau đó biên tập viên có thể đề nghị gửi lại.",
        content_item_id=one.content_item_id,
    )


def _unknown(one: Broadcast) -> WorkItem:
    return WorkItem(
        key=f"broadcast_unknown:{one.broadcast_id}",
        kind="broadcast_unknown",
        reason=f"Không rõ bài {one.code} đã gửi cho người quan tâm hay chưa; hệ thống không gửi lại.",
        owner="ops",
        remedy=(
            "Mở OA Manager, mục Tin truyền thông (broadcast), danh sách tin đã gửi: có bài thì không làm gì thêm; sau "
            "1 giờ vẫn không có thì gửi bằng tay ở đó, theo quyết định đã có."
        ),
        content_item_id=one.content_item_id,
    )
