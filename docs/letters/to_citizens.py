"""Examples of what the machine tells citizens on Zalo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from desk.rules import letters
from desk.rules.calendar import HCM
from desk.rules.case_codes import case_code
from desk.rules.outgoing import CitizenMessage
from docs.letters.given import ASKING, CALENDAR, CODE, HOLIDAY, MONDAY, POLICY, REASONS, SHARED, SUNDAY, UNIT


def messages_to_citizens() -> Mapping[str, CitizenMessage]:
    """Return the examples by the name of their file."""
    return {
        "acknowledgement": letters.acknowledgement(
            replace(ASKING, received_at=MONDAY),
            as_of=MONDAY,
            calendar=CALENDAR,
            policy=POLICY,
            with_privacy_notice=True,
        ),
        "acknowledgement-out-of-hours": letters.acknowledgement(ASKING, as_of=SUNDAY, calendar=CALENDAR, policy=POLICY),
        "acknowledgement-on-a-holiday": letters.acknowledgement(
            replace(ASKING, received_at=HOLIDAY), as_of=HOLIDAY, calendar=CALENDAR, policy=POLICY
        ),
        "media-received": letters.media_received(ASKING, kind="voice"),
        "greeting-prompt": letters.greeting_prompt("2512523625412515", message_id="a1", policy=POLICY),
        "status-reply": letters.status_reply(
            "2512523625412515",
            [
                letters.OpenQuestion(
                    case_code=CODE, received_at=SUNDAY, units=(UNIT.name,), promised_on=date(2026, 11, 26)
                ),
                letters.OpenQuestion(
                    case_code=case_code(2026, 4513), received_at=SUNDAY, merged_codes=(case_code(2026, 4514),)
                ),
                letters.OpenQuestion(
                    case_code=case_code(2026, 4400),
                    received_at=datetime(2026, 11, 17, 9, tzinfo=HCM),
                    promised_on=date(2026, 11, 20),
                ),
            ],
            message_id="a2",
            as_of=MONDAY,
            calendar=CALENDAR,
        ),
        "split-off": letters.split_off(
            replace(ASKING, question_id=4530, case_code=case_code(2026, 4530), received_at=MONDAY), of_code=CODE
        ),
        "forwarded": letters.forwarded(ASKING, units=[UNIT.name], promised_on=date(2026, 11, 26)),
        "forwarded-to-several-units": letters.forwarded(
            ASKING, units=[UNIT.name, *SHARED.other_units], promised_on=date(2026, 11, 30)
        ),
        "ask-back": letters.ask_back(ASKING, [letters.WHICH_OFFICE]),
        "ask-back-twice": letters.ask_back(ASKING, ["tháng, năm nghỉ việc", "loại thẻ đang dùng."]),
        "ask-back-reminder": letters.ask_back_reminder(ASKING, closes_on=date(2026, 11, 30), version=1),
        "closed-unanswered": letters.closed_unanswered(ASKING, version=1),
        "delay": letters.delay(
            ASKING, due_on=date(2026, 11, 26), agreed_on=date(2026, 11, 27), reason=REASONS[0], is_overdue=False
        ),
        "delay-when-overdue": letters.delay(
            ASKING, due_on=date(2026, 11, 26), agreed_on=date(2026, 11, 30), reason=REASONS[1], is_overdue=True
        ),
        "urgent-safety": letters.urgent_safety(
            ASKING, money_lost=False, as_of=SUNDAY, calendar=CALENDAR, policy=POLICY
        ),
        "urgent-safety-money": letters.urgent_safety(
            ASKING, money_lost=True, as_of=HOLIDAY, calendar=CALENDAR, policy=POLICY
        ),
        "secret-warning": letters.secret_warning(ASKING),
        "keep-open": letters.keep_open([ASKING], until=datetime(2026, 11, 24, 9, 5, tzinfo=HCM), as_of=MONDAY),
        "come-back": letters.come_back(ASKING, zbs_template="345678", since=SUNDAY),
        "satisfaction": letters.satisfaction(1, case_code=CODE, user_id=ASKING.user_id, answer_id=1),
    }
