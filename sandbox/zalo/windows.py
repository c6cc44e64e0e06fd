"""When the account may still write to a citizen, and what pays for it."""

from __future__ import annotations

from sandbox.zalo.calls import Call, Carrier, Endpoint, id_of
from sandbox.zalo.clock import DAY, HOUR, VirtualClock, vietnam_date
from sandbox.zalo.conversations import Conversations
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, Refused, invalid, success

FREE_FOR = 48 * HOUR
OPEN_FOR = 7 * DAY
FREE_REPLIES = 8
NEVER = -232


class Windows:
    """The messaging windows of all citizens and the package, and the two `quota/message` paths."""

    def __init__(self, clock: VirtualClock, knobs: Knobs, conversations: Conversations) -> None:
        self._clock = clock
        self._knobs = knobs
        self._conversations = conversations
        self._replies: dict[tuple[str, int], int] = {}
        self._taken_from_package = 0

    def endpoints(self) -> list[Endpoint]:
        """Return the paths that show quotas."""
        return [
            Endpoint("POST", "/v3.0/oa/quota/message", self._quota, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/quota/message", self._old_quota, Carrier.BODY),
        ]

    def charge(self, user_id: str) -> Json | None:
        """Count one message to a citizen and return the quota block of its reply, None when it is paid singly.

        Raises:
            Refused: the window is closed, was never open, or nothing is left to pay with.
        """
        now = self._clock.now_ms()
        last = self._conversations.last_interaction(user_id)
        if last is None:
            raise Refused(NEVER)
        if now - last > OPEN_FOR:
            raise Refused(self._knobs.closed_window_code)
        remain = self._replies_left(user_id, last)
        if now - last <= FREE_FOR and remain:
            if self._counted():
                self._replies[user_id, last] = FREE_REPLIES - remain + 1
                remain -= 1
            return {"quota_type": "reply", "remain": str(remain), "total": str(FREE_REPLIES)}
        return self._pay(now)

    def _counted(self) -> bool:
        return vietnam_date(self._clock.now_ms()) < self._knobs.unlimited_replies_from

    def _replies_left(self, user_id: str, last: int) -> int:
        return FREE_REPLIES - self._replies.get((user_id, last), 0) if self._counted() else FREE_REPLIES

    def _pay(self, now: int) -> Json | None:
        left = self._knobs.package_allowance - self._taken_from_package
        if left > 0:
            self._taken_from_package += 1
            return {
                "quota_type": "sub_quota",
                "remain": str(left - 1),
                "total": str(self._knobs.package_allowance),
                "expired_date": vietnam_date(now + 30 * DAY).strftime("%d/%m/%Y"),
            }
        if self._knobs.zca == "none":
            raise Refused(-320)
        if self._knobs.zca == "empty":
            raise Refused(-321)
        return None

    def _quota(self, call: Call) -> Json:
        if "user_id" not in call.data:
            return success([self._asset(call.data)])
        user_id = id_of(call.data, "user_id")
        last = self._conversations.last_interaction(user_id)
        if last is None:
            raise Refused(-213)
        is_free = self._clock.now_ms() - last <= FREE_FOR
        remain = self._replies_left(user_id, last) if is_free else 0
        promotion = {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4}
        return success(
            {
                "last_interaction": str(last),
                "cs_reply": {"remain": remain, "total": FREE_REPLIES},
                "promotion": promotion,
            }
        )

    def _asset(self, wanted: Json) -> Json:
        if wanted.get("quota_owner") not in ("OA", "APP"):
            raise invalid(field="quota_owner")
        kinds = {"product_type": ("cs", "transaction"), "quota_type": ("sub_quota", "purchase_quota", "reward_quota")}
        for name, allowed in kinds.items():
            if wanted.get(name) not in allowed:
                raise invalid(name)
        in_package = wanted["product_type"] == "cs" and wanted["quota_type"] == "sub_quota"
        total = self._knobs.package_allowance if in_package else 0
        return {
            "asset_id": f"{wanted['quota_owner']}-{wanted['product_type']}-{wanted['quota_type']}".lower(),
            "product_type": wanted["product_type"],
            "quota_type": wanted["quota_type"],
            "valid_through": vietnam_date(self._clock.now_ms() + 30 * DAY).strftime("%d/%m/%Y"),
            "total": total,
            "remain": max(total - self._taken_from_package, 0) if in_package else 0,
        }

    def _old_quota(self, call: Call) -> Json:
        if call.data.get("type") == "promotion":
            return success({"type": "promotion", "remain": 1, "total": 1})
        return success({"type": "reply", "remain": FREE_REPLIES, "total": FREE_REPLIES})
