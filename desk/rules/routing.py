"""Where a question goes: what the machine may do alone, and what a person decides (Điều 13; A21, U5, U6, U24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from desk.rules.classifier import Classification, Scope
from desk.rules.explanations import chance
from desk.rules.office import AnsweredBy, Authority, Office, ProvincialUnit, Unit, in_force
from desk.rules.proposals import Proposal, best, find_proposals, listed, topic_names
from desk.rules.units import Obstacle, Resolved, resolve_for_text, units_named


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedQuestion:
    """A question as the decision sees it; `sensitive` and `urgent` are classes of office/sensitive.yaml."""

    question_id: int
    text: str
    received_at: datetime
    has_media: bool = False
    sensitive: str | None = None
    urgent: str | None = None
    late: bool = False


class HoldReason(StrEnum):
    """Why a person must look before anything is done."""

    LATE = "late"
    MEDIA = "media"
    UNCLEAR = "unclear"
    UNSURE = "unsure"
    MIXED = "mixed"
    SEVERAL_UNITS = "several_units"
    NO_PLACE = "no_place"
    UNREACHABLE = "unreachable"
    MUST_CONFIRM = "must_confirm"
    NOT_AUTOMATIC = "not_automatic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Send it to its unit without asking; `because` is a sentence for officials, here as in the other decisions."""

    units: tuple[Unit, ...]
    place_unit: ProvincialUnit | None
    topics: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveToDuty:
    """Let the duty officer answer: no other unit's opinion is needed (Điều 13, U5)."""

    topics: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRedirect:
    """Let the Ban Quản trị tell the citizen which authority is competent (Điều 13, U24)."""

    authorities: tuple[Authority, ...]
    proposals: tuple[Proposal, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSensitive:
    """Show it to the duty officer in charge and the Secretary alone (U6)."""

    kind: str | None
    urgent: str | None
    proposals: tuple[Proposal, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Let the duty officer decide."""

    reason: HoldReason
    proposals: tuple[Proposal, ...]
    because: str


Decision: TypeAlias = Route | GiveToDuty | ProposeRedirect | HoldSensitive | Hold


def decide(
    question: SealedQuestion, classification: Classification, office: Office, on: date, *, to_confirm: int = 0
) -> Decision:
    """Return what becomes of a question on a day; while *to_confirm* questions are to be confirmed first, people route.

    Raises:
        NotInForceError: the office has no policy, or no unit for a competence, on that day.
    """
    case = _Case(question, classification, office, on, to_confirm=to_confirm)
    if question.sensitive or question.urgent:
        return case.held_from_most_eyes()
    if reason := case.needs_eyes():
        return case.held(*reason)
    if classification.scope is Scope.OUT:
        return case.redirected()
    return case.given_out()


class _Case:
    """One question with all that is known of it."""

    def __init__(
        self,
        question: SealedQuestion,
        classification: Classification,
        office: Office,
        on: date,
        *,
        to_confirm: int,
    ) -> None:
        self.question, self.said, self.office, self.on = question, classification, office, on
        self.policy = office.policy(on)
        self.to_confirm = to_confirm
        self.topics = {topic.code: topic for topic in office.topics}
        present = in_force(office.authorities, on)
        self.authorities = tuple(present[code] for code in classification.redirect if code in present)

    def held_from_most_eyes(self) -> HoldSensitive:
        """Return the decision on a sensitive or urgent question."""
        by_hand = Proposal(duty=True, label_vi="Cán bộ trực hoặc Thư ký trả lời trực tiếp", confidence=1.0)
        if not self.question.sensitive:
            because = "Câu hỏi khẩn, cần cán bộ trực xem ngay."
            proposals = tuple(self._proposals())
        else:
            because = "Nội dung cần giữ kín: chỉ cán bộ trực và Thư ký được xem, không tự động chuyển đơn vị."
            named = units_named(self.question.text, self.office, self.on)
            # a provincial office is found by the place that the text names: it is never proposed here
            proposals = tuple(
                each for each in self._proposals() if not named.intersection(each.units) and not each.place_unit
            )
        return HoldSensitive(
            kind=self.question.sensitive,
            urgent=self.question.urgent,
            proposals=best([by_hand, *proposals]),
            because=because,
        )

    def needs_eyes(self) -> tuple[HoldReason, str] | None:
        """Return why a person must look first, whatever the question is about."""
        said = self.said
        if self.question.late:
            return HoldReason.LATE, "Tin nhắn được phát hiện muộn, cần cán bộ xem trước khi xử lý."
        if self.question.has_media:
            return HoldReason.MEDIA, "Câu hỏi có ảnh, tệp hoặc tin nhắn thoại, cần cán bộ xem, nghe."
        if said.scope is Scope.NOISE or not (said.topics or self.authorities):
            return HoldReason.UNCLEAR, "Chưa rõ người dân hỏi việc gì."
        if said.scope is Scope.MIXED:
            names = ", ".join(authority.name for authority in self.authorities) or "chưa rõ cơ quan nào"
            return HoldReason.MIXED, f"Một phần nội dung thuộc cơ quan ngoài ngành ({names})."
        if said.confidence < self.policy.auto_route_confidence:
            return HoldReason.UNSURE, f"Chưa chắc câu hỏi thuộc đơn vị nào (khả năng đúng {self._chance})."
        return None

    def held(self, reason: HoldReason, because: str) -> Hold:
        """Return the decision that a person decides."""
        return Hold(reason=reason, proposals=best(self._proposals()), because=because)

    def redirected(self) -> ProposeRedirect | Hold:
        """Return the decision on a question outside the sector."""
        if not self.authorities:
            return self.held(HoldReason.UNCLEAR, "Nội dung ngoài ngành, chưa rõ cơ quan có thẩm quyền.")
        names = ", ".join(authority.name for authority in self.authorities)
        return ProposeRedirect(
            authorities=self.authorities,
            proposals=best(self._proposals()),
            because=f"Nội dung thuộc thẩm quyền của {names} (khả năng đúng {self._chance}).",
        )

    def given_out(self) -> Route | GiveToDuty | Hold:
        """Return the decision on a question of the sector that is well understood."""
        topics = self.said.topics
        if all(self.topics[topic].answered_by is AnsweredBy.DUTY for topic in topics):
            return GiveToDuty(topics=topics, because=f"Cán bộ trực trả lời trước: {topic_names(self.office, topics)}.")
        resolved = resolve_for_text(self.said.competences, self.question.text, self.on, self.office)
        if not resolved.units:
            because = f"Không cần ý kiến của đơn vị khác: {topic_names(self.office, topics)}."
            return GiveToDuty(topics=topics, because=because)
        if reason := self._needs_confirmation(resolved):
            return self.held(*reason)
        because = f"Thuộc thẩm quyền của {listed(resolved)} (khả năng đúng {self._chance})."
        return Route(units=resolved.units, place_unit=resolved.place_unit, topics=topics, because=because)

    def _needs_confirmation(self, resolved: Resolved) -> tuple[HoldReason, str] | None:
        """Return why the machine may not write to these units without a person."""
        for hurdle in resolved.unreachable:
            if hurdle.obstacle is Obstacle.NO_PLACE:
                because = "Chưa rõ hồ sơ nộp tại cơ quan bảo hiểm xã hội nào; đề nghị hỏi lại công dân."
                return HoldReason.NO_PLACE, because
            return HoldReason.UNREACHABLE, f"{_capital(hurdle.unit.name)}: {hurdle.obstacle}, chưa gửi thư được."
        if len(resolved.units) > 1:
            count = f"{len(resolved.units)} đơn vị"
            return HoldReason.SEVERAL_UNITS, f"Cần ý kiến của {count}: {listed(resolved)}."
        confirmed = [topic for topic in self.said.topics if self.topics[topic].always_confirmed]
        if confirmed:
            names = topic_names(self.office, confirmed)
            return HoldReason.MUST_CONFIRM, f"Chủ đề luôn do cán bộ xác nhận trước khi chuyển: {names}."
        if because := self._not_yet_trusted:
            return HoldReason.NOT_AUTOMATIC, because
        return None

    @property
    def _not_yet_trusted(self) -> str:
        """Why no question goes to its unit without a person for now; empty where they may."""
        promised = "cứ 10 câu máy tự chuyển thì khoảng 9 câu đúng đơn vị"
        if not self.policy.auto_route:
            return f"Chế độ tự chuyển đang tắt, cán bộ xác nhận trước khi chuyển; khi bật, {promised}."
        if self.to_confirm:
            first = f"{self.to_confirm} trong {self.policy.auto_route_after} câu đầu"
            return f"Máy chưa tự chuyển: còn {first} cần cán bộ xác nhận; sau đó {promised}."
        return ""

    def _proposals(self) -> Iterator[Proposal]:
        return find_proposals(self.question.text, self.said, self.office, self.on)

    @property
    def _chance(self) -> str:
        return chance(self.said.confidence)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
