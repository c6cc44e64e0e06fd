"""Whether Zalo would take a text, before anybody proposes it; then it lies in its editor's tray."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from desk.gateways.pictures import PictureFetcher
from desk.rules.calendar import local_date
from desk.rules.content.approvals import ApprovalStep
from desk.rules.content.articles import Article, flaws
from desk.rules.letters.to_content import content_draft
from desk.rules.states import ContentState
from desk.runtime.contents.asking import ask
from desk.runtime.contents.people import official_of
from desk.runtime.decisions.decision import Step
from desk.runtime.in_force import InForce
from desk.store import approvals, attachments, content_checks, contents
from desk.store.contents import ContentInHand


def flaws_of(article: Article, pictures: PictureFetcher) -> list[str]:
    """Return why Zalo would refuse an article, its pictures among the reasons, each with the remedy."""
    found = flaws(article)
    for url in article.picture_urls:
        if url.startswith("https://") and (flaw := pictures.flaw(url)):
            found.append(f"Ảnh {url}: {flaw.value}; sửa địa chỉ ảnh rồi gửi lại toàn văn bài để kiểm tra lại.")
    return found


def record(
    connection: Connection, item_id: int, version: int, found: list[str], *, desk: InForce, as_of: datetime
) -> None:
    """Record what was found of a text, and send it to its editor, unless the article has moved on meanwhile."""
    item = contents.claim_item(connection, content_item_id=item_id)
    if item is None or item.version != version or not content_checks.add_check(connection, item_id, version, found):
        return
    put_into_tray(connection, item, desk, as_of, occasion="checked")


def put_into_tray(
    connection: Connection,
    item: ContentInHand,
    desk: InForce,
    as_of: datetime,
    *,
    occasion: str,
    is_reminder: bool = False,
) -> None:
    """Send an editor the newest text with what must be mended, and what a decider asked for."""
    to_change = ""
    if item.state is ContentState.TO_AMEND:
        to_change = approvals.get_newest(connection, item.content_item_id, ApprovalStep.DECIDE).reason
    newest = contents.get_version(connection, item.content_item_id, item.version)
    files = attachments.find_of_mail(connection, newest.inbound_mail_id) if newest.inbound_mail_id else []
    write = partial(
        content_draft,
        flaws=content_checks.find_flaws(connection, item.content_item_id, item.version),
        to_change=to_change,
        files=[file.name for file in files],
    )
    editor = official_of(desk, item.editor, local_date(as_of))
    ask(
        connection,
        item,
        editor,
        Step.CONTENT_DRAFT,
        write,
        desk=desk,
        as_of=as_of,
        occasion=occasion,
        is_reminder=is_reminder,
    )
