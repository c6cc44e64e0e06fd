"""What the machine tells a citizen on Zalo without a person (law 13): facts, never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.rules.calendar import WorkingCalendar, local_date, local_time, long_date, weekday_name
from desk.rules.letters.phrases import joined, moment_and_date
from desk.rules.office import Policy
from desk.rules.outgoing import CitizenMessage

# Asked where the competent office depends on a place and the text names none (U20).
WHICH_OFFICE = "Hồ sơ của Ông/Bà nộp tại cơ quan BHXH nào, ngày nào?"
LONGEST_ASK = 600

_MEDIA = {"voice": "tin nhắn thoại", "image": "ảnh", "video": "video", "file": "tệp", "location": "vị trí"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenQuestion:
    """A question as its citizen may be told of it."""

    question_id: int
    case_code: str
    user_id: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """An open question of a citizen who asks how far it is; `merged_codes`: of those that are part of it now."""

    case_code: str
    received_at: datetime
    units: tuple[str, ...] = ()
    promised_on: date | None = None
    awaits_citizen: bool = False
    merged_codes: tuple[str, ...] = ()


def acknowledgement(
    question: CitizenQuestion,
    *,
    as_of: datetime,
    calendar: WorkingCalendar,
    policy: Policy,
    with_privacy_notice: bool = False,
) -> CitizenMessage:
    """Return the receipt of a question; outside office hours it says when the office opens and whom to call.

    It is not worth sending once one working day has passed (A4).
    """
    return CitizenMessage(
        template="acknowledgement",
        key=f"acknowledgement:{question.question_id}",
        user_id=question.user_id,
        question_id=question.question_id,
        lifetime=_one_working_day(as_of, calendar),
        context={
            "case_code": question.case_code,
            "received": moment_and_date(question.received_at),
            "with_privacy_notice": with_privacy_notice,
            **_opening(as_of, calendar, policy),
        },
    )


def media_received(question: CitizenQuestion, *, kind: str, with_privacy_notice: bool = False) -> CitizenMessage:
    """Return the receipt of what a person must look at or listen to (U12): voice, image, video, file or location."""
    return CitizenMessage(
        template="media-received",
        key=f"acknowledgement:{question.question_id}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={
            "case_code": question.case_code,
            "media": _MEDIA.get(kind, "tin nhắn"),
            "with_privacy_notice": with_privacy_notice,
        },
    )


def greeting_prompt(user_id: str, *, message_id: str, policy: Policy) -> CitizenMessage:
    """Return the prompt for somebody who greeted and asked nothing yet, sent once (U12)."""
    return CitizenMessage(
        template="greeting-prompt",
        key=f"greeting:{message_id}",
        user_id=user_id,
        lifetime=timedelta(minutes=policy.greeting_prompt_minutes),
        context={},
    )


def status_reply(
    user_id: str, questions: Sequence[OpenQuestion], *, message_id: str, as_of: datetime, calendar: WorkingCalendar
) -> CitizenMessage:
    """Return the answer to "how far is it": where each open question stands, and until when it is answered (U12)."""
    today = local_date(as_of)
    return CitizenMessage(
        template="status-reply",
        key=f"status:{message_id}",
        user_id=user_id,
        lifetime=_one_working_day(as_of, calendar),
        context={
            "questions": [
                {
                    "case_code": question.case_code,
                    "merged": joined(question.merged_codes),
                    "received_on": long_date(local_date(question.received_at)),
                    "units": joined(question.units),
                    "promised": long_date(question.promised_on) if question.promised_on else "",
                    "is_overdue": question.promised_on is not None and question.promised_on < today,
                    "awaits_citizen": question.awaits_citizen,
                }
                for question in questions
            ]
        },
    )


def forwarded(question: CitizenQuestion, *, units: Sequence[str], promised_on: date) -> CitizenMessage:
    """Return the notice that units were asked, and by when the citizen is answered (Điều 13, U24).

    A date told twice is told once: the key holds the date.
    """
    return CitizenMessage(
        template="forwarded",
        key=f"forwarded:{question.question_id}:{promised_on.isoformat()}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={
            "case_code": question.case_code,
            "units": joined(units),
            "is_one_unit": len(units) == 1,
            "promised": long_date(promised_on),
        },
    )


def ask_back(question: CitizenQuestion, asks: Sequence[str], *, version: int = 1) -> CitizenMessage:
    """Return the request for what is missing to answer a question; *version* counts the times it is asked.

    Raises:
        ValueError: nothing is asked, or more than 600 characters.
    """
    if not 0 < sum(map(len, asks)) <= LONGEST_ASK:
        message = f"between 1 and {LONGEST_ASK} characters can be asked back, not {sum(map(len, asks))}"
        raise ValueError(message)
    return CitizenMessage(
        template="ask-back",
        key=f"ask-back:{question.question_id}:{version}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={"case_code": question.case_code, "asks": tuple(ask.strip().rstrip(".;") for ask in asks)},
    )


def urgent_safety(
    question: CitizenQuestion, *, money_lost: bool, as_of: datetime, calendar: WorkingCalendar, policy: Policy
) -> CitizenMessage:
    """Return whom to call at once when somebody is in danger, or has lost money, outside office hours (U6)."""
    return CitizenMessage(
        template="urgent-safety",
        key=f"urgent-safety:{question.question_id}",
        user_id=question.user_id,
        question_id=question.question_id,
        lifetime=_one_working_day(as_of, calendar),
        context={
            "case_code": question.case_code,
            "money_lost": money_lost,
            **_opening(as_of, calendar, policy),
        },
    )


def secret_warning(question: CitizenQuestion) -> CitizenMessage:
    """Return the warning for somebody who sent a password or an OTP; what was sent is not repeated."""
    return CitizenMessage(
        template="secret-warning",
        key=f"secret-warning:{question.question_id}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={},
    )


def _opening(as_of: datetime, calendar: WorkingCalendar, policy: Policy) -> dict[str, object]:
    """Return whether the office is closed, why where it is a holiday, when it opens next, and the hotline."""
    is_open = calendar.is_working_time(as_of, policy.hours)
    today = local_date(as_of)
    reason = "" if calendar.is_working_day(today) else calendar.reason(today)
    return {
        "is_closed": not is_open,
        "holiday": "" if reason == weekday_name(today) else reason,
        "opens": moment_and_date(calendar.next_opening(as_of, policy.hours)),
        "hotline": policy.hotline,
    }


def _one_working_day(as_of: datetime, calendar: WorkingCalendar) -> timedelta:
    local = local_time(as_of)
    return timedelta(days=(calendar.next_working_day(local.date()) - local.date()).days)
