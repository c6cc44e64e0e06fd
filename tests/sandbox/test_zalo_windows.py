"""Messaging windows and quotas on the virtual clock."""

from __future__ import annotations

import pytest

from tests.sandbox.zalo_client import ANOTHER, CITIZEN, DAY, HOUR, SUNDAY, Zalo


@pytest.fixture(autouse=True)
def _token_outlives_the_windows(zalo: Zalo) -> None:
    zalo.use_lasting_token()


def test_the_window_is_free_for_48_hours_paid_until_7_days_then_shut(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})

    zalo.advance(48 * HOUR)
    assert zalo.text("a")["data"]["quota"]["quota_type"] == "reply"
    zalo.advance(1)
    quota = zalo.text("a")["data"]["quota"]
    assert quota == {"quota_type": "sub_quota", "remain": "1999", "total": "2000", "expired_date": "24/12/2026"}
    zalo.advance(5 * DAY - 1)
    assert zalo.text("a")["error"] == 0
    zalo.advance(1)
    assert zalo.text("a")["error"] == -230
    zalo.turn(closed_window_code=-201)
    assert zalo.text("a")["error"] == -201


def test_only_the_citizens_own_act_reopens_the_window(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    zalo.advance(7 * DAY)
    zalo.text("còn kịp")
    zalo.advance(1)
    assert zalo.text("đã muộn")["error"] == -230

    zalo.control("PUT", "/citizens", [{"user_id": CITIZEN, "interacted_at": SUNDAY + 7 * DAY}])
    assert zalo.text("Ông/Bà vừa bấm nút")["error"] == 0
    zalo.advance(8 * DAY)
    zalo.writes({"message": "hỏi lại"})
    assert zalo.text("trả lời")["error"] == 0


def test_who_never_wrote_cannot_be_written_to(zalo: Zalo) -> None:
    assert zalo.text("a")["error"] == -232
    zalo.writes({"message": "ngày mai", "time": SUNDAY + DAY})
    assert zalo.text("a")["error"] == -232


def test_past_48_hours_a_package_or_a_cloud_account_must_pay(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    zalo.advance(3 * DAY)
    zalo.turn(package_allowance=1)

    assert zalo.text("a")["data"]["quota"]["remain"] == "0"
    assert "quota" not in zalo.text("a")["data"]
    zalo.turn(zca="none")
    assert zalo.text("a")["error"] == -320
    zalo.turn(zca="empty")
    assert zalo.text("a")["error"] == -321


def test_before_2026_eight_replies_were_free_after_each_message(zalo: Zalo) -> None:
    zalo.stop_clock("2025-11-22T09:00:00+07:00")
    zalo.writes({"message": "hỏi"})

    left = [zalo.text("a")["data"]["quota"]["remain"] for _ in range(8)]
    assert left == list("76543210")
    assert zalo.text("a")["data"]["quota"]["quota_type"] == "sub_quota"
    zalo.advance(1)
    zalo.writes({"message": "hỏi tiếp"})
    assert zalo.text("a")["data"]["quota"]["remain"] == "7"


def test_the_quota_of_a_citizen_tells_whether_the_window_is_open(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})

    quota = zalo.post("/v3.0/oa/quota/message", {"user_id": CITIZEN})["data"]
    assert quota["last_interaction"] == str(SUNDAY)
    assert quota["cs_reply"] == {"remain": 8, "total": 8}
    assert quota["promotion"] == {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4}
    zalo.advance(49 * HOUR)
    assert zalo.post("/v3.0/oa/quota/message", {"user_id": CITIZEN})["data"]["cs_reply"]["remain"] == 0
    assert zalo.post("/v3.0/oa/quota/message", {"user_id": ANOTHER})["error"] == -213


def test_the_quota_of_the_account_goes_down_with_paid_messages(zalo: Zalo) -> None:
    asked = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
    zalo.writes({"message": "hỏi"})
    zalo.advance(3 * DAY)
    zalo.text("a")

    (asset,) = zalo.post("/v3.0/oa/quota/message", asked)["data"]
    assert (asset["total"], asset["remain"], asset["valid_through"]) == (2000, 1999, "25/12/2026")
    assert set(asset) == {"asset_id", "product_type", "quota_type", "valid_through", "total", "remain"}
    (none,) = zalo.post("/v3.0/oa/quota/message", {**asked, "quota_type": "purchase_quota"})["data"]
    assert none["total"] == 0
    assert zalo.post("/v3.0/oa/quota/message", {"quota_owner": "OA"})["error"] == -201


def test_the_older_quota_path_still_answers(zalo: Zalo) -> None:
    promotion = {"user_id": CITIZEN, "type": "promotion"}

    assert zalo.post("/v2.0/oa/quota/message", {})["data"] == {"type": "reply", "remain": 8, "total": 8}
    assert zalo.post("/v2.0/oa/quota/message", promotion)["data"]["type"] == "promotion"
