"""An official's own text as the next version of an answer; it is shown again before it goes (U3, U11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.answers.composing import is_for_citizen
from desk.rules.commands import Commands
from desk.rules.office import Official, Role
from desk.runtime.answering.cases import Case
from desk.runtime.answering.composing import by_official
from desk.runtime.answering.proposing import propose
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce

_MAY_RELEASE: Final = frozenset({Role.DUTY_OFFICER, Role.SECRETARY})


def check_may_release(official: Official) -> None:
    """Check that an official may let answers go.

    Raises:
        DecisionRefusedError: neither a duty officer nor the Secretary.
    """
    if not _MAY_RELEASE.intersection(official.roles):
        raise DecisionRefusedError("Chỉ cán bộ trực hoặc Thư ký Ban Quản trị được duyệt câu trả lời.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """What an official wrote, under "TRẢ LỜI:" or not; `if_unclear`: why it is not taken, and what to write instead."""

    text: str
    official: Official
    is_headed: bool
    if_unclear: str


def mend(connection: Connection, case: Case, own: OwnText, desk: InForce, as_of: datetime) -> str:
    """Put an official's own text before him as the citizen would get it; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: nothing was written, or what is said to the desk.
    """
    code = case.question.case_code
    if not own.text.strip():
        raise DecisionRefusedError(f"{code}: thư không có nội dung. Đề nghị viết toàn văn nội dung trả lời công dân.")
    if not is_for_citizen(own.text, Commands(desk.office.commands), is_headed=own.is_headed):
        raise DecisionRefusedError(f"{code}: {own.if_unclear}")
    draft = by_official(case, own.text, own.official.code, desk, as_of)
    propose(connection, [draft], desk, as_of, to=own.official)
    return f"đã ghi nội dung mới (bản {case.next_version}), gửi lại để duyệt"
