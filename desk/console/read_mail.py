"""`zalo-desk read-mail`: what the desk makes of one mail in a file; needs office/, no database and no mailbox."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Annotated, Final

import typer

from desk.documents import inspect
from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.attachments import Inspected, sent_on_purpose
from desk.rules.commands import CommandLine, Commands
from desk.rules.incoming_mail import IncomingMail, Leaf, MailKind
from desk.rules.mail_addresses import DeskAddress
from desk.rules.mail_kinds import kind_by_headers
from desk.rules.replies.evidence import Evidence, evidence_of
from desk.rules.replies.readings import ReplyRead, read_reply
from desk.rules.replies.trimming import trimmed
from desk.runtime.mail import desk_address
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.settings import settings

# whose reply it is stands in the database: who was written to, under which reply address
_UNVERIFIED: Final = "unverified"
_KINDS: Final = {
    MailKind.REPLY: "thư do người viết",
    MailKind.OWN_COPY: "bản lưu thư của hệ thống",
    MailKind.BOUNCE: "báo không gửi được",
    MailKind.AUTO_REPLY: "trả lời tự động",
    MailKind.RECEIPT: "báo đã nhận, đã đọc",
    MailKind.LIST: "thư của danh sách gửi chung",
    MailKind.LOOP: "thư của hệ thống quay lại",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """What was made of a mail; a mail that no person wrote is not read further."""

    mail: IncomingMail
    kind: MailKind
    text: str
    commands: tuple[CommandLine, ...]
    said: ReplyRead | None
    evidence: Evidence
    attachments: tuple[tuple[Leaf, Inspected], ...]


def read_mail(
    file: Annotated[Path, typer.Argument(help="thư dưới dạng tệp .eml", exists=True, dir_okay=False, readable=True)],
    as_json: Annotated[bool, typer.Option("--json", help="in một đối tượng JSON")] = False,  # noqa: FBT002 - an option
) -> None:
    """Print kind, reading, match, command, trimmed text and attachments of a mail.

    Ends with code 2 where the file is no mail or the office's files are wrong.
    """
    mail = parse_mail(file.read_bytes())
    if not mail.headers:
        print(f"{file}: không phải thư điện tử (không có dòng tiêu đề nào)", file=sys.stderr)
        raise typer.Exit(2)
    try:
        commands = Commands(read_files(settings().office_dir).commands)
    except OfficeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
    read = _read(mail, commands)
    print(json.dumps(_row(read), ensure_ascii=False) if as_json else "\n".join(_lines(read)))


def _read(mail: IncomingMail, commands: Commands) -> _Read:
    desk = _desk(mail)
    kind = kind_by_headers(mail, desk)
    text = trimmed(mail.text).text
    has_files = bool(sent_on_purpose(mail.leaves))
    return _Read(
        mail=mail,
        kind=kind or MailKind.REPLY,
        text=text,
        commands=commands.read(text).commands if kind is None else (),
        said=read_reply(text, commands, has_files=has_files) if kind is None else None,
        evidence=evidence_of(mail, text, desk),
        attachments=tuple((leaf, inspect(leaf.content, declared_type=leaf.declared_type)) for leaf in mail.leaves),
    )


def _desk(mail: IncomingMail) -> DeskAddress:
    """Return the desk's address; where none is set, the one that the mail's own recipients show."""
    if settings().desk_address:
        return desk_address()
    tagged = next((address for address in mail.recipients if "+" in address), next(iter(mail.recipients), ""))
    name, _, domain = tagged.rpartition("@")
    return DeskAddress(f"{name.partition('+')[0]}@{domain}")


def _row(read: _Read) -> dict[str, object]:
    return {
        "kind": read.kind.value,
        "reading": read.said.reading.value if read.said else None,
        "match": _UNVERIFIED,
        "command": _in_json(read.commands),
        "text": read.text,
        "attachments": [_file(leaf, found) for leaf, found in read.attachments],
    }


def _in_json(commands: Sequence[CommandLine]) -> object:
    """Return the one command; null for none, a list for several."""
    rows = [{"code": line.code.value, "argument": line.argument, "case_code": line.case_code} for line in commands]
    return rows if len(rows) > 1 else next(iter(rows), None)


def _file(leaf: Leaf, found: Inspected) -> dict[str, object]:
    return {
        "name": leaf.name,
        "form": found.form.value,
        "size": len(leaf.content),
        "pages": found.page_count,
        "is_signed": found.is_signed,
        "refused": found.refused,
    }


def _lines(read: _Read) -> list[str]:
    mail, said = read.mail, read.said
    lines = [
        f"Loại thư: {read.kind.value} ({_KINDS.get(read.kind, read.kind.value)})",
        f"Người gửi: {mail.from_address or 'không rõ'}",
        f"Đối chiếu: {_UNVERIFIED}, chưa có cơ sở dữ liệu; {_points_to(read)}",
    ]
    if said is not None:
        others = ", ".join(reading.value for reading in said.alternatives)
        lines.append(f"Cách hiểu: {said.reading.value}" + (f" (có thể là: {others})" if others else ""))
        if said.passed_to:
            lines.append(f"Chuyển cho: {said.passed_to}")
    for line in read.commands:
        code = f"{line.case_code}: " if line.case_code else ""
        lines.append(f"Lệnh: {code}{line.code.value}" + (f": {line.argument}" if line.argument else ""))
    for leaf, found in read.attachments:
        lines.append(f"Tệp {leaf.position}: {leaf.name or 'không tên'}, {_described(leaf, found)}")
    lines += [f"Lưu ý: {defect}" for defect in mail.defects]
    return [*lines, "Nội dung:", indent(read.text, "  | ", lambda _: True) if read.text else "  (trống)"]


def _points_to(read: _Read) -> str:
    evidence = read.evidence
    named = [
        *(f"địa chỉ trả lời riêng {token.hex()[:12]}…" for token in evidence.token_hashes),
        *(f"trả lời thư {digest[:12]}… của hệ thống" for digest in evidence.letter_digests),
        *(f"mã câu hỏi {code}" for code in evidence.case_codes),
    ]
    return "nêu " + ", ".join(named) if named else "không nêu câu hỏi nào"


def _described(leaf: Leaf, found: Inspected) -> str:
    facts = [found.form.value, f"{len(leaf.content)} byte"]
    if found.page_count:
        facts.append(f"{found.page_count} trang")
    if found.is_signed:
        facts.append("tệp có chữ ký số")
    if found.refused:
        facts.append(f"không gửi được công dân: {found.refused}")
    return ", ".join(facts)
