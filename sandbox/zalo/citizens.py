"""The people who write to the account: their details, tags and what they allow, with the paths that show them."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from sandbox.zalo.calls import Call, Carrier, Endpoint, id_of, number_of, page_of, text_of
from sandbox.zalo.clock import VirtualClock, vietnam_date
from sandbox.zalo.refusals import Json, Refused, invalid, success, too_much

if TYPE_CHECKING:
    from sandbox.zalo.conversations import Conversations

USERS_A_PAGE = 50
FURTHEST_OFFSET = 9_951


class Citizen(BaseModel):
    """One person as the account sees them; the control API sets any of these fields."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    user_id: str
    display_name: str = ""
    alias: str = ""
    external_id: str = ""
    is_follower: bool = False
    interacted_at: int | None = None
    """When a follow, call or menu tap, which leave no row, last opened the window; epoch ms."""
    shared_info: Json | None = None
    tags: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)

    @property
    def avatar(self) -> str:
        """Return the address of the portrait; nothing is served there."""
        return f"https://s120-ava-talk.zadn.vn/{self.user_id}/120.jpg"


class Citizens:
    """Everybody known to the account, and `/v3.0/oa/user/…`, `/v2.0/oa/tag/…`."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.by_id: dict[str, Citizen] = {}
        self.tags: dict[str, None] = {}

    def endpoints(self, conversations: Conversations) -> list[Endpoint]:
        """Return the paths about people; when they last interacted is read from their conversations."""
        self._conversations = conversations
        retired = ("getfollowers", "getprofile")
        return [
            Endpoint("GET", "/v3.0/oa/user/detail", self._detail, Carrier.DATA),
            Endpoint("GET", "/v3.0/oa/user/getlist", self._list, Carrier.DATA),
            Endpoint("GET", "/v2.0/oa/tag/gettagsofoa", self._list_tags, Carrier.QUERY),
            Endpoint("POST", "/v2.0/oa/tag/tagfollower", self._tag, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/tag/rmfollowerfromtag", self._untag, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/tag/rmtag", self._remove_tag, Carrier.BODY),
            *(Endpoint("GET", f"/v2.0/oa/{name}", _retired, Carrier.DATA) for name in retired),
            Endpoint("POST", "/v2.0/oa/updatefollowerinfo", _retired, Carrier.BODY),
        ]

    def get(self, user_id: str) -> Citizen:
        """Return a citizen, made known by this if they were not."""
        return self.by_id.setdefault(user_id, Citizen(user_id=user_id))

    def put(self, citizen: Citizen) -> None:
        """Make a citizen known, or change the fields that are set."""
        changed = {name: getattr(citizen, name) for name in citizen.model_fields_set}
        self.by_id[citizen.user_id] = self.get(citizen.user_id).model_copy(update=changed)
        self.tags |= dict.fromkeys(citizen.tags)

    def _detail(self, call: Call) -> Json:
        user_id = id_of(call.data, "user_id")
        last = self._conversations.last_interaction(user_id)
        if last is None:
            raise Refused(-213)
        citizen = self.get(user_id)
        detail: Json = {
            "user_id": user_id,
            "user_id_by_app": _id_by_app(user_id),
            "user_external_id": citizen.external_id,
            "display_name": citizen.display_name,
            "user_alias": citizen.alias or citizen.display_name,
            "is_sensitive": False,
            "user_last_interaction_date": vietnam_date(last).strftime("%d/%m/%Y"),
            "user_is_follower": citizen.is_follower,
            "avatar": citizen.avatar,
            "avatars": {"120": citizen.avatar, "240": citizen.avatar.replace("120", "240")},
            "dynamic_param": "",
            "tags_and_notes_info": {"notes": citizen.notes, "tag_names": citizen.tags},
        }
        if citizen.shared_info is not None:
            detail["shared_info"] = citizen.shared_info
        return success(detail)

    def _list(self, call: Call) -> Json:
        offset, count = page_of(call.data, size="count", most=USERS_A_PAGE)
        if number_of(call.data, "offset", 0) > FURTHEST_OFFSET:
            raise too_much(field="offset")
        period = str(call.data.get("last_interaction_period") or "")
        first, last = _period(period, vietnam_date(self._clock.now_ms())) if period else (date.min, date.max)
        tag = call.data.get("tag_name")
        follower = str(call.data.get("is_follower", "")).lower()
        found = []
        for citizen in self.by_id.values():
            interacted = self._conversations.last_interaction(citizen.user_id)
            if (
                interacted is not None
                and first <= vietnam_date(interacted) <= last
                and (not tag or tag in citizen.tags)
                and (not follower or follower == str(citizen.is_follower).lower())
            ):
                found.append({"user_id": citizen.user_id})
        page = found[offset : offset + count]
        return success({"total": len(found), "count": len(page), "offset": offset, "users": page})

    def _list_tags(self, _call: Call) -> Json:
        return success(list(self.tags))

    def _tag(self, call: Call) -> Json:
        citizen, tag = self._tagged(call)
        self.tags[tag] = None
        if tag not in citizen.tags:
            citizen.tags.append(tag)
        return success()

    def _untag(self, call: Call) -> Json:
        citizen, tag = self._tagged(call)
        if tag in citizen.tags:
            citizen.tags.remove(tag)
        return success()

    def _remove_tag(self, call: Call) -> Json:
        tag = text_of(call.data, "tag_name", longest=100)
        if tag not in self.tags:
            raise invalid(field="tag_name")
        del self.tags[tag]
        for citizen in self.by_id.values():
            citizen.tags = [kept for kept in citizen.tags if kept != tag]
        return success()

    def _tagged(self, call: Call) -> tuple[Citizen, str]:
        user_id = id_of(call.data, "user_id")
        if user_id not in self.by_id:
            raise Refused(-213)
        return self.by_id[user_id], text_of(call.data, "tag_name", longest=100)


def _id_by_app(user_id: str) -> str:
    return str(int.from_bytes(hashlib.blake2b(user_id.encode("utf-8", "replace"), digest_size=7).digest()))


def _retired(_call: Call) -> Json:
    raise Refused(-235)


def _period(words: str, today: date) -> tuple[date, date]:
    match words:
        case "TODAY":
            return today, today
        case "YESTERDAY":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "L7D":
            return today - timedelta(days=7), today
        case "L30D":
            return today - timedelta(days=30), today
    try:
        first, last = (datetime.strptime(day, "%Y_%m_%d").date() for day in words.split(":"))  # noqa: DTZ007
    except ValueError:
        raise invalid(field="last_interaction_period") from None
    return first, last
