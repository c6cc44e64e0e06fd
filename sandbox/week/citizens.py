"""Invented citizens: names as common as they come, ids that look like Zalo's."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
           "Dương", "Lý", "Đinh", "Lương", "Mai", "Trịnh", "Lò", "Nông", "Hà", "Cao", "Tạ")  # fmt: skip
_WOMEN = (
    ("Thị", "Thu", "Ngọc", "Thanh", "Kim", "Hồng", "Bích", "Phương", "Mỹ", "Diệu"),
    ("Lan", "Hương", "Hoa", "Mai", "Hạnh", "Thủy", "Nga", "Yến", "Tuyết", "Loan", "Trang", "Linh", "Hằng", "Nhung",
     "Vân", "Thảo", "Dung", "Oanh", "Phượng", "Duyên"),
)  # fmt: skip
_MEN = (
    ("Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Công", "Đình", "Thành", "Anh"),
    ("Hùng", "Dũng", "Nam", "Tuấn", "Hải", "Sơn", "Long", "Cường", "Thắng", "Bình", "Khoa", "Phúc", "Tâm", "Toàn",
     "Vinh", "Hòa", "Quân", "Đạt", "Lộc", "Nghĩa"),
)  # fmt: skip
# Zalo's users choose their display names themselves
_NICKNAMES = ("Mẹ Bún", "Tạp Hóa Cô Ba", "Bé Bi", "Hoa Xương Rồng", "Shop Mẹ Và Bé", "Gara Anh Tư", "♥ Ly Ly ♥")
_NICKNAMED = 0.08


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes."""

    user_id: str
    display_name: str


def invent(draw: Random, number: int) -> Person:
    """Return the citizen of a number; drawn anew for each week, the id unlike any other's."""
    user_id = str(3_000_000_000_000_000_000 + number * 7_919_000_000_009 + draw.randrange(7_000_000_000_000))
    if draw.random() < _NICKNAMED:
        return Person(user_id, draw.choice(_NICKNAMES))
    middle, given = draw.choice((_WOMEN, _MEN))
    return Person(user_id, f"{draw.choice(_FAMILY)} {draw.choice(middle)} {draw.choice(given)}")
