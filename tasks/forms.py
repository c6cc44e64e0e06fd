"""What people choose from in the forms of the Prefect UI: each value is what they read. Texts are never typed (law 10).

The lists of people, units and authorities are those of office/ when the flows were deployed; who is in office on the
day is checked again by what carries the form out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Final, TypeAlias, assert_never

from pydantic import Field
from pydantic.fields import FieldInfo

from desk.rules.office import Authority, Official, ProvincialUnit, Role, Unit
from desk.rules.office import in_force as in_force_on
from desk.rules.proposals import MOST
from desk.runtime import clock
from desk.runtime.office_files import read_sheet
from desk.runtime.office_rows import typed
from desk.runtime.settings import settings
from desk.runtime.triage import TriageAction
from desk.store.delivery_modes import DeliveryMode


class Decision(StrEnum):
    """What becomes of a question."""

    CHOOSE = "Chọn đề xuất theo số"
    ROUTE = "Chuyển đơn vị"
    DUTY = "Cán bộ trực trả lời"
    ANSWERED = "Đã trả lời bằng kênh khác"
    REDIRECT = "Đề xuất hướng dẫn người dân liên hệ cơ quan khác"
    ASK_BACK = "Hỏi lại người dân"
    CLOSE = "Kết thúc, không xử lý"
    RESUME = "Chưa xong, tiếp tục xử lý"
    REOPEN = "Mở lại câu hỏi"
    MERGE = "Gộp vào câu hỏi khác của cùng người dân"
    SPLIT = "Tách phần gửi sau thành câu hỏi riêng"

    @property
    def action(self) -> TriageAction:
        """The action that this is; a proposal chosen by its number says itself what it is.

        Raises:
            KeyError: it is a proposal.
        """
        return TriageAction[self.name]


class TriageReason(StrEnum):
    """Why a person decides so."""

    AS_PROPOSED = "Đồng ý với đề xuất của hệ thống"
    COMPETENCE = "Thuộc chuyên môn của đơn vị"
    BY_DUTY = "Cán bộ trực trả lời được, không cần hỏi đơn vị"
    BY_PHONE = "Đã trả lời qua điện thoại"
    AT_THE_COUNTER = "Đã trả lời tại bộ phận một cửa"
    IN_OA_MANAGER = "Đã trả lời trực tiếp trên Zalo"
    OUTSIDE = "Nội dung ngoài ngành bảo hiểm xã hội"
    INCOMPLETE = "Chưa đủ thông tin để xử lý"
    NOT_DONE = "Trả lời trực tiếp chưa giải quyết xong"
    LATE_REPLY = "Đơn vị trả lời sau khi câu hỏi kết thúc"
    ASKED_AGAIN = "Người dân đề nghị xem xét lại"
    TWICE = "Trùng với câu hỏi khác"
    NO_QUESTION = "Không phải câu hỏi"
    SAME_MATTER = "Cùng một nội dung với câu hỏi khác"
    TWO_MATTERS = "Có hai nội dung khác nhau"


_FITTING: Final[Mapping[Decision, frozenset[TriageReason]]] = {
    Decision.CHOOSE: frozenset(
        {TriageReason.AS_PROPOSED, TriageReason.COMPETENCE, TriageReason.BY_DUTY, TriageReason.OUTSIDE}
    ),
    Decision.ROUTE: frozenset({TriageReason.COMPETENCE}),
    Decision.DUTY: frozenset({TriageReason.BY_DUTY}),
    Decision.ANSWERED: frozenset({TriageReason.BY_PHONE, TriageReason.AT_THE_COUNTER, TriageReason.IN_OA_MANAGER}),
    Decision.REDIRECT: frozenset({TriageReason.OUTSIDE}),
    Decision.ASK_BACK: frozenset({TriageReason.INCOMPLETE}),
    Decision.CLOSE: frozenset(
        {TriageReason.OUTSIDE, TriageReason.INCOMPLETE, TriageReason.TWICE, TriageReason.NO_QUESTION}
    ),
    Decision.RESUME: frozenset({TriageReason.NOT_DONE, TriageReason.ASKED_AGAIN}),
    Decision.REOPEN: frozenset({TriageReason.LATE_REPLY, TriageReason.ASKED_AGAIN}),
    Decision.MERGE: frozenset({TriageReason.SAME_MATTER, TriageReason.TWICE}),
    Decision.SPLIT: frozenset({TriageReason.TWO_MATTERS}),
}


def why_unfit(decision: Decision, reason: TriageReason) -> str:
    """Return why a reason is none for the decision, in Vietnamese; empty where it is one. It is kept to learn from."""
    fitting = [one.value for one in TriageReason if one in _FITTING[decision]]
    if reason.value in fitting:
        return ""
    named = "; ".join(fitting)
    return f"Lý do “{reason.value}” không phù hợp với quyết định “{decision.value}”. Đề nghị chọn: {named}."


class AskedBack(StrEnum):
    """What a citizen is asked; anything else is asked by `zalo-desk triage`."""

    PLACE = "Hồ sơ của Ông/Bà nộp tại cơ quan bảo hiểm xã hội nào, ngày nào?"
    SUBJECT = "Ông/Bà vui lòng cho biết cụ thể nội dung cần hỏi."
    WHO = "Ông/Bà hỏi cho bản thân hay cho người thân?"
    PERIOD = "Ông/Bà vui lòng cho biết thời gian đã tham gia bảo hiểm xã hội."


class WorkOutcome(StrEnum):
    """What became of a piece of work."""

    DONE = "Đã xử lý xong"
    NOTHING_TO_DO = "Không cần xử lý"


class WorkReason(StrEnum):
    """Why a piece of work is closed."""

    ADDRESS_CORRECTED = "Đã sửa địa chỉ thư của đơn vị, cán bộ"
    SENT_AGAIN = "Đơn vị đã gửi lại từ phiếu chuyển"
    BY_PHONE = "Đã liên hệ đơn vị qua điện thoại"
    REACHED_OTHERWISE = "Thư đã đến bằng cách khác"
    NOT_FOR_US = "Thư không liên quan"
    REPAIRED = "Đã khắc phục sự cố"


class Release(StrEnum):
    """How deliveries are let out."""

    TO_EVERYBODY = "Gửi thật đến mọi người"
    TO_PILOTS = "Chỉ gửi đến người và hộp thư thử nghiệm"

    @property
    def mode(self) -> DeliveryMode:
        """The delivery mode that this is."""
        match self:
            case Release.TO_EVERYBODY:
                return DeliveryMode.LIVE
            case Release.TO_PILOTS:
                return DeliveryMode.PILOT
            case other:
                assert_never(other)


class HoldReason(StrEnum):
    """Why deliveries are held."""

    INCIDENT = "Sự cố kỹ thuật"
    CONTENT = "Cần kiểm tra nội dung thư, tin nhắn"
    MAINTENANCE = "Bảo trì"
    BOARD = "Theo yêu cầu của Ban Quản trị"


class ReleaseReason(StrEnum):
    """Why deliveries are let out."""

    START = "Bắt đầu vận hành"
    CHECKED = "Đã kiểm tra xong"
    RECOVERED = "Đã khắc phục sự cố"
    BOARD = "Theo yêu cầu của Ban Quản trị"


def _one_of(values: Iterable[str]) -> FieldInfo:
    """Return what makes a text a drop-down; the server refuses any other value before a run exists."""
    info: FieldInfo = Field(json_schema_extra={"enum": list(values)})
    return info


def _officials(role: Role | None = None) -> list[str]:
    sheet = read_sheet(settings().office_dir, "officials.yaml")
    present = in_force_on(typed(sheet, tuple[Official, ...]), clock.now().date())
    return sorted(code for code, official in present.items() if role is None or role in official.roles)


def _units() -> list[str]:
    """Return the units one may ask, provincial offices each by their own name."""
    folder, today = settings().office_dir, clock.now().date()
    units = in_force_on(typed(read_sheet(folder, "units.yaml"), tuple[Unit, ...]), today)
    places = in_force_on(typed(read_sheet(folder, "provincial_units.yaml"), tuple[ProvincialUnit, ...]), today)
    asked = [unit.name for unit in units.values() if unit.emails and unit.name_verified and not unit.is_desk]
    return [*asked, *(place.name for place in places.values())]


def _authorities() -> list[str]:
    sheet = read_sheet(settings().office_dir, "authorities.yaml")
    return [
        authority.name for authority in in_force_on(typed(sheet, tuple[Authority, ...]), clock.now().date()).values()
    ]


# the code of a question, and the time or number of a message: nothing else can be typed
CaseCode: TypeAlias = Annotated[str, Field(pattern=r"^(|[Zz]?[Ll]?[ .-]{0,2}\d{2}[ .-]?\d{6,9}[ .-]?\d)$")]
PartOfQuestion: TypeAlias = Annotated[str, Field(pattern=r"^(|\d{1,3}|\d{1,2}[:h]\d{2})$")]
ProposalNumber: TypeAlias = Annotated[int, Field(ge=0, le=MOST)]
ActingOfficer: TypeAlias = Annotated[str, _one_of(_officials())]
ActingEditor: TypeAlias = Annotated[str, _one_of(_officials(Role.EDITOR))]
UnitName: TypeAlias = Annotated[str, _one_of(_units())]
AuthorityName: TypeAlias = Annotated[str, _one_of(_authorities())]
