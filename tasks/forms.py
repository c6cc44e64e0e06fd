"""What people choose from in the forms of the Prefect UI: each value is what they read. Texts are never typed (law 10).

The lists of people, units and authorities are those of office/ when the flows were deployed; who is in office on the
day is checked again by what carries the form out.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, TypeAlias, assert_never

from pydantic import Field
from pydantic.fields import FieldInfo

from desk.rules.office import Authority, Official, ProvincialUnit, Role, Unit
from desk.rules.office import in_force as in_force_on
from desk.runtime import clock
from desk.runtime.office_files import read_sheet
from desk.runtime.office_rows import typed
from desk.runtime.settings import settings
from desk.runtime.triage import TriageAction
from desk.store.delivery_modes import DeliveryMode


class Decision(StrEnum):
    """What becomes of a question."""

    ROUTE = "Chuyển đơn vị"
    ANSWERED = "Đã trả lời bằng kênh khác"
    REDIRECT = "Đề xuất hướng dẫn người dân liên hệ cơ quan khác"
    ASK_BACK = "Hỏi lại người dân"
    CLOSE = "Kết thúc, không xử lý"
    RESUME = "Chưa xong, tiếp tục xử lý"
    REOPEN = "Mở lại câu hỏi"

    @property
    def action(self) -> TriageAction:
        """The action that this is."""
        return TriageAction[self.name]


class TriageReason(StrEnum):
    """Why a person decides so."""

    COMPETENCE = "Thuộc chuyên môn của đơn vị"
    BY_PHONE = "Đã trả lời qua điện thoại"
    AT_THE_COUNTER = "Đã trả lời tại bộ phận một cửa"
    IN_OA_MANAGER = "Đã trả lời trực tiếp trên Zalo"
    OUTSIDE = "Nội dung ngoài ngành bảo hiểm xã hội"
    INCOMPLETE = "Chưa đủ thông tin để xử lý"
    LATE_REPLY = "Đơn vị trả lời sau khi câu hỏi kết thúc"
    TWICE = "Trùng với câu hỏi khác"
    NO_QUESTION = "Không phải câu hỏi"


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


ActingOfficer: TypeAlias = Annotated[str, _one_of(_officials())]
ActingEditor: TypeAlias = Annotated[str, _one_of(_officials(Role.EDITOR))]
UnitName: TypeAlias = Annotated[str, _one_of(_units())]
AuthorityName: TypeAlias = Annotated[str, _one_of(_authorities())]
