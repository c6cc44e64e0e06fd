"""Which model is in use: the first is taken as it is, later ones by a person or by how they compare."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.measures import Measures, measure
from desk.rules.classifier.model import Model
from desk.rules.office import Office
from desk.rules.wording import wording_of
from desk.runtime.artifacts import load
from desk.runtime.classifying import fitted_model, models_folder, phrases_of
from desk.runtime.labelled import FOLDER, read_labelled
from desk.store.classifier_versions import VersionState, add_version, find_versions, get_in_use


class UnknownVersionError(LookupError):
    """No model of that name was ever fitted, or there is none to go back to."""


def install_first_model(
    connection: Connection,
    office: Office,
    folder: Path,
    data_dir: Path,
    trained_at: datetime,
    *,
    by_meaning: bool = False,
) -> None:
    """Fit and promote the model of the labelled messages where none was promoted yet. Safe to repeat.

    Raises:
        OfficeError: there are mistakes in the labelled messages.
    """
    if get_in_use(connection).sha256 is not None or not (folder / FOLDER).is_dir():
        return
    model, name = fitted_model(office, folder, data_dir, by_meaning=by_meaning)
    measured = on_regression(model, name, office, folder)
    add_version(
        connection,
        name,
        VersionState.PROMOTED,
        acting_officer="zalo-desk",
        trained_at=trained_at,
        metrics=figures_of(measured),
    )


def promote(connection: Connection, office: Office, data_dir: Path, start: str, *, acting_officer: str) -> str:
    """Put the model whose hash begins so into use, and return its name; its files are checked first.

    Raises:
        UnknownVersionError: none, or more than one, begins so.
        ArtifactError: its files are missing or were changed.
    """
    found = [version for version in find_versions(connection) if version.sha256.startswith(start)]
    if len(found) != 1 or not start:
        message = f"Không có, hoặc có hơn một phiên bản bắt đầu bằng {start!r}: xem zalo-desk classifier list."
        raise UnknownVersionError(message)
    chosen = found[0]
    load(models_folder(data_dir), chosen.sha256, wording_of(office.lexicon))
    add_version(
        connection,
        chosen.sha256,
        VersionState.PROMOTED,
        acting_officer=acting_officer,
        trained_at=chosen.trained_at,
        metrics=chosen.metrics,
    )
    return chosen.sha256


def roll_back(connection: Connection, office: Office, data_dir: Path, *, acting_officer: str) -> str:
    """Put the model that was in use before into use again, and return its name.

    Raises:
        UnknownVersionError: none was in use before.
        ArtifactError: its files are missing or were changed.
    """
    retired = [version for version in find_versions(connection) if version.state is VersionState.RETIRED]
    if not retired:
        message = "Chưa có phiên bản nào từng được dùng trước đó."
        raise UnknownVersionError(message)
    latest = max(retired, key=lambda version: version.recorded_at)
    return promote(connection, office, data_dir, latest.sha256, acting_officer=acting_officer)


def on_regression(model: Model, name: str, office: Office, folder: Path) -> Measures:
    """Return how good a model is on the messages that are set aside."""
    phrases = phrases_of(office)
    cases = read_labelled(folder, office).regression
    said = FusedClassifier(phrases, model, name).classify_all([case.text for case in cases])
    return measure(cases, said, phrases.competences)


def figures_of(measured: Measures) -> dict[str, object]:
    """Return the figures that are kept beside a model."""
    return {
        "macro_f1": measured.macro_f1,
        "units_exact": measured.units_exact,
        "route": measured.route,
        "elsewhere_recall": measured.elsewhere_recall,
        "alone": round(measured.alone, 4),
        "alone_right": measured.alone_right,
    }
