"""What questions are about, by the phrases of the office: sure where it is plain, and unsure where it is not."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.classifier import Classification, Classifier, Scope
from desk.rules.office import Phrase, Topic
from desk.rules.wording import folded
from tests.rules.office_words import AUTHORITIES, LEXICON, OFFICE

CLASSIFIER = Classifier(OFFICE.topics, LEXICON, AUTHORITIES, auto_from=0.5)
QUESTIONS = Path(__file__).parents[2] / "sandbox" / "messages" / "questions.csv"


def a_classifier(*phrases: Phrase) -> Classifier:
    topics = (
        Topic(code="sobhxh", name="Sổ", competences=("TST",)),
        Topic(code="thebhyt", name="Thẻ", competences=("TST",)),
        Topic(code="nodong", name="Nợ", competences=("TST", "TTKT")),
        Topic(code="phananh", name="Phản ánh", competences=("TTKT",), always_confirmed=True),
    )
    return Classifier(topics, replace(LEXICON, phrases=phrases), {"X_THUE"}, auto_from=0.5)


def a_phrase(phrase: str, target: str, weight: float = 3, status: str = "active") -> Phrase:
    return Phrase(phrase=phrase, weight=weight, target=target, author="Tổ Zalo", status=status)


@pytest.mark.parametrize(
    ("text", "topics", "competences"),
    [
        ("Thủ tục rút BHXH một lần gồm những gì?", ("motlan",), ("CSXH",)),
        ("e mún rút bh 1 cục", ("motlan",), ("CSXH",)),
        ("mat so bhxh lam lai o dau", ("sobhxh",), ("TST",)),
        ("quên mk vssid", ("vssid",), ("CNTT",)),
        ("cty nợ bhxh cả năm r", ("nodong",), ("TST", "TTKT")),
        ("thanh toán trực tiếp chi phí khám chữa bệnh", ("bhyttt",), ("GDDT",)),
        ("có người mạo danh BHXH gọi điện", ("luadao",), ("TT",)),
        ("mua bhyt hộ gđ 1 ng thì bn tiền 1 năm", ("bhythgd",), ("TST",)),
        ("luong huu thang nay chua ve tai khoan", ("chitra",), ("TCKT",)),
        ("vợ sinh mổ chồng được nghỉ mấy ngày", ("thaisan",), ("CSXH",)),
        ("mấy giờ bhxh nghỉ trưa", ("lienhe",), ("CSKH",)),
        ("xin sao lục hồ sơ lưu trữ", ("luutru",), ("LT",)),
    ],
)
def test_a_plain_question_goes_to_its_topic_and_units(text: str, topics: tuple[str, ...], competences: object) -> None:
    said = CLASSIFIER.classify(text)

    assert (said.scope, said.topics, said.competences) == (Scope.IN, topics, competences)
    assert said.redirect == ()
    assert said.candidates[0].topic == topics[0]
    assert {proof.target for proof in said.evidence} >= set(topics)


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("làm lại căn cước công dân ở đâu", "X_CONGAN"),
        ("quyết toán thuế thu nhập cá nhân thế nào", "X_THUE"),
        ("trợ cấp hưu trí xã hội cho người 75 tuổi", "X_UBND_XA"),
        ("muốn rút bảo hiểm nhân thọ trước hạn", "X_DNBH"),
        ("công ty nợ lương 3 tháng không trả", "X_SO_LDTBXH"),
        ("vay vốn ngân hàng chính sách", "X_NGANHANG"),
        ("khai báo việc làm hàng tháng", "X_TTDVVL"),
        ("bị lừa đảo qua mạng thì trình báo ở đâu", "X_CONGAN"),
    ],
)
def test_another_authority_s_business_is_proposed_for_redirect_and_never_goes_alone(text: str, authority: str) -> None:
    said = CLASSIFIER.classify(text)

    assert (said.scope, said.redirect, said.topics, said.auto) == (Scope.OUT, (authority,), (), False)


@pytest.mark.parametrize("text", ["thi dong bhxh o dau vay", "dong bhxh bat buoc the nao vay ad"])
def test_a_question_that_ends_in_vay_asks_no_bank(text: str) -> None:
    assert "X_NGANHANG" not in CLASSIFIER.classify(text).redirect


@pytest.mark.parametrize(
    "text", ["alo", "cảm ơn ad", "sao lau qua vay", "???", "vay tiền nhanh k thế chấp ib zalo nhé mn"]
)
def test_small_talk_and_advertisements_are_noise(text: str) -> None:
    said = CLASSIFIER.classify(text)

    assert (said.scope, said.topics, said.redirect, said.auto) == (Scope.NOISE, (), (), False)


def test_what_nothing_is_known_of_is_left_to_a_person() -> None:
    said = CLASSIFIER.classify("Tôi cần được giải đáp vấn đề đã trao đổi bữa trước với anh Hùng")

    assert said.confidence < 0.5
    assert not said.auto


def test_a_sure_question_of_one_unit_may_go_alone_and_no_other() -> None:
    classifier = a_classifier(
        a_phrase("mất sổ", "sobhxh"), a_phrase("nợ bảo hiểm", "nodong"), a_phrase("quát dân", "phananh")
    )

    assert classifier.classify("em bị mất sổ").auto
    assert not classifier.classify("công ty nợ bảo hiểm").auto, "two units"
    assert not classifier.classify("cán bộ quát dân").auto, "complaints are confirmed by a person"
    assert not classifier.classify("em bị mất sổ, tố cáo").auto, "sensitive"
    long_story = "hồi đó tôi làm ở xa rồi chuyển nhà mấy bận, giấy tờ thất lạc dần, nay kiểm lại thì mất sổ"
    assert not classifier.classify(long_story).auto, "most of it is not understood"


def test_topics_of_one_unit_may_go_alone_together() -> None:
    said = a_classifier(a_phrase("mất sổ", "sobhxh"), a_phrase("mất thẻ", "thebhyt")).classify("mất sổ mất thẻ")

    assert said.topics == ("sobhxh", "thebhyt")
    assert said.competences == ("TST",)


def test_evidence_names_the_phrase_its_weight_here_and_who_added_it() -> None:
    classifier = a_classifier(
        a_phrase("mất sổ", "sobhxh"), a_phrase("sổ", "sobhxh", 1), a_phrase("sổ đỏ", "sobhxh", -2)
    )

    (proof,) = classifier.classify("mật số").evidence
    assert (proof.phrase, proof.weight, proof.target, proof.author) == ("mất sổ", 1.5, "sobhxh", "Tổ Zalo")
    against = classifier.classify("em bị mất sổ đỏ").evidence
    assert [(proof.phrase, proof.weight) for proof in against] == [("mất sổ", 3), ("sổ đỏ", -2)]


def test_words_that_already_spoke_for_a_topic_add_nothing_to_it() -> None:
    once = a_classifier(a_phrase("mất sổ", "sobhxh"))
    twice = a_classifier(a_phrase("mất sổ", "sobhxh"), a_phrase("mất .. sổ", "sobhxh"))

    assert once.classify("bị mất sổ").confidence == twice.classify("bị mất sổ").confidence


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_phrase_that_is_not_active_says_nothing(status: str) -> None:
    classifier = a_classifier(a_phrase("mất sổ", "sobhxh", status=status))

    assert classifier.classify("em bị mất sổ").topics == ()


def test_both_sides_are_named_where_a_question_is_plainly_for_both() -> None:
    classifier = a_classifier(
        a_phrase("mất sổ", "sobhxh"), a_phrase("gộp sổ", "sobhxh"), a_phrase("hoàn thuế", "X_THUE"),
        a_phrase("mã số thuế", "X_THUE"),
    )  # fmt: skip
    said = classifier.classify("em mất sổ muốn gộp sổ, còn mã số thuế với hoàn thuế thì sao")

    assert (said.scope, said.topics, said.redirect, said.auto) == (Scope.MIXED, ("sobhxh",), ("X_THUE",), False)


def test_the_version_changes_with_the_words_and_with_nothing_else() -> None:
    first, second = (a_phrase("mất sổ", "sobhxh"), a_phrase("mất thẻ", "thebhyt"))
    version = a_classifier(first, second).version

    assert a_classifier(second, first).version == version
    assert a_classifier(first, replace(second, author="ai đó")).version == version
    assert a_classifier(first, replace(second, weight=2)).version != version


def test_accents_decide_little_about_what_is_understood() -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        texts = [row["text"] for row in csv.DictReader(rows)]
    typed, bare = CLASSIFIER.classify_all(texts), CLASSIFIER.classify_all(map(folded, texts))

    same = sum(a.topics == b.topics for a, b in zip(typed, bare, strict=True))
    assert same / len(texts) > 0.8


def test_the_questions_of_the_sandbox_are_mostly_understood_and_what_goes_alone_is_right() -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        asked = list(csv.DictReader(rows))
    said = CLASSIFIER.classify_all(row["text"] for row in asked)

    def is_right(row: dict[str, str], answer: Classification) -> bool:
        return answer.scope == row["scope"] and set(answer.competences) == set(filter(None, row["units"].split(";")))

    right = [is_right(row, answer) for row, answer in zip(asked, said, strict=True)]
    alone = [is_right(row, answer) for row, answer in zip(asked, said, strict=True) if answer.auto]
    assert sum(right) / len(right) > 0.7
    assert sum(alone) / len(alone) > 0.9
    assert len(alone) / len(right) > 0.25


def test_every_label_of_the_sandbox_s_questions_is_a_code_of_the_office() -> None:
    topics = {topic.code: set(topic.competences) for topic in OFFICE.topics}
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            named = list(filter(None, row["topic"].split(";")))
            assert set(filter(None, row["redirect"].split(";"))) <= AUTHORITIES
            assert set().union(*(topics[code] for code in named)) == set(filter(None, row["units"].split(";")))
            assert row["scope"] in {scope.value for scope in Scope}


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_that_hangs_together(text: str) -> None:
    said = CLASSIFIER.classify(text)

    assert 0 <= said.confidence <= 1
    assert (said.scope is Scope.IN) or not said.auto
    assert bool(said.redirect) == (said.scope in {Scope.OUT, Scope.MIXED})
    assert not said.topics or said.scope in {Scope.IN, Scope.MIXED}
    assert said == CLASSIFIER.classify(text)
