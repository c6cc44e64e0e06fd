"""Redirects to other authorities, for the Ban Quản trị to release (Điều 13, U24)."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.decisions.redirecting import ask_to_release
from desk.runtime.in_force import in_force


@task(name="Trình duyệt hướng dẫn nơi khác", cache_policy=NO_CACHE)
def ask_about_redirects(as_of: datetime) -> Tally:
    """Queue the letters of a slot that ask to release redirects. Safe to repeat: a slot has its letters once."""
    with transaction() as connection:
        return Tally({Count.REDIRECTS_ASKED: ask_to_release(connection, in_force(connection), as_of)})
