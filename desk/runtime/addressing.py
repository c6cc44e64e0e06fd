"""Where a unit's letters go: to its first address that takes mail and is read these days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from desk.rules.letters import Addressee
from desk.rules.office import ProvincialUnit, Unit
from desk.store.address_notices import AddressNotice, find_notices
from desk.store.work_items import WorkItem

UnitAtPlace = tuple[Unit, ProvincialUnit | None]


@dataclass(frozen=True, slots=True)
class Addresses:
    """What is known of units' addresses on a day."""

    notices: Mapping[str, AddressNotice]
    on: date

    def addressee(self, unit: Unit, place_unit: ProvincialUnit | None) -> Addressee:
        """Return where a unit's letters go; where no address takes mail, the first, that the record may show it."""
        place = place_unit if unit.by_place else None
        return Addressee(
            code=unit.code,
            name=place.name if place else unit.name,
            email=self.best(unit, place_unit) or addresses_of(unit, place_unit)[0],
            place_unit=place.code if place else "",
            calendar_file=unit.calendar_file,
        )

    def best(self, unit: Unit, place_unit: ProvincialUnit | None) -> str | None:
        """Return the first address that takes mail and whose reader is there, else one that takes mail, else None."""
        taking = [address for address in addresses_of(unit, place_unit) if not self._bounces(address)]
        return next((address for address in taking if not self._is_away(address)), taking[0] if taking else None)

    def _bounces(self, address: str) -> bool:
        notice = self.notices.get(address.lower())
        return notice is not None and notice.bounced_at is not None

    def _is_away(self, address: str) -> bool:
        notice = self.notices.get(address.lower())
        return notice is not None and notice.absent_until is not None and notice.absent_until >= self.on


def addresses_on(connection: Connection, units: Iterable[UnitAtPlace], on: date) -> Addresses:
    """Return what is known of the addresses of units on a day."""
    wanted = {address for unit, place_unit in units for address in addresses_of(unit, place_unit)}
    return Addresses(find_notices(connection, sorted(wanted)), on)


def addressee(connection: Connection, unit: Unit, place_unit: ProvincialUnit | None, on: date) -> Addressee:
    """Return where one unit's letters go on a day."""
    return addresses_on(connection, [(unit, place_unit)], on).addressee(unit, place_unit)


def addresses_of(unit: Unit, place_unit: ProvincialUnit | None) -> tuple[str, ...]:
    """Return a unit's addresses, first and second; those of the provincial office for a unit by place."""
    return place_unit.emails if unit.by_place and place_unit is not None else unit.emails


def unreachable(name: str, of: str, on: date) -> WorkItem:
    """Return the work of finding an address for a unit none of whose addresses takes mail."""
    return WorkItem(
        key=f"unreachable:{of}:{on.isoformat()}",
        kind="unreachable_unit",
        reason=f"Các địa chỉ thư của {name} đều bị trả lại, không nhắc hạn được.",
        owner="ops",
        remedy="Liên hệ đơn vị bằng điện thoại, sửa địa chỉ trong office/units.yaml hoặc office/provincial_units.yaml, "
        "rồi kết thúc việc bằng biểu mẫu resolve-work-item.",
    )
