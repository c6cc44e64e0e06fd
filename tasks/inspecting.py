"""Look into the files that came by mail: what they are, and their pages as a citizen gets them (U15)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk import documents
from desk.documents import DocumentError
from desk.documents.formats import Format, format_of
from desk.rules.attachments import IN_PAGES, MOST_FILES, AttachmentForm, Inspected, is_logo
from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.resending import ask_to_resend
from desk.store import attachments
from desk.store.attachments import FileToInspect

_AT_ONCE: Final = 10
# As long as ten files may take at the worst, each opened twice.
_LEASE_SECONDS: Final = 3600.0
# A file that ended its worker so often is not opened again.
_TRIES: Final = 3
_LOGO: Final = Inspected(form=AttachmentForm.SIGNATURE, refused="Hình trong chữ ký thư.")
_NEVER_OPENED: Final = Inspected(
    form=AttachmentForm.BROKEN, refused="Tệp không mở được sau nhiều lần thử; đề nghị gửi lại dưới dạng PDF."
)

_ONE_TOO_MANY: Final = Inspected(
    form=AttachmentForm.UNKNOWN, refused="Thư có quá nhiều tệp, tệp này chưa được mở; đề nghị gộp thành một tệp PDF."
)


@task(name="Xem tệp đơn vị gửi", cache_policy=NO_CACHE)
def inspect_batch(as_of: datetime) -> Tally:
    """Look into a batch of files, each recorded by itself; ask once for what nobody can use. Safe to repeat."""
    with transaction() as connection:
        files = attachments.claim_attachments(connection, limit=_AT_ONCE, lease_seconds=_LEASE_SECONDS)
        desk = in_force(connection)
    tally = Tally()
    for file in files:
        found, pages = _inspected(file)
        with transaction() as connection:
            attachments.record_inspected(connection, file.attachment_id, found, pages)
            asked = ask_to_resend(connection, file.inbound_mail_id, desk, as_of)
        tally += Tally({Count.INSPECTED: 1, Count.ASKED_TO_RESEND: int(asked)})
    return tally


def _inspected(file: FileToInspect) -> tuple[Inspected, list[bytes]]:
    if file.attempts > _TRIES:
        return _NEVER_OPENED, []
    if file.position > MOST_FILES:
        return _ONE_TOO_MANY, []
    is_picture = format_of(file.content) is Format.PICTURE
    if is_picture and is_logo(len(file.content), is_inline=file.is_inline, was_seen=file.was_seen):
        return _LOGO, []
    found = documents.inspect(file.content, declared_type=file.declared_type)
    if found.form not in IN_PAGES or found.refused:
        return found, []
    try:
        return found, documents.pages(file.content)
    except DocumentError as error:
        return Inspected(form=AttachmentForm.BROKEN, refused=error.reason), []
