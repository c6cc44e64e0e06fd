"""What the Secretary and the decider say of an article: reviewed, submitted, withdrawn, decided, compared (U17)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.letters.to_content import (
    content_decision,
    content_draft,
    content_publish,
    content_submitted,
    content_to_submit,
)
from desk.rules.office import Official, Role
from desk.rules.states import ContentState
from desk.runtime.contents.approving import Word, approve
from desk.runtime.contents.asking import Write, ask, offer, tell, took_part
from desk.runtime.contents.people import called, default_decider, named_decider, official_of
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.store import approvals, contents
from desk.store.contents import ContentInHand


def on_review(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Review, return, submit to one named decider, or take a submission back: the Secretary's words.

    Raises:
        DecisionRefusedError: the word does not fit; says what to write instead.
    """
    match decision.command:
        case CommandLine(CommandCode.RETURN) if reason := reason_of(decision):
            return _returned(connection, item, decision, ApprovalStep.REVIEW, reason=reason, desk=desk, as_of=as_of)
        case CommandLine(CommandCode.WITHDRAW):
            return _withdrawn(connection, item, decision, desk, as_of)
        case CommandLine(CommandCode.AGREE):
            if item.state is not ContentState.IN_REVIEW:
                raise DecisionRefusedError("Viết TRÌNH: kèm chức danh người quyết định, hoặc TRẢ LẠI: lý do.")
            wrote = contents.find_writers(connection, item.content_item_id)
            decider, role = default_decider(desk, local_date(as_of), but=wrote)
        case CommandLine(CommandCode.SUBMIT_TO, argument):
            check_alone(decision)
            decider, role = named_decider(desk, local_date(as_of), argument)
        case _:
            raise DecisionRefusedError("Viết ĐỒNG Ý, TRÌNH: kèm chức danh, TRẢ LẠI: lý do, hoặc RÚT.")
    if item.state is ContentState.IN_REVIEW:
        reviewed = Word(step=ApprovalStep.REVIEW, role=Role.SECRETARY)
        _, item = approve(connection, item, reviewed, decision)
    submitted = Word(step=ApprovalStep.SUBMIT, role=Role.SECRETARY, submit_to=decider.code, submit_as=role)
    approval_id, item = approve(connection, item, submitted, decision)
    occasion = str(approval_id)
    write = partial(content_decision, secretary=decision.official.name)
    ask(connection, item, decider, Step.CONTENT_DECISION, write, desk=desk, as_of=as_of, occasion=occasion)
    may_withdraw = partial(content_submitted, decider=called(decider))
    offer(
        connection,
        item,
        decision.official,
        Step.CONTENT_REVIEW,
        may_withdraw,
        desk=desk,
        as_of=as_of,
        occasion=occasion,
    )
    return f"{item.code}: đã trình {called(decider)} quyết định."


def on_decision(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Agree, refuse, or agree on condition of changes: the one named decider's words.

    Raises:
        DecisionRefusedError: the word does not fit; says what to write instead.
    """
    submitted = approvals.get_newest(connection, item.content_item_id, ApprovalStep.SUBMIT)
    is_his = submitted.decider == decision.official.code
    role = (submitted.decider_role if is_his else None) or decider_role(decision.official)
    who, reason = called(decision.official), reason_of(decision)
    match decision.command:
        case CommandLine(CommandCode.AGREE):
            approval_id, item = approve(connection, item, Word(step=ApprovalStep.DECIDE, role=role), decision)
            what = f"{who}, đã đồng ý đăng bài."
            ask_to_publish(connection, item, who, desk=desk, as_of=as_of, occasion=str(approval_id))
            told = {decision.official.code, item.editor}
        case CommandLine(CommandCode.DISAGREE) if reason:
            word = Word(step=ApprovalStep.DECIDE, verdict=Verdict.REFUSE, role=role, reason=reason)
            approval_id, item = approve(connection, item, word, decision)
            what = f"{who}, không đồng ý đăng bài. Lý do: {reason}."
            write = partial(content_draft, flaws=(), returned_because=what)
            editor = official_of(desk, item.editor, local_date(as_of))
            offer(
                connection, item, editor, Step.CONTENT_DRAFT, write, desk=desk, as_of=as_of, occasion=str(approval_id)
            )
            told = {decision.official.code, item.editor}
        case CommandLine(CommandCode.AGREE_WITH_CHANGES) if reason:
            word = Word(step=ApprovalStep.DECIDE, verdict=Verdict.AGREE_WITH_CHANGES, role=role, reason=reason)
            approval_id, item = approve(connection, item, word, decision)
            what = f"{who}, đồng ý đăng bài với điều kiện sửa: {reason}."
            write = partial(content_draft, flaws=(), to_change=reason)
            _ask_editor(connection, item, write, desk=desk, as_of=as_of, occasion=str(approval_id))
            told = {decision.official.code, item.editor}
        case _:
            raise DecisionRefusedError("Viết ĐỒNG Ý, KHÔNG ĐỒNG Ý: lý do, hoặc ĐỒNG Ý, SỬA: nội dung cần sửa.")
    others = took_part(connection, item, desk, as_of, but=told)
    tell(connection, item, what, others, desk=desk, as_of=as_of, occasion=str(approval_id))
    return f"{item.code}: {what}"


def on_conformity(
    connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Confirm that only what was asked for has been changed, or return it: the Secretary's words.

    Raises:
        DecisionRefusedError: the word does not fit; says what to write instead.
    """
    match decision.command:
        case CommandLine(CommandCode.AS_ASKED):
            word = Word(step=ApprovalStep.CONFORM, role=Role.SECRETARY)
            approval_id, item = approve(connection, item, word, decision)
            asked = approvals.get_newest(connection, item.content_item_id, ApprovalStep.DECIDE)
            who = called(official_of(desk, asked.official_code, local_date(as_of)))
            ask_to_publish(connection, item, who, desk=desk, as_of=as_of, occasion=str(approval_id))
            return f"{item.code}: đã xác nhận sửa đúng ý kiến; biên tập viên được mời đăng bài."
        case CommandLine(CommandCode.RETURN) if reason := reason_of(decision):
            return _returned(connection, item, decision, ApprovalStep.CONFORM, reason=reason, desk=desk, as_of=as_of)
        case _:
            raise DecisionRefusedError("Viết ĐÚNG Ý KIẾN hoặc TRẢ LẠI: lý do.")


def ask_to_publish(
    connection: Connection,
    item: ContentInHand,
    who: str,
    *,
    desk: InForce,
    as_of: datetime,
    occasion: str,
    stopped: bool = False,
) -> None:
    """Ask the editor for the hour of publication; *who* has agreed to it, or stopped it."""
    editor = official_of(desk, item.editor, local_date(as_of))
    write = partial(content_publish, decided_by=who, stopped=stopped)
    ask(connection, item, editor, Step.CONTENT_PUBLISH, write, desk=desk, as_of=as_of, occasion=occasion)


def check_alone(decision: Decision) -> None:
    """Refuse a word that something stands beside: "TRÌNH: Trưởng Ban" and "nhưng sửa tiêu đề" below is neither (U3).

    Raises:
        DecisionRefusedError: says so.
    """
    if decision.text:
        raise DecisionRefusedError("Lệnh phải đứng một mình: viết đúng một dòng, không kèm nội dung khác.")


def reason_of(decision: Decision) -> str:
    """Return what follows the colon, on its line and below."""
    argument = decision.command.argument if decision.command else ""
    return " ".join(f"{argument} {decision.text}".split()).rstrip(".")


def decider_role(official: Official) -> Role:
    """Return the role in which an official decides; the database refuses who holds none."""
    return next((role for role in official.roles if role in _DECIDERS), Role.DEPUTY_HEAD)


def _withdrawn(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Take an article back from the decider: the Secretary names another, who may be there."""
    decider = item.decider or ""
    approval_id, item = approve(connection, item, Word(step=ApprovalStep.WITHDRAW, role=Role.SECRETARY), decision)
    occasion = str(approval_id)
    ask(
        connection,
        item,
        decision.official,
        Step.CONTENT_REVIEW,
        content_to_submit,
        desk=desk,
        as_of=as_of,
        occasion=occasion,
    )
    what = f"{called(decision.official)}, đã rút bài; Ông/Bà không cần cho ý kiến về lần trình trước."
    to = official_of(desk, decider, local_date(as_of))
    tell(connection, item, what, [to], desk=desk, as_of=as_of, occasion=occasion)
    return f"{item.code}: đã rút bài về."


def _returned(
    connection: Connection,
    item: ContentInHand,
    decision: Decision,
    step: ApprovalStep,
    *,
    reason: str,
    desk: InForce,
    as_of: datetime,
) -> str:
    """Give an article back to its editor with what is to be mended."""
    word = Word(step=step, verdict=Verdict.RETURN, role=Role.SECRETARY, reason=reason)
    approval_id, item = approve(connection, item, word, decision)
    write = partial(content_draft, flaws=(), returned_because=reason)
    editor = _ask_editor(connection, item, write, desk=desk, as_of=as_of, occasion=str(approval_id))
    return f"{item.code}: đã trả lại {called(editor)}."


def _ask_editor(
    connection: Connection,
    item: ContentInHand,
    write: Write,
    *,
    desk: InForce,
    as_of: datetime,
    occasion: str,
) -> Official:
    editor = official_of(desk, item.editor, local_date(as_of))
    ask(connection, item, editor, Step.CONTENT_DRAFT, write, desk=desk, as_of=as_of, occasion=occasion)
    return editor


_DECIDERS: Final = frozenset({Role.HEAD, Role.DEPUTY_HEAD})
