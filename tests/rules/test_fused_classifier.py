"""What questions are about, by all that is known: phrases, the model, the cases most like them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desk.rules.classifier import Scope
from desk.rules.classifier.classification import Proof
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.office import Facet, competences_of
from desk.rules.wording import folded
from desk.runtime.classifying import fitted_classifier
from desk.runtime.settings import settings
from tests.offices import FOLDER, the_office


@pytest.fixture(scope="module")
def classifier() -> FusedClassifier:
    return fitted_classifier(the_office(), FOLDER, settings().data_dir)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("bả sanh xong ba tháng mà hãng chưa đưa đồng nào tiền đẻ", {"CSXH", "TCKT"}),
        ("rớt mất cái bìa xanh hồi dọn nhà, xin làm lại", {"TST"}),
        ("chạy thận ở viện tỉnh khác thì được chịu mấy phần", {"CSYT"}),
        ("toa thuốc tự trả ngoài quầy, gom hoá đơn xin lại tiền", {"GDDT"}),
    ],
)
def test_everyday_words_find_their_units_with_accents_and_without(
    classifier: FusedClassifier, text: str, units: set[str]
) -> None:
    assert set(classifier.classify(text).competences) == units
    assert set(classifier.classify(folded(text)).competences) == units


def test_every_proposal_says_why(classifier: FusedClassifier) -> None:
    said = classifier.classify("tiền tuất của ba tôi nộp hồ sơ lâu rồi chưa thấy")

    assert {proof.kind for proof in said.evidence} == {Proof.PHRASE, Proof.WORD, Proof.CASE}
    assert all(proof.author for proof in said.evidence if proof.kind is Proof.PHRASE)
    assert len(said.candidates) == 3


def test_what_is_delicate_or_several_units_never_goes_alone(classifier: FusedClassifier) -> None:
    plain = classifier.classify("em bị mất sổ bảo hiểm xã hội, xin cấp lại sổ")

    assert plain.auto
    assert not classifier.classify("em bị mất sổ bảo hiểm xã hội, tôi sẽ tố cáo cán bộ").auto
    assert not classifier.classify("công ty nợ bảo hiểm cả năm, em không rút được một lần").auto
    assert not classifier.classify("xin sao lục hồ sơ lưu trữ").auto, "no case has taught it"


def test_small_talk_is_nobody_s_business(classifier: FusedClassifier) -> None:
    for text in ("alo", "dạ em cảm ơn ad nhiều", "[Hình ảnh]"):
        assert classifier.classify(text).scope is Scope.NOISE


def test_a_batch_says_what_each_message_alone_would_be(classifier: FusedClassifier) -> None:
    texts = ["mất thẻ", "alo", "quên mk vssid", "làm hộ chiếu ở đâu"]

    assert [said.topics for said in classifier.classify_all(texts)] == [
        classifier.classify(text).topics for text in texts
    ]
    assert classifier.classify_all([]) == []


def test_subject_and_facet_go_to_both_units_unless_the_table_names_others() -> None:
    known = {topic.code: topic for topic in the_office().topics}
    table = [Facet(facet="chitra", units={"bhtn": ("TCKT",)})]

    assert competences_of(["bhtn", "chitra"], known, []) == ("CSXH", "TCKT")
    assert competences_of(["bhtn", "chitra"], known, table) == ("TCKT",)
    assert competences_of(["huu", "chitra"], known, table) == ("CSXH", "TCKT")
    assert competences_of(["sobhxh", "chitra", "bhtn"], known, table) == ("TST", "TCKT")


def test_deciding_imports_nothing_that_only_fitting_needs() -> None:
    code = "import sys, desk.rules.classifier.fused; sys.exit('sklearn' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
