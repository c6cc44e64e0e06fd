"""A model fitted anew: judged on writers it never met, and put into use only where it is no worse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk.rules.classifier import Case, Scope
from desk.rules.classifier.comparing import reasons_against
from desk.rules.classifier.measures import measure, surely
from desk.rules.office import Office
from desk.runtime.classifying import models_folder, phrases_of
from desk.runtime.retraining import Retrained, retrain
from tests.offices import label_few, the_office

CONFIRMED = Case(
    id="ZL 26-000001-1",
    text="cái thẻ xanh của bà nội để quên ở trạm bơm, số 0912345678",
    topics=("thebhyt",),
    scope=Scope.IN,
    writer="Trần Thị Trực",
    calibrates=True,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    label_few(folder)
    return folder


@pytest.fixture(scope="module")
def first(folder: Path) -> Retrained:
    return retrain(the_office(), folder, folder, in_use=None, confirmed=[])


def test_the_first_is_compared_with_nothing_and_its_files_are_kept(folder: Path, first: Retrained) -> None:
    assert (first.before, first.against, first.flips) == (None, (), ())
    assert (models_folder(folder) / first.sha256).is_dir()
    assert 0.5 < first.promised.units_exact <= 1
    assert first.promised.alone_right >= 0.9 or first.promised.alone == 0


def test_the_same_messages_give_the_same_model_and_what_a_person_confirmed_another(
    folder: Path, first: Retrained
) -> None:
    again = retrain(the_office(), folder, folder, in_use=first.sha256, confirmed=[])
    assert (again.sha256, again.against, again.flips) == (first.sha256, (), ())

    taught = retrain(the_office(), folder, folder, in_use=first.sha256, confirmed=[CONFIRMED])
    assert taught.sha256 != first.sha256
    assert taught.confirmed == 1
    assert taught.before == first.regression


def test_a_model_that_lost_a_topic_stays_in_the_shadow(first: Retrained) -> None:
    worse = replace(first.regression, f1_of={**first.regression.f1_of, "huu": 0.0}, units_exact=0.1)

    told = reasons_against(worse, first.regression)

    assert [reason.partition(":")[0] for reason in told] == ["đúng trọn bộ đơn vị", "chủ đề huu"]
    assert not reasons_against(first.regression, worse)


def test_few_cases_prove_little() -> None:
    assert surely(9, 10) < surely(90, 100) < surely(900, 1000) < 0.9
    assert surely(0, 0) == 0


def test_what_is_told_of_answers_is_what_they_are() -> None:
    office: Office = the_office()
    phrases = phrases_of(office)
    cases = [
        Case(id="1", text="mất sổ bảo hiểm", topics=("sobhxh",), scope=Scope.IN),
        Case(id="2", text="làm hộ chiếu ở đâu", topics=(), scope=Scope.OUT, redirect=("X_CONGAN",)),
        Case(id="3", text="alo", topics=(), scope=Scope.NOISE),
        Case(id="4", text="rút bhxh một lần", topics=("huu",), scope=Scope.IN),
    ]

    found = measure(cases, phrases.classify_all(case.text for case in cases), phrases.competences)

    assert (found.noise_recall, found.elsewhere_recall, found.redirect_right) == (1, 1, 1)
    assert (found.units_exact, found.route) == (1, 1), "both topics are one unit's"
    assert found.macro_f1 == 0.5
