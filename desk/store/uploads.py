"""What Zalo keeps of the files that were uploaded to it: each is uploaded once for all who get it."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.rules.outgoing import UploadForm
from desk.store.statements import statement


def find_upload(connection: Connection, sha256: bytes, form: UploadForm) -> str | None:
    """Return the id under which Zalo still keeps a file, if it does."""
    values = {"sha256": sha256, "form": form.value}
    found: str | None = connection.scalar(statement("uploads/find_upload"), values)
    return found


def record_upload(connection: Connection, sha256: bytes, form: UploadForm, *, outside_id: str) -> None:
    """Record under which id Zalo keeps a file from now on."""
    values = {"sha256": sha256, "form": form.value, "outside_id": outside_id}
    connection.execute(statement("uploads/record_upload"), values)
