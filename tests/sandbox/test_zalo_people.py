"""The account itself, people and tags."""

from __future__ import annotations

import pytest

from tests.sandbox.zalo_client import ANOTHER, CITIZEN, DAY, SUNDAY, Zalo


def test_the_account_tells_who_it_is_under_either_name_of_its_id(zalo: Zalo) -> None:
    account = zalo.get("/v2.0/oa/getoa")["data"]
    assert account["oa_id"] == zalo.credentials["oa_id"]
    assert (account["oa_type"], account["is_verified"]) == (4, True)

    zalo.turn(oa_id_field="oaid")
    account = zalo.get("/v2.0/oa/getoa")["data"]
    assert account["oaid"] == zalo.credentials["oa_id"]
    assert "oa_id" not in account


def test_details_are_given_of_who_interacted_and_shared_info_only_when_shared(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi", "display_name": "Nguyễn Văn An"})

    detail = zalo.get("/v3.0/oa/user/detail", {"user_id": CITIZEN})["data"]
    assert (detail["user_id"], detail["display_name"]) == (CITIZEN, "Nguyễn Văn An")
    assert detail["user_last_interaction_date"] == "22/11/2026"
    assert detail["tags_and_notes_info"] == {"notes": [], "tag_names": []}
    assert detail["user_id_by_app"] != CITIZEN
    assert "shared_info" not in detail
    zalo.control("PUT", "/citizens", [{"user_id": CITIZEN, "shared_info": {"phone": 84912345678}}])
    detail = zalo.get("/v3.0/oa/user/detail", {"user_id": CITIZEN})["data"]
    assert detail["shared_info"] == {"phone": 84912345678}
    assert detail["display_name"] == "Nguyễn Văn An"
    assert zalo.get("/v3.0/oa/user/detail", {"user_id": ANOTHER})["error"] == -213


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["1", "2", "3"]),
        ({"offset": 1, "count": 1}, ["2"]),
        ({"last_interaction_period": "TODAY"}, ["1"]),
        ({"last_interaction_period": "YESTERDAY"}, ["2"]),
        ({"last_interaction_period": "L7D"}, ["1", "2"]),
        ({"last_interaction_period": "2026_10_01:2026_11_01"}, ["3"]),
        ({"last_interaction_period": "L30D", "is_follower": "true"}, ["2"]),
        ({"tag_name": "ưu tiên"}, ["3"]),
    ],
)
def test_people_are_listed_by_period_tag_and_following(zalo: Zalo, asked: dict[str, object], found: list[str]) -> None:
    times = {"1": SUNDAY, "2": SUNDAY - DAY, "3": SUNDAY - 30 * DAY}
    zalo.writes(*({"user_id": user_id, "message": "a", "time": time} for user_id, time in times.items()))
    zalo.control("PUT", "/citizens", [{"user_id": 2, "is_follower": True}, {"user_id": 3, "tags": ["ưu tiên"]}])

    reply = zalo.get("/v3.0/oa/user/getlist", asked)["data"]
    assert [user["user_id"] for user in reply["users"]] == found


def test_lists_of_people_have_limits(zalo: Zalo) -> None:
    assert zalo.get("/v3.0/oa/user/getlist", {"count": 51})["error"] == -210
    assert zalo.get("/v3.0/oa/user/getlist", {"offset": 9952})["error"] == -210
    assert zalo.get("/v3.0/oa/user/getlist", {"last_interaction_period": "SOON"})["error"] == -201


def test_tags_are_given_listed_and_taken_away(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    given = {"user_id": CITIZEN, "tag_name": "BHYT"}

    assert zalo.post("/v2.0/oa/tag/tagfollower", given) == {"error": 0, "message": "Success"}
    assert zalo.get("/v2.0/oa/tag/gettagsofoa")["data"] == ["BHYT"]
    assert zalo.get("/v3.0/oa/user/getlist", {"tag_name": "BHYT"})["data"]["total"] == 1
    zalo.post("/v2.0/oa/tag/rmfollowerfromtag", given)
    assert zalo.get("/v3.0/oa/user/getlist", {"tag_name": "BHYT"})["data"]["total"] == 0
    zalo.post("/v2.0/oa/tag/rmtag", {"tag_name": "BHYT"})
    assert zalo.get("/v2.0/oa/tag/gettagsofoa")["data"] == []
    assert zalo.post("/v2.0/oa/tag/rmtag", {"tag_name": "BHYT"})["error"] == -201
    assert zalo.post("/v2.0/oa/tag/tagfollower", {**given, "user_id": ANOTHER})["error"] == -213


def test_the_paths_retired_in_2024_refuse_this_kind_of_account(zalo: Zalo) -> None:
    assert zalo.get("/v2.0/oa/getfollowers", {"offset": 0, "count": 5})["error"] == -235
    assert zalo.get("/v2.0/oa/getprofile", {"user_id": CITIZEN})["error"] == -235
    assert zalo.post("/v2.0/oa/updatefollowerinfo", {"user_id": CITIZEN})["error"] == -235
