"""The codes Zalo refuses a call with, and the envelopes of its replies."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

MESSAGES = {
    -32: "Request rate limit has been reached",
    -100: "attachment_id was expired",
    -200: "Send message failed",
    -201: "Params is invalid",
    -209: "Not supported this api because your application is not activated",
    -210: "Parameter exceeds allowable limit",
    -211: "Out of quota",
    -213: "User has not followed OA",
    -214: "Article is being processed",
    -216: "Access token is invalid",
    -218: "Out of quota to receive messages of this user",
    -220: "access_token is expired or removed",
    -223: "OA has reached its article quota",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with the OA or the interaction has expired",
    -234: "Messages of this type cannot be sent at night",
    -235: "This API does not support this type of OA",
    -240: "MessageV2 API has been shut down, please use MessageV3",
    -242: "appsecret_proof is invalid",
    -244: "User has restricted this type of message from your OA",
    -320: "Your app needs to connect to a Zalo Cloud Account to use paid features",
    -321: "Zalo Cloud Account is out of money or cannot be charged",
    404: "Empty api",
    -14002: "Invalid app id.",
    -14003: "Invalid redirect uri.",
    -14004: "Invalid secret key.",
    -14005: "Invalid authorization code.",
    -14014: "Invalid refresh token.",
    -14018: "Invalid grant type.",
    -14020: "Refresh token has been used.",
    -118: "invalid_grant",
}

STATUSES = {404: 404, -216: 401, -220: 401, -242: 401, -209: 403, -223: 403, -235: 403, -32: 429}


class Refused(Exception):
    """Zalo answers this call with an error code."""

    def __init__(self, code: int, message: str = "") -> None:
        self.code = code
        self.message = message or MESSAGES.get(code, "Unknown error")
        super().__init__(f"{code} {self.message}")


def invalid(field: str) -> Refused:
    """Return the refusal of a missing or malformed field."""
    return Refused(-201, f"{field} is invalid")


def too_much(field: str) -> Refused:
    """Return the refusal of a field that is longer, larger or more than allowed."""
    return Refused(-210, f"{field} exceeds allowable limit")


def success(data: object = None) -> Json:
    """Return the envelope of a call that went well; without data it carries none."""
    envelope: Json = {} if data is None else {"data": data}
    return envelope | {"error": 0, "message": "Success"}


def error_body(refused: Refused) -> Json:
    """Return the envelope of a refused call to the OA API."""
    return {"error": refused.code, "message": refused.message}


def oauth_error_body(refused: Refused) -> Json:
    """Return the envelope of a refused call to the OAuth host, whose `message` stays empty."""
    return {
        "error": refused.code,
        "error_name": refused.message,
        "error_description": refused.message,
        "error_reason": refused.message,
        "ref_doc": "https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new",
        "message": "",
    }


def json_bytes(body: object) -> bytes:
    """Return compact UTF-8 JSON; half a surrogate pair, which UTF-8 cannot say, becomes a question mark."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
