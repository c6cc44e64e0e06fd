"""Taking an article down: the Secretary asks, any deputy head in office decides (Điều 11, U17)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.codes import find_content_codes, without_content_code
from desk.rules.letters.to_content_published import content_takedown, content_takedown_asked
from desk.rules.office import Official, Role
from desk.rules.states import ContentState
from desk.runtime.contents.approving import STATES, Word, approve
from desk.runtime.contents.asking import offer, tell, took_part
from desk.runtime.contents.judging import reason_of
from desk.runtime.contents.people import called, official_of
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.store import approvals, contents, publications, takedowns
from desk.store.contents import ContentInHand

TAKE_DOWN: Final = frozenset({CommandCode.TAKE_DOWN, CommandCode.TAKE_DOWN_AT_ONCE})
_HOW: Final = "Viết GỠ: lý do, hoặc GỠ KHẨN: lý do."


def ask_removal(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Put the Secretary's wish before every deputy head in office at once; the first word counts.

    Raises:
        DecisionRefusedError: no reason was given, another article is named, or nobody can decide.
    """
    if decision.command is None or decision.command.code not in TAKE_DOWN:
        raise DecisionRefusedError(_HOW)
    named = find_content_codes(decision.command.argument)
    if any(code != item.code for code in named):
        raise DecisionRefusedError(f"Thư này về bài {item.code}, không phải {', '.join(named)}.")
    reason = without_content_code(decision.command.argument or decision.text)
    if not reason:
        raise DecisionRefusedError(f"Chưa nêu lý do. {_HOW}")
    deputies = desk.office.holders(Role.DEPUTY_HEAD, local_date(as_of))
    if not deputies:
        raise DecisionRefusedError("Không có Phó Trưởng Ban Quản trị nào đương nhiệm để quyết định gỡ bài.")
    urgent = decision.command.code is CommandCode.TAKE_DOWN_AT_ONCE
    word = Word(step=ApprovalStep.ASK_TAKEDOWN, role=Role.SECRETARY, reason=reason, urgent=urgent)
    approval_id, item = approve(connection, item, word, decision)
    write = partial(
        content_takedown,
        asked_by=decision.official.name,
        because=reason,
        urgent=urgent,
        link=publications.get_published(connection, item.content_item_id).link,
    )
    for deputy in deputies:
        offer(connection, item, deputy, Step.CONTENT_TAKEDOWN, write, desk=desk, as_of=as_of, occasion=str(approval_id))
    contents.record_asked(connection, item.content_item_id, deputies[0].code, as_of=as_of)
    asked = "; ".join(called(deputy) for deputy in deputies)
    return f"{item.code}: đã trình {asked} quyết định gỡ bài."


def decide_on_removal(
    connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Order the removal, or leave the article where it is; the other deputies hear of it.

    Raises:
        DecisionRefusedError: somebody was quicker, or the word does not fit.
    """
    who = called(decision.official)
    if item.state is not ContentState.TAKEDOWN_ASKED:
        raise DecisionRefusedError(f"{item.code}: bài {STATES[item.state.value]}, không chờ ý kiến này.")
    asked = approvals.get_newest(connection, item.content_item_id, ApprovalStep.ASK_TAKEDOWN)
    reason = reason_of(decision)
    match decision.command:
        case CommandLine(CommandCode.AGREE):
            word = Word(step=ApprovalStep.DECIDE_TAKEDOWN, role=Role.DEPUTY_HEAD, urgent=asked.urgent)
            what = f"{who}, đã quyết định gỡ bài."
        case CommandLine(CommandCode.DISAGREE) if reason:
            word = Word(step=ApprovalStep.DECIDE_TAKEDOWN, verdict=Verdict.REFUSE, role=Role.DEPUTY_HEAD, reason=reason)
            what = f"{who}, không đồng ý gỡ bài. Lý do: {reason}."
        case _:
            raise DecisionRefusedError("Viết ĐỒNG Ý để gỡ bài, hoặc KHÔNG ĐỒNG Ý: lý do.")
    approval_id, item = approve(connection, item, word, decision)
    if word.verdict is Verdict.AGREE:
        takedowns.add_takedown(
            connection,
            publication_id=publications.get_published(connection, item.content_item_id).publication_id,
            content_item_id=item.content_item_id,
            approval_id=approval_id,
            urgent=asked.urgent,
            ordered_at=decision.received_at,
        )
    told = took_part(connection, item, desk, as_of, but={decision.official.code})
    deputies = [one for one in desk.office.holders(Role.DEPUTY_HEAD, local_date(as_of)) if one != decision.official]
    tell(connection, item, what, dict.fromkeys((*told, *deputies)), desk=desk, as_of=as_of, occasion=str(approval_id))
    return f"{item.code}: {what}"


def confirm_removal(
    connection: Connection, secretary: Official, command: CommandLine, desk: InForce, as_of: datetime, *, occasion: str
) -> bool:
    """Ask the Secretary, who wrote outside any letter of ours, to say it again by a reply address of his own.

    A mail of its own carries no token, so nobody's reputed word alone takes an article down. Returns whether there is
    such an article.
    """
    codes = find_content_codes(command.argument)
    item = contents.claim_item(connection, code=codes[0]) if len(codes) == 1 else None
    if item is None or item.state is not ContentState.PUBLISHED:
        return False
    write = partial(content_takedown_asked, because=without_content_code(command.argument))
    to = official_of(desk, secretary.code, local_date(as_of))
    offer(connection, item, to, Step.CONTENT_PUBLISHED, write, desk=desk, as_of=as_of, occasion=occasion)
    return True
