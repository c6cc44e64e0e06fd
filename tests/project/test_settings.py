"""A setting that nobody can read about does not exist: README.md and .env.example name each, with its default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from desk.runtime.settings import Settings, SettingsError, settings

ROOT = Path(__file__).parents[2]
DEFAULTS = {name.upper(): field.default for name, field in Settings.model_fields.items()}
EXAMPLE = dict(
    re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.MULTILINE)
)
TABLE = dict(
    re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| .+ \|$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
)
REAL = {
    "ZALO_APP_ID": "1",
    "ZALO_APP_SECRET": "secret",
    "ZALO_OA_ID": "2",
    "ZALO_REFRESH_TOKEN": "token",
    "DESK_ADDRESS": "hoidap@bhxh.example.vn",
    "OPS_ADDRESS": "vanhanh@bhxh.example.vn",
    "SMTP_HOST": "mail.example.vn",
    "ACT_FROM": "2026-12-01T08:00+07:00",
}


def written(default: object) -> str:
    """Return how people write a default value in .env."""
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_readme_lists_every_setting_with_its_default() -> None:
    assert {name: default.strip("`–") for name, default in TABLE.items()} == {
        name: written(default) for name, default in DEFAULTS.items()
    }


def test_the_example_lists_every_setting_with_its_default() -> None:
    assert {name: written(default) for name, default in DEFAULTS.items()} == EXAMPLE


def test_a_copy_of_the_example_changes_nothing() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


@pytest.mark.parametrize("missing", sorted(REAL.keys() - {"ZALO_APP_ID"}))
def test_a_real_account_needs_what_the_example_calls_required(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {name: value for name, value in REAL.items() if name != missing}
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in given.items()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    try:
        with pytest.raises(SettingsError) as refused:
            settings()
    finally:
        settings.cache_clear()

    assert str(refused.value).startswith(f"{missing} is not set")
    assert "\n" not in str(refused.value)
    assert ".env.example" in str(refused.value)


def test_a_real_account_with_all_of_it_is_no_sandbox(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in REAL.items()), encoding="utf-8")

    assert not Settings(_env_file=tmp_path / ".env").is_sandbox
    assert Settings(_env_file=None).is_sandbox


@pytest.mark.parametrize(
    "given",
    [
        {"LEASE_SECONDS": "150", "ZALO_TIMEOUT_SECONDS": "20"},
        {"LEASE_SECONDS": "200", "SMTP_TIMEOUT_SECONDS": "170"},
    ],
)
def test_a_lease_too_short_for_any_delivery_is_refused_with_the_remedy(
    given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in given.items()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    try:
        with pytest.raises(
            SettingsError, match=rf"^LEASE_SECONDS is {given['LEASE_SECONDS']}, .*: raise it over"
        ) as it:
            settings()
    finally:
        settings.cache_clear()

    assert "\n" not in str(it.value)


def test_a_lease_just_long_enough_is_taken() -> None:
    assert Settings(_env_file=None, lease_seconds=151, zalo_timeout_seconds=20).lease_seconds == 151
