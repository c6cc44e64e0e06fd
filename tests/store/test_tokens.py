from __future__ import annotations

from sqlalchemy import Connection

from desk.store import tokens


def a_pair(connection: Connection, name: str, *, refresh: int | None = None, source: str = "refresh") -> bool:
    return tokens.add_pair(
        connection,
        access_token=f"access-{name}",
        refresh_token=f"refresh-{name}",
        lives_seconds=90_000,
        source=source,
        token_refresh_id=refresh,
    )


def test_the_pair_received_last_is_in_use(connection: Connection) -> None:
    assert tokens.find_current_pair(connection) is None

    a_pair(connection, "a", source="settings")
    a_pair(connection, "b")

    pair = tokens.find_current_pair(connection)
    assert pair is not None
    assert (pair.access_token, pair.refresh_token) == ("access-b", "refresh-b")
    assert 89_990 < pair.seconds_left <= 90_000
    assert "access-b" not in repr(pair)


def test_a_pair_is_kept_once(connection: Connection) -> None:
    assert a_pair(connection, "a")
    assert not a_pair(connection, "a")


def test_one_refresh_goes_on_at_a_time_until_its_lease_is_over(connection: Connection) -> None:
    a_pair(connection, "a")
    pair = tokens.find_current_pair(connection)
    assert pair is not None

    begun = tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=60)
    assert begun is not None
    assert tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=60) is None
    assert tokens.take_over_refresh(connection, lease_seconds=60) is None
    tokens.end_refresh(connection, begun.token_refresh_id, outcome="not sent")

    lapsed = tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=-1)
    assert lapsed is not None
    assert tokens.take_over_refresh(connection, lease_seconds=60) == lapsed
    assert tokens.take_over_refresh(connection, lease_seconds=60) is None


def test_a_pair_is_as_old_as_the_refresh_it_came_from(connection: Connection) -> None:
    a_pair(connection, "a")
    pair = tokens.find_current_pair(connection)
    assert pair is not None
    begun = tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=60)
    assert begun is not None

    a_pair(connection, "consent", source="consent")
    a_pair(connection, "late", refresh=begun.token_refresh_id, source="spool")

    current = tokens.find_current_pair(connection)
    assert current is not None
    assert current.access_token == "access-consent"


def test_a_refusal_is_remembered_for_the_pair_it_was_about(connection: Connection) -> None:
    a_pair(connection, "a")
    pair = tokens.find_current_pair(connection)
    assert pair is not None
    begun = tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=60)
    assert begun is not None
    assert not tokens.was_refused_lately(connection, pair.oa_token_id)

    tokens.end_refresh(connection, begun.token_refresh_id, outcome="refused -14014")

    assert tokens.was_refused_lately(connection, pair.oa_token_id)
    assert not tokens.was_refused_lately(connection, pair.oa_token_id + 1)


def test_a_refresh_is_no_consent(connection: Connection) -> None:
    assert tokens.find_consent(connection) is None

    a_pair(connection, "a", source="settings")
    a_pair(connection, "b")

    consent = tokens.find_consent(connection)
    assert consent is not None
    assert consent.days == 0
