"""Who wrote a mail, as far as a mail can show it: the ladder of proofs (U14, A12)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from email.utils import getaddresses
from enum import StrEnum
from typing import NamedTuple

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


# the property of each method that names the domain it vouches for
_VOUCHED_FOR = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom", "smtp.mail"),
}
_PLAIN_LABELS = 2
_SHARED_ENDINGS = frozenset({"ac", "co", "com", "edu", "gov", "health", "info", "int", "name", "net", "org", "pro"})
_LONGEST_HEADER = 4000
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COMMENT = re.compile(r'(?P<quoted>"(?:[^"\\]|\\.)*")|\((?:[^()\\]|\\.)*\)')
_REASON = re.compile(r'\breason\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]+)', re.IGNORECASE)
_METHOD = re.compile(r"\s*([\w-]+)(?:\s*/\s*\d+)?\s*=\s*([\w-]+)")
_PROPERTY = re.compile(r"([\w-]+\.[\w-]+)\s*=\s*<?([^\s;<>]+)")


class Authentication(StrEnum):
    """Whether the mail server that took a mail in vouches for who wrote it."""

    PASS = "pass"  # noqa: S105 - the word of RFC 8601
    FAIL = "fail"
    UNKNOWN = "unknown"


def authentication(mail: IncomingMail, *, authserv_id: str, relay_authenticates: bool) -> Authentication:
    """Return what our own mail server found out about the sender (RFC 8601); what others claim is not read (A12).

    A pass counts where the domain that passed is the one shown as From. *relay_authenticates*: the operator vouches
    that whatever comes without a result passed a relay that lets nobody use another's address.
    """
    domain = _domain(mail.from_address)
    other_sender = mail.sender_address not in {"", mail.from_address}
    if not domain or other_sender or _has_several_authors(mail):
        return Authentication.FAIL
    results = _own_results(mail, authserv_id)
    if results is None:
        return Authentication.PASS if relay_authenticates else Authentication.UNKNOWN
    policy = {result.verdict for result in results if result.method == "dmarc"}
    if "fail" in policy:
        return Authentication.FAIL
    if any(result.verdict == "pass" and _is_aligned(result, domain) for result in results):
        return Authentication.PASS
    # a broken signature is no signature (RFC 6376): gateways add footers; a domain's own "nobody else" is a word
    refused = any(result.method == "spf" and result.verdict == "fail" for result in results)
    return Authentication.FAIL if refused else Authentication.UNKNOWN


class _Result(NamedTuple):
    """One method of an Authentication-Results header: its verdict, and what it was about."""

    method: str
    verdict: str
    properties: Mapping[str, str]


def _own_results(mail: IncomingMail, authserv_id: str) -> list[_Result] | None:
    """Return what the topmost header of our own server says: whoever forges one, it ends up below."""
    for header in mail.headers.get("authentication-results", ()):
        server, *statements = _plain(header[:_LONGEST_HEADER]).split(";")
        if authserv_id and server.lower().split()[:1] == [authserv_id.lower()]:
            return [result for statement in statements if (result := _result(statement))]
    return None


def _result(statement: str) -> _Result | None:
    match = _METHOD.match(statement)
    if match is None:
        return None
    pairs = _PROPERTY.findall(statement[match.end() :])
    return _Result(match[1].lower(), match[2].lower(), {name.lower(): value.lower() for name, value in pairs})


def _plain(header: str) -> str:
    """Return a header without its comments, which may be nested, its reasons and its quotation marks."""
    while (bare := _COMMENT.sub(lambda match: match["quoted"] or " ", header)) != header:
        header = bare
    return _QUOTED.sub(lambda match: match[1].replace(";", " "), _REASON.sub(" ", header))


def _is_aligned(result: _Result, from_domain: str) -> bool:
    names = _VOUCHED_FOR.get(result.method, ())
    vouched = {_domain(result.properties[name]) for name in names if name in result.properties}
    return _organisation(from_domain) in {_organisation(domain) for domain in vouched}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().lower().rstrip(".")


def _organisation(domain: str) -> str:
    """Return the part of a domain that somebody registered: example.vn, or cq.gov.vn under a shared ending."""
    labels = domain.split(".")
    is_shared = len(labels) > _PLAIN_LABELS and labels[-2] in _SHARED_ENDINGS
    return ".".join(labels[-3:] if is_shared else labels[-2:])


def _has_several_authors(mail: IncomingMail) -> bool:
    written = mail.headers.get("from", ())
    return len(written) > 1 or sum("@" in address for _, address in getaddresses(written)) > 1


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
