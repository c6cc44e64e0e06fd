"""What an article's story has been so far, told beside the database: what may go out by its words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import ContentState
from tests.content_words import Word

EDITORS = ("EDITOR", "EDITOR2", "EDITOR_SECRETARY", "EDITOR_HEAD")
DECIDERS = (
    *(("HEAD", Role.HEAD), ("EDITOR_HEAD", Role.HEAD), ("SECRETARY_HEAD", Role.HEAD)),
    *(("DEPUTY", Role.DEPUTY_HEAD), ("UNDELEGATED", Role.DEPUTY_HEAD), ("SECRETARY_DEPUTY", Role.DEPUTY_HEAD)),
)
# who may do too much, one thing at a time
CLASHING = ("EDITOR_SECRETARY", "EDITOR_HEAD", "SECRETARY_HEAD", "SECRETARY_DEPUTY", "UNDELEGATED", "EDITOR", "DUTY")
JUDGES = {ApprovalStep.REVIEW, ApprovalStep.SUBMIT, ApprovalStep.CONFORM}
STARTS = (
    *(ContentState.DRAFT, ContentState.REVIEWED, ContentState.IN_DECISION, ContentState.TO_AMEND),
    *(ContentState.IN_CONFORMITY, ContentState.AGREED, ContentState.TO_PUBLISH, ContentState.PUBLISHED),
)
FOR = {
    ApprovalStep.PROPOSE: {Role.EDITOR},
    ApprovalStep.REVIEW: {Role.SECRETARY},
    ApprovalStep.SUBMIT: {Role.SECRETARY},
    ApprovalStep.DECIDE: {Role.HEAD, Role.DEPUTY_HEAD},
    ApprovalStep.CONFORM: {Role.SECRETARY},
    ApprovalStep.PUBLISH: {Role.EDITOR},
    ApprovalStep.ASK_BROADCAST: {Role.EDITOR},
    ApprovalStep.DECIDE_BROADCAST: {Role.HEAD, Role.DEPUTY_HEAD},
}
REASONS = (
    *("out-of-order", "wrong-role", "own-item", "same-person", "not-the-decider", "no-delegation", "no-evidence"),
    *("unchanged", "took-no-part", "leaving", "published", "not-publishable"),
)
TO_DECISION = [ApprovalStep.PROPOSE, ApprovalStep.REVIEW, ApprovalStep.SUBMIT, ApprovalStep.DECIDE]


@dataclass(frozen=True)
class Said:
    """A word that the database took. `held`: he held that role; `authorised`: the decider, where that is a deputy."""

    word: Word
    held: bool
    authorised: bool


@dataclass
class Story:
    """An article's way told once more, forwards and in memory: what counts of its words as they stand."""

    writers: set[str] = field(default_factory=set)
    all: list[Said] = field(default_factory=list)
    counts: list[Said] = field(default_factory=list)
    # the words up to a decision that asks for changes, until its changes are voided by another edit
    on_condition: list[Said] = field(default_factory=list)

    def wrote(self, by: str) -> None:
        self.writers.add(by)
        if len(self.counts) > 1:
            self.on_condition = []
        self.counts = []

    def said(self, said: Said) -> None:
        self.all.append(said)
        match said.word.step, said.word.verdict:
            case (_, Verdict.RETURN | Verdict.REFUSE):
                self.counts = []
            case (ApprovalStep.WITHDRAW | ApprovalStep.STOP, _):
                self.counts.pop()
            case (_, Verdict.AGREE_WITH_CHANGES):
                self.on_condition, self.counts = [*self.counts, said], []
            case (ApprovalStep.PUBLISH, _) if self.counts[-1].word.step is ApprovalStep.PUBLISH:
                # the publication before it was stopped or failed
                self.counts[-1] = said
            case _:
                self.counts.append(said)

    def is_in_place(self, said: Said) -> bool:
        """Return whether Điều 11 lets this person say this word, whatever its order."""
        word, judged, decided = said.word, self._by(JUDGES), self._by({ApprovalStep.DECIDE})
        if not said.held or word.role not in FOR.get(word.step, set(Role)):
            return False
        match word.step:
            case ApprovalStep.SUBMIT:
                return (
                    word.by not in self.writers | decided
                    and word.decider not in self.writers | judged | {word.by}
                    and said.authorised
                )
            case ApprovalStep.REVIEW | ApprovalStep.CONFORM:
                return word.by not in self.writers | decided
            case ApprovalStep.DECIDE:
                named = self.counts[-1].word
                return (
                    word.by not in self.writers | judged
                    and (word.by, word.role) == (named.decider, named.decider_role)
                    and said.authorised
                )
            case ApprovalStep.DECIDE_BROADCAST:
                return word.by not in self.writers | judged and said.authorised
            case _:
                return True

    def may_write(self, by: str) -> bool:
        return by in EDITORS and by not in self._by(JUDGES | {ApprovalStep.DECIDE})

    def is_complete(self) -> bool:
        """Return whether everybody has said what Điều 11 wants of him, in order."""
        steps, before = ([said.word.step for said in words] for words in (self.counts, self.on_condition))
        if before:
            return before == TO_DECISION and steps == [
                *(ApprovalStep.PROPOSE, ApprovalStep.CONFORM, ApprovalStep.PUBLISH),
            ]
        return steps == [*TO_DECISION, ApprovalStep.PUBLISH]

    def _by(self, steps: Collection[ApprovalStep]) -> set[str]:
        return {said.word.by for said in self.all if said.word.step in steps}
