"""Lay a draft into an editor's tray by a form: nothing is proposed before that editor says so by mail (A21)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.content.codes import find_content_codes
from desk.rules.letters.to_content import content_draft
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.runtime.contents.approving import STATES
from desk.runtime.contents.asking import offer
from desk.runtime.contents.checking import put_into_tray
from desk.runtime.contents.people import called
from desk.runtime.decisions.decision import DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.store import content_checks, contents, events

_EDITED: Final = frozenset({ContentState.DRAFT, ContentState.TO_AMEND, ContentState.REFUSED})


def hand_over(connection: Connection, code: str, to: str, desk: InForce, as_of: datetime) -> str:
    """Make an editor the one of a draft and send it to him, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: there is no such draft, or no such editor; says so.
    """
    codes = find_content_codes(code)
    item = contents.claim_item(connection, code=codes[0]) if len(codes) == 1 else None
    if item is None:
        raise DecisionRefusedError(f"Không có bài mã {code}. Mã bài có dạng ND-2026-0012.")
    if item.state not in _EDITED:
        raise DecisionRefusedError(f"{item.code}: bài {STATES[item.state.value]}, không ở bước biên tập.")
    editor = next((one for one in desk.office.holders(Role.EDITOR, local_date(as_of)) if one.code == to), None)
    if editor is None:
        raise DecisionRefusedError(f"{to} không phải biên tập viên đương nhiệm.")
    contents.record_editor(connection, item.content_item_id, editor.code)
    item = contents.get_item(connection, item.content_item_id)
    occasion = f"handed-over:{as_of:%Y%m%d%H%M%S}"
    if item.state is ContentState.REFUSED:
        flaws = content_checks.find_flaws(connection, item.content_item_id, item.version)
        write = partial(content_draft, flaws=flaws)
        offer(connection, item, editor, Step.CONTENT_DRAFT, write, desk=desk, as_of=as_of, occasion=occasion)
    else:
        put_into_tray(connection, item, desk, as_of, occasion=occasion)
    event = events.Event(kind="content_handed_over", content_item_id=item.content_item_id, actor=editor.code)
    events.record_events(connection, [event], as_of=as_of)
    return f"{item.code}: bản thảo đã gửi {called(editor)}; bài được đề xuất khi người này trả lời ĐỀ XUẤT"
