"""What must hold between the rows of office/ before any of it is taken; each check says where, what and the remedy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from desk.rules.commands import CommandCode
from desk.rules.office import Dated, DelegationScope, Office, Role, in_force
from desk.rules.small_talk import FILLER, IDENTITY, SUBJECT, SmallTalk
from desk.rules.wording import folded
from desk.runtime.office_files import Finding, Place
from desk.runtime.office_time_checks import find_bad_days, find_bad_duties, find_bad_laws, find_bad_policies

ONE_DAY = timedelta(days=1)
PHRASE_STATES = ("draft", "active", "retired")
# what is recognised by its form, not by phrases
WITHOUT_PHRASES = {SmallTalk.MEDIA, SmallTalk.EMPTY}
# who must always be there: the last resort of every duty, and somebody to sit it
NEEDED_ROLES = (Role.SECRETARY, Role.DUTY_OFFICER)

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_SYLLABLE = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?")


@dataclass(frozen=True, slots=True)
class Check:
    """One check and the files it reads: it says nothing while one of them cannot be read."""

    files: frozenset[str]
    find: Callable[[Office], Iterator[Finding]]


def _dated(office: Office) -> dict[str, Sequence[Dated]]:
    return {
        "units.yaml": office.units,
        "provincial_units.yaml": office.provincial_units,
        "authorities.yaml": office.authorities,
        "officials.yaml": office.officials,
        "policy.yaml": office.policies,
    }


def find_bad_periods(file: str) -> Callable[[Office], Iterator[Finding]]:
    """Return the check of one file's days in force: none ends before it begins, none overlaps another of its code."""

    def find(office: Office) -> Iterator[Finding]:
        by_code: dict[str, list[tuple[date, date, int]]] = defaultdict(list)
        for number, row in enumerate(_dated(office)[file]):
            last = row.valid_to or date.max
            if last < row.valid_from:
                what = f"'{row.code}' hết hiệu lực trước ngày có hiệu lực"
                yield Finding(file, (number, "valid_to"), what, "valid_to phải từ valid_from trở đi")
            by_code[row.code].append((row.valid_from, last, number))
        for code, periods in by_code.items():
            for (_, last, _), (start, _, number) in pairwise(sorted(periods)):
                if start <= last:
                    what = f"'{code}' có hai giai đoạn trùng ngày ({start:%d/%m/%Y})"
                    yield Finding(
                        file, (number, "valid_from"), what, "đặt valid_to của giai đoạn trước về hôm trước đó"
                    )

    return find


def find_broken_successions(office: Office) -> Iterator[Finding]:
    """Find units that end without a unit that follows them the day after."""
    for number, unit in enumerate(office.units):
        if unit.valid_to is None:
            continue
        rows = in_force(office.units, unit.valid_to + ONE_DAY)
        if unit.code in rows:
            continue
        if unit.successor is None:
            yield Finding(
                "units.yaml",
                (number, "valid_to"),
                f"'{unit.code}' hết hiệu lực mà chưa ghi đơn vị kế thừa",
                "thêm mục successor với mã đơn vị nhận nhiệm vụ",
            )
        elif unit.successor not in rows:
            yield Finding(
                "units.yaml",
                (number, "successor"),
                f"đơn vị kế thừa '{unit.successor}' không có hiệu lực ngày {unit.valid_to + ONE_DAY:%d/%m/%Y}",
                "sửa mã, hoặc thêm đơn vị đó với valid_from đúng ngày này",
            )


def find_bad_addresses(office: Office) -> Iterator[Finding]:
    """Find what cannot be a mail address."""
    for number, unit in enumerate(office.units):
        yield from _bad_addresses("units.yaml", (number, "emails"), unit.emails)
        if unit.head_email is not None:
            yield from _bad_addresses("units.yaml", (number, "head_email"), (unit.head_email,))
    for number, place in enumerate(office.provincial_units):
        yield from _bad_addresses("provincial_units.yaml", (number, "emails"), place.emails)
    for number, official in enumerate(office.officials):
        yield from _bad_addresses("officials.yaml", (number, "email"), (official.email,))


def _bad_addresses(file: str, place: Place, addresses: Iterable[str]) -> Iterator[Finding]:
    for address in addresses:
        if not _ADDRESS.fullmatch(address) or not address.isascii():
            yield Finding(file, place, f"'{address}' không phải địa chỉ thư", "viết dạng hopthu@donvi.gov.vn")


def find_bad_topics(office: Office) -> Iterator[Finding]:
    """Find topics written twice, and competences that no unit has."""
    units = {unit.code for unit in office.units}
    seen: set[str] = set()
    for number, topic in enumerate(office.topics):
        if topic.code in seen:
            yield Finding("topics.yaml", (number, "code"), f"chủ đề '{topic.code}' được viết hai lần", "giữ một dòng")
        seen.add(topic.code)
        if not topic.competences:
            what = f"chủ đề '{topic.code}' chưa có đơn vị"
            yield Finding("topics.yaml", (number, "competences"), what, "ghi mã đơn vị có trong units.yaml")
        for code in topic.competences:
            if code not in units:
                what = f"chủ đề '{topic.code}' giao cho '{code}', không có trong units.yaml"
                yield Finding("topics.yaml", (number, "competences"), what, "sửa mã đơn vị")


def find_bad_facets(office: Office) -> Iterator[Finding]:
    """Find facets and subjects that are no topics, facets written twice, and pairs given to units that are none."""
    file, units, topics = "facets.yaml", {unit.code for unit in office.units}, {topic.code for topic in office.topics}
    seen: set[str] = set()
    for number, facet in enumerate(office.facets):
        if facet.facet in seen:
            yield Finding(file, (number, "facet"), f"khía cạnh '{facet.facet}' được viết hai lần", "giữ một dòng")
        seen.add(facet.facet)
        for code in (facet.facet, *facet.units):
            if code not in topics:
                yield Finding(file, (number,), f"'{code}' không có trong topics.yaml", "sửa mã chủ đề")
        for subject, codes in facet.units.items():
            if not codes or not units.issuperset(codes):
                what = f"'{subject}' với '{facet.facet}' giao cho đơn vị không có trong units.yaml"
                yield Finding(file, (number, "units"), what, "ghi mã đơn vị có trong units.yaml")


def find_bad_phrases(office: Office) -> Iterator[Finding]:
    """Find phrases for an unknown target, written twice, or of one syllable that would decide alone."""
    targets = {topic.code for topic in office.topics} | {authority.code for authority in office.authorities}
    for target, phrases in groupby(office.lexicon.phrases, key=lambda phrase: phrase.target):
        if target not in targets:
            what = f"'{target}' không phải mã chủ đề hay cơ quan ngoài ngành"
            yield Finding("phrases.yaml", (target,), what, "dùng mã có trong topics.yaml hoặc authorities.yaml")
        seen: set[str] = set()
        for number, phrase in enumerate(phrases):
            place: Place = (target, number, "phrase")
            text = " ".join(phrase.phrase.lower().split())
            if not text:
                yield Finding("phrases.yaml", place, "cụm từ trống", "viết cụm từ hoặc xóa dòng")
            elif text in seen:
                yield Finding("phrases.yaml", place, f"cụm từ '{text}' lặp lại trong '{target}'", "giữ một dòng")
            elif phrase.weight > 1 and _SYLLABLE.fullmatch(folded(text)):
                what = f"'{text}' chỉ có một tiếng mà nặng {phrase.weight:g}"
                yield Finding("phrases.yaml", place, what, "đặt weight từ 1 trở xuống, hoặc viết cụm từ hai tiếng")
            seen.add(text)
            if phrase.status not in PHRASE_STATES:
                what = f"không có trạng thái '{phrase.status}'"
                yield Finding("phrases.yaml", (target, number, "status"), what, f"chọn: {', '.join(PHRASE_STATES)}")


def find_unread_small_talk(office: Office) -> Iterator[Finding]:
    """Find lists of small talk that no rule reads."""
    known = [*(kind.value for kind in SmallTalk if kind not in WITHOUT_PHRASES), FILLER, SUBJECT, IDENTITY]
    for kind in office.lexicon.small_talk:
        if kind not in known:
            yield Finding("small_talk.yaml", (kind,), f"không có danh sách '{kind}'", f"chọn: {', '.join(known)}")


def find_bad_commands(office: Office) -> Iterator[Finding]:
    """Find commands nobody carries out, commands nobody can write, and words that would order two things."""
    file, known = "commands.yaml", [code.value for code in CommandCode]
    owners: dict[str, str] = {}
    for number, command in enumerate(office.commands):
        if command.code not in known:
            yield Finding(file, (number, "code"), f"không có lệnh '{command.code}'", f"chọn: {', '.join(known)}")
        for phrase in command.words:
            owner = owners.setdefault(" ".join(folded(phrase).split()), command.code)
            if owner != command.code:
                what = f"'{phrase}' vừa là lệnh '{owner}' vừa là lệnh '{command.code}'"
                yield Finding(file, (number, "words"), what, "giữ cụm từ ở một lệnh")
    for code in known:
        if code not in owners.values():
            yield Finding(file, (), f"chưa có cụm từ cho lệnh '{code}'", "thêm một dòng với mã này và cụm từ của nó")


def find_bad_roles(office: Office) -> Iterator[Finding]:
    """Find the roles that must always be held and are not."""
    for role in NEEDED_ROLES:
        if not any(role in official.roles and official.valid_to is None for official in office.officials):
            yield Finding("officials.yaml", (), f"chưa có ai giữ vai trò {role} không thời hạn", "thêm một người")


def find_bad_delegations(office: Office) -> Iterator[Finding]:
    """Find delegations without their paper, to nobody, to whom the regulation does not name, or for one day twice."""
    file = "delegations.yaml"
    periods: dict[tuple[str, DelegationScope], list[tuple[date, date, int]]] = defaultdict(list)
    for number, given in enumerate(office.delegations):
        last = given.valid_to or date.max
        periods[given.official, given.scope].append((given.valid_from, last, number))
        roles = {role for one in office.officials if one.code == given.official for role in one.roles}
        if not roles:
            what = f"'{given.official}' không có trong officials.yaml"
            yield Finding(file, (number, "official"), what, "sửa mã, hoặc thêm người này vào officials.yaml")
        elif given.scope is DelegationScope.CONTENT and Role.DEPUTY_HEAD not in roles:
            what = f"'{given.official}' không phải Phó Trưởng Ban Quản trị nên không quyết định nội dung"
            yield Finding(file, (number, "official"), what, "ghi mã của một Phó Trưởng Ban Quản trị")
        if not given.act.strip():
            yield Finding(file, (number, "act"), "chưa ghi văn bản ủy quyền", "ghi số và ngày của văn bản")
        if last < given.valid_from:
            what = "ủy quyền hết hiệu lực trước ngày có hiệu lực"
            yield Finding(file, (number, "valid_to"), what, "valid_to phải từ valid_from trở đi")
    for (code, _), found in periods.items():
        for (_, last, _), (start, _, number) in pairwise(sorted(found)):
            if start <= last:
                what = f"hai ủy quyền của '{code}' trùng ngày ({start:%d/%m/%Y})"
                yield Finding(file, (number, "valid_from"), what, "đặt valid_to của ủy quyền trước về hôm trước đó")


CHECKS: tuple[Check, ...] = (
    *(
        Check(frozenset({file}), find_bad_periods(file))
        for file in ("units.yaml", "provincial_units.yaml", "authorities.yaml", "officials.yaml", "policy.yaml")
    ),
    Check(frozenset({"units.yaml"}), find_broken_successions),
    Check(frozenset({"units.yaml", "provincial_units.yaml", "officials.yaml"}), find_bad_addresses),
    Check(frozenset({"units.yaml", "topics.yaml"}), find_bad_topics),
    Check(frozenset({"units.yaml", "topics.yaml", "facets.yaml"}), find_bad_facets),
    Check(frozenset({"topics.yaml", "authorities.yaml", "phrases.yaml"}), find_bad_phrases),
    Check(frozenset({"small_talk.yaml"}), find_unread_small_talk),
    Check(frozenset({"commands.yaml"}), find_bad_commands),
    Check(frozenset({"calendar.csv"}), find_bad_days),
    Check(frozenset({"policy.yaml"}), find_bad_policies),
    Check(frozenset({"laws.yaml"}), find_bad_laws),
    Check(frozenset({"officials.yaml"}), find_bad_roles),
    Check(frozenset({"delegations.yaml", "officials.yaml"}), find_bad_delegations),
    Check(frozenset({"roster.csv", "officials.yaml", "calendar.csv"}), find_bad_duties),
)
