"""What a file that came by mail is, by its content and never by its name (U15)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desk.rules.incoming_mail import Leaf

# More pages than this nobody reads in a conversation on a telephone.
MOST_PAGES: Final = 30
# So many files of a mail are opened: each costs a process.
MOST_FILES: Final = 30
# Zalo's own limits, a little under them.
LARGEST_PAGE: Final = 1_000_000
LARGEST_FILE: Final = 5_000_000
_LARGEST_LOGO: Final = 20_000
_LARGEST_REPEATED_LOGO: Final = 100_000
_NO_FILES: Final = frozenset({"text/calendar", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_CLOUDS: Final = re.compile(
    r"https?://(?:[\w-]+\.)*"
    r"(?:drive\.google\.com|docs\.google\.com|1drv\.ms|onedrive\.live\.com|sharepoint\.com|dropbox\.com|fshare\.vn|"
    r"mediafire\.com|wetransfer\.com|we\.tl|mega\.nz)/",
    re.IGNORECASE,
)


class AttachmentForm(StrEnum):
    """What an attachment is to the desk."""

    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    SIGNATURE = "signature"
    CALENDAR = "calendar"
    TEXT = "text"
    ARCHIVE = "archive"
    MAIL = "mail"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNKNOWN = "unknown"


# What a citizen can be sent, as pages.
IN_PAGES: Final = frozenset({AttachmentForm.PDF, AttachmentForm.IMAGE})
_PERHAPS_THE_LETTER: Final = frozenset(
    {AttachmentForm.ARCHIVE, AttachmentForm.ENCRYPTED, AttachmentForm.BROKEN, AttachmentForm.UNKNOWN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a file was found to be. `text` is what a draft says; `refused` why the file itself goes to no citizen.

    `page_count` is the file's own; wide pages reach a citizen in halves. `is_signed`: it holds a digital signature,
    of which nothing is said but that it is there.
    """

    form: AttachmentForm
    is_signed: bool = False
    page_count: int = 0
    text: str | None = None
    refused: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it can be part of an answer: as pages, or by what a draft says."""
        if self.form is AttachmentForm.WORD:
            return self.text is not None
        return self.form in IN_PAGES and self.refused is None

    @property
    def is_asked_for_again(self) -> bool:
        """Whether it may be the unit's letter, in a form that the desk cannot use."""
        if self.form in IN_PAGES or self.form is AttachmentForm.WORD:
            return not self.is_usable
        return self.form in _PERHAPS_THE_LETTER


def is_logo(size: int, *, is_inline: bool, was_seen: bool) -> bool:
    """Return whether a picture belongs to a signature; *was_seen*: an earlier mail of the same sender held it."""
    if was_seen and (is_inline or size < _LARGEST_REPEATED_LOGO):
        return True
    return is_inline and size < _LARGEST_LOGO


def sent_on_purpose(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Return the files of a mail that may be its answer: no logo, no calendar entry, no signature of the mail itself.

    Unopened: one that turns out to be of no use is asked for again.
    """
    return tuple(leaf for leaf in leaves if leaf.declared_type not in _NO_FILES and not _is_logo_of_mail(leaf))


def _is_logo_of_mail(leaf: Leaf) -> bool:
    is_picture = leaf.declared_type.startswith("image/")
    return is_picture and is_logo(len(leaf.content), is_inline=leaf.is_inline, was_seen=False)


def has_cloud_link(text: str) -> bool:
    """Return whether a text points to a file kept elsewhere, which the desk does not fetch."""
    return _CLOUDS.search(text) is not None
