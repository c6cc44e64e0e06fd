"""Every state and every move between states; the diagrams in docs/states/ are drawn from here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from desk.rules.content.approvals import ApprovalStep, Verdict

State = TypeVar("State", bound=StrEnum)


class QuestionState(StrEnum):
    """Where a question stands."""

    SEALED = "sealed"
    IN_TRIAGE = "in_triage"
    WITH_DUTY = "with_duty"
    REDIRECT_PROPOSED = "redirect_proposed"
    ROUTED = "routed"
    AWAITING_CITIZEN = "awaiting_citizen"
    ANSWER_PROPOSED = "answer_proposed"
    ANSWER_LEAVING = "answer_leaving"
    ANSWERED_BY_HAND = "answered_by_hand"
    ANSWERED = "answered"
    CLOSED = "closed"
    MERGED = "merged"


class AssignmentState(StrEnum):
    """Where a question stands at one unit."""

    AWAITING = "awaiting"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class AnswerState(StrEnum):
    """Where a version of an answer stands."""

    PROPOSED = "proposed"
    SUPERSEDED = "superseded"
    LEAVING = "leaving"
    DELIVERED = "delivered"
    FAILED = "failed"


class OutboxState(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ContentState(StrEnum):
    """Where a content item stands (Điều 11)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    IN_DECISION = "in_decision"
    REFUSED = "refused"
    TO_AMEND = "to_amend"
    IN_CONFORMITY = "in_conformity"
    AGREED = "agreed"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"
    TAKEDOWN_ASKED = "takedown_asked"
    TAKING_DOWN = "taking_down"
    TAKEN_DOWN = "taken_down"


class PublicationState(StrEnum):
    """Where an article on its way to Zalo stands."""

    WAITING = "waiting"
    LEAVING = "leaving"
    PUBLISHED = "published"
    STOPPED = "stopped"
    FAILED = "failed"


class TakedownState(StrEnum):
    """Where an article on its way off Zalo stands."""

    ORDERED = "ordered"
    DONE = "done"
    FAILED = "failed"


class BroadcastState(StrEnum):
    """Where an article on its way to everybody who follows the account stands."""

    WAITING = "waiting"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


_Q = QuestionState
_A = AssignmentState
_N = AnswerState
_O = OutboxState
_C = ContentState
_P = PublicationState
_T = TakedownState
_B = BroadcastState

_DECIDED = frozenset({_Q.ROUTED, _Q.WITH_DUTY, _Q.REDIRECT_PROPOSED, _Q.AWAITING_CITIZEN, _Q.ANSWERED, _Q.CLOSED})

QUESTION_MOVES: Mapping[QuestionState, frozenset[QuestionState]] = {
    _Q.SEALED: frozenset({_Q.IN_TRIAGE, _Q.WITH_DUTY, _Q.REDIRECT_PROPOSED, _Q.ROUTED, _Q.ANSWERED_BY_HAND}),
    _Q.IN_TRIAGE: _DECIDED | {_Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.MERGED},
    _Q.WITH_DUTY: _DECIDED - {_Q.WITH_DUTY} | {_Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.MERGED},
    _Q.REDIRECT_PROPOSED: _DECIDED - {_Q.REDIRECT_PROPOSED} | {_Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.MERGED},
    _Q.ROUTED: _DECIDED - {_Q.ROUTED, _Q.WITH_DUTY}
    | {_Q.IN_TRIAGE, _Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.MERGED},
    # routed anew: another unit is asked after all
    _Q.ANSWER_PROPOSED: frozenset(
        {_Q.ANSWER_LEAVING, _Q.ROUTED, _Q.AWAITING_CITIZEN, _Q.ANSWERED_BY_HAND, _Q.ANSWERED, _Q.CLOSED}
    ),
    # proposed anew: it did not reach the citizen, and a person must find another way; routed: it lacks units
    _Q.ANSWER_LEAVING: frozenset({_Q.ANSWERED, _Q.ROUTED, _Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.CLOSED}),
    _Q.AWAITING_CITIZEN: _DECIDED - {_Q.AWAITING_CITIZEN}
    | {_Q.IN_TRIAGE, _Q.ANSWER_PROPOSED, _Q.ANSWERED_BY_HAND, _Q.MERGED},
    _Q.ANSWERED_BY_HAND: frozenset({_Q.IN_TRIAGE, _Q.ROUTED, _Q.ANSWERED, _Q.CLOSED}),
    _Q.ANSWERED: frozenset({_Q.IN_TRIAGE}),
    _Q.CLOSED: frozenset({_Q.IN_TRIAGE}),
    # what it asked is the other question's now, and is split off from that one
    _Q.MERGED: frozenset(),
}

ASSIGNMENT_MOVES: Mapping[AssignmentState, frozenset[AssignmentState]] = {
    _A.AWAITING: frozenset({_A.REPLIED, _A.WITHDRAWN, _A.CLOSED}),
    _A.REPLIED: frozenset({_A.AWAITING, _A.CLOSED}),
    _A.WITHDRAWN: frozenset({_A.AWAITING}),
    _A.CLOSED: frozenset({_A.AWAITING}),
}

ANSWER_MOVES: Mapping[AnswerState, frozenset[AnswerState]] = {
    _N.PROPOSED: frozenset({_N.LEAVING, _N.SUPERSEDED}),
    _N.LEAVING: frozenset({_N.DELIVERED, _N.FAILED}),
    _N.SUPERSEDED: frozenset(),
    _N.DELIVERED: frozenset(),
    _N.FAILED: frozenset(),
}

OUTBOX_MOVES: Mapping[OutboxState, frozenset[OutboxState]] = {
    # sent without being tried: evidence of an earlier attempt turned up before the repeat
    _O.QUEUED: frozenset({_O.SENDING, _O.SENT, _O.CANCELLED}),
    _O.SENDING: frozenset({_O.SENT, _O.QUEUED, _O.UNCERTAIN, _O.FAILED}),
    _O.UNCERTAIN: frozenset({_O.SENT, _O.QUEUED, _O.FAILED}),
    _O.SENT: frozenset(),
    _O.FAILED: frozenset(),
    _O.CANCELLED: frozenset(),
}

# The database refuses every other word: view content_move says the same, and its triggers move the item.
CONTENT_MOVES: Mapping[tuple[ApprovalStep, Verdict], Mapping[ContentState, ContentState]] = {
    (ApprovalStep.PROPOSE, Verdict.AGREE): {_C.DRAFT: _C.IN_REVIEW, _C.TO_AMEND: _C.IN_CONFORMITY},
    (ApprovalStep.REVIEW, Verdict.AGREE): {_C.IN_REVIEW: _C.REVIEWED},
    (ApprovalStep.REVIEW, Verdict.RETURN): {_C.IN_REVIEW: _C.DRAFT, _C.REVIEWED: _C.DRAFT},
    (ApprovalStep.SUBMIT, Verdict.AGREE): {_C.REVIEWED: _C.IN_DECISION},
    (ApprovalStep.WITHDRAW, Verdict.AGREE): {_C.IN_DECISION: _C.REVIEWED},
    (ApprovalStep.DECIDE, Verdict.AGREE): {_C.IN_DECISION: _C.AGREED},
    (ApprovalStep.DECIDE, Verdict.AGREE_WITH_CHANGES): {_C.IN_DECISION: _C.TO_AMEND},
    (ApprovalStep.DECIDE, Verdict.REFUSE): {_C.IN_DECISION: _C.REFUSED},
    (ApprovalStep.CONFORM, Verdict.AGREE): {_C.IN_CONFORMITY: _C.AGREED},
    (ApprovalStep.CONFORM, Verdict.RETURN): {_C.IN_CONFORMITY: _C.TO_AMEND},
    (ApprovalStep.PUBLISH, Verdict.AGREE): {_C.AGREED: _C.TO_PUBLISH},
    (ApprovalStep.STOP, Verdict.AGREE): {_C.TO_PUBLISH: _C.AGREED},
    (ApprovalStep.ASK_TAKEDOWN, Verdict.AGREE): {_C.PUBLISHED: _C.TAKEDOWN_ASKED},
    (ApprovalStep.DECIDE_TAKEDOWN, Verdict.AGREE): {_C.TAKEDOWN_ASKED: _C.TAKING_DOWN},
    (ApprovalStep.DECIDE_TAKEDOWN, Verdict.REFUSE): {_C.TAKEDOWN_ASKED: _C.PUBLISHED},
    (ApprovalStep.ASK_BROADCAST, Verdict.AGREE): {_C.PUBLISHED: _C.PUBLISHED},
    (ApprovalStep.DECIDE_BROADCAST, Verdict.AGREE): {_C.PUBLISHED: _C.PUBLISHED},
    (ApprovalStep.DECIDE_BROADCAST, Verdict.REFUSE): {_C.PUBLISHED: _C.PUBLISHED},
}

# Where a new text takes an item; nowhere once the article is out.
CONTENT_EDITS: Mapping[ContentState, ContentState] = {
    _C.DRAFT: _C.DRAFT,
    _C.IN_REVIEW: _C.DRAFT,
    _C.REVIEWED: _C.DRAFT,
    _C.IN_DECISION: _C.DRAFT,
    _C.REFUSED: _C.DRAFT,
    _C.TO_AMEND: _C.TO_AMEND,
    _C.IN_CONFORMITY: _C.TO_AMEND,
    _C.AGREED: _C.DRAFT,
    _C.TO_PUBLISH: _C.DRAFT,
}

PUBLICATION_MOVES: Mapping[PublicationState, frozenset[PublicationState]] = {
    _P.WAITING: frozenset({_P.LEAVING, _P.STOPPED}),
    _P.LEAVING: frozenset({_P.PUBLISHED, _P.FAILED}),
    _P.PUBLISHED: frozenset(),
    _P.STOPPED: frozenset(),
    _P.FAILED: frozenset(),
}

TAKEDOWN_MOVES: Mapping[TakedownState, frozenset[TakedownState]] = {
    _T.ORDERED: frozenset({_T.DONE, _T.FAILED}),
    _T.FAILED: frozenset({_T.ORDERED, _T.DONE}),
    _T.DONE: frozenset(),
}

# uncertain is an end: what may have reached everybody is not sent again
BROADCAST_MOVES: Mapping[BroadcastState, frozenset[BroadcastState]] = {
    _B.WAITING: frozenset({_B.LEAVING, _B.FAILED}),
    _B.LEAVING: frozenset({_B.WAITING, _B.SENT, _B.FAILED, _B.UNCERTAIN}),
    _B.SENT: frozenset(),
    _B.FAILED: frozenset(),
    _B.UNCERTAIN: frozenset(),
}

# Nobody owes anything any more: closed_at is set.
ENDED = frozenset({_Q.ANSWERED, _Q.CLOSED, _Q.MERGED})


class IllegalMoveError(ValueError):
    """A move that the state table does not know."""


def check_move(moves: Mapping[State, frozenset[State]], before: State, after: State) -> None:
    """Refuse a move that is not in the table.

    Raises:
        IllegalMoveError: names both states.
    """
    if after not in moves[before]:
        message = f"{before.value} → {after.value} is not a move: {before.value} may go to {sorted(moves[before])}"
        raise IllegalMoveError(message)
