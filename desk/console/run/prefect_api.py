"""The few calls to the Prefect server that a run makes, over its HTTP API: importing Prefect would cost a second."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
import yaml

from desk.console.run.processes import StartError

_CALL_SECONDS = 30
_POLL_SECONDS = 0.25
_ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class PrefectApi:
    """A Prefect server at `address`, http://127.0.0.1:4200, that asks for `auth_string`, if for anything."""

    def __init__(self, address: str, auth_string: str = "") -> None:
        self._url = f"{address}/api"
        self._session = requests.Session()
        # it is on this machine: no proxy between, and no login out of a .netrc
        self._session.trust_env = False
        if auth_string:
            self._session.headers["Authorization"] = f"Basic {base64.b64encode(auth_string.encode()).decode()}"

    @property
    def url(self) -> str:
        """Where workers and commands find the API."""
        return self._url

    def is_up(self) -> bool:
        """Return whether the server answers."""
        try:
            return self._session.get(f"{self._url}/health", timeout=_CALL_SECONDS).ok
        except requests.ConnectionError:
            return False

    def make_pool(self, name: str, *, paused: bool = False) -> None:
        """Make the process work pool if it is not there."""
        if not any(pool["name"] == name for pool in self._call("POST", "/work_pools/filter", {})):
            self._call("POST", "/work_pools/", {"name": name, "type": "process", "is_paused": paused})

    def open_pool(self, name: str) -> None:
        """Let the workers of a pool take runs."""
        self._call("PATCH", f"/work_pools/{name}", {"is_paused": False})

    def pause_schedules(self) -> None:
        """Pause every deployment's schedules; runs that they planned are dropped."""
        for deployment in self._deployments():
            self._call("POST", f"/deployments/{deployment['id']}/pause_deployment")

    def resume_schedules(self) -> None:
        """Let every deployment's schedules go on."""
        for deployment in self._deployments():
            self._call("POST", f"/deployments/{deployment['id']}/resume_deployment")

    def install_automations(self, file: Path) -> None:
        """Install the automations of a file, each in place of what has its name."""
        wanted = yaml.safe_load(file.read_text(encoding="utf-8"))["automations"]
        names = {automation["name"] for automation in wanted}
        for present in self._call("POST", "/automations/filter", {}):
            if present["name"] in names:
                self._call("DELETE", f"/automations/{present['id']}")
        for automation in wanted:
            self._call("POST", "/automations/", automation)

    def run(self, flow: str, parameters: Mapping[str, object], check_alive: Callable[[], None]) -> Mapping[str, Any]:
        """Run a deployment through its worker and return the run once it has ended."""
        return self._ended(self._create(flow, parameters), check_alive)

    def run_together(
        self, flows: Mapping[str, Mapping[str, object]], check_alive: Callable[[], None]
    ) -> list[Mapping[str, Any]]:
        """Run deployments with their parameters, all at once; return the runs once each has ended."""
        made = [self._create(flow, parameters) for flow, parameters in flows.items()]
        return [self._ended(run_id, check_alive) for run_id in made]

    def _create(self, flow: str, parameters: Mapping[str, object]) -> str:
        deployment = self._call("GET", f"/deployments/name/{flow}/{flow}")
        made = self._call("POST", f"/deployments/{deployment['id']}/create_flow_run", {"parameters": dict(parameters)})
        return str(made["id"])

    def _ended(self, run_id: str, check_alive: Callable[[], None]) -> Mapping[str, Any]:
        while True:
            run: Mapping[str, Any] = self._call("GET", f"/flow_runs/{run_id}")
            if run["state_type"] in _ENDED:
                return run
            check_alive()
            time.sleep(_POLL_SECONDS)

    def _deployments(self) -> list[dict[str, Any]]:
        return list(self._call("POST", "/deployments/filter", {}))

    def _call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        reply = self._session.request(method, f"{self._url}{path}", json=body, timeout=_CALL_SECONDS)
        if not reply.ok:
            message = f"Prefect: {method} {path} → {reply.status_code} {reply.text[:300]}"
            raise StartError(message)
        return reply.json() if reply.content else None
