"""What was said between citizens and the account, and the two paths that pull it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from sandbox.zalo.calls import Call, Carrier, Endpoint, id_of, page_of
from sandbox.zalo.citizens import Citizens
from sandbox.zalo.clock import MINUTE, SECOND, VirtualClock
from sandbox.zalo.faults import ROW_FAULTS, Fault, FaultKind
from sandbox.zalo.identity import Identity
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.messages import NewMessage
from sandbox.zalo.refusals import Json, success
from sandbox.zalo.rows import BY_OA, BY_USER, Row, Timeline, message_id, sent_time

ROWS_A_PAGE = 10
SOMEBODY = "4000000000000000001"


class Conversations:
    """All rows, by time over all and per citizen, and `/v2.0/oa/listrecentchat`, `/v2.0/oa/conversation`."""

    def __init__(self, clock: VirtualClock, knobs: Knobs, identity: Identity, citizens: Citizens) -> None:
        self._clock = clock
        self._knobs = knobs
        self._identity = identity
        self._citizens = citizens
        self._all = Timeline()
        self._of: defaultdict[str, Timeline] = defaultdict(Timeline)
        self._by_message_id: dict[str, Row] = {}
        self._late: list[tuple[int, int, Row]] = []
        self._last_number = 0

    def endpoints(self) -> list[Endpoint]:
        """Return the two paths that pull."""
        return [
            Endpoint("GET", "/v2.0/oa/listrecentchat", self._recent, Carrier.DATA),
            Endpoint("GET", "/v2.0/oa/conversation", self._conversation, Carrier.DATA),
        ]

    def add(self, messages: Sequence[NewMessage], src: int = BY_USER) -> list[str]:
        """Add rows and return their message ids; those of the future show when the clock reaches them."""
        now = self._clock.now_ms()
        rows = [self._row(message, src, now) for message in messages]
        prompt = []
        for row, message in zip(rows, messages, strict=True):
            if message.appears_at is not None and message.appears_at > max(now, row.time):
                self._show_at(message.appears_at, row)
            else:
                prompt.append(row)
        self._show(prompt)
        return [row.message_id for row in rows]

    def add_own(self, user_id: str, row_type: str, message: str | None, media: Json | None = None) -> Row:
        """Add what the account itself sent just now, and return its row."""
        self._citizens.get(user_id)
        now, number = self._clock.now_ms(), self._number()
        row = Row(now, number, BY_OA, user_id, message_id(number), row_type, message, media or {})
        self._show_at(now + self._knobs.echo_delay_seconds * SECOND, row)
        return row

    def next_message_id(self) -> str:
        """Return a message id nobody has yet, also for what leaves no row."""
        return message_id(self._number())

    def find(self, user_id: str, wanted: str) -> Row | None:
        """Return a row of a citizen's conversation that can be seen by now."""
        self._show_late()
        row = self._by_message_id.get(wanted)
        return row if row and row.user_id == user_id and row.time <= self._clock.now_ms() else None

    def last_interaction(self, user_id: str) -> int | None:
        """Return when a citizen last opened the window, in ms; None if never."""
        self._show_late()
        now = self._clock.now_ms()
        timeline = self._of.get(user_id)
        rows = timeline.newest_first(now) if timeline else iter(())
        times = [row.time for row in islice((row for row in rows if row.src == BY_USER), 1)]
        citizen = self._citizens.by_id.get(user_id)
        if citizen and citizen.interacted_at is not None and citizen.interacted_at <= now:
            times.append(citizen.interacted_at)
        return max(times, default=None)

    def _number(self) -> int:
        self._last_number += 1
        return self._last_number

    def _row(self, message: NewMessage, src: int, now: int) -> Row:
        citizen = self._citizens.get(message.user_id)
        if message.display_name is not None:
            citizen.display_name = message.display_name
        number = self._number()
        return Row(
            time=now if message.time is None else message.time,
            number=number,
            src=src,
            user_id=message.user_id,
            message_id=message.message_id or message_id(number),
            type=message.type,
            message=message.message,
            media=message.media,
        )

    def _show(self, rows: list[Row]) -> None:
        if len(rows) == 1:
            self._all.add(rows[0])
            self._of[rows[0].user_id].add(rows[0])
        else:
            self._all.extend(rows)
            of: defaultdict[str, list[Row]] = defaultdict(list)
            for row in rows:
                of[row.user_id].append(row)
            for user_id, theirs in of.items():
                self._of[user_id].extend(theirs)
        self._by_message_id |= {row.message_id: row for row in rows}

    def _show_at(self, at_ms: int, row: Row) -> None:
        heapq.heappush(self._late, (at_ms, row.number, row))

    def _show_late(self) -> None:
        now = self._clock.now_ms()
        while self._late and self._late[0][0] <= now:
            self._show([heapq.heappop(self._late)[2]])

    def _recent(self, call: Call) -> Json:
        offset, count = self._page(call)
        self._let_rows_arrive(call, self._all)
        now = self._clock.now_ms()
        if self._knobs.recent_chat_rows == "messages":
            return self._reply(call, self._all.page(now, offset, count))
        newest: dict[str, Row] = {}
        for row in self._all.newest_first(now):
            newest.setdefault(row.user_id, row)
            if len(newest) == offset + count:
                break
        return self._reply(call, list(newest.values())[offset:])

    def _conversation(self, call: Call) -> Json:
        timeline = self._of[id_of(call.data, "user_id")]
        offset, count = self._page(call)
        self._let_rows_arrive(call, timeline)
        return self._reply(call, timeline.page(self._clock.now_ms(), offset, count))

    def _page(self, call: Call) -> tuple[int, int]:
        self._show_late()
        return page_of(call.data, size="count", most=ROWS_A_PAGE, clamp=self._knobs.over_count == "clamp")

    def _let_rows_arrive(self, call: Call, timeline: Timeline) -> None:
        for fault in call.faults:
            if fault.kind in ROW_FAULTS:
                self.add([self._arriving(fault, call, timeline)])

    def _arriving(self, fault: Fault, call: Call, timeline: Timeline) -> NewMessage:
        if fault.order.row:
            return fault.order.row
        time = now = self._clock.now_ms()
        newest = next(timeline.newest_first(now), None)
        if newest and fault.kind is FaultKind.SAME_MS_ROW:
            time = newest.time
        elif fault.kind is FaultKind.LATE_ROW:
            time = (newest.time if newest else now) - MINUTE
        user_id = call.user_id or (newest.user_id if newest else SOMEBODY)
        return NewMessage.model_validate({"user_id": user_id, "time": time, **ROW_FAULTS[fault.kind]})

    def _reply(self, call: Call, rows: list[Row]) -> Json:
        struck = {fault.kind for fault in call.faults}
        if FaultKind.EMPTY_PAGE in struck:
            rows = []
        shown = [self._shown(row) for row in rows]
        if FaultKind.BARE_INT_IDS in struck:
            for row in shown:
                row |= {name: int(row[name]) for name in ("from_id", "to_id") if row[name].isdecimal()}
        return success(shown)

    def _shown(self, row: Row) -> Json:
        citizen = self._citizens.get(row.user_id)
        account = (self._identity.oa_id, self._identity.name, self._identity.avatar)
        person = (row.user_id, citizen.display_name, citizen.avatar)
        sender, receiver = (account, person) if row.src == BY_OA else (person, account)
        shown: Json = {
            "src": row.src,
            "time": row.time,
            "sent_time": sent_time(row.time),
            "from_id": sender[0],
            "from_display_name": sender[1],
            "from_avatar": sender[2],
            "to_id": receiver[0],
            "to_display_name": receiver[1],
            "to_avatar": receiver[2],
            "message_id": row.message_id,
            "type": row.type,
        }
        if row.message is not None:
            shown["message"] = row.message
        shown |= row.media
        if self._knobs.links_as == "strings" and "links" in shown:
            shown["links"] = [link["url"] for link in shown["links"]]
        return shown
