"""From competences to the units of a day: succession first, then counting (U4); units by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desk.rules.matching import Matcher
from desk.rules.office import Authority, NotInForceError, Office, ProvincialUnit, Unit, in_force
from desk.rules.places import place_of
from desk.rules.wording import Wording, folded

# "TT" and "VP" are also how people write other words; inside a sentence only longer names are taken for a unit's
_LEAST_NAME = 3
_SHORT_FORMS = {"bao hiem xa hoi": "bhxh", "bao hiem y te": "bhyt"}
_HEAD_WORDS = re.compile(r"(ben|ban|vu|trung tam) +")
_PLAIN = Wording({}, {})


class Obstacle(StrEnum):
    """Why a unit gets no letter; the value completes a sentence that begins with the unit's name."""

    UNVERIFIED = "tên đơn vị chưa được xác minh"
    NO_ADDRESS = "chưa có địa chỉ nhận thư"
    NO_PLACE = "chưa rõ hồ sơ thuộc tỉnh, thành phố nào"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A unit whose opinion is needed and that cannot be written to."""

    unit: Unit
    obstacle: Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Competences as the units of a day.

    `units` must give their opinion, the unreachable ones among them; the desk's own is left out and only noted.
    `unit_count` is what Điều 13 counts: 3 working days for 1, 4 for 2, 5 from 3 on.
    """

    units: tuple[Unit, ...]
    unit_count: int
    place_unit: ProvincialUnit | None
    unreachable: tuple[Unreachable, ...]
    is_own: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The units as they are printed: the provincial office by its own name."""
        return tuple(self.place_unit.name if unit.by_place and self.place_unit else unit.name for unit in self.units)


def resolve(competences: Iterable[str], on: date, office: Office, place: ProvincialUnit | None = None) -> Resolved:
    """Return the units that hold the competences on a day; *place* is the provincial office that the text speaks of.

    Raises:
        NotInForceError: nobody holds one of them on that day.
    """
    found = dict.fromkeys(unit_for(competence, office.units, on) for competence in competences)
    units = tuple(unit for unit in found if not unit.is_desk)
    hurdles = [Unreachable(unit, obstacle) for unit in units if (obstacle := _obstacle(unit, place))]
    return Resolved(
        units=units,
        unit_count=max(sum(unit.counts_as_unit for unit in units), min(len(units), 1)),
        place_unit=place if any(unit.by_place for unit in units) else None,
        unreachable=tuple(hurdles),
        is_own=len(units) < len(found),
    )


def resolve_for_text(competences: Iterable[str], text: str, on: date, office: Office) -> Resolved:
    """Return the units that hold the competences on a day, the provincial office found by the place a text names (U20).

    Raises:
        NotInForceError: nobody holds one of them on that day.
    """
    competences = tuple(competences)
    resolved = resolve(competences, on, office)
    if not any(unit.by_place for unit in resolved.units):
        return resolved
    return resolve(competences, on, office, place_of(text, office.provincial_units, on))


def unit_for(competence: str, units: Sequence[Unit], on: date) -> Unit:
    """Return the unit that holds a competence on a day: itself, or who came after it, and after that one.

    Raises:
        NotInForceError: nobody does.
    """
    present = in_force(units, on)
    code = competence
    while code not in present:
        ended = [unit for unit in units if unit.code == code and unit.valid_to is not None and unit.valid_to < on]
        heir = max(ended, key=lambda unit: unit.valid_from).successor if ended else None
        if heir is None:
            message = f"office/units.yaml: nobody holds the competence {competence} on {on:%d/%m/%Y}"
            raise NotInForceError(message)
        code = heir
    return present[code]


def _obstacle(unit: Unit, place: ProvincialUnit | None) -> Obstacle | None:
    if not unit.name_verified:
        return Obstacle.UNVERIFIED
    if unit.by_place and place is None:
        return Obstacle.NO_PLACE
    if not (place.emails if unit.by_place and place else unit.emails):
        return Obstacle.NO_ADDRESS
    return None


def find_units(word: str, office: Office, on: date) -> tuple[Unit, ...]:
    """Return the units of a day that people call so: abbreviation, full name or nickname, accents or not (U3).

    Names of earlier charts lead to the unit that came after. Several units: the word is ambiguous, ask back.
    """
    called = [unit for unit in office.units if unit.valid_from <= on and _is_called(word, _names(unit))]
    if present := [unit for unit in called if unit.valid_to is None or on <= unit.valid_to]:
        return tuple(present)
    return tuple(dict.fromkeys(unit_for(unit.code, office.units, on) for unit in called))


def find_authorities(word: str, office: Office, on: date) -> tuple[Authority, ...]:
    """Return the authorities of a day that people call so: name or nickname, accents or not (U3)."""
    present = in_force(office.authorities, on).values()
    return tuple(each for each in present if _is_called(word, (each.code, each.name, *each.aliases)))


def units_named(text: str, office: Office, on: date) -> frozenset[str]:
    """Return the codes of the units of a day that a text names, by whatever name of whatever chart.

    Names too many units rather than too few: whoever is denounced must not be proposed as the addressee (U6).
    """
    found = {match.entry for match in _matcher(office.units).find(_PLAIN.read(text))}
    return frozenset(unit_for(code, office.units, on).code for code in found if _has_begun(code, office.units, on))


def _has_begun(code: str, units: Sequence[Unit], on: date) -> bool:
    return any(unit.code == code and unit.valid_from <= on for unit in units)


@lru_cache(maxsize=8)
def _matcher(units: tuple[Unit, ...]) -> Matcher[str]:
    long_names = ((name, unit.code) for unit in units for name in _names(unit) if len(name) >= _LEAST_NAME)
    return Matcher(long_names, _PLAIN)


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.code, unit.abbreviation, unit.name, *unit.aliases)


def _is_called(word: str, names: Iterable[str]) -> bool:
    spoken = _spoken(word)
    return bool(spoken) and any(_spoken(name) == spoken for name in names)


def _spoken(name: str) -> str:
    """Return a name as it is compared: folded, "BHXH" for the long form, without "Ban", "bên" before it."""
    plain = " ".join(folded(name).split())
    for long_form, short in _SHORT_FORMS.items():
        plain = plain.replace(long_form, short)
    return _HEAD_WORDS.sub("", plain, count=1) if _HEAD_WORDS.match(plain) else plain
