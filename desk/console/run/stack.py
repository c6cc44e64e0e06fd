"""Prefect's part of the stack: server on a database of its own, work pool, deployments, automations, worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import make_url

from desk.console.run.prefect_api import PrefectApi
from desk.console.run.processes import Processes, StartError
from desk.runtime import database, installation
from desk.runtime.settings import Settings, SettingsError

POOL = "zalo-desk"
_HOST = "127.0.0.1"
_PATIENCE_SECONDS = 120
_PREFECT = (sys.executable, "-m", "prefect")
_RETENTION = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * 86_400),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "3d",
}
_NO_TELEMETRY = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


def address(chosen: Settings) -> str:
    """Return where the Prefect UI is."""
    return f"http://{_HOST}:{chosen.prefect_port}"


def environment(chosen: Settings) -> dict[str, str]:
    """Return the environment of everything that talks to this Prefect server."""
    auth_string = chosen.prefect_api_auth_string.get_secret_value()
    return {
        **os.environ,
        **_NO_TELEMETRY,
        # prefect.yaml starts flow runs with `python`: this one
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        # containers often set it, and then every flow run compiles all that it imports, which is half of its cost
        "PYTHONDONTWRITEBYTECODE": "",
        "PREFECT_HOME": str((chosen.data_dir / "prefect").resolve()),
        "PREFECT_API_URL": f"{address(chosen)}/api",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_CLI_COLORS": "false",
        "PREFECT_DEPLOYMENTS_CLEAR_SCHEDULES_ON_EMPTY": "true",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "desk",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        **(
            {"PREFECT_API_AUTH_STRING": auth_string, "PREFECT_SERVER_API_AUTH_STRING": auth_string}
            if auth_string
            else {}
        ),
    }


def check_port(chosen: Settings) -> None:
    """Refuse a port for the Prefect server that somebody else listens on.

    Raises:
        SettingsError: it is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, chosen.prefect_port))
        except OSError:
            message = (
                f"PREFECT_PORT: cổng {chosen.prefect_port} đang có chương trình khác dùng; dừng chương trình đó "
                f"(`make stop` nếu là lần chạy trước), hoặc chọn cổng khác: PREFECT_PORT=4300 make run"
            )
            raise SettingsError(message) from None


def start_server(chosen: Settings, processes: Processes) -> PrefectApi:
    """Start the server on its database and return its API once it answers."""
    serving = {
        **environment(chosen),
        **_RETENTION,
        "PREFECT_SERVER_API_HOST": _HOST,
        "PREFECT_SERVER_API_PORT": str(chosen.prefect_port),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": _database_url(chosen),
    }
    processes.start("prefect-server", [*_PREFECT, "server", "start"], serving)
    api = PrefectApi(address(chosen), chosen.prefect_api_auth_string.get_secret_value())
    wait_until(api.is_up, "prefect-server", processes)
    return api


def deploy(chosen: Settings, processes: Processes) -> None:
    """Deploy every flow of prefect.yaml."""
    with processes.log("prefect-deploy").open("wb") as log:
        command = [*_PREFECT, "--no-prompt", "deploy", "--all"]
        ended = subprocess.run(command, env=environment(chosen), stdout=log, stderr=log, check=False)
    if ended.returncode:
        message = f"prefect deploy không thành công: xem {processes.log('prefect-deploy')}"
        raise StartError(message)


def start_worker(processes: Processes, working: Mapping[str, str]) -> None:
    """Start the worker that runs the flows; what it needs to know of the outside is in its environment."""
    command = [*_PREFECT, "worker", "start", "--pool", POOL, "--name", socket.gethostname(), "--limit", "4"]
    processes.start("prefect-worker", command, working)


def wait_until(is_so: Callable[[], bool], name: str, processes: Processes) -> None:
    """Wait for a process to come up.

    Raises:
        StartError: it ended, or took too long.
    """
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        processes.check_alive()
        if time.monotonic() > give_up_at:
            message = f"{name} không phản hồi sau {_PATIENCE_SECONDS} giây: xem {processes.log(name)}"
            raise StartError(message)
        time.sleep(0.1)


def database_name(chosen: Settings) -> str:
    """Return the name of Prefect's database, beside the desk's on the same server."""
    return "prefect_sandbox" if chosen.is_sandbox else "prefect"


def _database_url(chosen: Settings) -> str:
    """Create Prefect's database where there is none, and return its URL for the server's driver."""
    url = make_url(database.url_of(chosen))
    name = database_name(chosen)
    installation.create_database(installation.maintenance_url(chosen), name, owner=url.username or "")
    return url.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
