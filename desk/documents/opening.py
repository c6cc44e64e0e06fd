"""Open what came from outside in a process of its own: without secrets, with limits, one process a file.

Whatever a file does to its process, it costs that file alone; starting one takes a tenth of a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import Any, Final

from desk.documents.failures import BROKEN, TOO_HEAVY, DocumentError
from desk.documents.formats import Format, format_of
from desk.rules.attachments import AttachmentForm, Inspected

_UNOPENED: Final[Mapping[Format, Inspected]] = {
    Format.ARCHIVE: Inspected(form=AttachmentForm.ARCHIVE, refused="Tệp nén; đề nghị gửi lại dưới dạng PDF."),
    Format.CALENDAR: Inspected(form=AttachmentForm.CALENDAR, refused="Tệp lịch hẹn."),
    Format.MAIL: Inspected(
        form=AttachmentForm.MAIL, refused="Thư đính kèm; đề nghị gửi riêng nội dung hoặc tệp trong thư đó."
    ),
    Format.MAIL_SIGNATURE: Inspected(form=AttachmentForm.SIGNATURE, refused="Chữ ký của thư."),
    Format.SIGNED_CONTAINER: Inspected(
        form=AttachmentForm.UNKNOWN, refused="Tệp ký số đóng gói (.p7m); đề nghị gửi lại tệp PDF đã ký số."
    ),
    Format.OUTLOOK_CONTAINER: Inspected(
        form=AttachmentForm.UNKNOWN, refused="Tệp winmail.dat của Outlook; đề nghị gửi lại dưới dạng PDF."
    ),
    Format.WEB_PAGE: Inspected(form=AttachmentForm.TEXT, refused="Tệp trang web; đề nghị gửi lại dưới dạng PDF."),
    Format.PLAIN_TEXT: Inspected(
        form=AttachmentForm.TEXT, refused="Tệp văn bản thuần; đề nghị viết nội dung vào thư trả lời."
    ),
    Format.UNKNOWN: Inspected(
        form=AttachmentForm.UNKNOWN, refused="Loại tệp không xử lý được; đề nghị gửi lại dưới dạng PDF."
    ),
}
# By the clock on the wall, over the limit of CPU time: other work may hold the processors.
_PATIENCE_SECONDS: Final = 180.0


def inspect(content: bytes, *, declared_type: str = "") -> Inspected:
    """Return what a file is, by its content; one that cannot be opened is broken, nothing is raised."""
    found = format_of(content, declared_type=declared_type)
    if found in _UNOPENED:
        return _UNOPENED[found]
    try:
        head, _ = _asked("inspect", content)
        return Inspected(**{**head, "form": AttachmentForm(head["form"])})
    except DocumentError as error:
        return Inspected(form=AttachmentForm.BROKEN, refused=error.reason)


def pages(content: bytes) -> list[bytes]:
    """Return the pages of a PDF or picture as a citizen gets them: upright JPEG files for a telephone's screen.

    Wide pages come in two halves. Whatever else the file held (scripts, files, hidden text) is gone.

    Raises:
        DocumentError: it cannot be opened within the limits, or has too many pages.
    """
    return _asked("pages", content)[1]


def _asked(step: str, content: bytes) -> tuple[Mapping[str, Any], list[bytes]]:
    """Have a process take one step; its reply is a line of JSON and the blobs that this announces."""
    command = [sys.executable, "-I", "-m", "desk.documents.process", step]
    with TemporaryFile() as reply:
        try:
            subprocess.run(
                command,
                input=content,
                stdout=reply,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=_PATIENCE_SECONDS,
                check=True,
            )
            reply.seek(0)
            head = json.loads(reply.readline())
            blobs = [reply.read(size) for size in head.pop("sizes", ())]
        except subprocess.CalledProcessError as ended:
            raise DocumentError(BROKEN if ended.returncode > 0 else TOO_HEAVY) from None  # below 0: by a limit
        except (subprocess.TimeoutExpired, ValueError):
            raise DocumentError(TOO_HEAVY) from None
    if "error" in head:
        raise DocumentError(str(head["error"]))
    return head, blobs
