"""The pages of docs/states/: a diagram and a table of every state and every move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from desk.rules.letters import state_name
from desk.rules.states import (
    ANSWER_MOVES,
    ASSIGNMENT_MOVES,
    ENDED,
    OUTBOX_MOVES,
    QUESTION_MOVES,
    AnswerState,
    AssignmentState,
    OutboxState,
    QuestionState,
)

FOLDER = Path(__file__).parent

# the tables are keyed by three enums; a page only prints them
Moves: TypeAlias = Mapping[StrEnum, frozenset[StrEnum]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page is about. `means` starts with the first state; in those of `ends` nobody owes anything."""

    title: str
    moves: Moves
    means: Mapping[StrEnum, str]
    ends: frozenset[StrEnum]


SUBJECTS: Mapping[str, Subject] = {
    "question": Subject(
        title="A question",
        moves={before: frozenset(after) for before, after in QUESTION_MOVES.items()},
        means={state: state_name(state) for state in QuestionState},
        ends=frozenset(ENDED),
    ),
    "assignment": Subject(
        title="A question at one unit",
        moves={before: frozenset(after) for before, after in ASSIGNMENT_MOVES.items()},
        means={
            AssignmentState.AWAITING: "the unit owes a reply; the letter is queued, or waits for the unit's next table",
            AssignmentState.REPLIED: "the unit has replied",
            AssignmentState.WITHDRAWN: "the unit need not reply: the question was given to others",
            AssignmentState.CLOSED: "the question has ended",
        },
        ends=frozenset({AssignmentState.CLOSED, AssignmentState.WITHDRAWN}),
    ),
    "answer": Subject(
        title="A version of an answer",
        moves={before: frozenset(after) for before, after in ANSWER_MOVES.items()},
        means={
            AnswerState.PROPOSED: "composed, or written by an official; waits for the duty officer's word",
            AnswerState.LEAVING: "released; its parts are in the outbox",
            AnswerState.DELIVERED: "every part is out",
            AnswerState.FAILED: "a part cannot reach the citizen on Zalo; a work item says what to do instead",
            AnswerState.SUPERSEDED: "a newer version stands in its place",
        },
        ends=frozenset({AnswerState.DELIVERED, AnswerState.FAILED, AnswerState.SUPERSEDED}),
    ),
    "outbox": Subject(
        title="A delivery",
        moves={before: frozenset(after) for before, after in OUTBOX_MOVES.items()},
        means={
            OutboxState.QUEUED: "waits for its time, or for its turn in the stream",
            OutboxState.SENDING: "leased by one worker",
            OutboxState.UNCERTAIN: "sent or not, nobody knows; evidence settles it",
            OutboxState.SENT: "out: the other side took it, or its echo or own copy was found",
            OutboxState.FAILED: "will never succeed as it stands; a work item says so",
            OutboxState.CANCELLED: "became pointless, or its time was over, before it was sent",
        },
        ends=frozenset({OutboxState.SENT, OutboxState.FAILED, OutboxState.CANCELLED}),
    ),
}


def pages() -> dict[str, str]:
    """Return every page's content by its name."""
    return {name: "".join(f"{line}\n" for line in _lines(subject)) for name, subject in SUBJECTS.items()}


def find_stale() -> list[str]:
    """Return the names of the pages that are not what the code says, or are not there."""
    return [name for name, content in pages().items() if not _is_fresh(_file(name), content)]


def write() -> None:
    """Write every page."""
    for name, content in pages().items():
        _file(name).write_text(content, encoding="utf-8")


def _file(name: str) -> Path:
    return FOLDER / f"{name}.md"


def _is_fresh(file: Path, content: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == content


def _lines(subject: Subject) -> Iterator[str]:
    states = list(subject.means)
    yield f"# {subject.title}"
    yield ""
    yield "Drawn from `desk/rules/states.py` by `python -m docs.states`; do not edit. Any other move is refused."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {states[0]}"
    for before in states:
        yield from (f"    {before} --> {after}" for after in states if after in subject.moves[before])
    yield from (f"    {state} --> [*]" for state in states if state in subject.ends)
    yield "```"
    yield ""
    yield "| State | Means | May go to |"
    yield "|---|---|---|"
    for state in states:
        after = ", ".join(f"`{other}`" for other in states if other in subject.moves[state])
        yield f"| `{state}` | {subject.means[state]} | {after or 'nowhere'} |"
