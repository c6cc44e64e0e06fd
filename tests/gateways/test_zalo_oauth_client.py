from __future__ import annotations

import pytest

from desk.gateways.failures import (
    OutcomeUnknown,
    PermanentFailure,
)
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import (
    BROKEN,
    fault,
    oauth_of,
)


def test_a_refresh_hands_out_the_next_pair(zalo: Simulator) -> None:
    before = zalo.account.grants.pair

    pair = oauth_of(zalo).refresh(before.refresh_token)

    assert (pair.access_token, pair.refresh_token) == (
        zalo.account.grants.pair.access_token,
        zalo.account.grants.pair.refresh_token,
    )
    assert pair.access_token not in repr(pair)
    assert pair.lives.total_seconds() == 90_000
    assert oauth_of(zalo).is_accepted(pair.access_token)
    assert not oauth_of(zalo).is_accepted(before.access_token)


def test_a_refresh_token_that_is_not_replaced_is_kept(zalo: Simulator) -> None:
    zalo.account.knobs.refresh_token_in_reply = False
    before = zalo.account.grants.pair

    assert oauth_of(zalo).refresh(before.refresh_token).refresh_token == before.refresh_token


@pytest.mark.parametrize("code", [-14014, -14020, -118])
def test_a_spent_refresh_token_asks_for_a_new_consent(zalo: Simulator, code: int) -> None:
    zalo.account.knobs.spent_refresh_code = code
    oauth, spent = oauth_of(zalo), zalo.account.grants.pair.refresh_token
    oauth.refresh(spent)

    with pytest.raises(PermanentFailure) as raised:
        oauth.refresh(spent)
    assert raised.value.code == str(code)


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_a_refresh_without_an_answer_may_have_rotated_the_tokens(
    zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    fault(zalo, kind, path="/v4/oa/access_token", handled=True, **order)

    with pytest.raises(OutcomeUnknown):
        oauth_of(zalo).refresh(zalo.account.grants.pair.refresh_token)


def test_a_code_is_exchanged_for_the_first_pair(zalo: Simulator) -> None:
    code = zalo.account.grants.code()

    pair = oauth_of(zalo).exchange_code(code)

    assert oauth_of(zalo).is_accepted(pair.access_token)
    with pytest.raises(PermanentFailure):
        oauth_of(zalo).exchange_code(code)
