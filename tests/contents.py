"""An article on its way, for tests of what the database lets happen to it: people, texts, words and their evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import randbits, token_bytes
from typing import Any

from sqlalchemy import Connection, text

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article
from desk.rules.content.hours import TIME_TO_STOP
from desk.rules.states import ContentState
from desk.store import approvals, contents, offices
from desk.store.approvals import Approval
from desk.store.content_law import ContentRefusedError, refusals
from desk.store.contents import ContentInHand
from tests.content_words import DELEGATED, NOW, PEOPLE, TEXT, TOKEN_STEPS, WAYS, Evidence, Word, address

_EVIDENCE = text(
    "WITH mail AS (INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, received_at, from_address, kind)"
    " VALUES ('INBOX', 1, :uid, :token_sha256, :received_at, :from_address, :kind) RETURNING inbound_mail_id)"
    ", token AS (INSERT INTO mail_token"
    " (token_sha256, content_item_id, official_code, step, version, expires_on, used_at)"
    " VALUES (:token_sha256, :content_item_id, :official_code, :step, :version, :expires_on, :used_at))"
    " SELECT inbound_mail_id FROM mail"
)


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
        token_sha256 = token_bytes(32)
        values = {
            "uid": randbits(60),
            "token_sha256": token_sha256,
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
        return self.connection.execute(_EVIDENCE, values).scalar_one(), token_sha256

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
