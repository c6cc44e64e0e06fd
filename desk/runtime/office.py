"""The office: read whole from its files or not at all, kept in the store by version, read back from there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection

from desk.rules.office import (
    Authority,
    CalendarDay,
    CommandWords,
    Delegation,
    Duty,
    Facet,
    Law,
    Lexicon,
    Office,
    Official,
    Phrase,
    Policy,
    ProvincialUnit,
    Topic,
    Unit,
)
from desk.runtime.office_checks import CHECKS
from desk.runtime.office_files import Mistake, OfficeError, Sheet, read_sheet
from desk.runtime.office_rows import Abbreviations, HeldWords, typed
from desk.store import offices

Rows = TypeVar("Rows")

_OFFICE = TypeAdapter(Office)
_DAYS = TypeAdapter(tuple[CalendarDay, ...])
_BLOCK = re.compile(r"(\d{1,2}:\d{2}) ?[-–] ?(\d{1,2}:\d{2})")


class NoOfficeError(LookupError):
    """The store holds no office yet."""


@dataclass(frozen=True, slots=True)
class LoadedOffice:
    """The office as the store holds it, with the versions that are written beside what was decided by it."""

    office: Office
    version: int
    calendar_version: int


def read_files(folder: Path) -> Office:
    """Return the office as its files say.

    Raises:
        OfficeError: there are mistakes; lists them all, a check that needs a file with mistakes waits for its mending.
    """
    files = _Files(folder)
    office = Office(
        units=files.read("units.yaml", tuple[Unit, ...], ()),
        provincial_units=files.read("provincial_units.yaml", tuple[ProvincialUnit, ...], ()),
        topics=files.read("topics.yaml", tuple[Topic, ...], ()),
        authorities=files.read("authorities.yaml", tuple[Authority, ...], ()),
        officials=files.read("officials.yaml", tuple[Official, ...], ()),
        roster=files.read("roster.csv", tuple[Duty, ...], (), shape=_duties),
        days=files.read("calendar.csv", tuple[CalendarDay, ...], (), shape=_days),
        policies=files.read("policy.yaml", tuple[Policy, ...], (), shape=_policies),
        lexicon=_lexicon(files),
        commands=files.read("commands.yaml", tuple[CommandWords, ...], ()),
        delegations=files.read("delegations.yaml", tuple[Delegation, ...], ()),
        facets=files.read("facets.yaml", tuple[Facet, ...], ()),
        laws=files.read("laws.yaml", tuple[Law, ...], ()),
    )
    mistakes = files.mistakes
    for check in CHECKS:
        if files.unread.isdisjoint(check.files):
            mistakes += [
                Mistake(found.file, files.sheets[found.file].line_of(found.place), found.what, found.remedy)
                for found in check.find(office)
            ]
    if mistakes:
        raise OfficeError(mistakes)
    return office


def load(connection: Connection, office: Office) -> int:
    """Keep an office in the store and return its version: a new one only where the content is new. Safe to repeat.

    The rows of officials and delegations, by which the database judges words on content, are written with it.
    The calendar's version grows only with the working calendar: it makes open questions due for re-dating.
    """
    content = _OFFICE.dump_python(office, mode="json")
    days = sorted(_DAYS.dump_python(office.days, mode="json"), key=lambda day: str(day["day"]))
    sha256, calendar_sha256 = _sha256(content), _sha256(days)
    offices.take_turn(connection)
    newest = offices.get_newest(connection)
    if newest and newest.sha256 == sha256:
        return newest.version
    calendar_version = newest.calendar_version if newest else 0
    if newest is None or newest.calendar_sha256 != calendar_sha256:
        calendar_version += 1
    in_order = sorted(office.units, key=lambda unit: unit.valid_from)
    offices.record_units(connection, {unit.code: unit.name for unit in in_order})
    return offices.add_version(
        connection,
        calendar_version=calendar_version,
        sha256=sha256,
        calendar_sha256=calendar_sha256,
        content=json.dumps(content, ensure_ascii=False),
    )


def current(connection: Connection) -> LoadedOffice:
    """Return the office that the store holds; its content is read once a process and version.

    Raises:
        NoOfficeError: none was ever loaded.
    """
    newest = offices.get_newest(connection)
    if newest is None:
        message = "the store holds no office: load the files of office/ first (`zalo-desk run` loads them)"
        raise NoOfficeError(message)
    office = _read_back.get(newest.sha256)
    if office is None:
        office = _OFFICE.validate_json(offices.get_content(connection, newest.version))
        _read_back.clear()
        _read_back[newest.sha256] = office
    return LoadedOffice(office, newest.version, newest.calendar_version)


# the one office this process works by, under the hash of its content
_read_back: dict[str, Office] = {}


@dataclass(slots=True)
class _Files:
    """The files read so far, and what was wrong with them."""

    folder: Path
    sheets: dict[str, Sheet] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    def read(
        self, name: str, rows: type[Rows], instead: Rows, *, shape: Callable[[Any], object] = lambda content: content
    ) -> Rows:
        """Return a file's rows; *instead* where it has mistakes, which are kept."""
        try:
            sheet = self.sheets[name] = read_sheet(self.folder, name)
            return typed(replace(sheet, content=shape(sheet.content)), rows)
        except OfficeError as error:
            self.unread.add(name)
            self.mistakes += error.mistakes
            return instead


def _lexicon(files: _Files) -> Lexicon:
    short = files.read("abbreviations.yaml", Abbreviations, Abbreviations({}, {}))
    held = files.read("sensitive.yaml", HeldWords, HeldWords({}, {}))
    phrases: dict[str, tuple[Phrase, ...]] = files.read(
        "phrases.yaml", dict[str, tuple[Phrase, ...]], {}, shape=_phrases
    )
    return Lexicon(
        abbreviations=short.abbreviations,
        ambiguous=short.ambiguous,
        phrases=tuple(phrase for listed in phrases.values() for phrase in listed),
        small_talk=files.read("small_talk.yaml", dict[str, tuple[str, ...]], {}),
        sensitive=held.sensitive,
        urgent=held.urgent,
    )


def _duties(rows: list[dict[str, str]]) -> object:
    return [{"on": row["date"], **_without(row, "date")} for row in rows]


def _days(rows: list[dict[str, str]]) -> object:
    return [
        {
            "day": row["date"],
            **_without(row, "date"),
            "blocks": [_block(part) for part in row["blocks"].split(";") if part],
        }
        for row in rows
    ]


def _policies(content: object) -> object:
    """Return policies with their hours taken apart; what is not written as hours is left, and named as a mistake."""
    if not isinstance(content, list):
        return content
    return [
        row | {"hours": [_block(hours) for hours in row["hours"]]}
        if isinstance(row, dict) and isinstance(row.get("hours"), list)
        else row
        for row in content
    ]


def _phrases(content: object) -> object:
    """Return phrases that carry the target under which they stand."""
    if not isinstance(content, dict):
        return content
    return {
        target: [row | {"target": target} if isinstance(row, dict) else row for row in rows]
        if isinstance(rows, list)
        else rows
        for target, rows in content.items()
    }


def _block(text: object) -> object:
    hours = _BLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    return {"start": hours[1], "end": hours[2]} if hours else text


def _without(row: dict[str, str], column: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != column}


def _sha256(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
