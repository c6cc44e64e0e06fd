"""Questions: opened, added to, claimed for a decision, decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A sealed burst as it is opened."""

    question_id: int
    case_code: str
    user_id: str
    opened_as: str
    text: str
    sensitive: str | None
    urgent: str | None
    topics: tuple[str, ...]
    received_at: datetime
    last_message_at: datetime
    window_closes_at: datetime
    has_media: bool
    is_late: bool
    acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A question as grouping sees it. `awaits_citizen`: its citizen was asked back, and owes a reply.

    `promised_on` is the day its citizen was told, `due_on` the regulation's where none was. `answered_at` is None while
    it is open. `merged_codes` are those of questions that a person merged into it.
    """

    user_id: str
    question_id: int
    case_code: str
    state: QuestionState
    topics: tuple[str, ...]
    received_at: datetime
    last_message_at: datetime
    promised_on: date | None
    due_on: date | None
    sensitive: str | None
    urgent: str | None
    awaits_citizen: bool
    answered_at: datetime | None
    merged_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """More that was said to a question."""

    question_id: int
    text: str
    last_message_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionToRoute:
    """A question that waits for its decision."""

    question_id: int
    case_code: str
    user_id: str
    opened_as: str
    text: str
    sensitive: str | None
    urgent: str | None
    has_media: bool
    is_late: bool
    received_at: datetime
    window_closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionInHand(QuestionToRoute):
    """A question that a person decides on, with where it stands."""

    state: QuestionState
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithDuty:
    """A question that the duty officer answers, with its date and the derivation of that."""

    question_id: int
    case_code: str
    text: str
    topics: tuple[str, ...]
    received_at: datetime
    due_on: date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided on a question: its new state, and its dates where there are any."""

    question_id: int
    state: QuestionState
    topics: tuple[str, ...] = ()
    unit_count: int | None = None
    promised_on: date | None = None
    due_by_rule_on: date | None = None
    promised_because: str | None = None
    calendar_version: int | None = None
    routed_at: datetime | None = None


def take_numbers(connection: Connection, count: int) -> list[int]:
    """Return running numbers for so many new questions, ascending."""
    return sorted(connection.scalars(statement("questions/take_numbers"), {"count": count}))


def add_questions(connection: Connection, questions: Sequence[NewQuestion], *, sealed_at: datetime) -> None:
    """Open questions in the state `sealed`."""
    if not questions:
        return
    values = {
        "question_ids": [question.question_id for question in questions],
        "case_codes": [question.case_code for question in questions],
        "user_ids": [question.user_id for question in questions],
        "opened_ases": [question.opened_as for question in questions],
        "texts": [question.text for question in questions],
        "sensitives": [question.sensitive for question in questions],
        "urgents": [question.urgent for question in questions],
        "topics": [",".join(question.topics) for question in questions],
        "received_ats": [question.received_at for question in questions],
        "last_message_ats": [question.last_message_at for question in questions],
        "window_closes_ats": [question.window_closes_at for question in questions],
        "have_media": [question.has_media for question in questions],
        "are_late": [question.is_late for question in questions],
        "acknowledgeds": [question.acknowledged for question in questions],
        "sealed_at": sealed_at,
    }
    connection.execute(statement("questions/add_questions"), values)


def add_follow_ups(connection: Connection, follow_ups: Sequence[FollowUp]) -> None:
    """Add what was said to questions; several to one question are given together, oldest first."""
    together: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in follow_ups:
        together[follow_up.question_id].append(follow_up)
    if not together:
        return
    values = {
        "question_ids": list(together),
        "texts": ["\n".join(said.text for said in several if said.text) for several in together.values()],
        "last_message_ats": [max(said.last_message_at for said in several) for several in together.values()],
    }
    connection.execute(statement("questions/add_follow_ups"), values)


def find_open_of_citizens(
    connection: Connection, user_ids: Sequence[str], *, answered_since: datetime
) -> dict[str, list[OpenRow]]:
    """Return the questions of these citizens that are open, or that what is said next may open again, by citizen."""
    found: dict[str, list[OpenRow]] = defaultdict(list)
    values = {"user_ids": list(user_ids), "answered_since": answered_since}
    for row in connection.execute(statement("questions/find_open_of_citizens"), values).mappings():
        read = {
            "state": QuestionState(row["state"]),
            "topics": tuple(row["topics"]),
            "merged_codes": tuple(row["merged_codes"]),
        }
        open_row = OpenRow(**{**row, **read})
        found[open_row.user_id].append(open_row)
    return found


def claim_questions_to_route(connection: Connection, *, limit: int) -> list[QuestionToRoute]:
    """Hold the oldest questions that wait for their decision; those another worker holds are passed over."""
    rows = connection.execute(statement("questions/claim_questions_to_route"), {"limit": limit}).mappings()
    return [QuestionToRoute(**row) for row in rows]


def record_decisions(connection: Connection, decisions: Sequence[Decided]) -> None:
    """Write what was decided on questions that this transaction holds."""
    if not decisions:
        return
    values = {
        "question_ids": [decided.question_id for decided in decisions],
        "states": [decided.state.value for decided in decisions],
        "topics": [",".join(decided.topics) for decided in decisions],
        "unit_counts": [decided.unit_count for decided in decisions],
        "promised_ons": [decided.promised_on for decided in decisions],
        "due_by_rule_ons": [decided.due_by_rule_on for decided in decisions],
        "becauses": [decided.promised_because for decided in decisions],
        "calendar_versions": [decided.calendar_version for decided in decisions],
        "routed_ats": [decided.routed_at for decided in decisions],
    }
    connection.execute(statement("questions/record_decisions"), values)


def park_questions(connection: Connection, question_ids: Sequence[int]) -> None:
    """Take questions out of the sweeps until somebody has looked."""
    connection.execute(statement("questions/park_questions"), {"question_ids": list(question_ids)})


def return_parked(connection: Connection, question_id: int) -> None:
    """Take a question into the sweeps again."""
    connection.execute(statement("questions/return_parked"), {"question_id": question_id})


def claim_question(connection: Connection, case_code: str) -> QuestionInHand | None:
    """Hold one question by its code, for a person's decision; None where there is no such code."""
    row = connection.execute(statement("questions/claim_by_code"), {"case_code": case_code}).mappings().one_or_none()
    if row is None:
        return None
    return QuestionInHand(**{**row, "state": QuestionState(row["state"]), "topics": tuple(row["topics"])})


def record_refusal(connection: Connection, question_id: int) -> int:
    """Record that one more unit says a question is not its own; returns how many have."""
    return int(connection.execute(statement("questions/record_refusal"), {"question_id": question_id}).scalar_one())


def find_with_duty(connection: Connection, question_ids: Sequence[int]) -> list[WithDuty]:
    """Return those of these questions that the duty officer still answers."""
    rows = connection.execute(statement("questions/find_with_duty"), {"question_ids": list(question_ids)}).mappings()
    return [WithDuty(**{**row, "topics": tuple(row["topics"])}) for row in rows]


def find_past(connection: Connection, *, limit: int) -> list[tuple[str, str]]:
    """Return case code and text of the newest questions, none of them sensitive."""
    return [(row.case_code, row.text) for row in connection.execute(statement("questions/find_past"), {"limit": limit})]


def get_code(connection: Connection, question_id: int) -> str:
    """Return the public code of a question.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return str(connection.execute(statement("questions/get_code"), {"question_id": question_id}).scalar_one())
