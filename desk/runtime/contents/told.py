"""What everybody who took part hears of an article on Zalo: that it is seen, that it is not, that it was taken down."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.letters.to_content import content_not_published
from desk.rules.letters.to_content_published import content_not_broadcast, content_published, content_taken_down
from desk.rules.office import Role
from desk.runtime.contents.asking import ask, offer, shown, tell, took_part
from desk.runtime.contents.people import official_of
from desk.runtime.decisions.decision import Step
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import contents, outbox

_PUBLISHED: Final = "published"
_LARGEST_FILE: Final = 5_000_000  # bytes of a file that a mail carries


def tell_published(connection: Connection, content_item_id: int, link: str, desk: InForce, as_of: datetime) -> None:
    """Send the link to all who took part; by the Secretary's letter the article can be taken down again."""
    item = contents.get_item(connection, content_item_id)
    secretaries = desk.office.holders(Role.SECRETARY, local_date(as_of))
    write = partial(content_published, link=link)
    for secretary in secretaries:
        offer(connection, item, secretary, Step.CONTENT_PUBLISHED, write, desk=desk, as_of=as_of, occasion=_PUBLISHED)
    editor = official_of(desk, item.editor, local_date(as_of))
    may_broadcast = partial(write, may_broadcast=True)
    offer(connection, item, editor, Step.CONTENT_PUBLISHED, may_broadcast, desk=desk, as_of=as_of, occasion=_PUBLISHED)
    of = shown(item, desk, as_of, _PUBLISHED)
    told = {editor.code, *(secretary.code for secretary in secretaries)}
    others = took_part(connection, item, desk, as_of, but=told)
    letters = [content_published(of, to, None, link=link) for to in others]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=local_date(as_of))


def tell_not_published(
    connection: Connection, content_item_id: int, because: str, desk: InForce, as_of: datetime, *, occasion: str
) -> None:
    """Tell everybody why Zalo did not take an article, and ask its editor for another word. *because* is Vietnamese."""
    item = contents.get_item(connection, content_item_id)
    editor = official_of(desk, item.editor, local_date(as_of))
    others = took_part(connection, item, desk, as_of, but={editor.code})
    tell(connection, item, because, others, desk=desk, as_of=as_of, occasion=occasion)
    write = partial(content_not_published, because=because)
    ask(connection, item, editor, Step.CONTENT_PUBLISH, write, desk=desk, as_of=as_of, occasion=occasion)


def tell_taken_down(
    connection: Connection,
    content_item_id: int,
    *,
    takedown_id: int,
    ordered_at: datetime,
    hidden_at: datetime,
    evidence: bytes,
    desk: InForce,
    as_of: datetime,
) -> None:
    """Tell all who took part, and every deputy head, that citizens see an article no longer.

    The Secretary's letter carries the paper about it, unless mail servers would refuse it for its size.
    """
    item, on = contents.get_item(connection, content_item_id), local_date(as_of)
    of = shown(item, desk, as_of, "taken-down")
    is_carried = len(evidence) <= _LARGEST_FILE
    everybody = dict.fromkeys((*took_part(connection, item, desk, as_of), *desk.office.holders(Role.DEPUTY_HEAD, on)))
    letters = [
        content_taken_down(
            of,
            to,
            ordered_at=ordered_at,
            hidden_at=hidden_at,
            evidence_sha256=sha256(evidence).digest(),
            evidence=takedown_id if is_carried and Role.SECRETARY in to.roles else None,
        )
        for to in everybody
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=on)


def tell_broadcast(connection: Connection, content_item_id: int, what: str, desk: InForce, as_of: datetime) -> None:
    """Tell all who took part what became of an article that was to go to everybody. *what* is Vietnamese."""
    item = contents.get_item(connection, content_item_id)
    everybody = took_part(connection, item, desk, as_of)
    tell(connection, item, what, everybody, desk=desk, as_of=as_of, occasion="broadcast")


def tell_not_broadcast(
    connection: Connection, content_item_id: int, because: str, desk: InForce, as_of: datetime, *, occasion: str
) -> None:
    """Tell everybody why an article does not go to all who follow the account; its editor may ask again."""
    item = contents.get_item(connection, content_item_id)
    editor = official_of(desk, item.editor, local_date(as_of))
    others = took_part(connection, item, desk, as_of, but={editor.code})
    tell(connection, item, because, others, desk=desk, as_of=as_of, occasion=occasion)
    write = partial(content_not_broadcast, because=because)
    offer(connection, item, editor, Step.CONTENT_PUBLISHED, write, desk=desk, as_of=as_of, occasion=occasion)
