"""What officials read of the desk's codes: there are words for each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from desk.console.words import ARTICLE_STATES, EVENTS, PUBLICATIONS, READINGS, SAID, TAKEDOWNS
from desk.rules.content.approvals import ApprovalStep
from desk.rules.replies.readings import ReplyReading
from desk.rules.states import CONTENT_MOVES, ContentState, PublicationState, TakedownState

ROOT = Path(__file__).parents[2]


def kinds_in_code() -> Iterator[str]:
    """Yield the kinds of the events that Python writes."""
    for folder in ("desk", "tasks", "flows"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Event", "events.Event"}:
                    said = {keyword.arg: keyword.value for keyword in node.keywords}
                    yield from kinds_of(said["kind"])


def kinds_of(written: ast.expr) -> Iterator[str]:
    match written:
        case ast.Constant(str(kind)):
            yield kind
        case ast.IfExp(body=one, orelse=other):
            yield from kinds_of(one)
            yield from kinds_of(other)
        case ast.JoinedStr(values=[ast.Constant("content_"), ast.FormattedValue()]):
            yield from (f"content_{step.value}" for step in ApprovalStep)
        case ast.Name("kind"):
            pass  # its callers name it
        case other:
            message = f"the kind of an event is written out where it is recorded, not {ast.unparse(other)}"
            raise AssertionError(message)


def kinds_in_sql() -> Iterator[str]:
    for path in (ROOT / "sql").rglob("*.sql"):
        content = path.read_text(encoding="utf-8")
        if "INSERT INTO event " in content:
            yield from re.findall(r"SELECT '(\w+)'", content)


def test_every_kind_of_event_has_words() -> None:
    assert {*kinds_in_code(), *kinds_in_sql()} <= EVENTS.keys()


def test_every_reading_of_a_reply_has_words() -> None:
    assert {reading.value for reading in ReplyReading} == READINGS.keys()


def test_every_state_of_an_article_and_every_word_on_one_has_words() -> None:
    assert {state.value for state in ContentState} == ARTICLE_STATES.keys()
    assert {state.value for state in PublicationState} == PUBLICATIONS.keys()
    assert {state.value for state in TakedownState} == TAKEDOWNS.keys()
    assert {(step.value, verdict.value) for step, verdict in CONTENT_MOVES} == SAID.keys()
