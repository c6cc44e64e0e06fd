"""How a step is run: nothing cached, and tried again only where a gateway was down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task, exponential_backoff

from desk.gateways.failures import GatewayDown


def if_gateway_down(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Return whether a task failed because a gateway is down: no row was touched, all of it may be done again."""
    return isinstance(state.data, GatewayDown)


# what every step that talks to the outside is declared with: @task(name="…", **STEP)
STEP: Final[Mapping[str, Any]] = {
    "cache_policy": NO_CACHE,
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(10),
    "retry_jitter_factor": 0.3,
    "retry_condition_fn": if_gateway_down,
}
