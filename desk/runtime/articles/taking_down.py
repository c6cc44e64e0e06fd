"""Take one article off Zalo and keep the paper about it (Điều 11); done again it does no harm."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from enum import Enum, auto
from typing import Final

from sqlalchemy import Connection

from desk.documents.evidence import Removal, Word, evidence_pack
from desk.gateways.failures import Failure, GatewayDown, OutcomeUnknown, TemporaryFailure
from desk.gateways.zalo.articles import SHOWN, ArticleClient
from desk.rules.calendar import local_date
from desk.rules.content.approvals import ApprovalStep
from desk.rules.content.articles import zalo_form
from desk.rules.content.publishing import CLOCKS_APART, is_shown
from desk.rules.office import TakedownWay
from desk.rules.tally import Count, Tally
from desk.runtime import clock
from desk.runtime.articles.finding import find_listed
from desk.runtime.contents.people import called, official_of
from desk.runtime.contents.told import tell_taken_down
from desk.runtime.database import transaction
from desk.runtime.in_force import InForce
from desk.store import approvals, takedowns
from desk.store.approvals import StoredApproval
from desk.store.events import Event, record_events
from desk.store.publications import LeaseLostError
from desk.store.takedowns import Ordered
from desk.store.work_items import WorkItem, add_work_items, close_of_article

# an order of a deputy head waits for nothing longer than this
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 600.0
_TRIES_BEFORE_A_PERSON_LOOKS: Final = 3
_LATE: Final = "takedown_late"


class _Found(Enum):
    """How an article stands on Zalo."""

    SHOWN = auto()
    HIDDEN = auto()
    GONE = auto()


def take_down(client: ArticleClient, ordered: Ordered, desk: InForce, as_of: datetime) -> Tally:
    """Take an article off Zalo; it counts once a look at it shows that citizens see it no longer.

    Whatever Zalo says, the order stands and is tried again: it is also fulfilled by whoever hides the article by hand.

    Raises:
        GatewayDown: Zalo takes nothing now; the order waits, at no cost to it.
    """
    began_at = clock.now()
    try:
        found = _found(client, ordered)
        if found is _Found.SHOWN:
            _hide(client, ordered, desk.policy(as_of).takedown)
            found = _found(client, ordered)
        if found is _Found.SHOWN:
            reason = "zalo: the article is still shown"
            raise TemporaryFailure(reason)
    except GatewayDown:
        with transaction() as connection:
            takedowns.record_put_off(connection, ordered, wait_seconds=0, outcome="zalo down", counts=False)
        raise
    except Failure as failure:
        return _put_off(ordered, failure)
    return _done(ordered, desk, clock.passed(as_of, since=began_at), removed=found is _Found.GONE)


def _hide(client: ArticleClient, ordered: Ordered, way: TakedownWay) -> None:
    if way is TakedownWay.REMOVE:
        client.remove(ordered.article_id)
        return
    form = zalo_form(ordered.article, code=ordered.code, version=ordered.version, show=False)
    with suppress(OutcomeUnknown):  # a look at the article tells
        client.verify(client.update(ordered.article_id, form))


def _found(client: ArticleClient, ordered: Ordered) -> _Found:
    """Return how an article stands on Zalo; what Zalo says it does not know must not be listed either."""
    detail = client.detail(ordered.article_id)
    if detail is not None:
        return _Found.SHOWN if is_shown(detail) else _Found.HIDDEN
    listed = find_listed(client, ordered.article_id, ordered.create_began_at - CLOCKS_APART)
    if listed is None:
        return _Found.GONE
    return _Found.SHOWN if listed.status == SHOWN else _Found.HIDDEN


def _put_off(ordered: Ordered, failure: Failure) -> Tally:
    wait = min(_FIRST_WAIT * 2 ** (ordered.attempts - 1), _LONGEST_WAIT)
    with transaction() as connection:
        takedowns.record_put_off(connection, ordered, wait_seconds=wait, outcome=failure.reason)
        if ordered.attempts >= _TRIES_BEFORE_A_PERSON_LOOKS:
            add_work_items(connection, [_late(ordered, failure)])
    return Tally({Count.PUT_OFF: 1})


def _late(ordered: Ordered, failure: Failure) -> WorkItem:
    return WorkItem(
        key=f"{_LATE}:{ordered.takedown_id}",
        kind=_LATE,
        reason=f"Có quyết định gỡ bài {ordered.code} nhưng bài vẫn hiện trên Zalo sau nhiều lần thử: {failure.reason}.",
        owner="ops",
        remedy="Ẩn bài ngay trên trang quản trị Official Account; hệ thống thấy bài đã ẩn sẽ tự lập hồ sơ gỡ bài.",
        content_item_id=ordered.content_item_id,
    )


def _done(ordered: Ordered, desk: InForce, as_of: datetime, *, removed: bool) -> Tally:
    hidden_at = max(as_of, ordered.ordered_at)  # machines' clocks differ
    with transaction() as connection:
        removal = _removal(connection, ordered, desk, hidden_at=hidden_at, removed=removed)
    evidence = evidence_pack(removal)
    seconds = round((hidden_at - ordered.ordered_at).total_seconds())
    try:
        with transaction() as connection:
            takedowns.record_done(connection, ordered, hidden_at=hidden_at, evidence=evidence)
            close_of_article(connection, ordered.content_item_id, [_LATE], outcome="bài đã gỡ khỏi Zalo")
            tell_taken_down(
                connection,
                ordered.content_item_id,
                takedown_id=ordered.takedown_id,
                ordered_at=ordered.ordered_at,
                hidden_at=hidden_at,
                evidence=evidence,
                desk=desk,
                as_of=as_of,
            )
            details = {"version": ordered.version, "takedown_id": ordered.takedown_id, "seconds": seconds}
            away = Event(kind="article_taken_down", content_item_id=ordered.content_item_id, details=details)
            record_events(connection, [away], as_of=as_of)
    except LeaseLostError:
        return Tally()
    return Tally({Count.TAKEN_DOWN: 1, Count.TAKEDOWN_MINUTES: round(seconds / 60)})


def _removal(connection: Connection, ordered: Ordered, desk: InForce, *, hidden_at: datetime, removed: bool) -> Removal:
    said = approvals.find_approvals(connection, ordered.content_item_id)
    decided = next(one for one in said if one.approval_id == ordered.approval_id)
    asked = max(
        (one for one in said if one.step is ApprovalStep.ASK_TAKEDOWN and one.approval_id < decided.approval_id),
        key=lambda one: one.approval_id,
    )
    return Removal(
        code=ordered.code,
        version=ordered.version,
        article=ordered.article,
        sha256=ordered.sha256,
        article_id=ordered.article_id,
        link=ordered.link,
        shown_at=ordered.shown_at,
        asked=_word(asked, desk),
        decided=_word(decided, desk),
        urgent=ordered.urgent,
        removed=removed,
        hidden_at=hidden_at,
        words=[_word(one, desk) for one in said],
    )


def _word(approval: StoredApproval, desk: InForce) -> Word:
    return Word(
        said_at=approval.decided_at,
        step=approval.step,
        verdict=approval.verdict,
        who=called(official_of(desk, approval.official_code, local_date(approval.decided_at))),
        role=approval.role,
        version=approval.version,
        act=approval.act or "",
        reason=approval.reason,
    )
