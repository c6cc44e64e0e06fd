"""Whose reply a mail is: evidence gathered from it, and the ladder of proofs (U14)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desk.rules.incoming_mail import IncomingMail
from desk.rules.office import Official
from desk.rules.replies.evidence import AssignmentLead, Evidence, Leads, TokenLead, evidence_of
from desk.rules.replies.senders import Authentication, Directory, Standing
from desk.rules.states import AssignmentState

__all__ = [
    "AssignmentLead",
    "Evidence",
    "Leads",
    "MailMatch",
    "NoMatch",
    "OfficialMatch",
    "TokenLead",
    "UnitMatch",
    "evidence_of",
    "match_mail",
]


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit's reply; `remarks` are what the duty officer should know of the sender, in Vietnamese."""

    assignments: tuple[AssignmentLead, ...]
    standing: Standing
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialMatch:
    """What an official wrote back to a letter that was for him alone; by a dead token nothing more is decided."""

    token: TokenLead
    official: Official


@dataclass(frozen=True, slots=True)
class NoMatch:
    """A mail for a person: why, in Vietnamese; whether the sender is told; what it may be about, likeliest first."""

    because: str
    tell_sender: bool = False
    guesses: tuple[AssignmentLead, ...] = ()


# The step of the reply address that stands for all questions of a table.
TABLE_STEP = "table"
# What an official may decide on without the letter's own reply address: never what the regulation ties to a person, the
# content of articles among it (U3).
_BY_CODE_STEPS = frozenset({"answer", "work-item"})
_VERSION = re.compile(r"\bbản (\d{1,3})\b", re.IGNORECASE)

_FORGED = "Máy chủ thư không xác nhận người gửi: địa chỉ người gửi có thể bị giả mạo hoặc thư do người khác gửi thay."
_FOR_ANOTHER = "Thư gửi đến địa chỉ trả lời dành riêng cho một cán bộ nhưng không phải do cán bộ đó gửi."
_UNPROVED_OFFICIAL = "Máy chủ thư chưa xác nhận được người gửi nên chưa thể coi đây là quyết định của cán bộ."
_UNPROVED_COLLEAGUE = (
    "Địa chỉ người gửi chưa có trong danh sách của đơn vị và máy chủ thư chưa xác nhận được người gửi."
)
_UNIT_UNKNOWN = "Địa chỉ người gửi chưa có trong danh sách; chưa rõ người gửi trả lời thay đơn vị nào."
_PERSONAL = "Địa chỉ người gửi không phải hộp thư công vụ và chưa có trong danh sách của đơn vị."
_COLLEAGUE_BY_CODE = "Địa chỉ người gửi chưa có trong danh sách của đơn vị và thư không gửi đến địa chỉ trả lời riêng."
_NO_CODE = "Thư không có mã câu hỏi và không gửi đến địa chỉ trả lời riêng."
_NOT_ASKED = "Đơn vị của người gửi không được hỏi về câu hỏi nêu trong thư."
_TABLE_WITHOUT_CODES = "Thư trả lời bảng nhiều câu hỏi nhưng không ghi mã câu hỏi."
_OTHER_UNIT = "Thư gửi đến địa chỉ trả lời của đơn vị khác; tính cho đơn vị của người gửi."
_COLLEAGUE = "Địa chỉ người gửi chưa có trong danh sách của đơn vị."
_DEAD = "Địa chỉ trả lời riêng đã hết hiệu lực; nhận theo mã câu hỏi và người gửi."
_UNPROVED = "Máy chủ thư chưa xác nhận được người gửi."
_OVER = {
    AssignmentState.WITHDRAWN: "Câu hỏi mã {} đã được rút khỏi đơn vị.",
    AssignmentState.CLOSED: "Câu hỏi mã {} đã kết thúc.",
}

MailMatch: TypeAlias = UnitMatch | OfficialMatch | NoMatch


def match_mail(
    mail: IncomingMail,
    evidence: Evidence,
    leads: Leads,
    directory: Directory,
    *,
    authentication: Authentication,
    on: date,
) -> MailMatch:
    """Return whose reply a mail is, by the strongest proof there is."""
    ladder = _Ladder(
        mail.from_address, evidence, leads, directory, authentication, directory.units_of(mail.from_address, on)
    )
    if authentication is Authentication.FAIL:
        return ladder.held(_FORGED)
    for_officials = [token for token in leads.tokens if token.official_code]
    official = directory.official(mail.from_address, on)
    own = [token for token in for_officials if official and token.official_code == official.code]
    if official and own:
        return ladder.officials_word(official, own)
    if official and (letter := ladder.open_letter(official, mail.subject)):
        return OfficialMatch(letter, official)
    pointed = ladder.pointed()
    if for_officials and not pointed:
        return ladder.held(_FOR_ANOTHER)
    return ladder.by_token(pointed) if pointed else ladder.by_code()


@dataclass(frozen=True, slots=True)
class _Ladder:
    """The proofs that one mail offers; `codes` are the units its sender is listed for."""

    sender: str
    evidence: Evidence
    leads: Leads
    directory: Directory
    authentication: Authentication
    codes: frozenset[str]

    def officials_word(self, official: Official, tokens: Sequence[TokenLead]) -> MailMatch:
        """Take an official's reply to a letter for him alone; it decides, so a likely address is no proof."""
        if self.authentication is not Authentication.PASS:
            return self.held(_UNPROVED_OFFICIAL)
        return OfficialMatch(min(tokens, key=lambda token: token.is_dead), official)

    def open_letter(self, official: Official, subject: str) -> TokenLead | None:
        """Return the one letter to an official that a mail without reply address can be about, by the code it bears.

        The listed, proved sender is the second proof, as for units; whoever also writes for a unit is not known by it.
        """
        if self.authentication is not Authentication.PASS or self.leads.tokens or self.codes:
            return None
        letters = [letter for letter in self.leads.open_letters if letter.official_code == official.code]
        matters = {(letter.step, letter.work_item_id, letter.answer_id, letter.version) for letter in letters}
        if len(matters) != 1 or letters[0].step not in _BY_CODE_STEPS:
            return None
        shown = _VERSION.search(unicodedata.normalize("NFC", subject))
        if letters[0].answer_id and letters[0].version != (int(shown[1]) if shown else 1):
            return None
        return letters[0]

    def pointed(self) -> tuple[AssignmentLead, ...]:
        """Return the assignments for which the mail's own reply address was made."""
        alive = [token for token in self.leads.tokens if not token.is_dead]
        ids = {token.assignment_id for token in alive}
        single = tuple(lead for lead in self.leads.assignments if lead.assignment_id in ids)
        if not any(token.step == TABLE_STEP for token in alive):
            return single
        return (*single, *(lead for lead in self._of_table() if lead not in single))

    def by_token(self, pointed: Sequence[AssignmentLead]) -> MailMatch:
        """Take a reply that came to a reply address of ours: rungs a, d, b, e."""
        questions = {lead.question_id for lead in pointed}
        if any(map(self._speaks_for, pointed)):
            return self._match([*pointed, *self._named()], Standing.LISTED)
        if own := [lead for lead in self.leads.assignments if lead.question_id in questions and self._speaks_for(lead)]:
            return self._match(own, Standing.OTHER_UNIT, _OTHER_UNIT)
        if not (self.codes or self.directory.is_of_agency(self.sender)):
            return self.held(_PERSONAL, tell_sender=True)
        if self.authentication is not Authentication.PASS:
            return self.held(_UNPROVED_COLLEAGUE)
        units = {_unit_of(lead) for lead in pointed}
        if len(units) > 1:
            return self.held(_UNIT_UNKNOWN)
        same_unit = [lead for lead in self._named() if _unit_of(lead) in units]
        return UnitMatch(_once([*pointed, *same_unit]), Standing.COLLEAGUE, (_COLLEAGUE,))

    def by_code(self) -> MailMatch:
        """Take a reply without a reply address that is still good: rungs c, e."""
        dead = {token.assignment_id for token in self.leads.tokens if token.is_dead}
        answered = [lead for lead in self.leads.assignments if lead.by_letter or lead.assignment_id in dead]
        named = self._named()
        if not named and not answered:
            return self.held(_NO_CODE)
        if not self.codes:
            is_colleague = self.directory.is_of_agency(self.sender)
            return self.held(_COLLEAGUE_BY_CODE if is_colleague else _PERSONAL, tell_sender=not is_colleague)
        questions = {lead.question_id for lead in named or answered}
        own = [lead for lead in self.leads.assignments if lead.question_id in questions and self._speaks_for(lead)]
        if not own:
            return self.held(_NOT_ASKED)
        if not named and len(own) > 1:
            return self.held(_TABLE_WITHOUT_CODES)
        remarks = [_DEAD] if dead - {None} else []
        if self.authentication is Authentication.UNKNOWN:
            remarks.append(_UNPROVED)
        return self._match(own, Standing.LISTED_BY_CODE, *remarks)

    def held(self, because: str, *, tell_sender: bool = False) -> NoMatch:
        """Leave the mail to a person, with what it is likely to be about."""
        return NoMatch(because, tell_sender, tuple(sorted(self.leads.assignments, key=self._unlikeliness)))

    def _match(self, found: Iterable[AssignmentLead], standing: Standing, *remarks: str) -> UnitMatch:
        own = _once(lead for lead in found if self._speaks_for(lead))
        over = (_OVER[lead.state].format(lead.case_code) for lead in own if lead.state in _OVER)
        return UnitMatch(own, standing, (*remarks, *over))

    def _named(self) -> list[AssignmentLead]:
        return [lead for lead in self.leads.assignments if lead.case_code in self.evidence.case_codes]

    def _of_table(self) -> list[AssignmentLead]:
        """Return the questions of a table that the mail names; if it held one, that one."""
        of_letter = [lead for lead in self.leads.assignments if lead.by_letter]
        named = [lead for lead in self._named() if not of_letter or lead in of_letter]
        return named or (of_letter if len(of_letter) == 1 else [])

    def _speaks_for(self, lead: AssignmentLead) -> bool:
        # who is listed for the unit by place as a whole speaks for each of its offices
        return not self.codes.isdisjoint({_unit_of(lead), lead.unit_code})

    def _unlikeliness(self, lead: AssignmentLead) -> tuple[int, int]:
        is_addressed = any(token.assignment_id == lead.assignment_id for token in self.leads.tokens)
        likeliness = (
            8 * is_addressed
            + 4 * lead.by_letter
            + 3 * self._speaks_for(lead)
            + 2 * (lead.case_code in self.evidence.case_codes)
            + (lead.state is AssignmentState.AWAITING)
        )
        return -likeliness, lead.assignment_id


def _unit_of(lead: AssignmentLead) -> str:
    """Return whose word counts for an assignment: the provincial office's own, not that of any of them."""
    return lead.place_unit or lead.unit_code


def _once(leads: Iterable[AssignmentLead]) -> tuple[AssignmentLead, ...]:
    return tuple(dict.fromkeys(leads))
