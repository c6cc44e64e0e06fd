"""Keep the account's tokens alive."""

from __future__ import annotations

from prefect import task

from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.tokens import warn_of_consent
from desk.runtime.zalo import oa_tokens
from tasks.retrying import STEP


@task(name="Làm mới mã truy cập Zalo", **STEP)
def keep_token() -> Tally:
    """Renew the access token some hours before it expires, and say in time that a person must consent anew.

    Raises:
        GatewayDown: it should have been renewed and was not.
    """
    with transaction() as connection:
        warn_of_consent(connection)
    return Tally({Count.TOKENS: int(oa_tokens().renew_ahead())})
