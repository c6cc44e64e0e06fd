"""What a flow run costs through the worker, and a batch in it: CPU of all that Prefect needs for them.

Counted are Prefect's server, the worker and the process that the worker starts for each run; PostgreSQL is not.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from benchmarks.accounts import an_account
from benchmarks.desks import Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.processes import cpu_seconds
from desk.console.run import stack
from desk.console.run.prefect_api import PrefectApi
from desk.console.run.processes import RUN, Processes, recorded
from desk.runtime import database, installation
from desk.runtime.settings import settings

MOST_CPU_SECONDS = 4
MOST_CPU_MILLISECONDS_A_BATCH = 50
# what runs most often
SCHEDULED: Final = ("handle-questions", "deliver-outbox")
# the server writes events down every five seconds
_WINDOW_SECONDS = 6
_IDLE_WINDOWS = 3
_SHARE_OF_WRITING = 0.1
_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class Prefect:
    """Server and worker of this machine; `idle` is the share of a core that they take with nothing to do."""

    api: PrefectApi
    processes: Processes
    sessions: set[int]
    idle: float = 0.0

    def cpu_of_run(self, flow: str, parameters: Mapping[str, object]) -> float:
        """Return the CPU seconds of one run, until the server has written all of it down."""
        before = cpu_seconds(self.sessions)
        with spent() as cost:
            run = self.api.run(flow, parameters, self.processes.check_alive)
            while self.cpu_share() > self.idle + _SHARE_OF_WRITING:
                pass
        assert run["state_type"] == "COMPLETED", run["state_name"]
        return cpu_seconds(self.sessions) - before - self.idle * cost.wall

    def cpu_share(self) -> float:
        """Return the share of a core that is taken just now."""
        before = cpu_seconds(self.sessions)
        time.sleep(_WINDOW_SECONDS)
        return (cpu_seconds(self.sessions) - before) / _WINDOW_SECONDS


def cost_of_flow_runs(desk: Desk, batches: int, rounds: int) -> Iterator[Figures]:
    """Yield the CPU of runs that find nothing to do, and what each batch adds to a run besides its own work.

    The baselines are a bare flow that does nothing, through the same worker, and a bare task in it.
    """
    desk.empty()
    with _prefect() as prefect:

        def cpu(flow: str, **parameters: int) -> float:
            return median(prefect.cpu_of_run(flow, parameters) for _ in range(rounds))

        bare, without = cpu("bare", tasks=0), cpu("batches", number=0)
        for flow in SCHEDULED:
            target = Target("value", "<=", MOST_CPU_SECONDS)
            yield figures(f"flow-run-{flow}", cpu(flow), "CPU-s", baseline=bare, target=target)
        a_batch = (cpu("batches", number=batches) - without) / batches * _MILLISECONDS
        a_task = (cpu("bare", tasks=batches) - bare) / batches * _MILLISECONDS
        target = Target("value", "<=", MOST_CPU_MILLISECONDS_A_BATCH)
        yield figures("flow-run-batch", a_batch, "CPU-ms", baseline=a_task, target=target)


@contextmanager
def _prefect() -> Iterator[Prefect]:
    """Start what `zalo-desk run` starts, with every schedule at rest and an empty account to pull from."""
    chosen = settings().model_copy(update={"prefect_port": _free_port()})
    installation.drop_database(installation.maintenance_url(chosen), stack.database_name(chosen))
    with an_account(0) as account, Processes(chosen.data_dir) as processes:
        api = stack.start_server(chosen, processes)
        api.make_pool(stack.POOL, paused=True)
        stack.deploy(chosen, processes)
        deploy = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
        deploy += ["--prefect-file", "benchmarks/prefect.yaml"]
        subprocess.run(deploy, env=stack.environment(chosen), check=True, stdout=subprocess.DEVNULL)
        api.pause_schedules()
        working = {**stack.environment(chosen), **account, "DATABASE_URL": database.url_of(chosen)}
        stack.start_worker(processes, working)
        api.open_pool(stack.POOL)
        sessions = {process.pid for process in recorded(chosen.data_dir) if process.name != RUN}
        prefect = Prefect(api, processes, sessions)
        api.run("bare", {"tasks": 0}, processes.check_alive)
        yield replace(prefect, idle=median(prefect.cpu_share() for _ in range(_IDLE_WINDOWS)))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
