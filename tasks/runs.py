"""One flow run: its name, the instant it acts on, what it has done so far, and what it could not reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.runtime import flow_run
from sqlalchemy import Connection

from desk.gateways.failures import GatewayDown
from desk.rules.calendar import HCM, WorkingCalendar, local_time
from desk.rules.tally import Tally
from desk.runtime import clock, database
from desk.runtime.in_force import in_force

P = ParamSpec("P")

# percent: drawing costs the server as much as a batch's own record, so a long run does not draw every batch
_WORTH_DRAWING = 5


@dataclass
class Run:
    """What a flow takes its steps through, so that it reads as their list. `silent` names gateways that are down."""

    as_of: datetime
    dry: bool = False
    tally: Tally = field(default_factory=Tally)
    silent: list[str] = field(default_factory=list)
    began_at: datetime = field(default_factory=clock.now)

    @property
    def moment(self) -> datetime:
        """The instant the run has come to: the one it acts on, and the time it has taken since."""
        return clock.passed(self.as_of, since=self.began_at)

    def once(self, step: Callable[P, Tally], *args: P.args, **kwargs: P.kwargs) -> None:
        """Take one step."""
        self.tally += step(*args, **kwargs)

    def sweep(self, step: Callable[[], Tally], waiting: Callable[[Connection], int] | None = None) -> None:
        """Take a step batch by batch until nothing is due; what takes several batches shows how far it has come.

        `waiting` counts what the step has still to do.
        """
        progress = _Progress()
        while batch := step():
            self.tally += batch
            if waiting is not None:
                with database.transaction() as connection:
                    progress.show(waiting(connection))

    @contextmanager
    def reaching(self, gateway: str) -> Iterator[None]:
        """Let the block end early where a gateway is down; what comes after the block does not depend on it."""
        try:
            yield
        except GatewayDown:
            self.silent.append(gateway)


@contextmanager
def begun(as_of: datetime | None = None, *, catch_up: bool = False) -> Iterator[Run]:
    """Open a run that acts on *as_of*, or now: the clock is read here, once. Its events carry the flow run's id.

    What a dry run writes (law 1) is seen by its own later steps and undone in the end.

    Raises:
        ClockError: *as_of* lies in the future.
    """
    database.flow_run_id.set(str(flow_run.id or ""))
    time = clock.legal_time(as_of, catch_up=catch_up, dry_before=_one_working_day_ago(in_force().calendar))
    with database.rehearsal() if time.dry else nullcontext():
        yield Run(time.as_of, dry=time.dry)


def run_name() -> str:
    """Return what a run is called in the list of runs: a question's code, the instant replayed, or when it was due."""
    parameters = cast("dict[str, object]", flow_run.parameters)
    if code := parameters.get("code"):
        return str(code)
    as_of = parameters.get("as_of")
    moment = as_of if isinstance(as_of, datetime) else cast("datetime", flow_run.scheduled_start_time)
    return f"{local_time(moment) if moment.tzinfo else moment:%d/%m %H:%M}"


@dataclass
class _Progress:
    """A bar in the list of artifacts, drawn once it is known that one batch was not enough."""

    artifact: UUID | None = None
    most: int = 0
    drawn: float = 0.0

    def show(self, left: int) -> None:
        if self.artifact is not None:
            self.most = max(self.most, left)
            reached = 100.0 * (1 - left / self.most)
            if abs(reached - self.drawn) >= _WORTH_DRAWING or not left:
                self.drawn = reached
                update_progress_artifact(self.artifact, progress=reached)
        elif left:
            self.most = left
            name = cast("str", flow_run.flow_name)
            made = create_progress_artifact(0.0, key=f"{name}-tien-do", description="Tiến độ lượt chạy")
            self.artifact = cast("UUID", made)


def _one_working_day_ago(calendar: WorkingCalendar) -> datetime:
    present = clock.now()
    return datetime.combine(calendar.add_working_days(present.date(), -1), present.time(), HCM)
