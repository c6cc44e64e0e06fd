"""Maildirs, one an address; an address with a plus shares the one of its base."""

from __future__ import annotations

import os
import time
from datetime import datetime
from itertools import count
from pathlib import Path

_number = count()


def base_address(address: str) -> str:
    """Return the address whose mailbox takes the mail: hoidap@… for hoidap+7k3m@…."""
    name, _, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


class Maildirs:
    """The Maildirs below one folder, each with a login of its own for the IMAP server."""

    def __init__(self, folder: Path, hashed_password: str) -> None:
        self.folder = folder
        self._hashed_password = hashed_password
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("passwd", "shadow", "group"):
            (folder / f"pymap-etc-{name}").touch()

    def add(self, address: str) -> Path:
        """Return the Maildir of an address, made and given a login if it was not there."""
        base = base_address(address)
        maildir = self.folder / base
        if not maildir.exists():
            for part in ("tmp", "new", "cur"):
                (maildir / part).mkdir(parents=True, exist_ok=True)
            with (self.folder / "pymap-etc-shadow").open("a") as shadow:
                shadow.write(f"{base}:{self._hashed_password}:::::::\n")
            with (self.folder / "pymap-etc-passwd").open("a") as passwd:
                passwd.write(f"{base}:x::::{base}:\n")
        return maildir

    def deliver(self, envelope_from: str, recipient: str, content: bytes, *, at: datetime | None = None) -> None:
        """Put a mail into the mailbox of its recipient, whole or not at all; *at* (now) is its INTERNALDATE."""
        maildir = self.add(recipient)
        name = f"{time.time_ns():020d}.P{os.getpid()}Q{next(_number)}.sandbox"
        envelope = f"Return-Path: <{envelope_from}>\r\nDelivered-To: {recipient}\r\n"
        (maildir / "tmp" / name).write_bytes(envelope.encode() + content)
        if at is not None:
            os.utime(maildir / "tmp" / name, (at.timestamp(), at.timestamp()))
        (maildir / "tmp" / name).rename(maildir / "new" / name)

    def mails(self, address: str) -> list[bytes]:
        """Return the mails of an address, oldest first, seen ones too."""
        maildir = self.folder / base_address(address)
        files = [*maildir.glob("new/*"), *maildir.glob("cur/*")]
        return [file.read_bytes() for file in sorted(files, key=lambda file: file.name)]

    def empty(self) -> None:
        """Take every mail away."""
        for file in self.folder.glob("*@*/*/*"):
            file.unlink()
