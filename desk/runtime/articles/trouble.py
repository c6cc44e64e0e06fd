"""Why an article is not seen, or is seen still: what a person reads, and what he does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from desk.gateways.failures import Failure, PermanentFailure
from desk.gateways.zalo.refusals import AccountRefused
from desk.runtime import clock
from desk.runtime.alarms import alarm_ops
from desk.store.publications import Leaving
from desk.store.work_items import WorkItem

# troubles that are over once citizens see the article
KINDS: Final = ("article_refused", "article_differs", "article_unknown", "article_late")
_AGAIN: Final = "sau đó biên tập viên đăng lại bằng thư mới nhất về bài."
_ANEW: Final = "Biên tập viên sửa bài rồi đề xuất lại từ đầu."
# by Zalo's code: why, whose work it is, what is done
_REFUSED: Final[Mapping[str, tuple[str, str, str]]] = {
    "-223": (
        "Official Account đã dùng hết số bài của tháng",
        "ops",
        f"Mua thêm lượt đăng bài hoặc chờ sang tháng sau; {_AGAIN}",
    ),
    "-224": ("gói dịch vụ của Official Account không được đăng bài", "ops", f"Nâng gói dịch vụ trên Zalo; {_AGAIN}"),
    "-201": (
        "Zalo không nhận một nội dung của bài, thường là ảnh",
        "secretary",
        f"Ảnh phải có địa chỉ https công khai, không quá 1 MB. {_ANEW}",
    ),
    "-210": ("bài dài quá mức Zalo nhận", "secretary", _ANEW),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong with an article: `outcome` is kept with it, the rest a person reads. Holds no text of it."""

    kind: str
    outcome: str
    reason: str
    owner: str
    remedy: str

    def work(self, leaving: Leaving) -> WorkItem:
        """Return the work of a person."""
        return WorkItem(
            key=f"{self.kind}:{leaving.publication_id}",
            kind=self.kind,
            reason=self.reason,
            owner=self.owner,
            remedy=self.remedy,
            content_item_id=leaving.content_item_id,
        )


def refused(leaving: Leaving, failure: PermanentFailure) -> Trouble:
    """Return that Zalo does not take an article."""
    otherwise = ("Zalo từ chối", "ops", f"Tra mã lỗi trên trang dành cho nhà phát triển của Zalo; {_AGAIN}")
    why, owner, remedy = _REFUSED.get(failure.code, otherwise)
    reason = f"Không đăng được bài {_name(leaving)}: {why} (mã lỗi {failure.code})."
    return Trouble(kind="article_refused", outcome=failure.reason, reason=reason, owner=owner, remedy=remedy)


def different(leaving: Leaving, parts: Sequence[str]) -> Trouble:
    """Return that an article on Zalo was not as decided, and is removed."""
    return Trouble(
        kind="article_differs",
        outcome="not as decided",
        reason=f"Bài {_name(leaving)} trên Zalo khác bản đã duyệt ({', '.join(parts)}) nên đã bị xóa, không đăng.",
        owner="secretary",
        remedy=f"Kiểm tra ký tự đặc biệt trong bài. Nếu bài không cần sửa, {_AGAIN}",
    )


def gone(leaving: Leaving) -> Trouble:
    """Return that an article was made and is not there any more."""
    return Trouble(
        kind="article_differs",
        outcome="gone",
        reason=f"Bài {_name(leaving)} đã tạo trên Zalo nhưng không còn ở đó, có thể đã bị xóa trên trang quản trị.",
        owner="secretary",
        remedy=f"Hỏi người quản trị Official Account; {_AGAIN}",
    )


def withdrawn(leaving: Leaving) -> Trouble:
    """Return that an article's words were not complete when it was about to be seen."""
    return Trouble(
        kind="article_refused",
        outcome="not publishable",
        reason=f"Bài {_name(leaving)} không còn đủ ý kiến để đăng nên đã bị xóa trên Zalo, không đăng.",
        owner="secretary",
        remedy="Xem lại các ý kiến về bài, đề xuất lại nếu cần.",
    )


def unknown_twice(leaving: Leaving) -> Trouble:
    """Return that twice nobody knows whether an article was made."""
    return Trouble(
        kind="article_unknown",
        outcome="unknown twice",
        reason=f"Hai lần tạo bài {_name(leaving)} trên Zalo đều không rõ kết quả; hệ thống không tạo lần thứ ba.",
        owner="ops",
        remedy=f"Kiểm tra đường truyền đến Zalo và danh sách bài trên trang quản trị; {_AGAIN}",
    )


def late(leaving: Leaving, failure: Failure) -> Trouble:
    """Return that an article is put off again and again."""
    return Trouble(
        kind="article_late",
        outcome=failure.reason,
        reason=f"Bài {_name(leaving)} đến giờ đăng nhưng chưa lên Zalo sau nhiều lần thử: {failure.reason}.",
        owner="ops",
        remedy="Kiểm tra Zalo; hệ thống vẫn tiếp tục thử.",
    )


def alarm_about_articles(connection: Connection, refusal: AccountRefused) -> None:
    """Put before ops, once a day, what only a person can change at Zalo before any article is touched."""
    alarm_ops(
        connection,
        key=f"zalo-articles:{refusal.code}:{clock.now():%Y-%m-%d}",
        kind="zalo_articles",
        subject="Zalo không cho phép OA đăng, gỡ bài",
        reason=f"Zalo từ chối việc đăng, gỡ bài (mã lỗi {refusal.code}); các bài đến giờ đăng, chờ gỡ đều phải đợi.",
        remedy="Kiểm tra quyền của ứng dụng, gói dịch vụ và việc xác thực OA trên trang quản trị Zalo.",
    )


def alarm_about_held_orders(connection: Connection, count: int) -> None:
    """Tell ops, once a day, that articles ordered away are still seen because deliveries are held."""
    alarm_ops(
        connection,
        key=f"takedown-held:{clock.now():%Y-%m-%d}",
        kind="takedown_late",
        subject="Có bài phải gỡ nhưng hệ thống đang tạm giữ",
        reason=f"Có {count} bài đã có quyết định gỡ, vẫn hiện trên Zalo vì hệ thống đang tạm giữ, không gửi gì đi.",
        remedy="Mở lại hộp đi, hoặc ẩn bài ngay trên trang quản trị Official Account.",
    )


def _name(leaving: Leaving) -> str:
    return f"{leaving.code} bản {leaving.version}"
