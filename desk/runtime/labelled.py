"""The messages of office/labelled/: what each is about, by whom it was written, what it is for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from desk.rules.classifier import Case, Scope
from desk.rules.office import Office
from desk.runtime.office_files import Mistake, OfficeError, read_sheet
from desk.runtime.office_rows import typed

FOLDER = "labelled"
_FIELDS = {"id", "text", "topics", "scope", "redirect"}


class Part(StrEnum):
    """What a writer's messages are for."""

    TRAIN = "train"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One who wrote messages; see office/labelled/writers.yaml."""

    writer: str
    voice: str
    part: Part
    calibrates: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """The messages that the models learn from, and those set aside to compare a new model with the one in use."""

    train: tuple[Case, ...]
    regression: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    text: str
    topics: tuple[str, ...]
    scope: Scope
    redirect: tuple[str, ...]


_ROW = TypeAdapter(_Row)


def read_labelled(folder: Path, office: Office) -> Labelled:
    """Return the labelled messages of an office's folder.

    Raises:
        OfficeError: there are mistakes; names each with its file and line.
    """
    sheet = read_sheet(folder, f"{FOLDER}/writers.yaml")
    writers = typed(sheet, tuple[Writer, ...])
    mistakes: list[Mistake] = []
    parts: dict[Part, list[Case]] = {part: [] for part in Part}
    reader = _Reader(office, mistakes)
    for writer in writers:
        parts[writer.part] += reader.cases(folder, writer)
    listed = {f"{writer.writer}.jsonl" for writer in writers}
    for file in sorted((folder / FOLDER).glob("*.jsonl")):
        if file.name not in listed:
            remedy = "thêm người viết này vào office/labelled/writers.yaml, hoặc bỏ tệp"
            mistakes.append(Mistake(f"{FOLDER}/{file.name}", 1, "không rõ ai viết tệp này", remedy))
    if mistakes:
        raise OfficeError(mistakes)
    return Labelled(tuple(parts[Part.TRAIN]), tuple(parts[Part.REGRESSION]))


class _Reader:
    """Reads the files of one folder, and keeps what is wrong with them."""

    def __init__(self, office: Office, mistakes: list[Mistake]) -> None:
        self._topics = {topic.code for topic in office.topics}
        self._authorities = {authority.code for authority in office.authorities}
        self._mistakes = mistakes
        self._ids: set[str] = set()

    def cases(self, folder: Path, writer: Writer) -> list[Case]:
        """Return the messages of one writer."""
        name = f"{FOLDER}/{writer.writer}.jsonl"
        try:
            lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        except (FileNotFoundError, UnicodeDecodeError):
            self._mistakes.append(Mistake(name, 1, "không đọc được tệp", "tạo tệp này với bảng mã UTF-8"))
            return []
        cases = []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = _ROW.validate_python(_object(line))
            except (ValueError, ValidationError):
                remedy = (
                    'viết một dòng JSON: {"id", "text", "topics": […], "scope": in|oos|mixed|noise, "redirect": […]}'
                )
                self._mistakes.append(Mistake(name, number, "không đọc được dòng này", remedy))
                continue
            self._mistakes += [Mistake(name, number, what, remedy) for what, remedy in self._wrong(row)]
            text = unicodedata.normalize("NFC", row.text)
            cases.append(
                Case(
                    id=row.id,
                    text=text,
                    topics=row.topics,
                    scope=row.scope,
                    redirect=row.redirect,
                    writer=writer.writer,
                    calibrates=writer.calibrates,
                )
            )
        return cases

    def _wrong(self, row: _Row) -> Iterator[tuple[str, str]]:
        if row.id in self._ids:
            yield f"mã {row.id} đã có", "đặt mã khác"
        self._ids.add(row.id)
        if not row.text.strip():
            yield "không có nội dung", "viết nội dung hoặc bỏ dòng"
        yield from _unknown("chủ đề", row.topics, self._topics, "office/topics.yaml")
        yield from _unknown("cơ quan", row.redirect, self._authorities, "office/authorities.yaml")
        needs = {
            Scope.IN: (True, False),
            Scope.OUT: (False, True),
            Scope.MIXED: (True, True),
            Scope.NOISE: (False, False),
        }
        if needs[row.scope] != (bool(row.topics), bool(row.redirect)):
            yield (
                f"scope {row.scope.value} không khớp topics, redirect",
                "in: chỉ topics; oos: chỉ redirect; mixed: cả hai; noise: không có gì",
            )


def _object(line: str) -> object:
    found = json.loads(line)
    if not isinstance(found, dict) or set(found) != _FIELDS:
        raise ValueError(line)
    return found


def _unknown(kind: str, codes: Collection[str], known: Collection[str], file: str) -> Iterator[tuple[str, str]]:
    for code in codes:
        if code not in known:
            yield f"không có {kind} {code}", f"dùng mã có trong {file}"
