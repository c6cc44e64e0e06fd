"""The process in which a file from outside is opened: it limits itself, reads the file, answers, and is gone.

Whatever a library raises for what it cannot read ends the process; whoever started it takes that for a broken file.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Final

from desk.documents.failures import TOO_HEAVY, DocumentError
from desk.documents.formats import Format, format_of
from desk.rules.attachments import Inspected

_MEMORY: Final = 1_500_000_000
# thirty scanned pages take ten seconds
_CPU_SECONDS: Final = {"inspect": 20, "pages": 60}
_REPLY: Final = 100_000_000


def main(step: str) -> None:
    """Take one step with the file on standard input, and answer on standard output."""
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS[step]),
        (resource.RLIMIT_FSIZE, _REPLY),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    content = sys.stdin.buffer.read()
    blobs: list[bytes] = []
    try:
        head = asdict(_inspected(content)) if step == "inspect" else {}
        blobs = _pages(content) if step == "pages" else []
    except DocumentError as error:
        head = {"error": error.reason}
    except MemoryError:
        head = {"error": TOO_HEAVY}
    head["sizes"] = [len(blob) for blob in blobs]
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(blobs))


def _inspected(content: bytes) -> Inspected:
    # Each library is loaded only where it is needed: it is most of what a process costs.
    match format_of(content):
        case Format.PDF:
            from desk.documents.pdfs import inspected_pdf  # noqa: PLC0415

            return inspected_pdf(content)
        case Format.PICTURE:
            from desk.documents.pictures import inspected_picture  # noqa: PLC0415

            return inspected_picture(content)
        case Format.ZIP:
            from desk.documents.drafts import inspected_package  # noqa: PLC0415

            return inspected_package(content)
        case Format.OLE:
            from desk.documents.drafts import inspected_ole  # noqa: PLC0415

            return inspected_ole(content)
        case Format.RTF:
            from desk.documents.drafts import inspected_rtf  # noqa: PLC0415

            return inspected_rtf(content)
        case other:
            raise ValueError(other)


def _pages(content: bytes) -> list[bytes]:
    from desk.documents.pages import jpegs  # noqa: PLC0415

    if format_of(content) is Format.PDF:
        from desk.documents.pdfs import rendered_pages  # noqa: PLC0415

        pictures = rendered_pages(content)
    else:
        from desk.documents.pictures import upright_frames  # noqa: PLC0415

        pictures = upright_frames(content)
    return [jpeg for picture in pictures for jpeg in jpegs(picture)]


if __name__ == "__main__":
    main(sys.argv[1])
