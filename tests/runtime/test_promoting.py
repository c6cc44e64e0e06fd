"""Which model decides: the phrases until one is promoted, then the newest promoted, and the one before on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from desk.rules.classifier.fusion import FIRST_FUSION
from desk.rules.classifier.model import fit
from desk.rules.wording import wording_of
from desk.runtime.artifacts import save
from desk.runtime.classifying import models_folder, phrases_of
from desk.runtime.in_force import in_force
from desk.runtime.labelled import read_labelled
from desk.runtime.office import load
from desk.runtime.promoting import UnknownVersionError, install_first_model, promote, roll_back
from desk.runtime.settings import settings
from desk.runtime.trying_phrases import find_flips
from desk.store.classifier_versions import VersionState, add_version, find_versions, get_in_use
from tests.offices import FOLDER, the_office

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
WORDING = wording_of(the_office().lexicon)
SOME = read_labelled(FOLDER, the_office()).train[:300]


def a_model(folder: Path, cases: int) -> str:
    return save(fit(SOME[:cases], WORDING, FIRST_FUSION), models_folder(folder))


def add(connection: Connection, name: str, state: VersionState) -> None:
    add_version(connection, name, state, acting_officer="HA", trained_at=NOW, metrics={"macro_f1": 0.8})


def test_phrases_decide_until_a_model_is_promoted(connection: Connection) -> None:
    load(connection, the_office())

    assert get_in_use(connection).sha256 is None
    assert in_force(connection).classifier.version == phrases_of(the_office()).version


def test_a_model_whose_files_are_not_here_leaves_the_phrases_to_decide(connection: Connection) -> None:
    load(connection, the_office())
    add(connection, "0" * 64, VersionState.PROMOTED)

    assert in_force(connection).classifier.version == phrases_of(the_office()).version


def test_a_promoted_model_decides_and_the_one_before_comes_back_by_one_command(
    connection: Connection, tmp_path: Path
) -> None:
    first, second = a_model(tmp_path, 250), a_model(tmp_path, 300)
    add(connection, first, VersionState.PROMOTED)
    add(connection, second, VersionState.SHADOW)
    assert get_in_use(connection).sha256 == first, "a model in the shadow decides nothing"

    promote(connection, the_office(), tmp_path, second[:10], acting_officer="HA")
    assert get_in_use(connection).sha256 == second
    assert {one.sha256: one.state for one in find_versions(connection)} == {
        first: VersionState.RETIRED,
        second: VersionState.PROMOTED,
    }

    assert roll_back(connection, the_office(), tmp_path, acting_officer="HA") == first
    assert get_in_use(connection).sha256 == first


def test_a_model_that_nobody_fitted_is_not_promoted(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(UnknownVersionError):
        promote(connection, the_office(), tmp_path, "abc", acting_officer="HA")
    with pytest.raises(UnknownVersionError):
        roll_back(connection, the_office(), tmp_path, acting_officer="HA")


def test_the_first_model_is_fitted_measured_and_promoted_once(connection: Connection) -> None:
    kept = settings().data_dir
    install_first_model(connection, the_office(), FOLDER, kept, NOW)
    install_first_model(connection, the_office(), FOLDER, kept, NOW)

    (version,) = find_versions(connection)
    assert version.state is VersionState.PROMOTED
    assert float(str(version.metrics["macro_f1"])) > 0.7
    load(connection, the_office())
    said = in_force(connection).classify("tiền đẻ của em đâu, em nghỉ từ tháng 7 rồi")
    assert said.version.startswith(version.sha256[:12])
    assert set(said.competences) == {"CSXH", "TCKT"}


def test_an_edit_of_phrases_tells_whom_it_would_send_elsewhere_before_it_is_loaded(connection: Connection) -> None:
    office = the_office()
    load(connection, office)
    desk = in_force(connection)
    silenced = tuple(
        replace(phrase, status="retired") if phrase.target == "tuyendung" else phrase
        for phrase in office.lexicon.phrases
    )
    edited = replace(office, lexicon=replace(office.lexicon, phrases=silenced))

    assert find_flips(connection, desk, office, FOLDER) == []
    told = find_flips(connection, desk, edited, FOLDER)
    assert told
    assert all("tuyendung" in flip.was and "tuyendung" not in flip.is_now for flip in told)
