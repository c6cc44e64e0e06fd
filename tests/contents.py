"""An article on its way, for tests of what the database lets happen to it: people, texts, words and their evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import randbits, token_bytes
from typing import Any, Final

from sqlalchemy import Connection, text

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, TextBlock
from desk.rules.content.hours import TIME_TO_STOP
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.store import approvals, contents, offices
from desk.store.approvals import Approval
from desk.store.content_law import ContentRefusedError, refusals
from desk.store.contents import ContentInHand
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
_EVIDENCE = text(
    "WITH mail AS (INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, received_at, from_address, kind)"
    " VALUES ('INBOX', 1, :uid, :token_sha256, :received_at, :from_address, :kind) RETURNING inbound_mail_id)"
    ", token AS (INSERT INTO mail_token"
    " (token_sha256, content_item_id, official_code, step, version, expires_on, used_at)"
    " VALUES (:token_sha256, :content_item_id, :official_code, :step, :version, :expires_on, :used_at))"
    " SELECT inbound_mail_id FROM mail"
)


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


@contextmanager
def refused(connection: Connection, reason: str) -> Iterator[None]:
    """Expect a refusal for that reason, none where it is empty, and go on."""
    found = ""
    savepoint = connection.begin_nested()
    try:
        with refusals():
            yield
    except ContentRefusedError as error:
        found = error.reason_code
    savepoint.rollback()

    assert found == reason


@dataclass(frozen=True, slots=True)
class Contents:
    """Articles in one database transaction."""

    connection: Connection

    def office(self, *, without: Collection[str] = (), delegated: Collection[str] = DELEGATED, last: str = "") -> None:
        """Load an office; *last* is the last day of its delegations."""
        content = {
            "officials": [
                {"code": code, "name": code, "title": code, "roles": roles, "email": address(code)}
                | {"valid_from": "2024-09-16", "valid_to": None}
                for code, roles in PEOPLE.items()
                if code not in without
            ],
            "delegations": [
                {"official": code, "scope": "content", "act": f"Quyết định về {code}", "valid_from": "2024-09-16"}
                | ({"valid_to": last} if last else {})
                for code in delegated
            ],
        }
        offices.add_version(
            self.connection, calendar_version=1, sha256="", calendar_sha256="", content=json.dumps(content)
        )

    def item(self, *, author: str = "AUTHOR", editor: str = "EDITOR", article: Article = TEXT) -> int:
        item_id, _ = contents.add_item(self.connection, author=author, editor=editor, opened_at=NOW, year=2026)
        self.writes(item_id, by=author, article=article)
        return item_id

    def writes(self, item_id: int, *, by: str = "EDITOR", article: Article = TEXT, flaws: Sequence[str] = ()) -> int:
        version = contents.add_version(
            self.connection, item_id, article, written_by=by, inbound_mail_id=None, written_at=NOW
        )
        self.connection.execute(
            text("INSERT INTO content_check (content_item_id, version, flaws) VALUES (:item_id, :version, :flaws)"),
            {"item_id": item_id, "version": version, "flaws": list(flaws)},
        )
        return version

    def says(self, item_id: int, word: Word, evidence: Evidence | None = None, **changed: Any) -> int:
        """Say a word about the newest text, or as *changed*; the fields are those of Approval."""
        item = contents.get_item(self.connection, item_id)
        row = replace(self.row(item, word, evidence or Evidence()), **changed)
        return approvals.add_approval(self.connection, row)

    def row(self, item: ContentInHand, word: Word, evidence: Evidence) -> Approval:
        """Return a word as a row, its evidence in the store."""
        word = word.whole()
        assert word.role
        mail_id, token_sha256 = self.mail(item, word, evidence)
        return Approval(
            content_item_id=item.content_item_id,
            version=item.version,
            sha256=item.sha256,
            step=word.step,
            verdict=word.verdict,
            official_code=word.by,
            role=word.role,
            decided_at=NOW,
            inbound_mail_id=mail_id,
            token_sha256=token_sha256,
            decider=word.decider,
            decider_role=word.decider_role,
            publish_at=word.publish_at,
            reason="" if word.verdict is Verdict.AGREE else "đề nghị sửa đoạn 2",
        )

    def mail(self, item: ContentInHand, word: Word, evidence: Evidence) -> tuple[int, bytes]:
        """Keep a mail and the reply address it came by."""
        values = {
            "uid": randbits(60),
            "token_sha256": token_bytes(32),
            "received_at": NOW,
            "from_address": evidence.from_address or address(word.by),
            "kind": evidence.kind,
            "content_item_id": evidence.content_item_id or item.content_item_id,
            "official_code": evidence.official_code or word.by,
            "step": evidence.step or TOKEN_STEPS[word.step],
            "version": evidence.version or item.version,
            "expires_on": evidence.expires_on,
            "used_at": evidence.used_at,
        }
        return self.connection.execute(_EVIDENCE, values).scalar_one(), values["token_sha256"]  # type: ignore[return-value]

    def brought_to(self, state: ContentState) -> int:
        """Return an article that stands there, having gone there as articles usually do."""
        item_id = self.item()
        self.goes(item_id, *WAYS[state])
        assert self.state(item_id) is state
        return item_id

    def goes(self, item_id: int, *way: Word | str) -> None:
        """Let things happen to an article, in order; what words lead to is done as the desk does it."""
        for what in way:
            match what:
                case Word(step=ApprovalStep.PUBLISH):
                    self.publication(item_id, self.says(item_id, what))
                case Word(step=ApprovalStep.DECIDE_TAKEDOWN, verdict=Verdict.AGREE):
                    self.takedown(item_id, self.says(item_id, what))
                case Word():
                    self.says(item_id, what)
                case "leaves":
                    self.moves("publication", item_id, "leaving")
                case "appears":
                    self.moves("publication", item_id, "published")
                case "goes":
                    self.moves("takedown", item_id, "done")
                case by:
                    self.writes(item_id, by=by)

    def publication(
        self, item_id: int, approval_id: int, *, version: int | None = None, publish_at: datetime = NOW + TIME_TO_STOP
    ) -> None:
        version = version or contents.get_item(self.connection, item_id).version
        self.connection.execute(
            text(
                "INSERT INTO publication (content_item_id, version, approval_id, publish_at)"
                " VALUES (:item_id, :version, :approval_id, :publish_at)"
            ),
            {
                "item_id": item_id,
                "version": version,
                "approval_id": approval_id,
                "publish_at": publish_at,
            },
        )

    def takedown(self, item_id: int, approval_id: int) -> None:
        self.connection.execute(
            text(
                "INSERT INTO takedown (publication_id, content_item_id, approval_id, urgent, ordered_at)"
                " SELECT publication_id, content_item_id, :approval_id, false, :at FROM publication"
                " WHERE content_item_id = :item_id AND state = 'published'"
            ),
            {"item_id": item_id, "approval_id": approval_id, "at": NOW},
        )

    def moves(self, table: str, item_id: int, state: str) -> None:
        """Move an article's newest publication or takedown."""
        self.connection.execute(
            text(
                f"UPDATE {table} SET state = :state WHERE {table}_id ="  # noqa: S608 - a table's name
                f" (SELECT max({table}_id) FROM {table} WHERE content_item_id = :item_id)"
            ),
            {"item_id": item_id, "state": state},
        )

    def state(self, item_id: int) -> ContentState:
        return contents.get_item(self.connection, item_id).state

    def states_of(self, table: str, item_id: int) -> list[str]:
        """Return the states of an article's publications or takedowns, oldest first."""
        found = text(f"SELECT state FROM {table} WHERE content_item_id = :item_id ORDER BY {table}_id")  # noqa: S608
        return list(self.connection.scalars(found, {"item_id": item_id}))
