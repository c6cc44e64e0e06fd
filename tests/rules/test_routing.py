from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk.rules.classifier import Candidate, Classification, Scope
from desk.rules.office import NotInForceError, Office, Topic
from desk.rules.proposals import MOST
from desk.rules.routing import (
    GiveToDuty,
    Hold,
    HoldReason,
    HoldSensitive,
    ProposeRedirect,
    Route,
    SealedQuestion,
    decide,
)
from tests.dates import at
from tests.offices import AFTER_INSPECTION_ENDED, AFTER_THE_MERGER, ON_THE_CHART_OF_2024, TODAY, said, the_office

OFFICE = the_office()


def a_question(text: str = "Tôi muốn hỏi về lương hưu", **also: Any) -> SealedQuestion:
    asked = SealedQuestion(question_id=1, text=text, received_at=at("Mon 2026-11-23 09:00"))
    return replace(asked, **also)


def with_topics(*added: Topic) -> Office:
    return replace(OFFICE, topics=(*OFFICE.topics, *added))


def with_policy(**changes: Any) -> Office:
    return replace(OFFICE, policies=tuple(replace(policy, **changes) for policy in OFFICE.policies))


def test_a_sure_question_for_one_unit_goes_there_without_a_person() -> None:
    decision = decide(a_question(), said("huu"), OFFICE, TODAY)

    assert isinstance(decision, Route)
    assert [unit.code for unit in decision.units] == ["B_CSXH"]
    assert decision.topics == ("huu",)
    assert (
        decision.because == "Thuộc thẩm quyền của Ban Thực hiện chính sách bảo hiểm xã hội (khả năng đúng khoảng 9/10)."
    )


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (ON_THE_CHART_OF_2024, "TST"),
        (AFTER_THE_MERGER, "B_QLT"),
        (AFTER_INSPECTION_ENDED, "B_QLT"),
        (TODAY, "B_QLT"),
    ],
)
def test_the_letter_goes_to_the_unit_of_the_day(on: date, code: str) -> None:
    decision = decide(a_question(), said("sobhxh"), OFFICE, on)

    assert isinstance(decision, Route)
    assert [unit.code for unit in decision.units] == [code]


def test_two_topics_of_one_unit_are_one_letter() -> None:
    decision = decide(a_question(), said("huu", "motlan"), OFFICE, TODAY)

    assert isinstance(decision, Route)
    assert [unit.code for unit in decision.units] == ["B_CSXH"]


def test_a_file_is_asked_about_at_the_office_of_the_place_named() -> None:
    office = with_topics(Topic(code="tracuu", name="Tra cứu hồ sơ", competences=("BHXH_TINH",)))
    understood = replace(said(), topics=("tracuu",), competences=("BHXH_TINH",))

    decision = decide(a_question("hồ sơ nộp ở q12 đến đâu rồi"), understood, office, TODAY)

    assert isinstance(decision, Route)
    assert decision.place_unit is not None
    assert decision.place_unit.code == "HO_CHI_MINH"
    assert "Bảo hiểm xã hội Thành phố Hồ Chí Minh" in decision.because


def test_a_file_without_a_place_waits_for_the_citizen_to_be_asked() -> None:
    office = with_topics(Topic(code="tracuu", name="Tra cứu hồ sơ", competences=("BHXH_TINH",)))
    understood = replace(said(), topics=("tracuu",), competences=("BHXH_TINH",))

    decision = decide(a_question("hồ sơ của tôi đến đâu rồi"), understood, office, TODAY)

    assert isinstance(decision, Hold)
    assert decision.reason is HoldReason.NO_PLACE


def test_opening_hours_are_for_the_duty_officer_to_answer() -> None:
    decision = decide(a_question("mấy giờ làm việc ạ"), said("lienhe"), OFFICE, TODAY)

    assert decision == GiveToDuty(
        topics=("lienhe",), because="Cán bộ trực trả lời trước: Địa chỉ, số điện thoại, giờ làm việc."
    )


def test_what_is_the_desks_own_business_is_not_written_to_anybody() -> None:
    decision = decide(a_question("cuộc thi có kết quả chưa"), said("truyenthong"), OFFICE, TODAY)

    assert isinstance(decision, GiveToDuty)


def test_a_question_outside_the_sector_is_proposed_for_redirect_and_no_more() -> None:
    understood = said(scope=Scope.OUT, redirect=("X_SO_LDTBXH",))

    decision = decide(a_question("lương tối thiểu vùng"), understood, OFFICE, TODAY)

    assert isinstance(decision, ProposeRedirect)
    assert [authority.name for authority in decision.authorities] == ["Sở Nội vụ"]
    assert decision.proposals[0].authorities == ("X_SO_LDTBXH",)
    assert decision.proposals[0].label_vi == "Hướng dẫn liên hệ Sở Nội vụ"


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (ON_THE_CHART_OF_2024, "Chi cục Thuế nơi Ông/Bà đăng ký thuế"),
        (AFTER_THE_MERGER, "Chi cục Thuế khu vực"),
        (AFTER_INSPECTION_ENDED, "Chi cục Thuế khu vực"),
        (TODAY, "Thuế tỉnh, thành phố nơi Ông/Bà đăng ký thuế"),
    ],
)
def test_the_authority_bears_its_name_of_the_day(on: date, name: str) -> None:
    decision = decide(a_question(), said(scope=Scope.OUT, redirect=("X_THUE",)), OFFICE, on)

    assert isinstance(decision, ProposeRedirect)
    assert [authority.name for authority in decision.authorities] == [name]


@pytest.mark.parametrize(
    ("question", "understood", "reason"),
    [
        (a_question(late=True), said("huu"), HoldReason.LATE),
        (a_question(has_media=True), said("huu"), HoldReason.MEDIA),
        (a_question("tôi cần hỗ trợ gấp"), said(), HoldReason.UNCLEAR),
        (a_question("alo"), said(scope=Scope.NOISE), HoldReason.UNCLEAR),
        (a_question(), said("huu", confidence=0.4), HoldReason.UNSURE),
        (a_question(), said(scope=Scope.OUT, redirect=("X_THUE",), confidence=0.4), HoldReason.UNSURE),
        (a_question(), said("motlan", scope=Scope.MIXED, redirect=("X_TTDVVL",)), HoldReason.MIXED),
        (a_question(), said("huu", "sobhxh"), HoldReason.SEVERAL_UNITS),
        (a_question(), said("nodong"), HoldReason.UNREACHABLE),
    ],
)
def test_whatever_is_not_sure_waits_for_a_person(
    question: SealedQuestion, understood: Classification, reason: HoldReason
) -> None:
    decision = decide(question, understood, OFFICE, TODAY)

    assert isinstance(decision, Hold)
    assert decision.reason is reason
    assert decision.because.endswith(".")


def test_a_unit_that_cannot_be_written_to_is_named_with_the_reason() -> None:
    decision = decide(a_question(), said("nodong"), OFFICE, TODAY)

    assert isinstance(decision, Hold)
    assert "tên đơn vị chưa được xác minh" in decision.because
    assert all("B_KTRA" not in proposal.units for proposal in decision.proposals)


def test_a_topic_that_a_person_must_confirm_waits_however_sure_the_machine_is() -> None:
    decision = decide(a_question(), said("phananh"), OFFICE, ON_THE_CHART_OF_2024)

    assert isinstance(decision, Hold)
    assert decision.reason is HoldReason.MUST_CONFIRM
    assert decision.proposals[0].units == ("TTKT",)


def test_until_people_have_confirmed_enough_the_reason_says_how_many_are_left_and_what_is_promised() -> None:
    decision = decide(a_question(), said("huu"), with_policy(auto_route=True), TODAY, to_confirm=37)

    assert isinstance(decision, Hold)
    assert "còn 37 trong 100 câu đầu" in decision.because
    assert "cứ 10 câu máy tự chuyển thì khoảng 9 câu đúng đơn vị" in decision.because


def test_nothing_is_routed_alone_while_the_office_has_not_switched_it_on() -> None:
    decision = decide(a_question(), said("huu"), with_policy(auto_route=False), TODAY)

    assert isinstance(decision, Hold)
    assert decision.reason is HoldReason.NOT_AUTOMATIC
    assert decision.proposals[0].units == ("B_CSXH",)


def test_the_confidence_the_office_asks_for_is_enough() -> None:
    asked = with_policy(auto_route_confidence=0.9)

    assert isinstance(decide(a_question(), said("huu", confidence=0.9), asked, TODAY), Route)
    assert isinstance(decide(a_question(), said("huu", confidence=0.89), asked, TODAY), Hold)


def test_a_question_for_two_units_offers_both_together_first_then_each() -> None:
    decision = decide(a_question(), said("huu", "sobhxh"), OFFICE, TODAY)

    assert isinstance(decision, Hold)
    assert [proposal.units for proposal in decision.proposals] == [("B_CSXH", "B_QLT"), ("B_CSXH",), ("B_QLT",)]
    assert decision.proposals[0].label_vi == (
        "Chuyển Ban Thực hiện chính sách bảo hiểm xã hội; Ban Quản lý thu và phát triển người tham gia"
    )


def test_an_unsure_question_offers_what_came_closest_without_repeating_a_unit() -> None:
    unsure = replace(
        said("huu", confidence=0.4),
        candidates=(
            Candidate("huu", ("CSXH",), 0.6),
            Candidate("tuat", ("CSXH",), 0.4),
            Candidate("lienhe", ("CSKH",), 0.3),
            Candidate("sobhxh", ("TST",), 0.2),
            Candidate("vanban", ("PC",), 0.1),
        ),
    )

    decision = decide(a_question(), unsure, OFFICE, TODAY)

    assert isinstance(decision, Hold)
    assert [(proposal.units, proposal.duty) for proposal in decision.proposals] == [
        (("B_CSXH",), False),
        ((), True),
        (("B_QLT",), False),
    ]
    assert len(decision.proposals) == MOST


def test_a_mixed_question_offers_the_authority_and_the_unit() -> None:
    decision = decide(a_question(), said("motlan", scope=Scope.MIXED, redirect=("X_TTDVVL",)), OFFICE, TODAY)

    assert isinstance(decision, Hold)
    assert [(each.authorities, each.units) for each in decision.proposals] == [(("X_TTDVVL",), ()), ((), ("B_CSXH",))]
    assert "tổ chức dịch vụ việc làm công" in decision.because


def test_a_sensitive_question_is_held_whatever_the_classifier_says_of_it() -> None:
    decision = decide(a_question("tôi muốn tố cáo", sensitive="to_cao"), said("huu"), OFFICE, TODAY)

    assert isinstance(decision, HoldSensitive)
    assert decision.kind == "to_cao"
    assert decision.urgent is None
    assert decision.proposals[0].duty


@pytest.mark.parametrize(
    "text",
    [
        "tố cáo cán bộ bên Thu nhận tiền",
        "to cao can bo ban quan ly thu va phat trien nguoi tham gia",
        "tố cáo Ban Quản lý Thu - Sổ, Thẻ làm mất sổ của tôi",
    ],
)
def test_a_unit_that_a_sensitive_text_names_is_never_proposed(text: str) -> None:
    decision = decide(a_question(text, sensitive="to_cao"), said("sobhxh", "huu"), OFFICE, TODAY)

    assert isinstance(decision, HoldSensitive)
    proposed = {code for proposal in decision.proposals for code in proposal.units}
    assert proposed == {"B_CSXH"}


def test_a_province_that_a_sensitive_text_names_is_never_proposed() -> None:
    office = with_topics(Topic(code="tracuu", name="Tra cứu hồ sơ", competences=("BHXH_TINH",)))
    understood = replace(
        said(),
        topics=("tracuu",),
        competences=("BHXH_TINH",),
        candidates=(Candidate("tracuu", ("BHXH_TINH",), 0.9),),
    )

    decision = decide(a_question("tố cáo cán bộ BHXH Hà Nội", sensitive="to_cao"), understood, office, TODAY)

    assert isinstance(decision, HoldSensitive)
    assert all(not proposal.units for proposal in decision.proposals)


def test_an_urgent_question_is_held_for_a_person_with_its_unit_proposed() -> None:
    decision = decide(a_question("mẹ tôi đang cấp cứu", urgent="cap_cuu"), said("bhytql"), OFFICE, TODAY)

    assert isinstance(decision, HoldSensitive)
    assert decision.kind is None
    assert decision.urgent == "cap_cuu"
    assert [proposal.units for proposal in decision.proposals] == [(), ("B_CSYT",)]


def test_a_day_before_the_regulation_is_refused() -> None:
    with pytest.raises(NotInForceError, match="policy"):
        decide(a_question(), said("huu"), OFFICE, date(2024, 9, 15))
