"""Which messages of one citizen are one question: bursts, sealed once nothing can join them any more (A23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.rules.office import Policy
from desk.rules.taps import is_tap


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMessage:
    """A citizen's message that belongs to no sealed burst yet."""

    message_id: str
    sent_at: datetime
    kind: str
    text: str
    quoted_id: str | None = None


@dataclass(frozen=True, slots=True)
class Burst:
    """Messages that a citizen sent in one go, oldest first."""

    messages: tuple[WaitingMessage, ...]

    @property
    def started_at(self) -> datetime:
        """When the first of them was sent."""
        return self.messages[0].sent_at

    @property
    def ended_at(self) -> datetime:
        """When the last of them was sent."""
        return self.messages[-1].sent_at

    @property
    def text(self) -> str:
        """What they say, a line each; nobody wrote a tap."""
        return "\n".join(message.text for message in self.messages if message.text and not is_tap(message.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What of one citizen can be sealed now, and when to look again (nothing waits: never)."""

    late: tuple[WaitingMessage, ...]
    bursts: tuple[Burst, ...]
    look_again_at: datetime | None


def seal(
    waiting: Sequence[WaitingMessage], *, horizon: datetime, sealed_to: datetime | None, policy: Policy
) -> Sealing:
    """Return the bursts that nothing can join any more.

    *horizon* is the instant up to which every message of the citizen is known. A burst is complete once the citizen was
    quiet for `quiet_seconds`, or at the cap of time or number. What turns up from before *sealed_to* is late: it never
    regroups what was acknowledged and routed. The result does not depend on the order in which the messages came, nor
    on how often this was asked before.
    """
    quiet, cap = timedelta(seconds=policy.quiet_seconds), timedelta(seconds=policy.burst_cap_seconds)
    ordered = sorted(waiting, key=lambda message: (message.sent_at, message.message_id))
    late = tuple(message for message in ordered if sealed_to is not None and message.sent_at <= sealed_to)
    groups: list[list[WaitingMessage]] = []
    for message in ordered[len(late) :]:
        if message.sent_at > horizon:
            continue
        group = groups[-1] if groups else []
        joins = (
            bool(group)
            and message.sent_at - group[-1].sent_at <= quiet
            and message.sent_at - group[0].sent_at <= cap
            and len(group) < policy.burst_cap_messages
        )
        if joins:
            group.append(message)
        else:
            groups.append([message])
    complete: list[Burst] = []
    for position, group in enumerate(groups):
        cut = position + 1 < len(groups) or len(group) == policy.burst_cap_messages
        closes_at = min(group[-1].sent_at + quiet, group[0].sent_at + cap)
        if not cut and closes_at >= horizon:
            return Sealing(late=late, bursts=tuple(complete), look_again_at=closes_at)
        complete.append(Burst(tuple(group)))
    ahead = [message.sent_at + quiet for message in ordered if message.sent_at > horizon]
    return Sealing(late=late, bursts=tuple(complete), look_again_at=min(ahead, default=None))
