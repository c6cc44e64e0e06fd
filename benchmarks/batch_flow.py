"""A flow of the desk whose batches hold no work: what is left is the cost of taking them."""

from __future__ import annotations

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE

from desk.rules.tally import Count, Tally
from tasks.endings import ended
from tasks.runs import begun, run_name

_A_BATCH = 1_000


@flow(name="batches", flow_run_name=run_name)
def batches(number: int) -> State[None]:
    """Take as many batches as a sweep of the desk would, its progress drawn, and one that finds nothing."""
    left = range(number, -1, -1)
    asked, told = iter(left), iter(left[1:])
    with begun() as run:
        run.sweep(lambda: batch(next(asked)), lambda _: next(told))
    return ended(run)


@task(name="Lô trống", cache_policy=NO_CACHE)
def batch(left: int) -> Tally:
    """Return the tally of a batch, while there are any."""
    return Tally({Count.ROUTED: _A_BATCH if left > 0 else 0})
