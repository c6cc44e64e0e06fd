"""The paths about people: `/v3.0/oa/user/…` and `/v2.0/oa/tag/…`."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from sandbox.zalo.calls import Call, Carrier, Endpoint, id_of, number_of, page_of, text_of
from sandbox.zalo.citizens import Citizen, Citizens
from sandbox.zalo.clock import VirtualClock, vietnam_date
from sandbox.zalo.conversations import Conversations
from sandbox.zalo.refusals import Json, Refused, invalid, success, too_much

USERS_A_PAGE = 50
FURTHEST_OFFSET = 9_951
TAG = 100


class People:
    """Details, lists and tags of citizens."""

    def __init__(self, clock: VirtualClock, citizens: Citizens, conversations: Conversations) -> None:
        self._clock = clock
        self._citizens = citizens
        self._conversations = conversations

    def endpoints(self) -> list[Endpoint]:
        """Return the paths about people, with those that were retired for accounts of this type."""
        return [
            Endpoint("GET", "/v3.0/oa/user/detail", self._detail, Carrier.DATA),
            Endpoint("GET", "/v3.0/oa/user/getlist", self._list, Carrier.DATA),
            Endpoint("GET", "/v2.0/oa/tag/gettagsofoa", self._list_tags, Carrier.QUERY),
            Endpoint("POST", "/v2.0/oa/tag/tagfollower", self._tag, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/tag/rmfollowerfromtag", self._untag, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/tag/rmtag", self._remove_tag, Carrier.BODY),
            Endpoint("GET", "/v2.0/oa/getfollowers", _retired, Carrier.DATA),
            Endpoint("GET", "/v2.0/oa/getprofile", _retired, Carrier.DATA),
            Endpoint("POST", "/v2.0/oa/updatefollowerinfo", _retired, Carrier.BODY),
        ]

    def _detail(self, call: Call) -> Json:
        user_id = id_of(call.data, "user_id")
        last = self._conversations.last_interaction(user_id)
        if last is None:
            raise Refused(-213)
        citizen = self._citizens.get(user_id)
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
        for citizen in self._citizens.by_id.values():
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
        return success(list(self._citizens.tags))

    def _tag(self, call: Call) -> Json:
        citizen, tag = self._tagged(call)
        self._citizens.tags[tag] = None
        if tag not in citizen.tags:
            citizen.tags.append(tag)
        return success()

    def _untag(self, call: Call) -> Json:
        citizen, tag = self._tagged(call)
        if tag in citizen.tags:
            citizen.tags.remove(tag)
        return success()

    def _remove_tag(self, call: Call) -> Json:
        tag = text_of(call.data, "tag_name", longest=TAG)
        if tag not in self._citizens.tags:
            raise invalid(field="tag_name")
        del self._citizens.tags[tag]
        for citizen in self._citizens.by_id.values():
            citizen.tags = [kept for kept in citizen.tags if kept != tag]
        return success()

    def _tagged(self, call: Call) -> tuple[Citizen, str]:
        user_id = id_of(call.data, "user_id")
        if user_id not in self._citizens.by_id:
            raise Refused(-213)
        return self._citizens.by_id[user_id], text_of(call.data, "tag_name", longest=TAG)


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
