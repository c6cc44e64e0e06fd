"""The sandbox's part of the stack: a simulated Zalo, a mail server, a database of its own, begun anew at every run."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import make_url

from desk.console.run import stack
from desk.console.run.processes import Processes
from desk.rules.calendar import WorkingCalendar
from desk.rules.office import Duty, Office, Role, Session, in_force
from desk.runtime import database, installation
from desk.runtime.settings import Settings, settings
from sandbox.mail import set_clock as set_mail_clock
from sandbox.people import Everybody

_HOST = "127.0.0.1"
_CALL_SECONDS = 30
_MAIL_PASSWORD = "sandbox"  # noqa: S105 - opens nothing but this mail server
_DOMAIN = "bhxh.example.vn"
_DESK_ADDRESS = f"hoidap.zalo@{_DOMAIN}"
_AUTHSERV_ID = f"mx.{_DOMAIN}"
# a unit whose first address is gone: what is sent there comes back
_MOVED_AWAY = "B_CNTT"
_WRITERS = frozenset({Role.AUTHOR, Role.COLLABORATOR})


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Where the stand-ins are."""

    zalo_port: int
    smtp_port: int
    imap_port: int
    mail_folder: Path

    @property
    def zalo_url(self) -> str:
        """Return the simulator's base URL."""
        return f"http://{_HOST}:{self.zalo_port}"

    def control(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Call the simulator's control API."""
        reply = requests.request(method, f"{self.zalo_url}/_control/{path}", json=body, timeout=_CALL_SECONDS)
        reply.raise_for_status()
        return reply.json()

    def set_clock(self, at: datetime | None) -> None:
        """Let the clocks of simulator and mail server stand at an instant, or follow real time again."""
        set_mail_clock(self.mail_folder, at)
        self.control("PUT", "clock", {"real": True} if at is None else {"stop_at": at.isoformat()})

    def put_media(self, name: str, content_type: str, content: bytes) -> str:
        """Keep a file at the simulator and return its address."""
        reply = requests.put(
            f"{self.zalo_url}/_control/media/{name}",
            data=content,
            headers={"content-type": content_type},
            timeout=_CALL_SECONDS,
        )
        reply.raise_for_status()
        return str(reply.json()["url"])

    def is_up(self) -> bool:
        """Return whether both stand-ins take connections."""
        return all(_answers(port) for port in (self.zalo_port, self.smtp_port, self.imap_port))

    def environment(self, act_from: datetime) -> dict[str, str]:
        """Return the settings of a desk whose outside this is: to the desk it is as real as any."""
        credentials: Mapping[str, str] = self.control("GET", "credentials")
        return {
            "ZALO_APP_ID": credentials["app_id"],
            "ZALO_APP_SECRET": credentials["secret_key"],
            "ZALO_OA_ID": credentials["oa_id"],
            "ZALO_ACCESS_TOKEN": credentials["access_token"],
            "ZALO_REFRESH_TOKEN": credentials["refresh_token"],
            "ZALO_API_URL": self.zalo_url,
            "ZALO_OAUTH_URL": self.zalo_url,
            "DESK_ADDRESS": _DESK_ADDRESS,
            "OPS_ADDRESS": f"vanhanh.zalo@{_DOMAIN}",
            "BOARD_ADDRESS": f"banquantri.zalo@{_DOMAIN}",
            "SMTP_HOST": _HOST,
            "SMTP_PORT": str(self.smtp_port),
            "SMTP_USER": _DESK_ADDRESS,
            "SMTP_PASSWORD": _MAIL_PASSWORD,
            "IMAP_HOST": _HOST,
            "IMAP_PORT": str(self.imap_port),
            "IMAP_USER": _DESK_ADDRESS,
            "IMAP_PASSWORD": _MAIL_PASSWORD,
            "IMAP_SSL": "false",
            "MAIL_AUTHSERV_ID": _AUTHSERV_ID,
            "AGENCY_DOMAINS": _DOMAIN,
            "PICTURES_STAND_IN": f"{self.zalo_url}/_media",
            "ACT_FROM": act_from.isoformat(),
        }


def begin_anew(chosen: Settings) -> Settings:
    """Drop what the last sandbox left: its databases, its mail, its token. A real desk's are never touched.

    Returns the settings to go on with: where DATABASE_URL is set, those of a database made for the sandbox beside the
    one it names.
    """
    if not chosen.database_url:
        database.embedded(chosen).start()
    server = installation.maintenance_url(chosen)
    for name in (chosen.database_name, stack.database_name(chosen)):
        installation.drop_database(server, name)
    shutil.rmtree(_folder(chosen), ignore_errors=True)
    if not chosen.database_url:
        return chosen
    installation.create_database(server, chosen.database_name)
    for name in ("DATABASE_URL", "DATABASE_ADMIN_URL"):
        url = make_url(getattr(chosen, name.lower())).set(database=chosen.database_name)
        os.environ[name] = url.render_as_string(hide_password=False)
    settings.cache_clear()
    return settings()


def office_of(office: Office, days: Sequence[date]) -> Office:
    """Return the office as the sandbox plays it over some days.

    Nobody confirms decisions here, so what is sure goes alone at once; and where the roster says nobody, the duty
    officers take turns.
    """
    policies = tuple(replace(policy, auto_route_after=0) for policy in office.policies)
    covered = {duty.on for duty in office.roster}
    by_day = {day: _duty_officers(office, day) for day in days if day not in covered}
    turns = [
        Duty(on=day, session=Session.ALL_DAY, official=codes[number % len(codes)], stand_in=codes[number - 1])
        for number, (day, codes) in enumerate(by_day.items())
        if codes
    ]
    return replace(office, policies=policies, roster=(*office.roster, *turns))


def people_of(office: Office, outside: Sandbox, on: date, begins_at: datetime) -> Everybody:
    """Return the people of an office as they read and answer the mail of a sandbox, from a moment on."""
    units = in_force(office.units, on)
    if moved := units.get(_MOVED_AWAY):
        faults = {"bounced": list(moved.emails[:1])}
        (outside.mail_folder / "faults.json").write_text(json.dumps(faults), encoding="utf-8")
    places = in_force(office.provincial_units, on).values()
    names = {address: place.name for place in places for address in place.emails}
    for unit in units.values():
        names |= dict.fromkeys(unit.emails, unit.name)
    officials = in_force(office.officials, on).values()
    calendar = WorkingCalendar(office.days)
    return Everybody(
        mail_folder=outside.mail_folder,
        smtp_port=outside.smtp_port,
        zalo=outside.control,
        desk_address=_DESK_ADDRESS,
        units=names,
        officials={official.email: official.name for official in officials},
        writers={role.value: official.email for official in officials for role in official.roles if role in _WRITERS},
        begins_at=begins_at,
        is_working_day=calendar.is_working_day,
    )


def _duty_officers(office: Office, on: date) -> list[str]:
    officials = in_force(office.officials, on).values()
    return [official.code for official in officials if Role.DUTY_OFFICER in official.roles]


def of_desk(chosen: Settings) -> dict[str, str]:
    """Return the settings of a sandbox's desk that are not of its outside. Its worker looks for runs more often."""
    return {
        "DATABASE_URL": database.url_of(chosen),
        "DATA_DIR": str(_folder(chosen).resolve()),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }


def start(chosen: Settings, processes: Processes) -> Sandbox:
    """Start the simulator and the mail server on free ports."""
    zalo_port, smtp_port, imap_port = _free_ports(3)
    made = Sandbox(zalo_port, smtp_port, imap_port, _folder(chosen) / "mail")
    made.mail_folder.mkdir(parents=True, exist_ok=True)
    serving = ["--smtp-port", str(smtp_port), "--imap-port", str(imap_port), "--mailbox", _DESK_ADDRESS]
    serving += ["--authserv-id", _AUTHSERV_ID]
    programs: Mapping[str, Sequence[str]] = {
        "sandbox-zalo": ["sandbox.zalo", "--port", str(zalo_port)],
        "sandbox-mail": ["sandbox.mail", "--folder", str(made.mail_folder.resolve()), *serving],
    }
    for name, arguments in programs.items():
        processes.start(name, [sys.executable, "-m", *arguments], stack.environment(chosen))
    return made


def _folder(chosen: Settings) -> Path:
    return chosen.data_dir / "sandbox"


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((_HOST, 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _answers(port: int) -> bool:
    try:
        socket.create_connection((_HOST, port), timeout=_CALL_SECONDS).close()
    except OSError:
        return False
    return True
