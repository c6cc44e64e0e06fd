"""What can be made to go wrong, for the next calls of some paths or until it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from sandbox.zalo.calls import Call
from sandbox.zalo.messages import NewMessage
from sandbox.zalo.refusals import MESSAGES, Json, Refused


class FaultKind(StrEnum):
    """The faults there are; `KINDS` says what each does."""

    SLOW_REPLY = "slow_reply"
    LOST_REPLY = "lost_reply"
    LOST_REQUEST = "lost_request"
    SERVER_ERROR = "server_error"
    HTML_BODY = "html_body"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    TOKENS_REVOKED = "tokens_revoked"
    EMPTY_PAGE = "empty_page"
    BARE_INT_IDS = "bare_int_ids"
    ROW_BETWEEN_PAGES = "row_between_pages"
    LATE_ROW = "late_row"
    SAME_MS_ROW = "same_ms_row"
    UNKNOWN_TYPE_ROW = "unknown_type_row"
    NOSUPPORT_ROW = "nosupport_row"
    MISSING_MESSAGE_ROW = "missing_message_row"
    UPPER_CASE_GIF_ROW = "upper_case_gif_row"
    SEND_FAILED = "send_failed"
    TYPE_RESTRICTED = "type_restricted"
    NEVER_FOLLOWED = "never_followed"
    USER_INACTIVE = "user_inactive"
    USER_QUOTA_USED = "user_quota_used"
    QUOTA_USED = "quota_used"
    WINDOW_CLOSED = "window_closed"
    NO_ZCA = "no_zca"
    ZCA_EMPTY = "zca_empty"
    ATTACHMENT_EXPIRED = "attachment_expired"
    NO_QUOTA_BLOCK = "no_quota_block"
    ARTICLE_PENDING = "article_pending"
    COVER_REJECTED = "cover_rejected"
    ARTICLE_QUOTA_USED = "article_quota_used"


@dataclass(frozen=True)
class Kind:
    """What a fault does, to which calls unless told otherwise, and whether it happens once unless told otherwise."""

    meaning: str
    paths: tuple[str, ...] = ("",)
    code: int = 0
    once: bool = False


def _code(code: int, paths: tuple[str, ...]) -> Kind:
    return Kind(f"{code} {MESSAGES[code]}", paths, code)


PULL = ("/oa/listrecentchat", "/oa/conversation")
SEND = ("/oa/message",)

KINDS = {
    FaultKind.SLOW_REPLY: Kind("The call is carried out, the reply comes after `seconds`"),
    FaultKind.LOST_REPLY: Kind("The call is carried out, the connection drops before the reply"),
    FaultKind.LOST_REQUEST: Kind("Nothing is carried out, the connection drops"),
    FaultKind.SERVER_ERROR: Kind("HTTP `status` (500) with a plain body; carried out only with `handled`"),
    FaultKind.HTML_BODY: Kind("An HTML page with HTTP `status` (200); carried out only with `handled`"),
    FaultKind.RATE_LIMITED: Kind("-32 with X-RateLimit-Remain 0"),
    FaultKind.REFUSED: Kind("The error `code`, with `message` when given", code=-200),
    FaultKind.TOKENS_REVOKED: Kind(
        "Before the call the access token dies; with `refresh` the refresh token too", once=True
    ),
    FaultKind.EMPTY_PAGE: Kind("A page of rows is empty though there are some", PULL),
    FaultKind.BARE_INT_IDS: Kind("from_id and to_id of rows are bare integers", PULL),
    FaultKind.ROW_BETWEEN_PAGES: Kind("Before a page past the first is served a new row arrives", PULL, once=True),
    FaultKind.LATE_ROW: Kind("A row turns up that is a minute older than the newest", PULL, once=True),
    FaultKind.SAME_MS_ROW: Kind("A row turns up with the same ms as the newest", PULL, once=True),
    FaultKind.UNKNOWN_TYPE_ROW: Kind("A row of a type nobody knows arrives", PULL, once=True),
    FaultKind.NOSUPPORT_ROW: Kind("A row of type nosupport arrives", PULL, once=True),
    FaultKind.MISSING_MESSAGE_ROW: Kind("A text row without `message` arrives", PULL, once=True),
    FaultKind.UPPER_CASE_GIF_ROW: Kind("A row of type GIF arrives", PULL, once=True),
    FaultKind.SEND_FAILED: _code(-200, SEND),
    FaultKind.TYPE_RESTRICTED: _code(-244, SEND),
    FaultKind.NEVER_FOLLOWED: _code(-213, SEND),
    FaultKind.USER_INACTIVE: _code(-227, SEND),
    FaultKind.USER_QUOTA_USED: _code(-218, SEND),
    FaultKind.QUOTA_USED: _code(-211, SEND),
    FaultKind.WINDOW_CLOSED: _code(-230, SEND),
    FaultKind.NO_ZCA: _code(-320, SEND),
    FaultKind.ZCA_EMPTY: _code(-321, SEND),
    FaultKind.ATTACHMENT_EXPIRED: _code(-100, SEND),
    FaultKind.NO_QUOTA_BLOCK: Kind("The reply to a send carries no quota block", SEND),
    FaultKind.ARTICLE_PENDING: _code(-214, ("/article/verify",)),
    FaultKind.COVER_REJECTED: _code(-201, ("/article/create",)),
    FaultKind.ARTICLE_QUOTA_USED: _code(-223, ("/article/create",)),
}

ROW_FAULTS = {
    FaultKind.ROW_BETWEEN_PAGES: {"message": "Tin nhắn đến giữa hai trang"},
    FaultKind.LATE_ROW: {"message": "Tin nhắn đến muộn"},
    FaultKind.SAME_MS_ROW: {"message": "Tin nhắn cùng một phần nghìn giây"},
    FaultKind.UNKNOWN_TYPE_ROW: {"type": "hologram", "message": "", "url": "https://example.vn/hologram"},
    FaultKind.NOSUPPORT_ROW: {"type": "nosupport"},
    FaultKind.MISSING_MESSAGE_ROW: {"type": "text"},
    FaultKind.UPPER_CASE_GIF_ROW: {"type": "GIF", "url": "https://example.vn/dong.gif"},
}


class FaultOrder(BaseModel):
    """A fault to switch on."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    kind: FaultKind
    path: str | None = None
    """Only calls whose path contains this; each kind has its own default."""
    user_id: str | None = None
    """Only calls about this citizen."""
    after: int = Field(default=0, ge=0)
    """How many calls it would concern pass first."""
    count: int | None = Field(default=None, ge=1)
    """How many calls it concerns then; until switched off when left out (row faults and revocation: one)."""
    seconds: float = Field(default=5.0, ge=0)
    status: int | None = Field(default=None, ge=200, le=599)
    code: int | None = None
    message: str | None = None
    handled: bool = False
    refresh: bool = False
    row: NewMessage | None = None
    """The row to turn up, instead of the kind's own."""


@dataclass
class Fault:
    """A fault that is switched on."""

    number: int
    order: FaultOrder
    passing: int
    left: int | None

    @property
    def kind(self) -> FaultKind:
        """Return what kind of fault this is."""
        return self.order.kind

    @property
    def drops(self) -> bool:
        """Return whether it cuts the connection instead of a reply."""
        return self.kind in (FaultKind.LOST_REPLY, FaultKind.LOST_REQUEST)

    @property
    def prevents(self) -> bool:
        """Return whether it keeps the call from being carried out."""
        breaks = self.kind in (FaultKind.SERVER_ERROR, FaultKind.HTML_BODY)
        return self.kind is FaultKind.LOST_REQUEST or (breaks and not self.order.handled)

    def concerns(self, call: Call) -> bool:
        """Return whether a call is one that this fault is for."""
        paths = KINDS[self.kind].paths if self.order.path is None else (self.order.path,)
        return (
            any(path in call.path for path in paths)
            and self.order.user_id in (None, call.user_id)
            and (self.kind is not FaultKind.ROW_BETWEEN_PAGES or str(call.data.get("offset", 0)) != "0")
        )

    def take(self) -> bool:
        """Count one call this fault concerns; return whether it strikes."""
        if self.passing:
            self.passing -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True

    def refusal(self) -> Refused | None:
        """Return the error code the call is answered with, if this fault is of that sort."""
        code = KINDS[self.kind].code
        if not code:
            return None
        cover = "cover photo_url is invalid" if self.kind is FaultKind.COVER_REJECTED else ""
        return Refused(self.order.code or code, self.order.message or cover)

    def shown(self) -> Json:
        """Return the fault as the control API shows it."""
        order = self.order.model_dump(mode="json", exclude_unset=True)
        return {"id": self.number, **order, "left": self.left, "meaning": KINDS[self.kind].meaning}


class Faults:
    """The faults that are switched on, in the order they were."""

    def __init__(self) -> None:
        self.on: list[Fault] = []
        self._last = 0

    def switch_on(self, order: FaultOrder) -> Fault:
        """Switch a fault on."""
        self._last += 1
        once = 1 if KINDS[order.kind].once else None
        fault = Fault(self._last, order, passing=order.after, left=order.count or once)
        self.on.append(fault)
        return fault

    def switch_off(self, number: int | None = None) -> None:
        """Switch one fault off, or all."""
        self.on = [] if number is None else [fault for fault in self.on if fault.number != number]

    def strike(self, call: Call) -> list[Fault]:
        """Return the faults that strike a call; those that have struck often enough go out."""
        struck = [fault for fault in self.on if fault.concerns(call) and fault.take()]
        self.on = [fault for fault in self.on if fault.left != 0]
        return struck
