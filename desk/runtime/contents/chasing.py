"""Words on articles that are waited for: who keeps silent is reminded, who is away is stood in for (Điều 11, U17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.content.approvals import ApprovalStep
from desk.rules.letters.to_content import (
    content_decision,
    content_publish,
    content_submitted,
    content_to_submit,
)
from desk.rules.letters.to_content_published import content_takedown
from desk.rules.office import Official, Role
from desk.rules.states import ContentState
from desk.runtime.contents.asking import Write, ask, offer, tell, to_broadcast, to_conform, to_review
from desk.runtime.contents.checking import put_into_tray
from desk.runtime.contents.people import called, official_of
from desk.runtime.decisions.decision import Step
from desk.runtime.in_force import InForce
from desk.store import address_notices, approvals, contents, publications
from desk.store.contents import ContentInHand

_OF_EDITOR = frozenset({ContentState.DRAFT, ContentState.TO_AMEND, ContentState.AGREED})
_OF_SECRETARY = frozenset({ContentState.IN_REVIEW, ContentState.REVIEWED, ContentState.IN_CONFORMITY})
# whose silence the editor hears of; of all others the Secretary does
_TOLD_TO_EDITOR = _OF_SECRETARY | {ContentState.PUBLISHED}


def remind(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> bool:
    """Ask again for the word an article waits for, where policy says it is time; returns whether anybody was asked.

    All of it or, where something breaks, nothing.
    """
    with connection.begin_nested():
        return _remind(connection, item, desk, as_of)


def _remind(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> bool:
    silent = official_of(desk, item.waits_for or item.editor, local_date(as_of))
    stand_in = _stand_in(connection, item, silent, desk, as_of)
    policy = desk.policy(as_of)
    waited = desk.calendar.working_hours_between(item.asked_at or as_of, as_of, policy.hours)
    if stand_in is None and waited < timedelta(hours=policy.approval_reminder_hours):
        return False
    occasion = f"asked:{item.times_asked + 1}:{as_of:%m%d%H%M}"
    if stand_in and item.state in _OF_EDITOR:
        contents.record_editor(connection, item.content_item_id, stand_in.code)
        item = contents.get_item(connection, item.content_item_id)
    _ask_again(connection, item, stand_in or silent, desk, as_of, occasion=occasion)
    if stand_in is None and item.times_asked > 1:
        _tell_of_silence(connection, item, silent, desk, as_of, occasion=occasion)
    return True


def _stand_in(
    connection: Connection, item: ContentInHand, silent: Official, desk: InForce, as_of: datetime
) -> Official | None:
    """Return who is asked in place of an editor or a Secretary who is away; nobody decides in a decider's place."""
    role = Role.EDITOR if item.state in _OF_EDITOR else Role.SECRETARY if item.state in _OF_SECRETARY else None
    if role is None:
        return None
    candidates = desk.office.holders(role, local_date(as_of))
    away = set(_away(connection, [silent, *candidates], as_of))
    if silent.code not in away and silent in candidates:
        return None
    barred = contents.find_writers(connection, item.content_item_id) if role is Role.SECRETARY else {item.author}
    return next((one for one in candidates if one.code not in away | barred | {silent.code}), None)


def _away(connection: Connection, officials: list[Official], as_of: datetime) -> Iterator[str]:
    notices = address_notices.find_notices(connection, [official.email for official in officials])
    for official in officials:
        notice = notices.get(official.email.lower())
        if notice and notice.absent_until and notice.absent_until >= local_date(as_of):
            yield official.code


def _ask_again(
    connection: Connection, item: ContentInHand, to: Official, desk: InForce, as_of: datetime, *, occasion: str
) -> None:
    """Send the letter of the step an article is at anew, by a reply address of its own."""
    if item.state in {ContentState.DRAFT, ContentState.TO_AMEND}:
        put_into_tray(connection, item, desk, as_of, occasion=occasion, is_reminder=True)
        return
    if item.state is ContentState.TAKEDOWN_ASKED:
        _ask_deputies_again(connection, item, desk, as_of, occasion=occasion)
        return
    step, write = _letter(connection, item, desk, as_of)
    ask(connection, item, to, step, write, desk=desk, as_of=as_of, occasion=occasion, is_reminder=True)


def _letter(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> tuple[Step, Write]:
    match item.state:
        case ContentState.IN_REVIEW:
            return Step.CONTENT_REVIEW, to_review(connection, item, desk, as_of)
        case ContentState.REVIEWED:
            return Step.CONTENT_REVIEW, content_to_submit
        case ContentState.IN_DECISION:
            submitted = approvals.get_newest(connection, item.content_item_id, ApprovalStep.SUBMIT)
            secretary = official_of(desk, submitted.official_code, local_date(as_of))
            return Step.CONTENT_DECISION, partial(content_decision, secretary=secretary.name)
        case ContentState.IN_CONFORMITY:
            return Step.CONTENT_CONFORMITY, to_conform(connection, item, desk, as_of)
        case ContentState.PUBLISHED:
            return Step.CONTENT_BROADCAST, to_broadcast(connection, item, desk, as_of)
        case _:
            decided = approvals.get_newest(connection, item.content_item_id, ApprovalStep.DECIDE)
            decider = called(official_of(desk, decided.official_code, local_date(as_of)))
            return Step.CONTENT_PUBLISH, partial(content_publish, decided_by=decider)


def _ask_deputies_again(
    connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime, *, occasion: str
) -> None:
    asked = approvals.get_newest(connection, item.content_item_id, ApprovalStep.ASK_TAKEDOWN)
    write = partial(
        content_takedown,
        asked_by=official_of(desk, asked.official_code, local_date(as_of)).name,
        because=asked.reason,
        urgent=asked.urgent,
        link=publications.get_published(connection, item.content_item_id).link,
    )
    deputies = desk.office.holders(Role.DEPUTY_HEAD, local_date(as_of))
    for deputy in deputies:
        step = Step.CONTENT_TAKEDOWN
        offer(connection, item, deputy, step, write, desk=desk, as_of=as_of, occasion=occasion, is_reminder=True)
    contents.record_asked(connection, item.content_item_id, deputies[0].code, as_of=as_of)


def _tell_of_silence(
    connection: Connection, item: ContentInHand, silent: Official, desk: InForce, as_of: datetime, *, occasion: str
) -> None:
    """Let the Secretary know that the decider is silent, who may be given another, and the editor of the Secretary."""
    editor = official_of(desk, item.editor, local_date(as_of))
    secretaries = desk.office.holders(Role.SECRETARY, local_date(as_of))
    if item.state is ContentState.IN_DECISION:
        write = partial(content_submitted, decider=called(silent), is_silent=True)
        for secretary in secretaries[:1]:
            step = Step.CONTENT_REVIEW
            offer(connection, item, secretary, step, write, desk=desk, as_of=as_of, occasion=occasion)
        return
    what = f"{called(silent)}, đã được nhắc {item.times_asked} lần và chưa cho ý kiến về bài."
    to = [editor] if item.state in _TOLD_TO_EDITOR else secretaries
    others = [one for one in to if one.code != silent.code]
    tell(connection, item, what, others, desk=desk, as_of=as_of, occasion=occasion)
