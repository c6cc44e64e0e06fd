"""What those who took part in an article hear of its way to Zalo and off it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.content.approvals import ApprovalStep
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.to_content import content_publish
from desk.runtime.articles.trouble import Trouble
from desk.runtime.contents.asking import ask, tell, took_part
from desk.runtime.contents.people import called, official_of
from desk.runtime.decisions.decision import Step
from desk.runtime.in_force import InForce, in_force
from desk.store import approvals, contents
from desk.store.publications import Leaving
from desk.store.takedowns import Ordered


def tell_not_published(connection: Connection, leaving: Leaving, trouble: Trouble, as_of: datetime) -> None:
    """Tell everybody why an article did not go out, and ask its editor for another word."""
    desk, occasion = in_force(connection), f"failed-{leaving.publication_id}"
    item = contents.get_item(connection, leaving.content_item_id)
    everybody = took_part(connection, item, desk, as_of)
    tell(connection, item, f"{trouble.reason} {trouble.remedy}", everybody, desk=desk, as_of=as_of, occasion=occasion)
    decided = approvals.get_newest(connection, item.content_item_id, ApprovalStep.DECIDE)
    decider = called(official_of(desk, decided.official_code, local_date(as_of)))
    editor = official_of(desk, item.editor, local_date(as_of))
    write = partial(content_publish, decided_by=decider)
    ask(connection, item, editor, Step.CONTENT_PUBLISH, write, desk=desk, as_of=as_of, occasion=occasion)


def tell_taken_down(
    connection: Connection, ordered: Ordered, evidence: bytes, desk: InForce, as_of: datetime, *, hidden_at: datetime
) -> None:
    """Tell everybody that an article is off Zalo, how long that took, and by which hash its paper is known."""
    item = contents.get_item(connection, ordered.content_item_id)
    minutes = round((hidden_at - ordered.ordered_at).total_seconds() / 60)
    what = (
        f"Bài đã được gỡ khỏi Zalo lúc {moment_and_date(hidden_at)}, sau quyết định {minutes} phút. "
        f"Hồ sơ gỡ bài được lưu trong hệ thống, mã kiểm tra SHA-256: {sha256(evidence).hexdigest()}."
    )
    everybody = took_part(connection, item, desk, as_of)
    occasion = f"away-{ordered.takedown_id}"
    tell(connection, item, what, everybody, desk=desk, as_of=as_of, occasion=occasion)
