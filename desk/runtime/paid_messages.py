"""Messages that cost money: Zalo is asked before they leave, once a citizen and batch (A22)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from desk.gateways.failures import Failure, PermanentFailure
from desk.gateways.zalo.client import Package, Quota, ZaloClient
from desk.gateways.zalo.refusals import WINDOW_CLOSED
from desk.rules.windows import window
from desk.runtime import clock
from desk.runtime.alarms import alarm_ops
from desk.store.deliveries import Leased

_LITTLE_LEFT: Final = 0.2


class PaidMessages:
    """What Zalo says of a batch's paid messages; safe in threads, for one of them has all that is due to a citizen.

    A question that Zalo does not answer stops nothing: its word on the message itself counts.
    """

    def __init__(self, client: ZaloClient) -> None:
        self._client = client
        self._quotas: dict[str, Quota | None] = {}
        self.package: Package | None = None

    def check(self, row: Leased) -> None:
        """Let a message leave unless Zalo says that its citizen's window had shut before the day it was queued.

        That day is a legal one: in a replay Zalo's acts are of it too. Of a window that shuts while a message waits,
        Zalo's refusal tells.

        Raises:
            PermanentFailure: it has, and nothing but a ZBS template would reach the citizen.
        """
        if not row.is_paid or "zbs" in row.parts:
            return
        quota = self._asked(row.recipient)
        if quota and quota.last_act_at and window(quota.last_act_at).closes_at.date() < row.queued_on:
            reason = "zalo: the citizen's window has shut"
            raise PermanentFailure(reason, code=WINDOW_CLOSED)

    def _asked(self, user_id: str) -> Quota | None:
        if user_id not in self._quotas:
            try:
                self.package = self.package or self._client.package()
                self._quotas[user_id] = self._client.quota(user_id)
            except Failure:
                self._quotas[user_id] = None
        return self._quotas[user_id]


def alarm_about_package(connection: Connection, package: Package) -> None:
    """Tell ops, once a day, that less than a fifth of the account's package of messages is left."""
    if package.remaining >= _LITTLE_LEFT * package.total:
        return
    alarm_ops(
        connection,
        key=f"zalo-package:{clock.now():%Y-%m-%d}",
        kind="zalo_package",
        subject="Gói tin Zalo sắp hết",
        reason=(
            f"Gói tin của Official Account còn {package.remaining} trên {package.total} tin, dưới 20%. Hết gói, tin "
            "gửi sau 48 giờ kể từ khi công dân nhắn lần cuối trừ vào tài khoản Zalo Cloud, hoặc không gửi được."
        ),
        remedy="Mua thêm gói tin, hoặc liên kết và nạp tiền tài khoản Zalo Cloud của Official Account.",
    )
