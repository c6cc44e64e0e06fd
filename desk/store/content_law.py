"""What the database refuses about content, as an exception that says which rule it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError

_REFUSED = "ZD001"


class ContentRefusedError(ValueError):
    """The regulation forbids it. `reason_code` is the rule's word in sql/migrations/0001_content_law.sql."""

    def __init__(self, reason_code: str) -> None:
        self.reason_code = reason_code
        super().__init__(reason_code)


@contextmanager
def refusals(error: type[ContentRefusedError] = ContentRefusedError) -> Iterator[None]:
    """Raise *error* where the database refuses what the block does; what was done since the last savepoint is lost."""
    try:
        yield
    except DBAPIError as refused:
        by = refused.orig
        if not isinstance(by, psycopg.Error) or by.sqlstate != _REFUSED:
            raise
        raise error((by.diag.message_primary or "").partition(":")[0]) from None
