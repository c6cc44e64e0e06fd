"""Who is asked about an article on a day."""

from __future__ import annotations

from datetime import date

from desk.rules.office import DelegationScope, Official, Role
from desk.rules.office import in_force as of_day
from desk.rules.wording import folded
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce


def holder(desk: InForce, role: Role, on: date, *, but: str = "") -> Official:
    """Return who is asked in a role; *but* is passed over where there is somebody else.

    Raises:
        DecisionRefusedError: nobody holds it.
    """
    present = desk.office.holders(role, on)
    if not present:
        message = f"Không có ai giữ vai trò {_ROLES[role]} ngày {on:%d/%m/%Y}; đề nghị cập nhật danh sách cán bộ."
        raise DecisionRefusedError(message)
    return next((official for official in present if official.code != but), present[0])


def official_of(desk: InForce, code: str, on: date) -> Official:
    """Return an official in office; of one who has left, the newest row: old letters still name him."""
    present = of_day(desk.office.officials, on)
    if code in present:
        return present[code]
    return max((one for one in desk.office.officials if one.code == code), key=lambda one: one.valid_from)


def called(official: Official) -> str:
    """Return an official as a letter names him: "Bùi Tiến Dũng, Phó Trưởng Ban Quản trị"."""
    return f"{official.name}, {official.title}"


def delegates(desk: InForce, on: date) -> list[Official]:
    """Return the deputies whom the head has authorised for content on a day."""
    return [one for one in desk.office.delegates(DelegationScope.CONTENT, on) if Role.DEPUTY_HEAD in one.roles]


def default_decider(desk: InForce, on: date, *, but: frozenset[str] = frozenset()) -> tuple[Official, Role]:
    """Return whom an article is submitted to where the Secretary names nobody: a delegate, else the head (U17).

    *but* are those who wrote it.

    Raises:
        DecisionRefusedError: there is neither.
    """
    free = [deputy for deputy in delegates(desk, on) if deputy.code not in but]
    return (free[0], Role.DEPUTY_HEAD) if free else (holder(desk, Role.HEAD, on), Role.HEAD)


def named_decider(desk: InForce, on: date, argument: str) -> tuple[Official, Role]:
    """Return whom the Secretary names: "Trưởng Ban", "Phó Trưởng Ban", or either by name.

    Raises:
        DecisionRefusedError: nobody, or several, are meant; says who can be.
    """
    said = folded(argument)
    candidates = [(official, Role.HEAD) for official in desk.office.holders(Role.HEAD, on)]
    candidates += [(official, Role.DEPUTY_HEAD) for official in delegates(desk, on)]
    named = [one for one in candidates if folded(one[0].name) in said]
    if not named:
        role = Role.DEPUTY_HEAD if "pho" in said.split() else Role.HEAD if "truong ban" in said else None
        named = [one for one in candidates if one[1] is role]
    if len(named) == 1:
        return named[0]
    who = "; ".join(called(official) for official, _ in candidates)
    why = "Chưa rõ trình ai" if named else "Người được nêu không được quyết định nội dung ngày này"
    raise DecisionRefusedError(f"{why}. Viết TRÌNH: kèm chức danh, họ tên một trong những người sau: {who}.")


_ROLES = {
    Role.COLLABORATOR: "cộng tác viên",
    Role.AUTHOR: "tác giả",
    Role.EDITOR: "biên tập viên",
    Role.SECRETARY: "Thư ký Ban Quản trị",
    Role.DEPUTY_HEAD: "Phó Trưởng Ban Quản trị",
    Role.HEAD: "Trưởng Ban Quản trị",
    Role.DUTY_OFFICER: "cán bộ trực",
}
