"""How a run ends: a state named in the words of those who watch the list of runs, and a table of what was done."""

from __future__ import annotations

from typing import cast

from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from desk.rules.tally import Count, Tally
from tasks.runs import Run

NOTHING_TO_DO = "Không có việc"
# a name holds three counts: of all that was done, these are told before any other
_TOLD_FIRST = (Count.PULLED, Count.SEALED, Count.ROUTED, Count.HELD, Count.WITH_DUTY)
_COUNTS_IN_A_NAME = 3
# looking is no work: every run reads again the conversations of the last ten minutes
_LOOKING = {Count.MOVED, Count.WALKED, Count.WATCHED}


def ended(run: Run) -> State[None]:
    """Return the state a run ends in, and keep its tally as a table of its own.

    Rows set aside fail the run (law 7). A gateway that is down does not: no cursor moved, nothing is lost, the next run
    tries again, and whom a failed run would call need not get up for it; its name in the list says what happened.
    """
    tally, says = run.tally, str(run.tally)
    if not tally.counts.keys() <= _LOOKING:
        _keep(tally)
    if aside := tally[Count.SET_ASIDE]:
        return Failed(name=f"{aside} mục {Count.SET_ASIDE}", message=says)
    if run.silent:
        return Completed(name=f"{' và '.join(run.silent)} chưa phản hồi, sẽ thử lại", message=says or None)
    if tally.counts.keys() <= _LOOKING:
        return Completed(name=NOTHING_TO_DO, message=says or None)
    return Completed(name=f"Chạy thử: {_headline(tally)}" if run.dry else _headline(tally), message=says)


def _headline(tally: Tally) -> str:
    told = [name for name in dict.fromkeys((*_TOLD_FIRST, *Count)) if tally[name]]
    return str(Tally({name: tally[name] for name in told[:_COUNTS_IN_A_NAME]}))


def _keep(tally: Tally) -> None:
    rows: list[dict[str, str | int]] = [{"Việc": name.value, "Số lượng": tally[name]} for name in Count if tally[name]]
    key = cast("str", flow_run.flow_name)
    create_table_artifact(rows, key=key, description=f"Kết quả lượt chạy {flow_run.name}")


def refused(reason: str) -> State[None]:
    """Return the state of a form that was not carried out; the reason says what to do instead."""
    return Failed(name="Không thực hiện được", message=reason)
