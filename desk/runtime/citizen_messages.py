"""How a row of the outbox reaches a citizen on Zalo: as a text, a picture with its caption, a file, a ZBS template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desk.gateways.failures import PermanentFailure
from desk.gateways.zalo.client import SentReceipt, ZaloClient
from desk.gateways.zalo.uploads import EXPIRED
from desk.rules.case_codes import delivery_mark
from desk.rules.outgoing import Button, UploadForm
from desk.runtime.database import transaction
from desk.runtime.sending import Sent
from desk.store import attachments, uploads
from desk.store.attachments import StoredFile
from desk.store.deliveries import Leased


def message_body(row: Leased) -> bytes:
    """Return what a message says, ending in its mark; a file says nothing, and what went before it has a mark."""
    if "file" in row.parts:
        return f"attachment {row.parts['file']}".encode()
    return f"{row.parts['text']}\n{delivery_mark(row.outbox_id)}".encode()


def send_message(client: ZaloClient, row: Leased) -> Sent:
    """Send one message; a picture or file is uploaded first, unless Zalo still keeps it.

    Raises:
        OutcomeUnknown: it may have been sent.
        PermanentFailure: it never will be, as it stands.
        TemporaryFailure: it may be later.
    """
    to, text = row.recipient, (row.body or b"").decode()
    match row.parts:
        case {"file": int(attachment_id)}:
            with transaction() as connection:
                file = _as_pdf(attachments.get_content(connection, attachment_id))
            receipt = _sent_upload(client, UploadForm.FILE, file, lambda token: client.send_file(to, token))
        case {"page": [int(attachment_id), int(number)]}:
            with transaction() as connection:
                page = attachments.get_page(connection, attachment_id, number)
            receipt = _sent_upload(client, UploadForm.IMAGE, page, lambda key: client.send_image(to, text, key))
        case {"zbs": {"template_id": str(template_id), "data": dict(data)}}:
            receipt = client.send_template(to, template_id, data)
        case parts:
            receipt = client.send_text(to, text, [Button(**button) for button in parts.get("buttons", ())])
    return Sent(receipt.message_id, receipt.quota_type)


def _sent_upload(
    client: ZaloClient, form: UploadForm, file: StoredFile | None, send: Callable[[str], SentReceipt]
) -> SentReceipt:
    if file is None:
        reason = "the file is no longer kept"
        raise PermanentFailure(reason, code="gone")
    with transaction() as connection:
        kept = uploads.find_upload(connection, file.sha256, form)
    if kept:
        try:
            return send(kept)
        except PermanentFailure as failure:
            if failure.code not in EXPIRED:
                raise
    return send(_uploaded(client, form, file))


def _as_pdf(file: StoredFile | None) -> StoredFile | None:
    """Return a file under a name that says what it is: PDF files alone leave whole, whatever they were called."""
    return file and replace(file, name=f"{file.name.rpartition('.')[0] or file.name}.pdf")


def _uploaded(client: ZaloClient, form: UploadForm, file: StoredFile) -> str:
    upload = client.upload_image if form is UploadForm.IMAGE else client.upload_file
    outside_id = upload(file.content, file.name)
    with transaction() as connection:
        uploads.record_upload(connection, file.sha256, form, outside_id=outside_id)
    return outside_id
