"""An article on its way, in a transaction that is rolled back."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from tests.contents import Contents


@pytest.fixture
def content(connection: Connection) -> Contents:
    made = Contents(connection)
    made.office()
    return made
