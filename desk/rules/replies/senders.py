"""Who wrote a mail, as far as a mail can show it: the ladder of proofs (U14, A12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from desk.rules.incoming_mail import IncomingMail
from desk.rules.office import DatedRow, NotInForceError, Office, Official, in_force
from desk.rules.units import unit_for


class Standing(StrEnum):
    """By what right a mail counts as a unit's reply, strongest first."""

    LISTED = "listed"
    COLLEAGUE = "colleague"
    LISTED_BY_CODE = "listed_by_code"
    OTHER_UNIT = "other_unit"
    RELEASED = "released"


class Authentication(StrEnum):
    """Whether the mail server that took a mail in vouches for who wrote it."""

    PASS = "pass"  # noqa: S105 - the word of RFC 8601
    FAIL = "fail"
    UNKNOWN = "unknown"


def authentication(mail: IncomingMail, *, authserv_id: str, relay_authenticates: bool) -> Authentication:
    """Return what our own mail server found out about the sender; what other servers claim is not read (A12)."""
    raise NotImplementedError


class Directory:
    """Whose address is whose, on every day: units, provincial offices, officials, and whom a duty officer let in."""

    def __init__(
        self, office: Office, *, admitted: Iterable[tuple[str, str]] = (), agency_domains: Iterable[str] = ()
    ) -> None:
        """Take the office, admitted senders (address, unit or provincial code), and the agency's mail domains."""
        self._office = office
        self._admitted = tuple(admitted)
        self._domains = frozenset(domain.lower() for domain in agency_domains)
        self._by_day: dict[date, Mapping[str, frozenset[str]]] = {}

    def units_of(self, address: str, on: date) -> frozenset[str]:
        """Return the codes of the units and provincial offices that write from an address on a day."""
        if on not in self._by_day:
            self._by_day[on] = self._listed(on)
        return self._by_day[on].get(address.lower(), frozenset())

    def official(self, address: str, on: date) -> Official | None:
        """Return the official in office on a day whose address it is."""
        present = in_force(self._office.officials, on).values()
        return next((official for official in present if official.email.lower() == address.lower()), None)

    def is_of_agency(self, address: str) -> bool:
        """Return whether an address lies in a domain of the agency, or below one."""
        domain = address.rpartition("@")[2].lower()
        return any(domain == own or domain.endswith(f".{own}") for own in self._domains)

    def _listed(self, on: date) -> Mapping[str, frozenset[str]]:
        codes: dict[str, set[str]] = defaultdict(set)
        for unit in _latest(self._office.units, on):
            addresses = (*unit.emails, unit.head_email) if unit.head_email else unit.emails
            for address in addresses:
                # whoever still has questions of a unit that has ended answers them; those moved on are the heir's
                codes[address.lower()] |= {unit.code, self._heir(unit.code, on)}
        for place in _latest(self._office.provincial_units, on):
            for address in place.emails:
                codes[address.lower()].add(place.code)
        for address, code in self._admitted:
            codes[address.lower()].add(code)
        return {address: frozenset(found) for address, found in codes.items()}

    def _heir(self, code: str, on: date) -> str:
        try:
            return unit_for(code, self._office.units, on).code
        except NotInForceError:
            return code


def _latest(rows: Iterable[DatedRow], on: date) -> Iterable[DatedRow]:
    """Return each code's row of a day, or the last one before it."""
    begun = sorted((row for row in rows if row.valid_from <= on), key=lambda row: row.valid_from)
    return {row.code: row for row in begun}.values()
