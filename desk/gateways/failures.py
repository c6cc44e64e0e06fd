"""The three ways a call to the outside can fail, named by what the caller must do next."""

from __future__ import annotations


class Failure(Exception):
    """A call to the outside that did not succeed. `reason` carries codes and ids, never texts, names or tokens."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TemporaryFailure(Failure):
    """It was not done and may pass: try this row again later, after `retry_after` seconds where the outside said so."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class GatewayDown(TemporaryFailure):
    """Nothing can be done through this gateway now, for no row: end the batch, move no cursor, try next run."""


class PermanentFailure(Failure):
    """It was not done and never will be as it stands: record it, open a work item."""

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class OutcomeUnknown(Failure):
    """It may have been done: settle from evidence before anything is repeated (law 6)."""
