"""A fitted model on disk: the same for the same messages, refused when touched, and it classifies as it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk.rules.classifier import Case, Scope
from desk.rules.classifier.classification import Proof
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.fusion import FIRST_FUSION
from desk.rules.classifier.model import Model, fit
from desk.rules.wording import wording_of
from desk.runtime.artifacts import ArtifactError, load, save
from desk.runtime.classifying import phrases_of
from desk.runtime.labelled import read_labelled
from tests.offices import FOLDER, the_office

WORDING = wording_of(the_office().lexicon)
SOME = read_labelled(FOLDER, the_office()).train[:400]


@pytest.fixture(scope="module")
def model() -> Model:
    return fit(SOME, WORDING, FIRST_FUSION)


def test_the_same_messages_in_any_order_give_the_same_folder_to_the_byte(model: Model, tmp_path: Path) -> None:
    again = fit(SOME[::-1], WORDING, FIRST_FUSION)

    assert save(model, tmp_path / "a") == save(again, tmp_path / "b")
    assert save(model, tmp_path / "a") in {folder.name for folder in (tmp_path / "a").iterdir()}


def test_what_is_read_back_answers_as_what_was_fitted(model: Model, tmp_path: Path) -> None:
    phrases = phrases_of(the_office())
    read_back = load(tmp_path, save(model, tmp_path), WORDING)
    texts = [case.text for case in SOME[:50]]

    assert FusedClassifier(phrases, read_back, "x").classify_all(texts) == FusedClassifier(
        phrases, model, "x"
    ).classify_all(texts)


def test_a_folder_that_was_changed_or_lost_is_refused(model: Model, tmp_path: Path) -> None:
    name = save(model, tmp_path)
    settings = tmp_path / name / "settings.json"
    settings.write_text(settings.read_text(encoding="utf-8").replace("0.45", "0.46"), encoding="utf-8")

    with pytest.raises(ArtifactError, match="was changed"):
        load(tmp_path, name, WORDING)
    with pytest.raises(ArtifactError, match="no model"):
        load(tmp_path, "0" * 64, WORDING)


def test_nobody_s_numbers_are_written_down(tmp_path: Path) -> None:
    told = Case(
        id="z-1", text="Tôi số 0912345678 bị mất sổ", topics=("sobhxh",), scope=Scope.IN, writer="Trần Thị Trực"
    )

    name = save(fit((*SOME, told), WORDING, FIRST_FUSION), tmp_path)

    assert "[số điện thoại]" in (tmp_path / name / "cases.json").read_text(encoding="utf-8")
    assert not any(b"0912345678" in file.read_bytes() for file in (tmp_path / name).iterdir())


def test_a_case_confirmed_after_the_fit_is_a_neighbour_at_once(model: Model) -> None:
    text = "cái thẻ xanh của bà nội để quên ở trạm bơm"
    confirmed = Case(id="ZL 26-000001-1", text=text, topics=("thebhyt",), scope=Scope.IN, writer="Trần Thị Trực")
    phrases = phrases_of(the_office())

    said = FusedClassifier(phrases, model.with_cases([confirmed]), "x").classify(text)

    assert next(proof.phrase for proof in said.evidence if proof.kind is Proof.CASE) == confirmed.id
    assert model.with_cases([replace(confirmed, id=SOME[0].id)]) is model, "known already"
