"""The addresses the desk makes of its one mailbox: for replies, for bounces, for its own copy of each letter (A8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import assert_never

# Names a letter's outbox key in the letter itself: by it the desk's own copy is known again.
KEY_HEADER = "X-Zalo-Desk"


class ReplyAddressStyle(StrEnum):
    """How a letter gets its own reply address: hoidap+token@, token@ on a catch-all domain, or the subject alone."""

    PLUS = "plus"
    CATCH_ALL = "catch-all"
    SUBJECT_ONLY = "subject-only"


@dataclass(frozen=True, slots=True)
class DeskAddress:
    """The mailbox the desk reads, such as hoidap@bhxh.example.vn; whatever is sent to these addresses arrives there."""

    mailbox: str
    style: ReplyAddressStyle = ReplyAddressStyle.PLUS

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.mailbox.rpartition("@")[2]

    def reply(self, token: str | None) -> str:
        """Return the address for replies to the letter that carries the token."""
        return self._tagged(token) if token else self.mailbox

    @property
    def drafts(self) -> str:
        """Where authors may send articles, whatever the subject; empty where one mailbox has one address."""
        tagged = self._tagged("bai-viet").lower()
        return "" if tagged == self.mailbox.lower() else tagged

    def bounce(self, key: str) -> str:
        """Return the envelope sender of a letter: where its non-delivery is reported."""
        return self._tagged(f"bounce.{key_digest(key)}")

    def own_copy(self, key: str) -> str:
        """Return the second envelope recipient of a letter, by which the desk sees that it left."""
        return self._tagged(f"sent.{key_digest(key)}")

    def message_id(self, key: str) -> str:
        """Return the Message-ID of a letter, the same at every attempt."""
        return f"<{key_digest(key)}@{self.domain}>"

    def owns(self, address: str) -> bool:
        """Return whether an address is the mailbox, or one that is made of it."""
        name, _, domain = self.mailbox.lower().rpartition("@")
        ours = rf"(?:{re.escape(name)}(?:\+[^@]*)?|[^@]*\.[0-9a-f]{{32}}|[0-9a-f]{{32}})@{re.escape(domain)}"
        return re.fullmatch(ours, address.lower()) is not None

    def _tagged(self, tag: str) -> str:
        name, _, domain = self.mailbox.rpartition("@")
        match self.style:
            case ReplyAddressStyle.PLUS:
                return f"{name}+{tag}@{domain}"
            case ReplyAddressStyle.CATCH_ALL:
                return f"{tag}@{domain}"
            case ReplyAddressStyle.SUBJECT_ONLY:
                return self.mailbox
            case other:
                assert_never(other)


def key_digest(key: str) -> str:
    """Return what stands for an outbox key in addresses and ids, where its colons may not."""
    return sha256(key.encode()).hexdigest()[:32]
