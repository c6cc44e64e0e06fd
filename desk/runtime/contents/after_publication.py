"""What is asked for once citizens see an article: its removal, or that all who follow the account get it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.runtime.contents.approving import Word, approve
from desk.runtime.contents.asking import ask, tell, to_broadcast, took_part
from desk.runtime.contents.judging import check_alone, decider_role, reason_of
from desk.runtime.contents.people import called, default_decider
from desk.runtime.contents.removing import ask_removal
from desk.runtime.contents.told import tell_not_broadcast
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.store import broadcasts, contents
from desk.store.contents import ContentInHand


def on_published(
    connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Put the editor's wish to send an article to everybody, or the Secretary's to remove it, before who decides.

    Raises:
        DecisionRefusedError: the word is another's to say, or does not fit.
    """
    if decision.command and decision.command.code is CommandCode.BROADCAST:
        return _ask_broadcast(connection, item, decision, desk, as_of)
    if Role.SECRETARY not in decision.official.roles:
        raise DecisionRefusedError("Viết GỬI NGƯỜI QUAN TÂM để đề nghị gửi bài cho tất cả người quan tâm.")
    return ask_removal(connection, item, decision, desk, as_of)


def _ask_broadcast(
    connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    check_alone(decision)
    _check_cap(connection, desk, as_of)
    asked = Word(step=ApprovalStep.ASK_BROADCAST, role=Role.EDITOR)
    approval_id, item = approve(connection, item, asked, decision)
    wrote = contents.find_writers(connection, item.content_item_id)
    decider, _ = default_decider(desk, local_date(as_of), but=wrote)
    write = to_broadcast(connection, item, desk, as_of)
    step, occasion = Step.CONTENT_BROADCAST, str(approval_id)
    ask(connection, item, decider, step, write, desk=desk, as_of=as_of, occasion=occasion)
    return f"{item.code}: đã trình {called(decider)} quyết định việc gửi bài cho người quan tâm."


def decide_on_broadcast(
    connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    """Have an article go to all who follow the account, or not; everybody who took part hears of it.

    Raises:
        DecisionRefusedError: the month's articles are used up, or the word does not fit.
    """
    who, role, reason = called(decision.official), decider_role(decision.official), reason_of(decision)
    match decision.command:
        case CommandLine(CommandCode.AGREE):
            _check_cap(connection, desk, as_of)
            word = Word(step=ApprovalStep.DECIDE_BROADCAST, role=role)
            approval_id, item = approve(connection, item, word, decision)
            broadcasts.add_broadcast(
                connection,
                content_item_id=item.content_item_id,
                approval_id=approval_id,
                decided_at=decision.received_at,
            )
            what = f"{who}, đã đồng ý gửi bài cho người quan tâm."
            others = took_part(connection, item, desk, as_of, but={decision.official.code})
            tell(connection, item, what, others, desk=desk, as_of=as_of, occasion=str(approval_id))
        case CommandLine(CommandCode.DISAGREE) if reason:
            word = Word(step=ApprovalStep.DECIDE_BROADCAST, verdict=Verdict.REFUSE, role=role, reason=reason)
            approval_id, item = approve(connection, item, word, decision)
            what = f"{who}, không đồng ý gửi bài cho người quan tâm. Lý do: {reason}."
            tell_not_broadcast(connection, item.content_item_id, what, desk, as_of, occasion=str(approval_id))
        case _:
            raise DecisionRefusedError("Viết ĐỒNG Ý để gửi bài cho người quan tâm, hoặc KHÔNG ĐỒNG Ý: lý do.")
    return f"{item.code}: {what}"


def _check_cap(connection: Connection, desk: InForce, as_of: datetime) -> None:
    """Refuse what is more than go to everybody in a month.

    Raises:
        DecisionRefusedError: no more may.
    """
    so_far, most = broadcasts.count_of_month(connection, local_date(as_of)), desk.policy(as_of).broadcasts_a_month
    if so_far >= most:
        message = f"Tháng này đã gửi, chờ gửi {so_far} bài cho người quan tâm, nhiều nhất {most} bài một tháng."
        raise DecisionRefusedError(message)
