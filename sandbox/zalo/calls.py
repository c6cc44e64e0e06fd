"""One call of a client, read in every encoding that clients of Zalo are known to send."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from sandbox.zalo.refusals import Json, Refused, invalid, too_much

if TYPE_CHECKING:
    from sandbox.zalo.faults import Fault

_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)\s*:")


class Host(StrEnum):
    """Which of Zalo's services a path belongs to; each counts its own rate limit, OAuth counts none."""

    OAUTH = "oauth"
    OA = "oa"
    ARTICLE = "article"


class Carrier(StrEnum):
    """Where a path's parameters travel."""

    DATA = "data"  # JSON in one query parameter named `data`
    QUERY = "query"
    BODY = "body"  # a JSON object
    FORM = "form"  # url-encoded or multipart


@dataclass(frozen=True)
class Upload:
    """The `file` part of a multipart body."""

    filename: str
    content: bytes


@dataclass
class Call:
    """What a client asked; `data` holds the parameters whichever way they travelled."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    base_url: str
    body: Json | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None
    data: Json = field(default_factory=dict)
    unreadable: Refused | None = None
    """Why `data` could not be filled; told only after the token has been judged."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def user_id(self) -> str:
        """Return the citizen a call is about, "" when it is about none."""
        recipient = self.data.get("recipient")
        source = recipient if isinstance(recipient, dict) else self.data
        return str(source.get("user_id", ""))

    @property
    def is_dropped(self) -> bool:
        """Return whether a fault cuts the connection before the reply."""
        return any(fault.drops for fault in self.faults)

    def media_url(self, name: str) -> str:
        """Return where the server that was called serves a file."""
        return f"{self.base_url}/_media/{name}"

    def take_parameters(self, carrier: Carrier, *, strict: bool) -> None:
        """Fill `data` from where the parameters of this path travel, or `unreadable`; lenient also looks elsewhere."""
        try:
            self.data = self._parameters(carrier, strict=strict)
        except Refused as refused:
            self.unreadable = refused

    def _parameters(self, carrier: Carrier, *, strict: bool) -> Json:
        query = {name: value for name, value in self.query.items() if name != "access_token"}
        if carrier is Carrier.QUERY and (strict or query):
            return query
        if carrier is Carrier.DATA and (strict or "data" in query):
            return _json_object(query.get("data"), "data")
        if carrier is Carrier.FORM and (strict or self.form):
            return dict(self.form)
        if carrier is Carrier.BODY and (strict or self.body):
            if self.body is None:
                raise invalid(field="body")
            return self.body
        return dict(self.form) or self.body or query


Handler = Callable[[Call], "Json | Response"]


@dataclass(frozen=True)
class Endpoint:
    """One path of Zalo and what answers it."""

    method: str
    path: str
    handler: Handler
    carrier: Carrier
    host: Host = Host.OA


async def read_call(request: Request) -> Call:
    """Return the call a request makes; a body that is JSON is read as JSON whatever its content type says."""
    call = Call(
        method=request.method,
        path=request.url.path,
        query=dict(request.query_params),
        headers=request.headers,
        base_url=str(request.base_url).rstrip("/"),
    )
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        async with request.form() as form:
            call.form = {name: value for name, value in form.items() if isinstance(value, str)}
            file = form.get("file")
            if isinstance(file, UploadFile):
                call.upload = Upload(file.filename or "", await file.read())
        return call
    content = await request.body()
    call.body = _body(content)
    if call.body is None and content_type.startswith("application/x-www-form-urlencoded"):
        call.form = dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
    return call


def _body(content: bytes) -> Json | None:
    if not content.strip():
        return {}
    try:
        body = json.loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _json_object(text: str | None, name: str) -> Json:
    for candidate in (text or "", _BARE_KEY.sub(r'\1"\2":', text or "")):
        try:
            value = json.loads(candidate)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    raise invalid(name)


def id_of(data: Mapping[str, Any], name: str) -> str:
    """Return an id that may have come as a string or as a bare integer.

    Raises:
        Refused: it is missing, empty or neither (-201).
    """
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise invalid(name)
    return str(value)


def part_of(data: Mapping[str, Any], name: str) -> Json:
    """Return an object inside another.

    Raises:
        Refused: it is missing or no object (-201).
    """
    value = data.get(name)
    if not isinstance(value, dict):
        raise invalid(field=name)
    return value


def text_of(data: Mapping[str, Any], name: str, *, longest: int, needed: bool = True) -> str:
    """Return a text no longer than allowed, "" for one that is absent and not needed.

    Raises:
        Refused: it is missing, no text (-201), or too long (-210).
    """
    value = data.get(name)
    if value in (None, "") and not needed:
        return ""
    if not isinstance(value, str) or not value:
        raise invalid(name)
    if len(value) > longest:
        raise too_much(name)
    return value


def number_of(data: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """Return a whole number, from zero, that may have come as a string.

    Raises:
        Refused: it is missing without a default, or no such number (-201).
    """
    value = data.get(name, default)
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}", str(value)):
        raise invalid(name)
    return int(str(value))


def page_of(data: Mapping[str, Any], *, size: str, most: int, clamp: bool = False) -> tuple[int, int]:
    """Return the offset and the size of the page asked for.

    Raises:
        Refused: more rows asked for than a page may hold (-210), unless those are clamped.
    """
    count = number_of(data, size, most)
    if count > most and not clamp:
        raise too_much(size)
    return number_of(data, "offset", 0), min(count, most)
