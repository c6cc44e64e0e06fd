from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.office import Delegation, DelegationScope, Official, Role
from tests.dates import day
from tests.offices import the_office


def _official(code: str, role: Role, valid_from: str, valid_to: str | None = None) -> Official:
    return Official(
        code=code,
        name=f"Cán bộ {code}",
        title="",
        roles=(role,),
        email=f"{code.lower()}@bhxh.example.vn",
        valid_from=day(valid_from),
        valid_to=None if valid_to is None else day(valid_to),
    )


OFFICE = replace(
    the_office(),
    officials=(
        _official("CU", Role.SECRETARY, "Thu 2026-01-01", "Fri 2026-11-20"),
        _official("MOI", Role.SECRETARY, "Mon 2026-11-23"),
        _official("PHO", Role.DEPUTY_HEAD, "Thu 2026-01-01"),
    ),
    delegations=(
        Delegation(
            official="PHO",
            scope=DelegationScope.CONTENT,
            act="12/QĐ",
            valid_from=day("Mon 2026-11-23"),
            valid_to=day("Wed 2026-11-25"),
        ),
        Delegation(
            official="CU", scope=DelegationScope.REDIRECT, act="13/QĐ", valid_from=day("Thu 2026-01-01"), valid_to=None
        ),
    ),
)


@pytest.mark.parametrize(("on", "code"), [("Fri 2026-11-20", "CU"), ("Mon 2026-11-23", "MOI")])
def test_a_role_goes_from_one_official_to_the_next_by_the_day(on: str, code: str) -> None:
    assert [one.code for one in OFFICE.holders(Role.SECRETARY, day(on))] == [code]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("Sun 2026-11-22", []),
        ("Mon 2026-11-23", ["PHO"]),
        ("Wed 2026-11-25", ["PHO"]),
        ("Thu 2026-11-26", []),
    ],
)
def test_a_delegation_holds_from_its_first_day_to_its_last(on: str, codes: list[str]) -> None:
    assert [one.code for one in OFFICE.delegates(DelegationScope.CONTENT, day(on))] == codes


def test_who_has_left_is_no_delegate_any_more() -> None:
    assert OFFICE.delegates(DelegationScope.REDIRECT, day("Mon 2026-11-23")) == []


def test_who_was_quicker_is_named_though_he_has_left_and_a_form_is_somebody_else() -> None:
    assert OFFICE.name_of("CU") == "Cán bộ CU"
    assert OFFICE.name_of("operator") == OFFICE.name_of(None) == "cán bộ khác"
