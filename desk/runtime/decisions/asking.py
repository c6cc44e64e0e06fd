"""Put a matter before an official by mail: a work item, a reply address of its own, and the words that settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from desk.rules.commands import CommandCode
from desk.rules.letters import Matter, duty_decision
from desk.rules.letters.commands import Command
from desk.rules.office import Official, Role
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered
from desk.store import mail_tokens, outbox, work_items

# The chase keeps still as long as a reply of a unit waits for a word of ours; a proposal bears this where it does.
WAITS_FOR_US: Final = "waits_for_us"
WHILE_IT_WAITS: Final = ("Trong khi chờ ý kiến", "tạm ngừng nhắc đơn vị; thời hạn trả lời công dân vẫn tính")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an official must decide. `key` asks once; `subject`, `reason`, `facts` are Vietnamese.

    `quoted` is a text as somebody wrote it; `proposals` are what the decision needs to be carried out, best first.
    `to` is the officer on duty, or the Secretary.
    """

    key: str
    kind: str
    subject: str
    reason: str
    options: Sequence[CommandCode]
    question_id: int | None = None
    case_code: str = ""
    quoted: str = ""
    facts: Sequence[tuple[str, str]] = ()
    proposals: Sequence[Mapping[str, object]] = ()
    to: Role = Role.DUTY_OFFICER


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One letter to be written: for which work, to whom, for the how manieth time."""

    work_item_id: int
    question_id: int | None
    shown: Mapping[str, Any]
    to: Official
    times: int = 1
    unanswered_by: str = ""


def ask_officers(connection: Connection, asks: Sequence[Ask], desk: InForce, as_of: datetime) -> int:
    """Put matters before the officer on duty or the Secretary; a key asks once. Returns how many are new."""
    items = [
        work_items.WorkItem(
            key=ask.key,
            kind=ask.kind,
            reason=ask.reason,
            owner=ask.to.value,
            remedy="Trả lời thư của hệ thống: " + ", ".join(_words(desk, code).words for code in ask.options),
            proposals=ask.proposals,
            question_id=ask.question_id,
        )
        for ask in asks
    ]
    new = work_items.add_work_items(connection, items)
    secretary, officer = next(iter(desk.office.holders(Role.SECRETARY, as_of.date())), None), desk.duty_officer(as_of)
    _send(
        connection,
        [
            _Asking(
                work_item_id=new[ask.key],
                question_id=ask.question_id,
                shown=_shown(ask),
                to=secretary if ask.to is Role.SECRETARY and secretary else officer,
            )
            for ask in asks
            if ask.key in new
        ],
        desk,
        as_of,
    )
    return len(new)


def ask_again(
    connection: Connection, work: work_items.Unanswered, to: Official, desk: InForce, as_of: datetime, *, last: str
) -> None:
    """Put a matter that *last* has not answered before the next official; the first word that comes in counts."""
    asking = _Asking(
        work_item_id=work.work_item_id,
        question_id=work.question_id,
        shown=work.asked,
        to=to,
        times=work.times_asked + 1,
        unanswered_by=last,
    )
    _send(connection, [asking], desk, as_of)


def _send(connection: Connection, asking: Sequence[_Asking], desk: InForce, as_of: datetime) -> None:
    if not asking:
        return
    tokens = mail_tokens.add_tokens(
        connection,
        [
            mail_tokens.TokenFor(
                step=Step.WORK_ITEM.value,
                expires_on=as_of.date() + TOKEN_LIFE,
                question_id=one.question_id,
                work_item_id=one.work_item_id,
                official_code=one.to.code,
            )
            for one in asking
        ],
    )
    address = desk_address()
    letters = [
        duty_decision(
            _matter(one.shown, desk),
            one.to,
            work_item_id=one.work_item_id,
            times=one.times,
            address=address.reply(token),
            reply_token=token,
            question_id=one.question_id,
            unanswered_by=one.unanswered_by,
        )
        for one, token in zip(asking, tokens, strict=True)
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=as_of.date())
    asked = [work_items.Asked(work_item_id=one.work_item_id, asked=one.shown, asked_of=one.to.code) for one in asking]
    work_items.record_asked(connection, asked, as_of=as_of)


def _shown(ask: Ask) -> dict[str, object]:
    """Return what of a matter a letter shows, as it is kept with the work item."""
    shown = asdict(ask)
    return {name: shown[name] for name in ("subject", "reason", "case_code", "quoted", "facts")} | {
        "options": [code.value for code in ask.options]
    }


def _matter(shown: Mapping[str, Any], desk: InForce) -> Matter:
    return Matter(
        subject=shown["subject"],
        reason=shown["reason"],
        case_code=shown["case_code"],
        quoted=shown["quoted"],
        facts=[(label, value) for label, value in shown["facts"]],
        options=[_words(desk, CommandCode(code)) for code in shown["options"]],
    )


def _words(desk: InForce, code: CommandCode) -> Command:
    found = next(command for command in desk.office.commands if command.code == code.value)
    return Command(found.words[0], found.argument)
