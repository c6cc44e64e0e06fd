"""What officials wrote back to letters that ask: handed on one by one, and each hears at once what came of it (A12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine, CommandReading
from desk.rules.content.writing import whole_text
from desk.rules.incoming_mail import MailKind
from desk.rules.letters import decision_receipt
from desk.rules.letters.phrases import moment_and_date
from desk.rules.replies.matching import OfficialMatch, TokenLead
from desk.rules.replies.trimming import trimmed
from desk.runtime.collected.gathering import Gathered
from desk.runtime.collected.opening import Opened
from desk.runtime.collected.unit_replies import commands_of
from desk.runtime.decisions.decision import TOKEN_LIFE, Decision, DecisionRefusedError, Step
from desk.runtime.decisions.handing_on import decide
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import attachments, events, inbound_mails, leads, mail_tokens, outbox
from desk.store.inbound_mails import ReadMail
from desk.store.mail_tokens import TokenFor

_ONE_LINE: Final = "Ý kiến đồng ý phải đứng một mình: viết đúng một dòng, không kèm nội dung khác."
_TWO_COMMANDS: Final = (
    "Thư có nhiều lệnh khác nhau nên chưa lệnh nào được thực hiện. Đề nghị mỗi thư chỉ viết một lệnh."
)
_TAKES_ANSWERS: Final = frozenset({Step.SORTING, Step.DUTY_ANSWER, Step.ANSWER})
_EXPIRED: Final = "Địa chỉ trả lời của thư này đã hết hạn. Đề nghị trả lời thư mới nhất của hệ thống về việc này."


@dataclass(frozen=True, slots=True)
class OfficialsMail:
    """A mail that an official wrote back to a letter for him alone."""

    opened: Opened
    match: OfficialMatch


def carry_out(connection: Connection, one: OfficialsMail, gathered: Gathered, desk: InForce, as_of: datetime) -> None:
    """Carry out one official's mail and queue the receipt; all of it or, where something breaks, nothing."""
    opened, official, token = one.opened, one.match.official, one.match.token
    token_sha256 = gathered.hash_of(token, opened)
    done = refused = again = ""
    with connection.begin_nested():
        inbound_mails.record_read(connection, [_read(opened)], as_of=as_of)
        attachments.add_attachments(connection, {opened.mail_id: opened.mail.leaves})
        try:
            with connection.begin_nested():
                reading = _reading(one, gathered, desk)
                _check_is_alive(connection, token, token_sha256, is_later=_may_come_later(reading))
                done = decide(connection, _decision(one, gathered, reading), desk, as_of)
        except DecisionRefusedError as error:
            refused = str(error)
            if not token.is_dead:
                (again,) = mail_tokens.add_tokens(connection, [_anew(one, as_of)])
        else:
            if not _is_on_several(token):
                leads.use_token(connection, token_sha256, outcome=done)
        receipt = decision_receipt(
            official,
            inbound_mail_id=opened.mail_id,
            question_id=token.question_id,
            content_item_id=token.content_item_id,
            received_at=opened.stored.received_at,
            done=done,
            refused=refused,
            reply_token=again or None,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=local_date(as_of))
        event = events.Event(
            kind="decision_refused" if refused else "decision_carried_out",
            question_id=token.question_id,
            content_item_id=token.content_item_id,
            actor=official.code,
            details={
                "step": token.step,
                "inbound_mail_id": opened.mail_id,
                "by_code": token_sha256 not in opened.evidence.token_hashes,
            },
        )
        events.record_events(connection, [event], as_of=as_of)


def _reading(one: OfficialsMail, gathered: Gathered, desk: InForce) -> CommandReading:
    """Return what an official wrote, read for commands; of an article nothing is one."""
    opened, token = one.opened, one.match.token
    article = whole_text(opened.new_text) if token.content_item_id else ""
    said = "" if article else trimmed(opened.mail.text, gathered.sent_texts(opened)).text
    return commands_of(desk.office.commands).read(said, takes_answers=Step(token.step) in _TAKES_ANSWERS)


def _may_come_later(reading: CommandReading) -> bool:
    """Return whether a mail says alone what is said after the decision: the answer it let go is to be used again."""
    return [command.code for command in reading.commands] == [CommandCode.REMEMBER]


def _decision(one: OfficialsMail, gathered: Gathered, reading: CommandReading) -> Decision:
    """Return what an official orders.

    Raises:
        DecisionRefusedError: an agreement with something beside it, or two commands on one thing (U3).
    """
    opened, token, step = one.opened, one.match.token, Step(one.match.token.step)
    # an editor sends back most of what we wrote: compared with that, nothing of it would be new
    article = whole_text(opened.new_text) if token.content_item_id else ""
    if reading.qualified:
        raise DecisionRefusedError(_ONE_LINE)
    on_several = len(reading.commands) > 1
    if on_several and not (_is_on_several(token) and _is_each_of_its_own(reading.commands)):
        raise DecisionRefusedError(_TWO_COMMANDS)
    return Decision(
        step=step,
        official=one.match.official,
        command=reading.commands[0] if reading.commands and not on_several else None,
        on_several=reading.commands if on_several else (),
        text=reading.text,
        inbound_mail_id=opened.mail_id,
        received_at=opened.stored.received_at,
        question_id=token.question_id,
        work_item_id=token.work_item_id,
        answer_id=token.answer_id,
        content_item_id=token.content_item_id,
        token_sha256=gathered.hash_of(token, opened),
        version=token.version,
        article=article,
    )


def _is_on_several(token: TokenLead) -> bool:
    """Return whether a letter put several questions before an official, who may decide on them one after the other."""
    subjects = (token.question_id, token.work_item_id, token.answer_id, token.content_item_id)
    return all(subject is None for subject in subjects)


def _is_each_of_its_own(commands: Sequence[CommandLine]) -> bool:
    """Return whether each command stands after the code of a question of its own."""
    codes = {command.case_code for command in commands}
    return all(codes) and len(codes) == len(commands)


def _check_is_alive(connection: Connection, token: TokenLead, token_sha256: bytes, *, is_later: bool) -> None:
    """Refuse what comes by a reply address that is used up, be it by the mail just before, or has expired.

    *is_later*: said of what was decided already, so that a used address still takes it.

    Raises:
        DecisionRefusedError: says when it was used, and for what.
    """
    use = leads.find_use(connection, token_sha256)
    if use is None:
        if token.is_dead:
            raise DecisionRefusedError(_EXPIRED)
        return
    if is_later:
        return
    used_at, outcome = use
    message = f"Ông/Bà đã cho ý kiến về việc này lúc {moment_and_date(used_at)}: {outcome}"
    raise DecisionRefusedError(message)


def _anew(one: OfficialsMail, as_of: datetime) -> TokenFor:
    """Return a reply address for the same decision: the receipt of a refusal can be answered too."""
    token = one.match.token
    return TokenFor(
        step=token.step,
        expires_on=local_date(as_of) + TOKEN_LIFE,
        question_id=token.question_id,
        official_code=one.match.official.code,
        work_item_id=token.work_item_id,
        answer_id=token.answer_id,
        content_item_id=token.content_item_id,
        version=token.version,
    )


def _read(opened: Opened) -> ReadMail:
    return ReadMail(inbound_mail_id=opened.mail_id, kind=MailKind.DECISION, from_address=opened.mail.from_address)
