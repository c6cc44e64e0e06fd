from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desk.runtime.office import read_files
from desk.runtime.office_files import Mistake, OfficeError

Edit = Callable[[str, str, str], Path]


def mistakes_in(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(OfficeError) as refused:
        read_files(folder)
    return refused.value.mistakes


# one folder a kind of mistake: the file, what stands there, what is written instead, what ops are told of it
MISTAKES = {
    "an entry that does not exist": ("units.yaml", "  letters: twice_daily", "  leters: twice_daily", "'leters'"),
    "an entry left out": ("units.yaml", "  name: Vụ Pháp chế\n", "", "thiếu mục 'name'"),
    "an entry left empty": ("units.yaml", "name: Vụ Pháp chế", "name:", "thiếu mục 'name'"),
    "an entry written twice": ("units.yaml", "  name: Vụ Pháp chế\n", "  name: A\n  name: B\n", "hai lần"),
    "a name that is a list": ("units.yaml", "name: Vụ Pháp chế", "name: [a, b]", "không dùng được"),
    "an entry named by a list": ("units.yaml", "  name: Vụ Pháp chế", "  ? [a, b]\n  : c", "tên mục"),
    "a date that is none": ("units.yaml", "valid_to: 2025-02-28", "valid_to: 28/02/2025", "'28/02/2025'"),
    "a choice that is none": ("units.yaml", "letters: twice_daily", "letters: weekly", "'weekly'"),
    "a yes that is none": ("units.yaml", "is_desk: true", "is_desk: chắc chắn", "'chắc chắn'"),
    "a single address without brackets": ("officials.yaml", "roles: [head]", "roles: head", "'head'"),
    "a file that is no list": ("authorities.yaml", "- code: X_TTDVVL", "x: [\n- code: X_TTDVVL", "cú pháp YAML"),
    "a period that ends before it begins": ("units.yaml", "valid_to: 2025-02-28", "valid_to: 2019-02-28", "trước ngày"),
    "two periods on one day": ("authorities.yaml", "valid_to: 2025-12-31", "valid_to: 2026-01-01", "trùng ngày"),
    "a successor that does not exist": ("units.yaml", "successor: B_PC", "successor: B_XYZ", "'B_XYZ'"),
    "a successor that comes too late": ("units.yaml", "valid_to: 2025-02-28", "valid_to: 2025-02-27", "28/02/2025"),
    "a unit that ends without a successor": ("units.yaml", "  successor: B_PC\n", "", "chưa ghi đơn vị kế thừa"),
    "an address that is none": ("units.yaml", "csxh@bhxh.example.vn", "csxh.bhxh.example.vn", "địa chỉ thư"),
    "a head's address that is none": ("units.yaml", "csxh.lanhdao@bhxh.example.vn", "lãnh.đạo@a.vn", "địa chỉ thư"),
    "an official's address that is none": ("officials.yaml", "vu.hai.yen@bhxh.example.vn", "vu hai yen", "địa chỉ thư"),
    "a province's address that is none": ("provincial_units.yaml", "hanoi@tinh.bhxh", "hanoi tinh.bhxh", "địa chỉ thư"),
    "a topic written twice": ("topics.yaml", "code: motlan", "code: huu", "chủ đề 'huu'"),
    "a topic of an unknown unit": ("topics.yaml", "competences: [PC]", "competences: [P_C]", "'P_C'"),
    "a topic of no unit": ("topics.yaml", "competences: [PC]", "competences: []", "chưa có đơn vị"),
    "a half-day without hours": ("calendar.csv", "2026-11-24,off", "2026-11-24,half", "blocks"),
    "a day off with hours": (
        "calendar.csv",
        "2027-11-24,off,Ngày Văn hóa Việt Nam,Nghị quyết 28/2026/QH16,",
        "2027-11-24,off,Ngày Văn hóa Việt Nam,Nghị quyết 28/2026/QH16,08:00-12:00",
        "blocks",
    ),
    "hours of a half-day in disorder": (
        "calendar.csv",
        "2027-11-24,off,Ngày Văn hóa Việt Nam,Nghị quyết 28/2026/QH16,",
        "2027-11-24,half,x,y,13:00-15:00;08:00-12:00",
        "không theo thứ tự",
    ),
    "a day written twice": ("calendar.csv", "2026-09-02,off", "2026-09-01,off", "01/09/2026"),
    "a table without its first line": ("calendar.csv", "date,kind", "ngay,loai", "dòng tiêu đề"),
    "a row with a cell too many": ("calendar.csv", "2026-09-02,off", "2026-09-02,off,off", "6 ô"),
    "hours that are none": ("policy.yaml", '"13:00-17:00"', '"chiều"', "'chiều'"),
    "hours that overlap": ("policy.yaml", '"13:00-17:00"', '"11:00-17:00"', "trùng nhau"),
    "no hours": ("policy.yaml", 'hours: ["08:00-12:00", "13:00-17:00"]', "hours: []", "chưa có giờ làm việc"),
    "a policy that ends": (
        "policy.yaml",
        "valid_from: 2024-09-16",
        "valid_from: 2024-09-16\n  valid_to: 2026-12-31",
        "chưa có quy định",
    ),
    "days without a policy": (
        "policy.yaml",
        "- valid_from: 2024-09-16",
        '- {valid_from: 2024-01-01, valid_to: 2024-09-01, hours: ["08:00-12:00"]}\n- valid_from: 2024-09-16',
        "02/09/2024",
    ),
    "a policy under another name": ("policy.yaml", "  counting: A", "  counting: A\n  code: other", "'other'"),
    "a way of counting that does not exist": ("policy.yaml", "counting: A", "counting: C", "'C'"),
    "a limit of no day at all": ("policy.yaml", "reply_days: [3, 4, 5]", "reply_days: [0, 4, 5]", "dưới 1 ngày"),
    "a duty of nobody": ("roster.csv", "2026-11-23,morning,", "2026-11-23,morning,X", "không có trong officials.yaml"),
    "a duty on a day off": ("roster.csv", "2026-11-23,morning", "2026-11-24,morning", "ngày nghỉ"),
    "a session with two officers": ("roster.csv", "2026-11-23,afternoon", "2026-11-23,all_day", "đã có người trực"),
    "an officer who stands in alone": (
        "roster.csv",
        "2026-11-02,morning,HA,MINH",
        "2026-11-02,morning,HA,HA",
        "tự thay",
    ),
    "a command nobody carries out": ("commands.yaml", "code: wait", "code: wait_more", "'wait_more'"),
    "a command without its words": ("commands.yaml", "code: wait", "code: not_done", "'wait'"),
    "words that would order two things": ("commands.yaml", "[KHÔNG XỬ LÝ,", "[bo tep,", "'bo tep' vừa là"),
    "a delegation of nobody": ("delegations.yaml", "official: DUNG", "official: X", "không có trong officials.yaml"),
    "a delegation of content to another than a deputy": (
        "delegations.yaml",
        "official: DUNG",
        "official: THAO",
        "không phải Phó Trưởng Ban",
    ),
    "a delegation without its paper": (
        "delegations.yaml",
        "act: Quyết định số 01/QĐ-BQT (giả) ngày 20/9/2024",
        'act: " "',
        "chưa ghi văn bản",
    ),
    "a delegation that ends before it begins": (
        "delegations.yaml",
        "valid_from: 2024-09-20",
        "valid_from: 2024-09-20\n  valid_to: 2024-09-19",
        "hết hiệu lực trước",
    ),
    "two delegations for one day": (
        "delegations.yaml",
        "- official: NGA\n  scope: redirect",
        "- official: DUNG\n  scope: content",
        "trùng ngày",
    ),
    "an office without a secretary": (
        "officials.yaml",
        "  valid_from: 2025-03-01\n\n- code: DUNG",
        "  valid_from: 2025-03-01\n  valid_to: 2026-12-31\n\n- code: DUNG",
        "secretary",
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_remedy_and_nothing_is_taken(kind: str, edited: Edit) -> None:
    name, old, new, told = MISTAKES[kind]
    folder = edited(name, old, new)

    mistakes = mistakes_in(folder)

    found = [mistake for mistake in mistakes if told in mistake.what]
    assert found, [str(mistake) for mistake in mistakes]
    assert {mistake.file for mistake in found} == {name}
    assert all(mistake.remedy for mistake in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        # what is written wrongly: where it stands
        ("units.yaml", "is_desk: true", "is_desk: maybe", "  is_desk: maybe"),
        (
            "policy.yaml",
            'board_report_at: ["11:00"',
            'board_report_at: ["11:99"',
            '  board_report_at: ["11:99", "16:00"]',
        ),
        ("roster.csv", "2026-11-23,morning,", "2026-11-23,morning,X", "2026-11-23,morning,X"),
        # what is not written: where its row begins
        ("officials.yaml", "  name: Vũ Hải Yến\n", "", "- code: YEN"),
        # what does not fit with another row: the later of the two
        ("authorities.yaml", "valid_to: 2025-12-31", "valid_to: 2026-01-01", "  valid_from: 2026-01-01"),
    ],
)
def test_the_line_is_the_one_to_mend(name: str, old: str, new: str, line: str, edited: Edit) -> None:
    folder = edited(name, old, new)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()

    assert {lines[mistake.line - 1][: len(line)] for mistake in mistakes_in(folder)} == {line}


# the phrases are those of conftest.FEW_PHRASES
LEXICON_MISTAKES = {
    "a phrase for an unknown topic": ("phrases.yaml", "huu:", "hưu:", 1, "'hưu'"),
    "a phrase for an unknown authority": ("phrases.yaml", "X_THUE:", "X_THUẾ:", 3, "'X_THUẾ'"),
    "a phrase written twice": (
        "phrases.yaml",
        "X_THUE:",
        "  - {phrase: Lương  Hưu, weight: 2}\nX_THUE:",
        3,
        "lặp lại",
    ),
    "a single syllable that would decide": ("phrases.yaml", "phrase: lương hưu", "phrase: tuất", 2, "chỉ có một tiếng"),
    "a phrase without words": ("phrases.yaml", "phrase: lương hưu", 'phrase: " "', 2, "cụm từ trống"),
    "a state that no phrase has": ("phrases.yaml", "status: active", "status: hoạt động", 2, "'hoạt động'"),
    "a weight that is no number": ("phrases.yaml", "weight: 3, author", "weight: nặng, author", 2, "'nặng'"),
    "a kind of small talk that no rule knows": ("small_talk.yaml", "", "hello: [xin chào]\n", 1, "'hello'"),
    "a list that is missing": ("sensitive.yaml", "urgent:", "urgentt:", None, "thiếu mục 'urgent'"),
}


@pytest.mark.parametrize("kind", LEXICON_MISTAKES)
def test_a_mistake_in_the_words_is_told_with_its_line(kind: str, edited: Edit) -> None:
    name, old, new, line, told = LEXICON_MISTAKES[kind]
    folder = edited(name, old, new)

    found = [mistake for mistake in mistakes_in(folder) if told in mistake.what]

    assert [mistake.file for mistake in found] == [name]
    assert line is None or found[0].line == line


@pytest.mark.parametrize("phrase", ["vssid", "c12", "lương hưu", "tnlđ"])
def test_an_abbreviation_or_two_syllables_may_decide(phrase: str, edited: Edit) -> None:
    folder = edited("phrases.yaml", "lương hưu", phrase)

    assert phrase in {each.phrase for each in read_files(folder).lexicon.phrases}


def test_ops_read_file_line_mistake_and_remedy_in_one_line(edited: Edit) -> None:
    folder = edited("units.yaml", "letters: twice_daily", "letters: weekly")
    lines = (folder / "units.yaml").read_text(encoding="utf-8").splitlines()

    (mistake,) = mistakes_in(folder)

    number = lines.index("  letters: weekly") + 1
    assert str(mistake) == (
        f"office/units.yaml:{number}: giá trị 'weekly' không dùng được; sửa: chọn một trong: 'each', 'twice_daily'"
    )


def test_a_mistyped_entry_gets_the_likely_one_as_remedy(edited: Edit) -> None:
    (mistake,) = mistakes_in(edited("units.yaml", "  letters: twice_daily", "  leters: twice_daily"))

    assert mistake.remedy == "viết lại là 'letters'"


def test_all_mistakes_of_all_files_are_told_at_once(edited: Edit) -> None:
    folder = edited("units.yaml", "letters: twice_daily", "letters: weekly")
    folder = edited("policy.yaml", "counting: A", "counting: C")
    folder = edited("roster.csv", "2026-11-23,morning", "23/11/2026,morning")

    assert {mistake.file for mistake in mistakes_in(folder)} == {"units.yaml", "policy.yaml", "roster.csv"}


def test_a_missing_file_is_told_by_name(edited: Edit) -> None:
    folder = edited("topics.yaml", "", "")
    (folder / "units.yaml").unlink()

    assert [(mistake.file, mistake.what) for mistake in mistakes_in(folder)] == [("units.yaml", "không có tệp này")]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "trống"), ("- code: Thẻ".encode("utf-16"), "UTF-8"), (b"- code: \x07", "ký tự")],
)
def test_a_file_that_is_no_text_is_told_as_such(content: bytes, told: str, edited: Edit) -> None:
    folder = edited("topics.yaml", "", "")
    (folder / "topics.yaml").write_bytes(content)

    assert [told in mistake.what for mistake in mistakes_in(folder)] == [True]
