"""What the account sends: consultation messages, templates, reactions, broadcasts, and what has been shut down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sandbox.zalo.articles import Articles
from sandbox.zalo.calls import Call, Carrier, Endpoint, id_of, part_of
from sandbox.zalo.clock import VirtualClock, vietnam_date, vietnam_time
from sandbox.zalo.contents import ELEMENTS, Content, Contents
from sandbox.zalo.conversations import Conversations
from sandbox.zalo.faults import FaultKind
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, Refused, invalid, success, too_much
from sandbox.zalo.windows import Windows

LAST_DAY_OF_TRANSACTION_MESSAGES = date(2026, 3, 1)
DAY_BEGINS, NIGHT_BEGINS = 6, 22


@dataclass(frozen=True)
class Sent:
    """One thing that was accepted, for assertions."""

    kind: str
    to: str
    """The citizen, the anonymous visitor, or "" for a broadcast."""
    message_id: str
    time: int
    body: Json


class Sending:
    """Everything accepted so far, and the message paths of v2 and v3."""

    def __init__(
        self,
        *,
        clock: VirtualClock,
        knobs: Knobs,
        conversations: Conversations,
        windows: Windows,
        contents: Contents,
        articles: Articles,
    ) -> None:
        self._clock = clock
        self._knobs = knobs
        self._conversations = conversations
        self._windows = windows
        self._contents = contents
        self._articles = articles
        self.sent: list[Sent] = []

    def endpoints(self) -> list[Endpoint]:
        """Return the paths that send."""
        return [
            Endpoint("POST", "/v3.0/oa/message/cs", self._consult, Carrier.BODY),
            Endpoint("POST", "/v3.0/oa/message/template", self._template, Carrier.BODY),
            Endpoint("POST", "/v3.0/oa/message/transaction", self._discontinued, Carrier.BODY),
            Endpoint("POST", "/v3.0/oa/message/promotion", self._discontinued, Carrier.BODY),
            Endpoint("POST", "/v2.0/oa/message", self._message_v2, Carrier.BODY),
        ]

    def _consult(self, call: Call) -> Json:
        user_id, message = id_of(part_of(call.data, "recipient"), "user_id"), part_of(call.data, "message")
        content = self._contents.found(message, call)
        self._check_quote(user_id, message)
        quota = self._windows.charge(user_id)
        return self._deliver(call, user_id, content, quota)

    def _check_quote(self, user_id: str, message: Json) -> None:
        name = self._knobs.quote_field
        if not self._knobs.strict and name not in message:
            name = "react_message_id"
        if name in message and not self._conversations.find(user_id, id_of(message, name)):
            raise invalid(name)

    def _template(self, call: Call) -> Json:
        user_id = id_of(call.data, "user_id")
        id_of(call.data, "template_id")
        part_of(call.data, "template_data")
        if self._conversations.last_interaction(user_id) is None:
            raise Refused(-213)
        return self._deliver(call, user_id, Content("template", "nosupport", None), None)

    def _discontinued(self, call: Call) -> Json:
        now = self._clock.now_ms()
        if vietnam_date(now) >= LAST_DAY_OF_TRANSACTION_MESSAGES:
            raise Refused(-209)
        kind = call.path.rpartition("/")[2]
        if kind == "promotion":
            self._check_daytime(now)
        user_id = id_of(part_of(call.data, "recipient"), "user_id")
        part_of(call.data, "message")
        if self._conversations.last_interaction(user_id) is None:
            raise Refused(-213)
        return self._deliver(call, user_id, Content(kind, "nosupport", None), None)

    def _deliver(self, call: Call, user_id: str, content: Content, quota: Json | None) -> Json:
        row = self._conversations.add_own(user_id, content.row_type, content.message, content.media)
        self._record(content.kind, user_id, row.message_id, call)
        data: Json = {"message_id": row.message_id, "user_id": user_id, "sent_time": str(row.time)}
        if quota is not None and FaultKind.NO_QUOTA_BLOCK not in {fault.kind for fault in call.faults}:
            data["quota"] = quota
        return success(data)

    def _message_v2(self, call: Call) -> Json:
        recipient = part_of(call.data, "recipient")
        if "anonymous_id" in recipient:
            return self._to_anonymous(call, recipient)
        if "target" in recipient:
            return self._broadcast(call)
        if "sender_action" in call.data:
            return self._react(call, id_of(recipient, "user_id"))
        raise Refused(-240)

    def _to_anonymous(self, call: Call, recipient: Json) -> Json:
        visitor, conversation = id_of(recipient, "anonymous_id"), id_of(recipient, "conversation_id")
        self._contents.found(part_of(call.data, "message"), call)
        message_id = self._record("anonymous", visitor, self._conversations.next_message_id(), call)
        return success({"message_id": message_id, "anonymous_id": visitor, "conversation_id": conversation})

    def _react(self, call: Call, user_id: str) -> Json:
        action = part_of(call.data, "sender_action")
        id_of(action, "react_icon")
        if not self._conversations.find(user_id, id_of(action, "react_message_id")):
            raise invalid(field="react_message_id")
        message_id = self._record("reaction", user_id, self._conversations.next_message_id(), call)
        return success({"message_id": message_id, "user_id": user_id})

    def _broadcast(self, call: Call) -> Json:
        payload = part_of(part_of(part_of(call.data, "message"), "attachment"), "payload")
        elements = payload.get("elements")
        if payload.get("template_type") != "media" or not isinstance(elements, list) or not elements:
            raise invalid(field="elements")
        if len(elements) > ELEMENTS:
            raise too_much(field="elements")
        for element in (part_of({"element": element}, "element") for element in elements):
            if element.get("media_type") != "article" or not self._articles.is_known(str(element.get("attachment_id"))):
                raise invalid(field="attachment_id")
        self._check_daytime(self._clock.now_ms())
        message_id = self._record("broadcast", "", self._conversations.next_message_id(), call)
        return success({"message_id": message_id})

    def _check_daytime(self, now: int) -> None:
        if not DAY_BEGINS <= vietnam_time(now).hour < NIGHT_BEGINS:
            raise Refused(-234)

    def _record(self, kind: str, to: str, message_id: str, call: Call) -> str:
        self.sent.append(Sent(kind, to, message_id, self._clock.now_ms(), call.data))
        return message_id
