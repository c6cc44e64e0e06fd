"""The account's tokens as processes of the desk keep them, and time that passes for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, text

from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings
from desk.runtime.tokens import OaTokens
from desk.runtime.zalo import zalo_oauth
from sandbox.zalo import Simulator
from tests.simulated_zalo import oauth_of

Seen = TypeVar("Seen")

HOUR = 3600


def a_process() -> OaTokens:
    """Return the tokens as a process just started sees them."""
    return OaTokens(zalo_oauth(settings()), settings())


def refreshes(zalo: Simulator) -> int:
    return len([entry for entry in zalo.account.log.entries("/v4/oa/access_token") if entry.status])


def is_good(zalo: Simulator, token: str) -> bool:
    return oauth_of(zalo).is_accepted(token)


def waited_for(look: Callable[[], Seen]) -> Seen:
    give_up_at = monotonic() + 10
    while not (seen := look()):
        assert monotonic() < give_up_at
        sleep(0.01)
    return seen


def scalar(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(query))


@contextmanager
def as_root(cluster: EmbeddedPostgres, database_name: str) -> Iterator[Connection]:
    engine = create_engine(cluster.url(database_name, "postgres"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def age_tokens(cluster: EmbeddedPostgres, database_name: str, seconds: int) -> None:
    """Let time pass for the pairs and refreshes in the store."""
    with as_root(cluster, database_name) as root, root.begin():
        moved = {"by": seconds}
        root.execute(
            text(
                "UPDATE oa_token SET received_at = received_at - make_interval(secs => :by),"
                " expires_at = expires_at - make_interval(secs => :by)"
            ),
            moved,
        )
        root.execute(
            text(
                "UPDATE token_refresh SET started_at = started_at - make_interval(secs => :by),"
                " lease_until = lease_until - make_interval(secs => :by)"
            ),
            moved,
        )
