"""Letters on an article: to whoever must say a word, and to those who took part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import TypeAlias

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.content.approvals import ApprovalStep
from desk.rules.content.diffs import changes
from desk.rules.letters.content_shown import ContentShown, ReplyTo
from desk.rules.letters.to_content import content_conformity, content_notice, content_review
from desk.rules.letters.to_content_published import content_broadcast
from desk.rules.office import Official
from desk.rules.outgoing import Letter
from desk.runtime.contents.people import called, default_decider, official_of
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered
from desk.store import approvals, broadcasts, contents, mail_tokens, outbox, publications
from desk.store.contents import ContentInHand

Write: TypeAlias = Callable[[ContentShown, Official, ReplyTo], Letter]


def ask(
    connection: Connection,
    item: ContentInHand,
    to: Official,
    step: Step,
    write: Write,
    *,
    desk: InForce,
    as_of: datetime,
    occasion: str,
    is_reminder: bool = False,
) -> None:
    """Ask an official for a word on the newest version, by a reply address of his own; the item now waits for him."""
    offer(connection, item, to, step, write, desk=desk, as_of=as_of, occasion=occasion, is_reminder=is_reminder)
    contents.record_asked(connection, item.content_item_id, to.code, as_of=as_of)


def offer(
    connection: Connection,
    item: ContentInHand,
    to: Official,
    step: Step,
    write: Write,
    *,
    desk: InForce,
    as_of: datetime,
    occasion: str,
    is_reminder: bool = False,
) -> None:
    """Send a letter that may be answered, and need not be."""
    wanted = mail_tokens.TokenFor(
        step=step.value,
        expires_on=local_date(as_of) + TOKEN_LIFE,
        content_item_id=item.content_item_id,
        official_code=to.code,
        version=item.version,
    )
    (token,) = mail_tokens.add_tokens(connection, [wanted])
    of = shown(item, desk, as_of, occasion, is_reminder=is_reminder)
    letter = write(of, to, ReplyTo(address=desk_address().reply(token), token=token))
    outbox.add_deliveries(connection, [rendered(letter)], on=local_date(as_of))


def tell(
    connection: Connection,
    item: ContentInHand,
    what: str,
    to: Iterable[Official],
    *,
    desk: InForce,
    as_of: datetime,
    occasion: str,
) -> None:
    """Tell officials in one sentence."""
    of = shown(item, desk, as_of, occasion)
    letters = [content_notice(of, official, what=what) for official in to]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=local_date(as_of))


def to_review(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> Write:
    """Return how the Secretary is asked to review: with the name of whom a bare agreement submits to."""
    wrote = contents.find_writers(connection, item.content_item_id)
    decider, _ = default_decider(desk, local_date(as_of), but=wrote)
    return partial(content_review, default_decider=called(decider))


def to_conform(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> Write:
    """Return how the Secretary is shown what was changed since the version that was agreed on condition."""
    agreed = contents.get_version(connection, item.content_item_id, item.agreed_version or 0)
    asked = approvals.get_newest(connection, item.content_item_id, ApprovalStep.DECIDE)
    return partial(
        content_conformity,
        asked_by=called(official_of(desk, asked.official_code, local_date(as_of))),
        asked_for=asked.reason,
        changes=changes(agreed.article, item.article),
    )


def to_broadcast(connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime) -> Write:
    """Return how a decider is asked whether everybody gets an article: by whom, and how many went out this month."""
    asked = approvals.get_newest(connection, item.content_item_id, ApprovalStep.ASK_BROADCAST)
    return partial(
        content_broadcast,
        asked_by=official_of(desk, asked.official_code, local_date(as_of)).name,
        link=publications.get_published(connection, item.content_item_id).link,
        so_far=broadcasts.count_of_month(connection, local_date(as_of)),
        most=desk.policy(as_of).broadcasts_a_month,
    )


def took_part(
    connection: Connection, item: ContentInHand, desk: InForce, as_of: datetime, *, but: Collection[str] = ()
) -> list[Official]:
    """Return who took part in an item: its author and editor, and whoever said a word."""
    codes = contents.find_took_part(connection, item.content_item_id)
    return [official_of(desk, code, local_date(as_of)) for code in codes if code not in but]


def shown(
    item: ContentInHand, desk: InForce, as_of: datetime, occasion: str, *, is_reminder: bool = False
) -> ContentShown:
    """Return the newest version as letters show it."""
    on = local_date(as_of)
    return ContentShown(
        content_item_id=item.content_item_id,
        code=item.code,
        version=item.version,
        article=item.article,
        author=official_of(desk, item.author, on).name,
        editor=official_of(desk, item.editor, on).name,
        occasion=occasion,
        is_reminder=is_reminder,
    )
