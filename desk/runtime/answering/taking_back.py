"""Replies that are no answers after all: their unit owes one again, and what was made of them is not in hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.store import answer_sources, answers, events, questions


def take_back(
    connection: Connection, question_id: int, reply_ids: Sequence[int], as_of: datetime, *, actor: str, outcome: str
) -> None:
    """Take replies to a question that this transaction holds for no answers; *outcome* says so of a draft of theirs."""
    answer_sources.take_back_replies(connection, reply_ids, next_step_at=as_of)
    latest = answers.find_latest(connection, [question_id]).get(question_id)
    (question,) = answer_sources.find_questions(connection, [question_id])
    is_in_draft = latest is not None and bool({*latest.reply_ids} & {*reply_ids})
    if question.state is QuestionState.ANSWER_PROPOSED and is_in_draft:
        answers.supersede(connection, [question_id], outcome=outcome)
        decided = questions.Decided(question_id=question_id, state=QuestionState.ROUTED)
        questions.record_decisions(connection, [decided])
    event = events.Event(
        kind="answer_taken_back", question_id=question_id, actor=actor, details={"replies": list(reply_ids)}
    )
    events.record_events(connection, [event], as_of=as_of)
