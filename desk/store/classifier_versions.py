"""Fitted models by the hash of their files, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from desk.store.statements import statement


class VersionState(StrEnum):
    """Kept beside the one in use; in use; taken out of use."""

    SHADOW = "shadow"
    PROMOTED = "promoted"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Version:
    """A model with what became of it last."""

    sha256: str
    state: VersionState
    acting_officer: str
    trained_at: datetime
    metrics: Mapping[str, object]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class InUse:
    """The model in use, None before any was promoted, and the newest decision of a person on a question's topics."""

    sha256: str | None
    newest_label: int


def add_version(
    connection: Connection,
    sha256: str,
    state: VersionState,
    *,
    acting_officer: str,
    trained_at: datetime,
    metrics: Mapping[str, object],
) -> None:
    """Write down what became of a model; promoting one takes the other out of use."""
    values = {
        "sha256": sha256,
        "state": state.value,
        "acting_officer": acting_officer,
        "trained_at": trained_at,
        "metrics": json.dumps(metrics, ensure_ascii=False),
    }
    connection.execute(statement("classifier_versions/add_version"), values)


def get_in_use(connection: Connection) -> InUse:
    """Return the model in use and how far people's decisions have come."""
    return InUse(*connection.execute(statement("classifier_versions/get_in_use")).one())


def find_versions(connection: Connection) -> list[Version]:
    """Return each model with what became of it last, the newest first."""
    rows = connection.execute(statement("classifier_versions/find_versions")).mappings()
    return [Version(**{**row, "state": VersionState(row["state"])}) for row in rows]
