"""Citizens whose answers may come too late for Zalo are asked for a sign while that is free (U10)."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.settings import settings
from desk.runtime.windows import look_at_windows
from desk.store import windows


@task(name="Đề nghị công dân giữ phiên trả lời", cache_policy=NO_CACHE)
def ask_to_keep_open(as_of: datetime) -> Tally:
    """Look at a batch of windows: ask for a sign, or put before the duty officer what Zalo carries no more.

    Safe to repeat: a citizen is asked once a turn, and each question is looked at again at its own time.
    """
    with transaction() as connection:
        opened = windows.claim_windows(connection, as_of=as_of, limit=settings().batch_size)
        asked = look_at_windows(connection, opened, in_force(connection), as_of)
        return Tally({Count.WINDOWS: len(opened), Count.KEEP_OPEN: asked})
