"""A mail that names several questions is cut at their codes; where that is not sure, a person cuts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.case_codes import case_code
from desk.rules.replies.cutting import Cut, cut_at_codes

ONE, TWO, THREE = (case_code(2026, number) for number in (4512, 4513, 4514))


def typed(code: str) -> str:
    """Return a code as hurried people write it."""
    return code.replace("-", " ").replace("ZL ", "zl")


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}: Được hưởng.\n{TWO}: Không được hưởng.",
        f"Kính gửi Ban Quản trị,\n\n1. Câu hỏi mã {ONE}: Được hưởng.\n2. Câu hỏi mã {TWO}: Không được hưởng.",
        f"- [{ONE}] - Được hưởng.\n\n- [{TWO}] - Không được hưởng.\n",
        f"Mã câu hỏi: {ONE}\nĐược hưởng.\n\nMã câu hỏi: {TWO}\n\nKhông được hưởng.",
        f"{typed(ONE)}: Được hưởng.\n{typed(TWO)}: Không được hưởng.",
        f"Về câu hỏi {TWO}.\nKhông được hưởng.\nVề câu hỏi {ONE}.\nĐược hưởng.",
        f"**{ONE}:** Được hưởng.\n**{TWO}:** Không được hưởng.",
        f"{ONE[3:]}: Được hưởng.\n{TWO[3:]}: Không được hưởng.",
    ],
)
def test_each_question_gets_what_stands_under_its_code(text: str) -> None:
    assert cut_at_codes(text, [ONE, TWO]) == Cut(((ONE, "Được hưởng."), (TWO, "Không được hưởng.")), is_sure=True)


def test_one_part_may_be_for_several_questions() -> None:
    cut = cut_at_codes(f"{ONE}, {TWO}: TIẾP NHẬN\n{THREE} và {ONE}: Xem thêm công văn.", [ONE, TWO, THREE])

    assert cut.is_sure
    assert cut.parts == (
        (ONE, "TIẾP NHẬN\n\nXem thêm công văn."),
        (TWO, "TIẾP NHẬN"),
        (THREE, "Xem thêm công văn."),
    )


def test_a_part_goes_on_over_paragraphs_and_may_name_another_question() -> None:
    first = "Được hưởng.\n\nHồ sơ gồm:\n- Sổ;\n- Đơn."
    second = f"Tương tự câu hỏi {ONE}, không được hưởng.\n\nTrân trọng."

    cut = cut_at_codes(f"{ONE}: {first}\n{TWO}: {second}", [ONE, TWO])

    assert cut == Cut(((ONE, first), (TWO, second)), is_sure=True)


def test_a_code_that_begins_a_sentence_stays_in_it() -> None:
    text = f"Câu hỏi {ONE} thì được hưởng.\nCâu hỏi {TWO} thì không."

    assert cut_at_codes(text, [ONE, TWO]).parts == (
        (ONE, f"Câu hỏi {ONE} thì được hưởng."),
        (TWO, f"Câu hỏi {TWO} thì không."),
    )


def test_a_mail_about_one_question_is_not_cut() -> None:
    assert cut_at_codes("Được hưởng.", [ONE]) == Cut(((ONE, "Được hưởng."),), is_sure=True)
    assert cut_at_codes(f"{ONE}: Được hưởng.", [ONE]) == Cut(((ONE, "Được hưởng."),), is_sure=True)
    assert cut_at_codes(f"Ban trả lời câu hỏi {ONE}: được.", [ONE]).is_sure


@pytest.mark.parametrize(
    "text",
    [
        "Được hưởng.",
        f"Cả hai câu hỏi {ONE} và {TWO} đều được hưởng.",
        f"{ONE}: Được hưởng.",
        f"Người lao động được hưởng.\n{ONE}: Như trên.\n{TWO}: Không.",
        f"{ONE}:\n{TWO}: Không được hưởng.",
        f"{ONE}: Được hưởng.\n{TWO}: Không.\n{THREE}: Không thuộc đơn vị.",
    ],
)
def test_what_cannot_be_cut_surely_is_for_a_person_and_loses_nothing(text: str) -> None:
    cut = cut_at_codes(text, [ONE, TWO])

    assert not cut.is_sure
    assert [code for code, _ in cut.parts] == [ONE, TWO]
    assert all(part for _, part in cut.parts)


def test_what_is_said_to_a_foreign_question_reaches_no_other() -> None:
    cut = cut_at_codes(f"{ONE}: Được hưởng.\n{THREE}: Bí mật.", [ONE])

    assert cut == Cut(((ONE, "Được hưởng."),), is_sure=False)


SAID = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(said=st.lists(SAID, min_size=2, max_size=5), after=st.sampled_from([": ", ":\n", "\n", " - ", "] "]))
def test_parts_come_back_as_they_were_written(said: list[str], after: str) -> None:
    codes = [case_code(2026, 100 + number) for number in range(len(said))]
    text = "\n\n".join(f"{code}{after}{part}" for code, part in zip(codes, said, strict=True))

    assert cut_at_codes(text, codes).parts == tuple(zip(codes, said, strict=True))
