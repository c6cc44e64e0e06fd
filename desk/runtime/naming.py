"""Units and authorities by what people call them, or a refusal that says why (U3)."""

from __future__ import annotations

from datetime import datetime

from desk.rules.office import Authority, ProvincialUnit, Unit
from desk.rules.office import in_force as in_force_on
from desk.rules.places import place_of
from desk.rules.units import find_authorities, find_units
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce


def unit_called(word: str, desk: InForce, as_of: datetime) -> tuple[Unit, ProvincialUnit | None]:
    """Return the unit that people call so; a place leads to its provincial office.

    Raises:
        DecisionRefusedError: no unit, or several, or one that cannot be written to.
    """
    on, office = as_of.date(), desk.office
    units = find_units(word, office, on)
    place = place_of(word, office.provincial_units, on)
    if not units and place:
        units = tuple(unit for unit in in_force_on(office.units, on).values() if unit.by_place)
    if len(units) != 1:
        names = "; ".join(unit.name for unit in units)
        why = f"có thể là: {names}" if units else "không có đơn vị nào tên như vậy"
        raise DecisionRefusedError(f"Đơn vị “{word}”: {why}. Ghi rõ tên hoặc chữ viết tắt.")
    (unit,) = units
    if unit.is_desk:
        raise DecisionRefusedError(f"{unit.name} là đơn vị quản trị Zalo, trả lời trực tiếp chứ không chuyển.")
    if not unit.name_verified or not (place.emails if unit.by_place and place else unit.emails):
        raise DecisionRefusedError(f"{unit.name} chưa có tên hoặc địa chỉ được xác minh; bổ sung office/units.yaml.")
    if unit.by_place and place is None:
        raise DecisionRefusedError(f"{unit.name}: ghi rõ tỉnh, thành phố nào.")
    return unit, place


def authority_called(word: str, desk: InForce, as_of: datetime) -> Authority:
    """Return the authority outside the sector that people call so.

    Raises:
        DecisionRefusedError: none, or several.
    """
    found = find_authorities(word, desk.office, as_of.date())
    if len(found) != 1:
        names = "; ".join(authority.name for authority in found)
        why = f"có thể là: {names}" if found else "không có cơ quan nào tên như vậy"
        raise DecisionRefusedError(f"Cơ quan “{word}”: {why}. Ghi rõ tên hoặc mã.")
    return found[0]
