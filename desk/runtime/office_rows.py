"""Rows of office/ as the types the rules work with, and what to tell ops where a value does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import TypeVar, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails

from desk.runtime.office_files import Mistake, OfficeError, Sheet

Rows = TypeVar("Rows")

# What to write instead, by the kind of error that pydantic names.
_REMEDIES = {
    "date": "viết năm-tháng-ngày, ví dụ 2026-11-23",
    "time": 'viết giờ trong ngoặc kép, ví dụ "15:00"',
    "bool": "viết true hoặc false",
    "int": "viết một số nguyên",
    "float": "viết một số, phần lẻ sau dấu chấm",
    "string": "viết một dòng chữ; chữ có dấu đặc biệt thì đặt trong ngoặc kép",
    "tuple": "viết danh sách trong ngoặc vuông: [a, b]",
    "list": "viết danh sách trong ngoặc vuông: [a, b]",
    "dict": "viết từng mục theo dạng tên: giá trị",
    "mapping": "viết từng mục theo dạng tên: giá trị",
    "dataclass": "viết từng mục theo dạng tên: giá trị",
}


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Abbreviations:
    """What office/abbreviations.yaml holds."""

    abbreviations: Mapping[str, str]
    ambiguous: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class HeldWords:
    """What office/sensitive.yaml holds."""

    sensitive: Mapping[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]


def typed(sheet: Sheet, rows: type[Rows]) -> Rows:
    """Return the sheet's content as such rows; an entry that they do not know is a mistake.

    Raises:
        OfficeError: with every value that does not fit.
    """
    reader = TypeAdapter(rows, config=None if is_dataclass(rows) else ConfigDict(extra="forbid"))
    try:
        return reader.validate_python(sheet.content)
    except ValidationError as error:
        known = _entries(rows)
        mistakes = [
            Mistake(sheet.name, sheet.line_of(flaw["loc"]), *_told(flaw, known))
            for flaw in error.errors(include_url=False)
        ]
        raise OfficeError(mistakes) from None


def _entries(rows: object) -> list[str]:
    """Return the names of a row's entries, from the first dataclass inside the type."""
    if isinstance(rows, type) and is_dataclass(rows):
        return [field.name for field in fields(rows)]
    return next((names for part in get_args(rows) if (names := _entries(part))), [])


def _told(flaw: ErrorDetails, known: list[str]) -> tuple[str, str]:
    """Return what is wrong and the remedy."""
    entry = next((part for part in reversed(flaw["loc"]) if isinstance(part, str)), "")
    kind = flaw["type"]
    if kind == "missing":
        return f"thiếu mục '{entry}'", f"thêm mục {entry} kèm giá trị"
    if kind == "unexpected_keyword_argument":
        return f"không có mục nào tên '{entry}'", _likely(entry, known)
    what = f"giá trị '{_short(flaw['input'])}' không dùng được"
    if kind == "enum":
        return what, f"chọn một trong: {flaw['ctx']['expected'].replace(' or ', ', ')}"
    if flaw.get("ctx", {}).get("class_name") == "Block":
        return what, 'viết khoảng giờ dạng "08:00-12:00"'
    return what, _REMEDIES.get(kind.partition("_")[0], "xem phần giải thích ở đầu tệp")


def _likely(entry: str, known: list[str]) -> str:
    if likely := get_close_matches(entry, known, n=1):
        return f"viết lại là '{likely[0]}'"
    return f"xóa mục này; các mục dùng được: {', '.join(known)}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - enough to recognise it
