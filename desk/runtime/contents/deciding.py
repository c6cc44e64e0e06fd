"""What officials wrote back about an article, letter by letter (Điều 11, U17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.content.approvals import ApprovalStep
from desk.rules.content.hours import PublishHourError, publish_hour
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.to_content import content_leaving, content_proposed
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.runtime.contents.after_publication import decide_on_broadcast, on_published
from desk.runtime.contents.approving import Word, approve
from desk.runtime.contents.asking import ask, offer, tell, to_conform, to_review, took_part
from desk.runtime.contents.drafting import HOW_TO_EDIT, edit, has_word_file
from desk.runtime.contents.judging import ask_to_publish, check_alone, on_conformity, on_decision, on_review
from desk.runtime.contents.people import called, holder
from desk.runtime.contents.removing import decide_on_removal
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.store import contents, publications
from desk.store.contents import ContentInHand


def decide_on_content(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Carry out an official's word on an article, and return what was done.

    Raises:
        DecisionRefusedError: the article has moved on, or the word does not fit; says what to do instead.
    """
    item = contents.claim_item(connection, content_item_id=decision.content_item_id)
    if item is None:
        raise DecisionRefusedError("Bài này không còn trong hệ thống.")
    if decision.version != item.version:
        message = (
            f"{item.code} đã có bản {item.version}; ý kiến về bản {decision.version} không còn hiệu lực. "
            "Đề nghị trả lời thư mới nhất về bài."
        )
        raise DecisionRefusedError(message)
    return _HANDLERS[decision.step](connection, item, decision, desk, as_of)


def _on_draft(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Propose a draft, or edit it: whoever sends a whole text has edited."""
    if decision.command is None:
        return edit(connection, item, decision, desk, as_of)
    if decision.command.code is not CommandCode.PROPOSE or has_word_file(connection, decision.inbound_mail_id):
        raise DecisionRefusedError(f"{item.code}: {HOW_TO_EDIT}")
    check_alone(decision)
    is_amended = item.state is ContentState.TO_AMEND
    proposed = Word(step=ApprovalStep.PROPOSE, role=Role.EDITOR)
    approval_id, item = approve(connection, item, proposed, decision)
    occasion = str(approval_id)
    secretary = holder(desk, Role.SECRETARY, local_date(as_of), but=decision.official.code)
    step = Step.CONTENT_CONFORMITY if is_amended else Step.CONTENT_REVIEW
    write = to_conform(connection, item, desk, as_of) if is_amended else to_review(connection, item, desk, as_of)
    ask(connection, item, secretary, step, write, desk=desk, as_of=as_of, occasion=occasion)
    still = partial(content_proposed, secretary=called(secretary))
    offer(connection, item, decision.official, Step.CONTENT_DRAFT, still, desk=desk, as_of=as_of, occasion=occasion)
    return f"{item.code}: bản {item.version} đã được chuyển {called(secretary)}."


def _on_publish(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    if decision.article:
        return edit(connection, item, decision, desk, as_of)
    match decision.command:
        case CommandLine(CommandCode.PUBLISH, argument):
            try:
                publish_at = publish_hour(argument, decision.received_at, as_of)
            except PublishHourError as error:
                raise DecisionRefusedError(str(error)) from None
        case _:
            raise DecisionRefusedError("Viết ĐĂNG để đăng ngay, hoặc ĐĂNG: 08:00 25/11/2026 để hẹn giờ.")
    word = Word(step=ApprovalStep.PUBLISH, role=Role.EDITOR, publish_at=publish_at)
    approval_id, item = approve(connection, item, word, decision)
    publications.add_publication(
        connection,
        content_item_id=item.content_item_id,
        version=item.version,
        approval_id=approval_id,
        publish_at=publish_at,
    )
    write = partial(content_leaving, publish_at=publish_at)
    for to in took_part(connection, item, desk, as_of):
        if set(to.roles) & _MAY_STOP:
            offer(connection, item, to, Step.CONTENT_STOP, write, desk=desk, as_of=as_of, occasion=str(approval_id))
    return f"{item.code}: bài sẽ được đăng từ {moment_and_date(publish_at)}."


def _on_stop(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    if decision.command is None or decision.command.code is not CommandCode.STOP:
        raise DecisionRefusedError("Viết DỪNG để dừng việc đăng bài.")
    role = next(role for role in decision.official.roles if role in _MAY_STOP)
    approval_id, item = approve(connection, item, Word(step=ApprovalStep.STOP, role=role), decision)
    who = called(decision.official)
    what = f"{who}, đã dừng việc đăng bài."
    occasion = str(approval_id)
    ask_to_publish(connection, item, who, desk=desk, as_of=as_of, occasion=occasion, stopped=True)
    others = took_part(connection, item, desk, as_of, but={decision.official.code, item.editor})
    tell(connection, item, what, others, desk=desk, as_of=as_of, occasion=occasion)
    return f"{item.code}: {what}"


_MAY_STOP: Final = frozenset({Role.EDITOR, Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD})
_Handler: TypeAlias = Callable[[Connection, ContentInHand, Decision, InForce, datetime], str]
_HANDLERS: Final[Mapping[Step, _Handler]] = {
    Step.CONTENT_DRAFT: _on_draft,
    Step.CONTENT_REVIEW: on_review,
    Step.CONTENT_DECISION: on_decision,
    Step.CONTENT_CONFORMITY: on_conformity,
    Step.CONTENT_PUBLISH: _on_publish,
    Step.CONTENT_STOP: _on_stop,
    Step.CONTENT_PUBLISHED: on_published,
    Step.CONTENT_TAKEDOWN: decide_on_removal,
    Step.CONTENT_BROADCAST: decide_on_broadcast,
}
