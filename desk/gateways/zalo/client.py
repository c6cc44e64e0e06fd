"""The Official Account as the desk talks to it: each call with the current token and inside the app's allowance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from unicodedata import normalize

from desk.gateways.zalo.authorised import Allowance, Authorised, Tokens, Use, accepted, headers, number_in, object_in
from desk.gateways.zalo.exchange import Exchange, Json
from desk.gateways.zalo.refusals import Asked, failure_of_silence
from desk.gateways.zalo.rows import read_rows
from desk.gateways.zalo.uploads import file, picture, plain_name, shelf_of
from desk.rules.incoming import PulledRow
from desk.rules.outgoing import Button, UploadForm

PAGE: Final = 10  # rows a page; Zalo gives no more


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, newest first; `is_last` where nothing lies behind it."""

    rows: list[PulledRow]
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReceipt:
    """What Zalo says of a message it took; `quota_type` is empty where it is paid for singly."""

    message_id: str
    quota_type: str = ""
    remaining: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The Official Account as Zalo knows it; `oa_type` 4 is a government's."""

    oa_id: str
    name: str
    is_verified: bool
    oa_type: str
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Whether a citizen's window is open, as Zalo counts it, and how many free messages are left in it."""

    last_act_at: datetime | None
    remaining: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The messages that the account's package pays for once the free 48 hours are over."""

    total: int
    remaining: int


class ZaloClient:
    """Calls of the OA API. Raises nothing but failures (desk.gateways.failures), which quote nothing that was sent."""

    def __init__(self, exchange: Exchange, tokens: Tokens, allowance: Allowance) -> None:
        self._exchange = exchange
        self._authorised = Authorised(tokens, allowance)

    def recent_messages(self, offset: int, count: int = PAGE) -> Page:
        """Return the newest rows over all citizens; all that can be relied on is who moved."""
        data = {"offset": offset, "count": count}
        ask = partial(self._get, "/v2.0/oa/listrecentchat", Asked.ALL_ROWS, data)
        return self._authorised.call(Use.PULL, lambda token: _page(ask(token), count))

    def conversation(self, user_id: str, offset: int, count: int = PAGE) -> Page:
        """Return rows of one citizen's conversation."""
        data = {"user_id": user_id, "offset": offset, "count": count}
        ask = partial(self._get, "/v2.0/oa/conversation", Asked.ONE_ROW, data)
        return self._authorised.call(Use.PULL, lambda token: _page(ask(token), count, user_id))

    def send_text(self, user_id: str, text: str, buttons: Sequence[Button] = ()) -> SentReceipt:
        """Send a consultation message; the tap of a button comes back as a row that holds its payload.

        Raises:
            OutcomeUnknown: it may have been sent.
        """
        message: dict[str, object] = {"text": normalize("NFC", text)}
        if buttons:
            listed = [{"title": one.title, "type": "oa.query.hide", "payload": one.payload} for one in buttons]
            message["attachment"] = {"type": "template", "payload": {"buttons": listed}}
        return self._send(user_id, message)

    def send_image(self, user_id: str, text: str, attachment_id: str) -> SentReceipt:
        """Send an uploaded picture with a text under it.

        Raises:
            OutcomeUnknown: it may have been sent.
        """
        return self._send(user_id, picture(text, attachment_id))

    def send_file(self, user_id: str, token: str) -> SentReceipt:
        """Send an uploaded file.

        Raises:
            OutcomeUnknown: it may have been sent.
        """
        return self._send(user_id, file(token))

    def send_template(self, user_id: str, template_id: str, data: Mapping[str, object]) -> SentReceipt:
        """Send a ZBS template that Zalo has approved: the one message that needs no open window, and is always paid.

        Raises:
            OutcomeUnknown: it may have been sent.
        """
        body = {"user_id": user_id, "template_id": template_id, "template_data": data}
        return self._sent("/v3.0/oa/message/template", body)

    def upload_image(self, content: bytes, name: str) -> str:
        """Upload a JPEG or PNG file of 1 MB at most; returns the id by which it can be sent for seven days.

        Raises:
            TemporaryFailure: nothing that was uploaded matters before it is sent: try again later.
        """
        return self._upload(UploadForm.IMAGE, content, name)

    def upload_file(self, content: bytes, name: str) -> str:
        """Upload a PDF or Word file of 5 MB at most; returns the token by which it can be sent for seven days.

        Raises:
            TemporaryFailure: nothing that was uploaded matters before it is sent: try again later.
        """
        return self._upload(UploadForm.FILE, content, name)

    def oa(self) -> Account:
        """Return the account this token is for: the probe of health."""
        ask = partial(self._get, "/v2.0/oa/getoa", Asked.ALL_ROWS, None)
        data = object_in(self._authorised.call(Use.PULL, ask).get("data"))
        return Account(
            oa_id=str(data.get("oa_id") or data.get("oaid") or ""),
            name=str(data.get("name") or ""),
            is_verified=bool(data.get("is_verified")),
            oa_type=str(data.get("oa_type") or ""),
            package=str(data.get("package_name") or ""),
        )

    def quota(self, user_id: str) -> Quota:
        """Return how a citizen's window stands."""
        ask = partial(self._post, "/v3.0/oa/quota/message", Asked.ONE_ROW, {"user_id": user_id})
        data = object_in(self._authorised.call(Use.SEND, ask).get("data"))
        last_act = number_in(data.get("last_interaction"))
        return Quota(
            last_act_at=datetime.fromtimestamp(last_act / 1000, UTC) if last_act else None,
            remaining=number_in(object_in(data.get("cs_reply")).get("remain")),
        )

    def package(self) -> Package | None:
        """Return what is left of the account's package of messages; None where it has none."""
        body = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
        ask = partial(self._post, "/v3.0/oa/quota/message", Asked.ONE_ROW, body)
        listed = self._authorised.call(Use.SEND, ask).get("data")
        assets = [object_in(asset) for asset in listed] if isinstance(listed, list) else []
        total = sum(number_in(asset.get("total")) or 0 for asset in assets)
        remaining = sum(number_in(asset.get("remain")) or 0 for asset in assets)
        return Package(total=total, remaining=remaining) if total else None

    def _send(self, user_id: str, message: Mapping[str, object]) -> SentReceipt:
        return self._sent("/v3.0/oa/message/cs", {"recipient": {"user_id": user_id}, "message": message})

    def _sent(self, path: str, body: Mapping[str, object]) -> SentReceipt:
        reply = self._authorised.call(Use.SEND, partial(self._post, path, Asked.TO_SEND, body))
        data = object_in(reply.get("data"))
        message_id = str(data.get("message_id") or "")
        if not message_id:
            raise failure_of_silence(Asked.TO_SEND, path, "no message id")
        quota = object_in(data.get("quota"))
        return SentReceipt(
            message_id=message_id,
            quota_type=str(quota.get("quota_type") or ""),
            remaining=number_in(quota.get("remain")),
        )

    def _upload(self, form: UploadForm, content: bytes, name: str) -> str:
        shelf, upload = shelf_of(form), (plain_name(name), content)

        def ask(token: str) -> Json:
            reply = self._exchange.ask("POST", shelf.path, Asked.TO_UPLOAD, headers=headers(token), upload=upload)
            return accepted(shelf.path, Asked.TO_UPLOAD, reply)

        outside_id = str(object_in(self._authorised.call(Use.SEND, ask).get("data")).get(shelf.id_name) or "")
        if not outside_id:
            raise failure_of_silence(Asked.TO_UPLOAD, shelf.path, "no id")
        return outside_id

    def _get(self, path: str, asked: Asked, data: Mapping[str, object] | None, token: str) -> Json:
        return accepted(path, asked, self._exchange.ask("GET", path, asked, headers=headers(token), data=data))

    def _post(self, path: str, asked: Asked, body: Mapping[str, object], token: str) -> Json:
        return accepted(path, asked, self._exchange.ask("POST", path, asked, headers=headers(token), body=body))


def _page(reply: Json, count: int, user_id: str = "") -> Page:
    rows = reply.get("data")
    if not isinstance(rows, list):
        rows = []
    return Page(read_rows(rows, user_id=user_id), is_last=len(rows) < count)
