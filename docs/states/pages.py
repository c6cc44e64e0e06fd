"""The pages of docs/states/: a diagram and a table of every state and every move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from desk.rules.letters import state_name
from desk.rules.states import (
    ANSWER_MOVES,
    ASSIGNMENT_MOVES,
    BROADCAST_MOVES,
    CONTENT_EDITS,
    CONTENT_MOVES,
    ENDED,
    OUTBOX_MOVES,
    PUBLICATION_MOVES,
    QUESTION_MOVES,
    TAKEDOWN_MOVES,
    AnswerState,
    AssignmentState,
    BroadcastState,
    ContentState,
    OutboxState,
    PublicationState,
    QuestionState,
    TakedownState,
)

FOLDER = Path(__file__).parent

# the tables are keyed by three enums; a page only prints them
Moves: TypeAlias = Mapping[StrEnum, frozenset[StrEnum]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page is about. `means` starts with the first state; in those of `ends` nobody owes anything.

    `words` says what makes a move, where one word does.
    """

    title: str
    moves: Moves
    means: Mapping[StrEnum, str]
    ends: frozenset[StrEnum]
    words: Mapping[tuple[StrEnum, StrEnum], str] = field(default_factory=dict)


def _content_words() -> dict[tuple[ContentState, ContentState], list[str]]:
    """Return what moves an article: words of officials, new texts, and what becomes of it on Zalo."""
    words: dict[tuple[ContentState, ContentState], list[str]] = defaultdict(list)
    for (step, verdict), moves in CONTENT_MOVES.items():
        for before, after in moves.items():
            words[before, after].append(f"{step.value} ({verdict.value})".replace("_", " "))
    for before, after in CONTENT_EDITS.items():
        words[before, after].append("new text")
    words[ContentState.TO_PUBLISH, ContentState.AGREED].append("publication stopped or failed")
    words[ContentState.TO_PUBLISH, ContentState.PUBLISHED].append("publication done")
    words[ContentState.TAKING_DOWN, ContentState.TAKEN_DOWN].append("takedown done")
    return words


def _by_state(pairs: Iterable[tuple[ContentState, ContentState]]) -> Moves:
    known = set(pairs)
    return {before: frozenset(after for after in ContentState if (before, after) in known) for before in ContentState}


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
    "content": Subject(
        title="An article (Điều 11)",
        moves=_by_state(_content_words()),
        means={
            ContentState.DRAFT: "the editor writes",
            ContentState.IN_REVIEW: "proposed; waits for the Secretary",
            ContentState.REVIEWED: "found good; waits for the Secretary to submit it to one decider",
            ContentState.IN_DECISION: "waits for the decider it was submitted to",
            ContentState.REFUSED: "the decider did not agree; a new text makes it a draft again",
            ContentState.TO_AMEND: "agreed with changes; the editor makes them",
            ContentState.IN_CONFORMITY: "changed; the Secretary confirms that it holds what was asked",
            ContentState.AGREED: "waits for the editor's own word to publish",
            ContentState.TO_PUBLISH: "waits for its hour, or is on its way to Zalo",
            ContentState.PUBLISHED: "citizens see it",
            ContentState.TAKEDOWN_ASKED: "published; a deputy head decides whether it is taken down",
            ContentState.TAKING_DOWN: "on its way off Zalo",
            ContentState.TAKEN_DOWN: "taken down; the evidence is kept",
        },
        ends=frozenset({ContentState.REFUSED, ContentState.PUBLISHED, ContentState.TAKEN_DOWN}),
        words={move: ", ".join(words) for move, words in _content_words().items()},
    ),
    "publication": Subject(
        title="An article on its way to Zalo",
        moves={before: frozenset(after) for before, after in PUBLICATION_MOVES.items()},
        means={
            PublicationState.WAITING: "waits for its hour; whoever took part may stop it",
            PublicationState.LEAVING: "being created on Zalo, compared and shown; nothing stops it",
            PublicationState.PUBLISHED: "citizens see it, and it is as decided",
            PublicationState.STOPPED: "stopped by a word, or by a new text",
            PublicationState.FAILED: "Zalo will not take it; the editor may order it again",
        },
        ends=frozenset({PublicationState.PUBLISHED, PublicationState.STOPPED, PublicationState.FAILED}),
    ),
    "takedown": Subject(
        title="An article on its way off Zalo",
        moves={before: frozenset(after) for before, after in TAKEDOWN_MOVES.items()},
        means={
            TakedownState.ORDERED: "a deputy head has ordered it",
            TakedownState.DONE: "citizens see it no longer",
            TakedownState.FAILED: "Zalo will not hide it; a person must",
        },
        ends=frozenset({TakedownState.DONE}),
    ),
    "broadcast": Subject(
        title="An article on its way to all who follow the account",
        moves={before: frozenset(after) for before, after in BROADCAST_MOVES.items()},
        means={
            BroadcastState.WAITING: "decided on; waits for daytime, or for Zalo",
            BroadcastState.LEAVING: "being sent by one worker",
            BroadcastState.SENT: "Zalo has taken it",
            BroadcastState.FAILED: "Zalo will not take it, or the article was taken down; the editor may ask again",
            BroadcastState.UNCERTAIN: "sent or not, nobody knows; it is not sent again, a person looks in OA Manager",
        },
        ends=frozenset({BroadcastState.SENT, BroadcastState.FAILED, BroadcastState.UNCERTAIN}),
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
        for after in states:
            if after in subject.moves[before]:
                word = subject.words.get((before, after))
                yield f"    {before} --> {after}: {word}" if word else f"    {before} --> {after}"
    yield from (f"    {state} --> [*]" for state in states if state in subject.ends)
    yield "```"
    yield ""
    yield "| State | Means | May go to |"
    yield "|---|---|---|"
    for state in states:
        onward = ", ".join(f"`{other}`" for other in states if other in subject.moves[state])
        yield f"| `{state}` | {subject.means[state]} | {onward or 'nowhere'} |"
