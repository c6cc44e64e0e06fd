"""Examples of letters that remind units, and of those on answers that may come late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from desk.rules import letters
from desk.rules.calendar import HCM
from desk.rules.case_codes import case_code
from desk.rules.office import Recipient
from desk.rules.outgoing import Letter
from docs.letters.given import (
    ALSO_CHASED,
    CHASED,
    CODE,
    ENDANGERED,
    FRIDAY,
    HEAD,
    MONDAY,
    OFFICER,
    REASONS,
    SUNDAY,
    THURSDAY,
    TOKEN,
    UNIT,
)


def chase_examples() -> Mapping[str, Letter]:
    """Return the examples by the name of their file."""
    return {
        "chase-digest": letters.chase_digest(
            [CHASED], UNIT, replace(HEAD, written_at=THURSDAY), of=UNIT.code, slot=time(8), reply_token=TOKEN
        ),
        "chase-digest-several": letters.chase_digest(
            [CHASED, ALSO_CHASED],
            UNIT,
            replace(HEAD, written_at=THURSDAY),
            of=UNIT.code,
            slot=time(8),
            reply_token=TOKEN,
            taken_back=[
                letters.TakenBack(case_code=case_code(2026, 4400), before=date(2026, 11, 25), due_on=date(2026, 11, 27))
            ],
            thanks=[case_code(2026, 4398), case_code(2026, 4399)],
        ),
        "chase-escalation": letters.chase_escalation(
            [CHASED],
            UNIT,
            replace(HEAD, written_at=FRIDAY),
            of=UNIT.code,
            slot=time(8),
            head="csxh.lanhdao@bhxh.example.vn",
            to=Recipient.HEAD,
            answer_by=FRIDAY.date(),
            reply_token=TOKEN,
        ),
        "chase-board": letters.chase_board(
            [
                letters.OverdueAtUnit(
                    case_code=CODE,
                    unit=UNIT.name,
                    received_at=SUNDAY,
                    lettered_at=MONDAY,
                    due_on=date(2026, 11, 26),
                )
            ],
            [
                letters.OverdueAtUnit(
                    case_code=case_code(2026, 4400),
                    unit="",
                    received_at=datetime(2026, 11, 17, 9, tzinfo=HCM),
                    lettered_at=None,
                    due_on=date(2026, 11, 20),
                )
            ],
            "banquantri@bhxh.example.vn",
            on=date(2026, 11, 30),
            slot=time(8),
        ),
        "endangered-answers": letters.endangered_answers(
            [
                ENDANGERED,
                replace(ENDANGERED, case_code=case_code(2026, 4400), may_apologise=False),
                replace(ENDANGERED, case_code=case_code(2026, 4402), may_apologise=False, is_reachable=False),
                replace(ENDANGERED, case_code=case_code(2026, 4401), units=(), is_promised=False, may_apologise=False),
            ],
            OFFICER,
            address=HEAD.address,
            on=date(2026, 11, 25),
            reply_token=TOKEN,
            reasons=REASONS,
        ),
    }
