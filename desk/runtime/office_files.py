"""The files of office/ as rows of plain text, each of which knows the line it stands on."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml

# The way to a value inside a file: the row's number, or a key, then the names of the entries.
Place: TypeAlias = tuple[int | str, ...]

# The files that are tables, and the first line of each; all others are YAML.
COLUMNS = {
    "roster.csv": ("date", "session", "official", "stand_in"),
    "calendar.csv": ("date", "kind", "reason", "source", "blocks"),
}


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong with a line of office/ and how to mend it; printed for ops, so in Vietnamese."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"office/{self.file}:{self.line}: {self.what}; sửa: {self.remedy}"


class Finding(NamedTuple):
    """A mistake, with its place inside the file."""

    file: str
    place: Place
    what: str
    remedy: str


class OfficeError(ValueError):
    """office/ holds mistakes, so nothing of it was taken."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as read: every value is a string, what the field it goes into makes of it is not decided here."""

    name: str
    content: object
    line_of: Callable[[Place], int]


def read_sheet(folder: Path, name: str) -> Sheet:
    """Return the file of that name.

    Raises:
        OfficeError: it cannot be read as such; says where.
    """
    try:
        text = unicodedata.normalize("NFC", (folder / name).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise _refused(name, 1, "không có tệp này", f"tạo lại tệp {name} trong thư mục office") from None
    except UnicodeDecodeError:
        raise _refused(name, 1, "tệp không ở bảng mã UTF-8", "lưu lại tệp với bảng mã UTF-8") from None
    return _csv_sheet(name, text, COLUMNS[name]) if name in COLUMNS else _yaml_sheet(name, text)


def _refused(name: str, line: int, what: str, remedy: str) -> OfficeError:
    return OfficeError([Mistake(name, line, what, remedy)])


def _csv_sheet(name: str, text: str, columns: Sequence[str]) -> Sheet:
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if header != list(columns):
        raise _refused(name, 1, "dòng tiêu đề không đúng", f"viết dòng đầu là: {','.join(columns)}")
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            what = f"có {len(cells)} ô, cần {len(columns)} ô"
            raise _refused(name, reader.line_num, what, "thêm hoặc bớt dấu phẩy; ô có dấu phẩy đặt trong ngoặc kép")
        rows.append({column: cell.strip() for column, cell in zip(columns, cells, strict=True)})
        lines.append(reader.line_num)

    def line_of(place: Place) -> int:
        return lines[place[0]] if place and isinstance(place[0], int) else 1

    return Sheet(name, rows, line_of)


def _yaml_sheet(name: str, text: str) -> Sheet:
    # The base loader leaves every scalar a string: `no` stays a word and 13:00 does not become 780.
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = 'xem lại dấu hai chấm, thụt đầu dòng, ngoặc; giá trị có ": " đặt trong ngoặc kép'
        raise _refused(name, line, "viết sai cú pháp YAML", remedy) from None
    except yaml.reader.ReaderError:
        raise _refused(name, 1, "có ký tự không in được", "xóa ký tự lạ rồi lưu lại tệp") from None
    if root is None:
        raise _refused(name, 1, "tệp trống", "khôi phục nội dung tệp")
    flaws: list[Mistake] = []
    content = _plain(root, name, flaws)
    if flaws:
        raise OfficeError(flaws)
    return Sheet(name, content, lambda place: _line(root, place))


def _plain(node: yaml.Node, name: str, flaws: list[Mistake]) -> object:
    """Return the node's value; an entry left empty is one that was not written."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, name, flaws) for each in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    found: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            flaws.append(Mistake(name, line, "tên mục không phải một từ", "đặt tên mục trong ngoặc kép"))
        elif key.value in found:
            flaws.append(Mistake(name, line, f"'{key.value}' được viết hai lần", "giữ một lần, xóa lần thừa"))
        elif not _is_left_empty(value):
            found[key.value] = _plain(value, name, flaws)
    return found


def _is_left_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _line(node: yaml.Node, place: Place) -> int:
    """Return the line of the innermost part of *place* that was written."""
    line: int = node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            entry = next((pair for pair in node.value if pair[0].value == part), None)
            if entry is None:
                break
            line, node = entry[0].start_mark.line + 1, entry[1]
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line
