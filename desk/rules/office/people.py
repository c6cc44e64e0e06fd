"""Officials, their roles, and who sits at the desk when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What an official may do here; the titles of the day are data (two reorganisations in 2025)."""

    DUTY_OFFICER = "duty_officer"
    COLLABORATOR = "collaborator"
    AUTHOR = "author"
    EDITOR = "editor"
    SECRETARY = "secretary"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"


class DelegationScope(StrEnum):
    """What an official may be authorised for in writing."""

    CONTENT = "content"
    REDIRECT = "redirect"


class Session(StrEnum):
    """Which part of a working day a duty covers."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    ALL_DAY = "all_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A person with roles at the desk."""

    code: str
    name: str
    title: str
    roles: tuple[Role, ...]
    email: str
    phone: str = ""
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """What the head has authorised an official for (Điều 11); `act` is the paper's number and day."""

    official: str
    scope: DelegationScope
    act: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who sits at the desk in one session of one day, and who stands in."""

    on: date
    session: Session
    official: str
    stand_in: str
