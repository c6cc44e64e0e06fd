"""Random walks: anybody says any word at any time, texts and offices change; nothing goes out on incomplete words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from itertools import product
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import CONTENT_MOVES, ContentState, PublicationState, TakedownState
from desk.store import approvals, contents
from desk.store.content_law import ContentRefusedError, refusals
from tests.content_words import DELEGATED, PEOPLE, WAYS, Evidence, Word
from tests.contents import Contents
from tests.store.content_stories import CLASHING, DECIDERS, EDITORS, REASONS, STARTS, Said, Story


class Walk(RuleBasedStateMachine):
    """One article among people who may say and do anything."""

    engine: ClassVar[Engine]
    met: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.outer = self.connection.begin()
        self.content = Contents(self.connection)
        self.story = Story(writers={"AUTHOR"})
        self.absent: Collection[str] = ()
        self.delegated: Collection[str] = DELEGATED
        self.orders: list[int] = []
        self.used: set[int] = set()
        self.content.office()
        self.item_id = self.content.item()

    @initialize(so_far=some.sampled_from(STARTS))
    def has_come_so_far(self, so_far: ContentState) -> None:
        for what in WAYS[so_far]:
            match what:
                case Word():
                    assert self.say(what)
                case "leaves":
                    self.an_article_is_to_go_out(0)
                    self.a_publication_moves(PublicationState.LEAVING)
                case "appears":
                    self.a_publication_moves(PublicationState.PUBLISHED)
                case by:
                    self.somebody_writes(by)

    def teardown(self) -> None:
        self.outer.rollback()
        self.connection.close()

    def may(self, deed: Callable[[], object]) -> bool:
        """Do what the database allows; returns whether it does."""
        savepoint = self.connection.begin_nested()
        try:
            with refusals():
                deed()
        except ContentRefusedError as error:
            savepoint.rollback()
            self.met[error.reason_code] += 1
            return False
        savepoint.commit()
        return True

    def say(self, word: Word, evidence: Evidence | None = None) -> bool:
        word = word.whole()
        row = self.content.row(contents.get_item(self.connection, self.item_id), word, evidence or Evidence())
        taken: list[int] = []
        if not self.may(lambda: taken.append(approvals.add_approval(self.connection, row))):
            return False
        held = word.by not in self.absent and word.role in PEOPLE[word.by]
        decider, role = (word.decider, word.decider_role) if word.decider else (word.by, word.role)
        said = Said(word, held, role is not Role.DEPUTY_HEAD or decider in self.delegated)
        assert self.story.is_in_place(said), said
        self.story.said(said)
        self.met[f"{word.step.value} {word.verdict.value}"] += 1
        if word.step is ApprovalStep.PUBLISH:
            self.orders += taken
        if word.step is ApprovalStep.DECIDE_TAKEDOWN and word.verdict is Verdict.AGREE:
            self.content.takedown(self.item_id, taken[0])
        return True

    @rule(
        said=some.sampled_from(sorted(product(ApprovalStep, Verdict))),
        by=some.sampled_from(sorted(PEOPLE)),
        role=some.sampled_from(Role),
        to=some.sampled_from(DECIDERS),
    )
    def anybody_says_anything(
        self, said: tuple[ApprovalStep, Verdict], by: str, role: Role, to: tuple[str, Role]
    ) -> None:
        step, verdict = said
        decider, decider_role = to if step is ApprovalStep.SUBMIT else (None, None)
        self.say(Word(step=step, verdict=verdict, by=by, role=role, decider=decider, decider_role=decider_role))

    def goes_on(self, turn: int, to: tuple[str, Role], by: str = "", evidence: Evidence | None = None) -> bool:
        """Say one of the words that are in order, the agreeing ones first; returns whether it is taken."""
        item = contents.get_item(self.connection, self.item_id)
        known = sorted(
            (word for word, moves in CONTENT_MOVES.items() if item.state in moves),
            key=lambda word: (word[1] is not Verdict.AGREE, word[0] is ApprovalStep.WITHDRAW),
        )
        if not known:
            return False
        step, verdict = known[turn % len(known)]
        decider, decider_role = to if step is ApprovalStep.SUBMIT else (None, None)
        role = None
        if step is ApprovalStep.DECIDE:
            role = next(role for code, role in DECIDERS if code == item.decider)
            by = by or item.decider or ""
        word = Word(step=step, verdict=verdict, by=by, role=role, decider=decider, decider_role=decider_role)
        return self.say(word, evidence)

    @rule(to=some.sampled_from(DECIDERS[::3]))
    def the_next_word_is_good(self, to: tuple[str, Role]) -> None:
        if contents.get_item(self.connection, self.item_id).state is not ContentState.TO_PUBLISH:
            self.goes_on(0, to)
        elif self.orders[-1] not in self.used:
            self.an_article_is_to_go_out(0)
        elif self.content.states_of("publication", self.item_id)[-1] == "waiting":
            self.a_publication_moves(PublicationState.LEAVING)
        else:
            self.a_publication_moves(PublicationState.PUBLISHED)

    @rule(turn=some.integers(0, 3), to=some.sampled_from(DECIDERS))
    def a_word_that_is_in_order_is_said(self, turn: int, to: tuple[str, Role]) -> None:
        self.goes_on(turn, to)

    @rule(turn=some.integers(0, 3), to=some.sampled_from(DECIDERS), by=some.sampled_from(CLASHING))
    def a_word_that_is_in_order_is_anybodys(self, turn: int, to: tuple[str, Role], by: str) -> None:
        self.goes_on(turn, to, by)

    @rule(turn=some.integers(0, 3), whose=some.sampled_from(["SECRETARY2", "EDITOR2", "DUTY"]))
    def a_word_comes_by_anothers_address(self, turn: int, whose: str) -> None:
        evidence = Evidence(official_code=whose, from_address=f"{whose.lower()}@bhxh.example.vn")

        assert not self.goes_on(turn, DECIDERS[0], evidence=evidence)

    @rule(by=some.sampled_from([*EDITORS, *CLASHING]))
    def somebody_writes(self, by: str) -> None:
        if self.may(lambda: self.content.writes(self.item_id, by=by)):
            assert self.story.may_write(by), by
            self.story.wrote(by)
            self.met["written"] += 1

    @rule(
        absent=some.sampled_from([(), (), ("HEAD",), ("DEPUTY", "SECRETARY2")]),
        delegated=some.sampled_from([DELEGATED, DELEGATED, (), ("UNDELEGATED",)]),
    )
    def the_office_changes(self, absent: Collection[str], delegated: Collection[str]) -> None:
        self.absent, self.delegated = absent, delegated
        self.content.office(without=absent, delegated=delegated)

    @precondition(lambda self: self.orders)
    @rule(back=some.integers(0, 2))
    def an_article_is_to_go_out(self, back: int) -> None:
        order = self.orders[-1 - back % len(self.orders)]
        if order in self.used and order == self.orders[-1]:
            return
        if self.may(lambda: self.content.publication(self.item_id, order)):
            self.used.add(order)
            self.met["publication"] += 1
            assert self.story.is_complete(), self.story

    @rule(to=some.sampled_from(PublicationState))
    def a_publication_moves(self, to: PublicationState) -> None:
        before = self.content.states_of("publication", self.item_id)[-1:]
        if before and before != [to] and self.may(lambda: self.content.moves("publication", self.item_id, to)):
            self.met[f"publication {to.value}"] += 1
            if to is PublicationState.LEAVING:
                assert self.story.is_complete(), self.story

    @rule(to=some.sampled_from(TakedownState))
    def a_takedown_moves(self, to: TakedownState) -> None:
        before = self.content.states_of("takedown", self.item_id)[-1:]
        if before and before != [to] and self.may(lambda: self.content.moves("takedown", self.item_id, to)):
            self.met[f"takedown {to.value}"] += 1

    @invariant()
    def the_database_says_of_the_words_what_the_story_says(self) -> None:
        assert approvals.is_publishable(self.connection, self.item_id) == self.story.is_complete()


def walk(engine: Engine, examples: int, steps: int) -> Counter[str]:
    """Walk so many times so far, and return what happened how often."""

    class Here(Walk):
        """The walk in this database."""

    Here.engine, Here.met = engine, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    return Here.met


def test_nothing_goes_out_on_incomplete_words_whatever_people_do(app_engine: Engine) -> None:
    met = walk(app_engine, 100, 12)

    assert met["publication"] > 10, met


@pytest.mark.long
@pytest.mark.timeout(900)
def test_nothing_goes_out_on_incomplete_words_however_long_people_try(app_engine: Engine) -> None:
    met = walk(app_engine, 1_000, 20)

    # every word was said, and every rule was broken
    assert all(met[f"{step.value} {verdict.value}"] for step, verdict in CONTENT_MOVES), met
    assert all(met[reason] for reason in REASONS), met
