"""What was held, put before officials at the slots of the day: questions to sort, redirects to release (U16, U24)."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.decisions.asking_to_sort import ask_to_sort
from desk.runtime.decisions.redirecting import ask_to_release
from desk.runtime.in_force import in_force


@task(name="Gửi cán bộ phân loại", cache_policy=NO_CACHE)
def ask_to_sort_questions(as_of: datetime) -> Tally:
    """Queue the letters that ask officials to sort: new questions at a slot, reminders, what is passed or handed on.

    Safe to repeat: a slot is held once, and whom a question was put before is kept with the letter.
    """
    with transaction() as connection:
        return Tally({Count.TO_SORT: ask_to_sort(connection, in_force(connection), as_of)})


@task(name="Trình duyệt hướng dẫn nơi khác", cache_policy=NO_CACHE)
def ask_about_redirects(as_of: datetime) -> Tally:
    """Queue the letters of a slot that ask to release redirects. Safe to repeat: a slot has its letters once."""
    with transaction() as connection:
        return Tally({Count.REDIRECTS_ASKED: ask_to_release(connection, in_force(connection), as_of)})
