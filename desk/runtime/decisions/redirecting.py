"""Redirects: put before the Ban Quản trị in one letter, released or given back by one word (Điều 13, U24)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.to_release import ShownRedirect, redirect_release
from desk.rules.office import DelegationScope, Official, Role
from desk.rules.office import in_force as of_day
from desk.rules.states import QuestionState
from desk.runtime.answering.cases import find_cases
from desk.runtime.answering.composing import looked_over
from desk.runtime.answering.proposing import record_versions
from desk.runtime.answering.releasing import Word, release
from desk.runtime.asking_slots import slot_to_hold
from desk.runtime.decisions.decision import TOKEN_LIFE, Decision, DecisionRefusedError, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered, written
from desk.store import events, mail_tokens, outbox, questions, redirects, work_items
from desk.store.redirects import AskedRedirect, ProposedRedirect

_IN_A_LETTER: Final = 20
_NUMBERS: Final = re.compile(r"\d+")
_HOW: Final = "Viết DUYỆT TẤT CẢ, DUYỆT TẤT CẢ TRỪ: số thứ tự, KHÔNG DUYỆT, hoặc mã câu hỏi: DUYỆT."


def ask_to_release(connection: Connection, desk: InForce, as_of: datetime) -> int:
    """Put redirects before who speaks for the Ban Quản trị, once a slot (U16); returns how many."""
    slot = slot_to_hold(connection, "redirect", desk, as_of)
    if slot is None:
        return 0
    asked = letter = 0
    while found := redirects.claim_redirects(connection, limit=_IN_A_LETTER):
        letter += 1
        _ask(connection, found, desk, as_of, slot=slot, letter=letter)
        asked += len(found)
    return asked


def _ask(
    connection: Connection,
    found: Sequence[ProposedRedirect],
    desk: InForce,
    as_of: datetime,
    *,
    slot: time,
    letter: int,
) -> None:
    to, on, first = releaser(desk, as_of), local_date(as_of), found[0].work_item_id
    wanted = mail_tokens.TokenFor(
        step=Step.REDIRECT.value,
        expires_on=on + TOKEN_LIFE,
        official_code=to.code,
        # by this number a reply finds its letter's redirects
        version=first,
    )
    (token,) = mail_tokens.add_tokens(connection, [wanted])
    shown = [_shown(one, desk, as_of) for one in found]
    mail = redirect_release(
        shown, to, on=on, slot=slot, letter=letter, address=desk_address().reply(token), reply_token=token
    )
    outbox.add_deliveries(connection, [rendered(mail)], on=on)
    asked = [
        work_items.Asked(work_item_id=one.work_item_id, asked={"letter": first, "place": place}, asked_of=to.code)
        for place, one in enumerate(found, start=1)
    ]
    work_items.record_asked(connection, asked, as_of=as_of)


def releaser(desk: InForce, as_of: datetime) -> Official:
    """Return who releases redirects that day: whom the head has authorised in writing, else the Secretary."""
    office, on = desk.office, local_date(as_of)
    return (office.delegates(DelegationScope.REDIRECT, on) or office.holders(Role.SECRETARY, on))[0]


def decide_on_redirects(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Release what an official lets go, and give back what not; returns what became of each.

    Raises:
        DecisionRefusedError: nothing can be done by these words; says which to use.
    """
    in_letter = redirects.claim_redirects_of_letter(connection, decision.version)
    wanted = dict(_wanted(decision, in_letter))
    if not wanted:
        raise DecisionRefusedError(f"Chưa rõ ý kiến. {_HOW}")
    return " ".join(
        _decided_before(one, desk) if one.closed_at else _carry_out(connection, one, decision, desk, as_of, yes=yes)
        for one, yes in ((one, wanted[one.place]) for one in in_letter if one.place in wanted)
    )


def _wanted(decision: Decision, in_letter: Sequence[AskedRedirect]) -> Iterator[tuple[int, bool]]:
    """Yield the places in the letter that were decided on, and whether they are released."""
    places = {one.place for one in in_letter}
    of_code = {one.case_code: one.place for one in in_letter}
    for line in decision.on_several or ([decision.command] if decision.command else []):
        match line:
            case CommandLine(CommandCode.RELEASE_ALL):
                yield from ((place, True) for place in places)
            case CommandLine(CommandCode.RELEASE_ALL_BUT, argument):
                left_out = {int(number) for number in _NUMBERS.findall(argument)}
                if not left_out or not left_out <= places:
                    raise DecisionRefusedError(f"Thư có {len(places)} câu hỏi; ghi số thứ tự từ 1 đến {len(places)}.")
                yield from ((place, place not in left_out) for place in places)
            case CommandLine(CommandCode.AGREE | CommandCode.DISAGREE as code, _, case_code):
                if case_code and case_code not in of_code:
                    raise DecisionRefusedError(f"Thư này không hỏi về câu {case_code}.")
                decided = [of_code[case_code]] if case_code else places
                yield from ((place, code is CommandCode.AGREE) for place in decided)
            case _:
                raise DecisionRefusedError(f"Lệnh này không dùng cho việc duyệt hướng dẫn. {_HOW}")


def _carry_out(
    connection: Connection, one: AskedRedirect, decision: Decision, desk: InForce, as_of: datetime, *, yes: bool
) -> str:
    outcome = "đã duyệt, gửi hướng dẫn cho công dân" if yes else "không duyệt, chuyển lại cán bộ trực phân loại"
    work_items.close_work_item(connection, one.work_item_id, closed_by=decision.official.code, outcome=outcome)
    question = questions.claim_question(connection, one.case_code)
    if question is None or question.state is not QuestionState.REDIRECT_PROPOSED:
        return f"{one.case_code}: câu hỏi đã được xử lý theo cách khác."
    if yes:
        _release(connection, one, decision, desk, as_of)
    else:
        _give_back(connection, one, decision)
    event = events.Event(
        kind="redirect_released" if yes else "redirect_refused",
        question_id=one.question_id,
        actor=decision.official.code,
        details={"authorities": _authorities(one.proposals), "inbound_mail_id": decision.inbound_mail_id},
    )
    events.record_events(connection, [event], as_of=as_of)
    return f"{one.case_code}: {outcome}."


def _release(connection: Connection, one: AskedRedirect, decision: Decision, desk: InForce, as_of: datetime) -> None:
    """Tell the citizen the way every answer goes: it is done once delivered, and kept with who released it."""
    (case,) = find_cases(connection, [one.question_id], desk, as_of)
    text = _text(one.case_code, _authorities(one.proposals), desk, as_of)
    draft = looked_over(case, text, decision.official.code, ())
    record_versions(connection, [draft], decision.official, as_of)
    (case,) = find_cases(connection, [one.question_id], desk, as_of)
    if case.latest is not None:
        release(Word(connection, case, case.latest, decision, desk, as_of))


def _give_back(connection: Connection, one: AskedRedirect, decision: Decision) -> None:
    decided = questions.Decided(question_id=one.question_id, state=QuestionState.IN_TRIAGE)
    questions.record_decisions(connection, [decided])
    item = work_items.WorkItem(
        key=f"resumed:{one.question_id}:{work_items.count_of_question(connection, one.question_id)}",
        kind="triage",
        reason=f"{decision.official.name} không duyệt hướng dẫn công dân liên hệ cơ quan khác.",
        owner="duty_officer",
        remedy=f'zalo-desk triage "{one.case_code}" …, hoặc biểu mẫu triage-question',
        question_id=one.question_id,
    )
    work_items.add_work_items(connection, [item])


def _decided_before(one: AskedRedirect, desk: InForce) -> str:
    by = desk.office.name_of(one.closed_by)
    when = moment_and_date(one.closed_at) if one.closed_at else ""
    return f"{one.case_code}: {by} đã quyết định lúc {when}: {one.outcome}."


def _shown(one: ProposedRedirect, desk: InForce, as_of: datetime) -> ShownRedirect:
    return ShownRedirect(
        case_code=one.case_code,
        text=one.text,
        received_at=one.received_at,
        reason=one.reason,
        answer=_text(one.case_code, _authorities(one.proposals), desk, as_of),
    )


def _authorities(proposals: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the codes of the authorities of the best proposal that names any."""
    return next((list(one["authorities"]) for one in proposals if one.get("authorities")), [])


def _text(case_code: str, codes: Sequence[str], desk: InForce, as_of: datetime) -> str:
    present = of_day(desk.office.authorities, local_date(as_of))
    context = {"case_code": case_code, "authorities": [present[code] for code in codes if code in present]}
    return written("_redirect", context)
