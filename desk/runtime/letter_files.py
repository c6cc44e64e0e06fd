"""The files that letters carry: pages of units' letters as citizens will see them, workbooks, papers about removals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from desk.documents.tables import xlsx
from desk.gateways.mail_out import MailFile
from desk.store import attachments, takedowns

_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files_of(connection: Connection, parts: Mapping[str, Any]) -> list[MailFile]:
    """Return the files of a rendered letter; a page whose time is over is left out."""
    files = list(_pages(connection, parts.get("pictures", ())))
    if sheet := parts.get("sheet"):
        content = xlsx(sheet["columns"], sheet["rows"], sheet["title"])
        files.append(MailFile(name=f"{sheet['name']}.xlsx", media_type=_WORKBOOK, content=content))
    if takedown_id := parts.get("evidence"):
        paper = takedowns.get_evidence(connection, takedown_id)
        files.append(MailFile(name=f"go-bai-{paper.code}.pdf", media_type="application/pdf", content=paper.content))
    return files


def _pages(connection: Connection, pictures: Sequence[Sequence[int]]) -> Iterator[MailFile]:
    # numbered as the letter numbers the files: "BỎ TỆP 2" drops the second
    places = {of: place for place, of in enumerate(dict.fromkeys(of for of, _ in pictures), start=1)}
    for attachment_id, number in pictures:
        if page := attachments.get_page(connection, attachment_id, number):
            name = f"tep-{places[attachment_id]}-trang-{number:02}.jpg"
            yield MailFile(name=name, media_type="image/jpeg", content=page.content, is_shown=True)
