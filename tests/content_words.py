"""Words on an article and the ways they lead it, for tests of what the database lets happen to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, TextBlock
from desk.rules.content.hours import TIME_TO_STOP
from desk.rules.office import Role
from desk.rules.states import ContentState
from tests.dates import at

NOW: Final = at("Mon 2026-11-23 09:00")
TEXT: Final = Article(
    title="Từ 01/12/2026 nhận lương hưu qua tài khoản",
    author="Lương Thu Hiền",
    description="Người hưởng có thể đăng ký tại bưu điện nơi nhận lương hưu.",
    cover_url="https://portal.example.vn/anh.jpg",
    blocks=(TextBlock("Từ 01/12/2026, người hưởng nhận lương hưu qua tài khoản ngân hàng."),),
)
# code: roles; the first of a role is who usually says its words
PEOPLE: Final = {
    "AUTHOR": ("author",),
    "COLLABORATOR": ("collaborator",),
    "EDITOR": ("editor",),
    "EDITOR2": ("editor",),
    "SECRETARY": ("secretary",),
    "SECRETARY2": ("secretary",),
    "HEAD": ("head",),
    "DEPUTY": ("deputy_head",),
    "UNDELEGATED": ("deputy_head",),
    "DUTY": ("duty_officer",),
    # who may do too much, one at a time
    "EDITOR_SECRETARY": ("editor", "secretary"),
    "EDITOR_HEAD": ("editor", "head"),
    "SECRETARY_HEAD": ("secretary", "head"),
    "SECRETARY_DEPUTY": ("secretary", "deputy_head"),
}
DELEGATED: Final = ("DEPUTY", "SECRETARY_DEPUTY")
_USUALLY: Final = {
    Role.EDITOR: "EDITOR",
    Role.SECRETARY: "SECRETARY",
    Role.HEAD: "HEAD",
    Role.DEPUTY_HEAD: "DEPUTY",
}
TOKEN_STEPS: Final = {
    ApprovalStep.PROPOSE: "content-draft",
    ApprovalStep.REVIEW: "content-review",
    ApprovalStep.SUBMIT: "content-review",
    ApprovalStep.WITHDRAW: "content-review",
    ApprovalStep.DECIDE: "content-decision",
    ApprovalStep.CONFORM: "content-conformity",
    ApprovalStep.PUBLISH: "content-publish",
    ApprovalStep.STOP: "content-stop",
    ApprovalStep.ASK_TAKEDOWN: "content-published",
    ApprovalStep.DECIDE_TAKEDOWN: "content-takedown",
    ApprovalStep.ASK_BROADCAST: "content-published",
    ApprovalStep.DECIDE_BROADCAST: "content-broadcast",
}
_ROLES: Final = {
    ApprovalStep.PROPOSE: Role.EDITOR,
    ApprovalStep.REVIEW: Role.SECRETARY,
    ApprovalStep.SUBMIT: Role.SECRETARY,
    ApprovalStep.WITHDRAW: Role.SECRETARY,
    ApprovalStep.DECIDE: Role.HEAD,
    ApprovalStep.CONFORM: Role.SECRETARY,
    ApprovalStep.PUBLISH: Role.EDITOR,
    ApprovalStep.STOP: Role.EDITOR,
    ApprovalStep.ASK_TAKEDOWN: Role.SECRETARY,
    ApprovalStep.DECIDE_TAKEDOWN: Role.DEPUTY_HEAD,
    ApprovalStep.ASK_BROADCAST: Role.EDITOR,
    ApprovalStep.DECIDE_BROADCAST: Role.HEAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as an official says it; by whom and in which role it usually is where nothing is said."""

    step: ApprovalStep
    verdict: Verdict = Verdict.AGREE
    by: str = ""
    role: Role | None = None
    decider: str | None = None
    decider_role: Role | None = None
    publish_at: datetime | None = None

    def whole(self) -> Word:
        """Return the word with all that it needs filled in."""
        role = self.role or _ROLES[self.step]
        whole = replace(self, role=role, by=self.by or _USUALLY[role])
        if self.step is ApprovalStep.SUBMIT and self.decider is None:
            whole = replace(whole, decider="HEAD", decider_role=Role.HEAD)
        if self.step is ApprovalStep.PUBLISH and self.publish_at is None:
            whole = replace(whole, publish_at=NOW + TIME_TO_STOP)
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a word came; the fields are those of the mail and of its reply address, as they should be where None."""

    official_code: str | None = None
    from_address: str | None = None
    content_item_id: int | None = None
    version: int | None = None
    step: str | None = None
    kind: str = "decision"
    expires_on: date = date(2027, 1, 22)
    used_at: datetime | None = None


PROPOSED: Final = Word(step=ApprovalStep.PROPOSE)
REVIEWED: Final = Word(step=ApprovalStep.REVIEW)
SUBMITTED: Final = Word(step=ApprovalStep.SUBMIT)
DECIDED: Final = Word(step=ApprovalStep.DECIDE)
DECIDED_TO_CHANGE: Final = Word(step=ApprovalStep.DECIDE, verdict=Verdict.AGREE_WITH_CHANGES)
CONFORMED: Final = Word(step=ApprovalStep.CONFORM)
TO_PUBLISH: Final = Word(step=ApprovalStep.PUBLISH)
STOPPED: Final = Word(step=ApprovalStep.STOP)
EDIT: Final = "EDITOR"
LEAVES, APPEARS, GOES = "leaves", "appears", "goes"
_TO_DECISION: Final = (PROPOSED, REVIEWED, SUBMITTED)
_TO_PUBLISHED: Final = (*_TO_DECISION, DECIDED, TO_PUBLISH, LEAVES, APPEARS)
ASKED: Final = Word(step=ApprovalStep.ASK_TAKEDOWN)
ORDERED: Final = Word(step=ApprovalStep.DECIDE_TAKEDOWN)
TO_BROADCAST: Final = Word(step=ApprovalStep.ASK_BROADCAST)
BROADCAST: Final = Word(step=ApprovalStep.DECIDE_BROADCAST)
WAYS: Final[dict[ContentState, Sequence[Word | str]]] = {
    ContentState.DRAFT: (),
    ContentState.IN_REVIEW: _TO_DECISION[:1],
    ContentState.REVIEWED: _TO_DECISION[:2],
    ContentState.IN_DECISION: _TO_DECISION,
    ContentState.REFUSED: (*_TO_DECISION, Word(step=ApprovalStep.DECIDE, verdict=Verdict.REFUSE)),
    ContentState.TO_AMEND: (*_TO_DECISION, DECIDED_TO_CHANGE, EDIT),
    ContentState.IN_CONFORMITY: (*_TO_DECISION, DECIDED_TO_CHANGE, EDIT, PROPOSED),
    ContentState.AGREED: (*_TO_DECISION, DECIDED),
    ContentState.TO_PUBLISH: (*_TO_DECISION, DECIDED, TO_PUBLISH),
    ContentState.PUBLISHED: (*_TO_PUBLISHED, TO_BROADCAST),
    ContentState.TAKEDOWN_ASKED: (*_TO_PUBLISHED, ASKED),
    ContentState.TAKING_DOWN: (*_TO_PUBLISHED, ASKED, ORDERED),
    ContentState.TAKEN_DOWN: (*_TO_PUBLISHED, ASKED, ORDERED, GOES),
}


def address(code: str) -> str:
    return f"{code.lower()}@bhxh.example.vn"
