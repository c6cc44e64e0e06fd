"""Which provincial office a text speaks of: by old and new names, districts, short forms; never a guess (U20)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from desk.rules.matching import Matcher, outermost
from desk.rules.office import ProvincialUnit, in_force
from desk.rules.wording import Wording

_PLAIN = Wording({}, {})
# "q12", "q.12", "p5"
_NUMBERED_DISTRICT = re.compile(r"\bq\.? ?(?=\d{1,2}\b)", re.IGNORECASE)


def place_of(text: str, provincial_units: Sequence[ProvincialUnit], on: date) -> ProvincialUnit | None:
    """Return the provincial office of the one place a text names; no place, or places of several offices: None."""
    units = in_force(provincial_units, on)
    reading = _PLAIN.read(_NUMBERED_DISTRICT.sub("quận ", text))
    named = {match.entry for match in outermost(_matcher(tuple(units.values())).find(reading)) if match.agreement == 1}
    return units[named.pop()] if len(named) == 1 else None


@lru_cache(maxsize=8)
def _matcher(units: tuple[ProvincialUnit, ...]) -> Matcher[str]:
    return Matcher(((place, unit.code) for unit in units for place in unit.places), _PLAIN)
