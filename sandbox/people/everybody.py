"""Everybody together: their mailboxes, what they are going to do, and the doing of it, moment by moment."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from sandbox.mail import set_clock
from sandbox.people.citizens import Reactions, Row
from sandbox.people.hours import OfficeHours
from sandbox.people.letters import Asks, Letter, read_letter
from sandbox.people.newsroom import Newsroom
from sandbox.people.officers import Officers
from sandbox.people.posts import Planned, Post, send
from sandbox.people.units import Units

SEED = 1624


class Zalo(Protocol):
    """The simulator's control API."""

    def __call__(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return the reply to a call."""


@dataclass(slots=True)
class Acted:
    """What people have done so far, counted by themselves; `to_desk` are copies of mails in the desk's mailbox."""

    posts: Counter[Post] = field(default_factory=Counter)
    to_desk: Counter[Post] = field(default_factory=Counter)
    messages: int = 0
    typed_by_staff: int = 0


class Everybody:
    """All who read mail in the Maildirs of a folder or talk on the simulated Zalo, and what they have in mind to do."""

    def __init__(
        self,
        *,
        mail_folder: Path,
        smtp_port: int,
        zalo: Zalo,
        desk_address: str,
        units: Mapping[str, str],
        officials: Mapping[str, str],
        writers: Mapping[str, str],
        begins_at: datetime,
        is_working_day: Callable[[date], bool],
        seed: int = SEED,
    ) -> None:
        """Take the way to mail server and simulator, and who is who: names by address.

        `writers` are those who send drafts of articles after `begins_at`: addresses by role.
        """
        hours = OfficeHours(is_working_day)
        self.acted = Acted()
        self._folder = mail_folder
        self._smtp_port = smtp_port
        self._zalo = zalo
        self._desk_address = desk_address
        self._units = Units(seed, units, hours)
        self._officers = Officers(seed, officials, hours)
        self._newsroom = Newsroom(seed, officials, hours)
        self._reactions = Reactions(seed, hours)
        self._planned: list[tuple[datetime, int, Planned]] = []
        self._rows: list[tuple[datetime, int, Row]] = []
        self._number = count()
        self._seen: set[Path] = set()
        self._sent_seen = 0
        for planned in self._newsroom.drafts(writers, desk_address, begins_at):
            self._plan(planned)

    def act(self, until: datetime) -> Counter[Post]:
        """Let everybody read what has come, and do what was to be done by a moment; returns the mails sent.

        The mail server's clock is moved along with them, and stands at the moment in the end.
        """
        before = Counter(self.acted.posts)
        self._look_at_zalo()
        self._read_mail()
        while self._planned and self._planned[0][0] <= until:
            at, _, planned = heapq.heappop(self._planned)
            set_clock(self._folder, at)
            send(planned, "127.0.0.1", self._smtp_port)
            self._count(planned)
            if planned.post is Post.FORWARD:
                self._read_mail()
        set_clock(self._folder, until)
        self._say_on_zalo(until)
        return self.acted.posts - before

    def _count(self, planned: Planned) -> None:
        self.acted.posts[planned.post] += 1
        name, _, domain = self._desk_address.partition("@")
        ours = [
            to for to in planned.recipients if to.partition("@")[2] == domain and to.split("@")[0].split("+")[0] == name
        ]
        self.acted.to_desk[planned.post] += len(ours)

    def _read_mail(self) -> None:
        for letter in self._new_letters():
            for planned in self._plans(letter):
                self._plan(planned)

    def _plan(self, planned: Planned) -> None:
        heapq.heappush(self._planned, (planned.at, next(self._number), planned))

    def _new_letters(self) -> Iterator[Letter]:
        files = [
            file
            for file in sorted(self._folder.glob("*@*/new/*"), key=lambda file: file.name)
            if file not in self._seen and file.parents[1].name != self._desk_address
        ]
        for file in files:
            self._seen.add(file)
            arrived_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            yield read_letter(file.read_bytes(), file.parents[1].name, arrived_at)

    def _plans(self, letter: Letter) -> Iterator[Planned]:
        if letter.asks is Asks.ARTICLE:
            yield from self._newsroom.plan(letter)
        elif letter.mailbox in self._officers.names:
            yield from self._officers.plan(letter)
        elif letter.mailbox in self._units.names:
            yield from self._units.plan(letter)
        elif letter.asks is Asks.FORWARDED:
            yield self._units.answer_for_colleague(letter)

    def _look_at_zalo(self) -> None:
        sent = self._zalo("GET", "sent")["sent"]
        for message in sent[self._sent_seen :]:
            for row in self._reactions.to(message):
                heapq.heappush(self._rows, (row.at, next(self._number), row))
        self._sent_seen = len(sent)

    def _say_on_zalo(self, until: datetime) -> None:
        rows = []
        while self._rows and self._rows[0][0] <= until:
            rows.append(heapq.heappop(self._rows)[2])
        for by_staff, path in ((False, "messages"), (True, "oa-messages")):
            if said := [row.as_json() for row in rows if row.by_staff is by_staff]:
                self._zalo("POST", path, said)
        self.acted.typed_by_staff += sum(row.by_staff for row in rows)
        self.acted.messages += sum(not row.by_staff for row in rows)
