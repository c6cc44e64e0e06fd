"""What a run has done, counted in words that ops read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Count(StrEnum):
    """What is counted; the value is what ops read."""

    PULLED = "tin nhắn mới"
    HISTORY = "tin nhắn cũ chỉ lưu"
    MOVED = "cuộc trò chuyện có tin mới"
    WALKED = "cuộc trò chuyện đã đọc"
    WALK_PUT_OFF = "cuộc trò chuyện đọc lại sau"
    BY_HAND = "tin cán bộ trả lời trực tiếp"
    MEDIA = "tệp đã tải"
    MEDIA_NOT_KEPT = "tệp không tải được"
    INSPECTED = "tệp đơn vị gửi đã xem"
    ASKED_TO_RESEND = "đề nghị gửi lại tệp PDF"
    COLLECTED = "thư đến đã lưu"
    REPLIES = "trả lời của đơn vị"
    DECISIONS = "ý kiến của cán bộ"
    DRAFTS = "bài viết của tác giả"
    TAKEN_IN = "bản thảo bài đăng đã nhận"
    CHECKED = "bản thảo bài đăng đã kiểm tra"
    MAILS_HELD = "thư chờ cán bộ xem"
    BOUNCES = "thư bị trả lại"
    OTHER_MAILS = "thư đến khác"
    SEALED = "câu hỏi mới"
    FOLLOW_UPS = "bổ sung câu hỏi"
    SMALL_TALK = "tin không phải câu hỏi"
    ACKNOWLEDGED = "đã báo tiếp nhận"
    ROUTED = "đã chuyển đơn vị"
    WITH_DUTY = "giao cán bộ trực"
    REDIRECTS = "đề xuất hướng dẫn nơi khác"
    TO_SORT = "câu hỏi gửi cán bộ phân loại"
    REDIRECTS_ASKED = "hướng dẫn nơi khác chờ duyệt"
    SENSITIVE = "giữ vì nhạy cảm"
    HELD = "chờ phân loại"
    REPORTED = "đã báo cáo Ban Quản trị"
    PASSED_ON = "việc chuyển người khác xử lý"
    PROPOSED = "dự thảo trả lời chờ duyệt"
    ANSWERED = "đã trả lời công dân"
    ANSWERED_IN_PART = "đã trả lời công dân một phần"
    UNDELIVERED = "câu trả lời không gửi được"
    LETTERS = "thư đã gửi"
    MESSAGES = "tin Zalo đã gửi"
    PUBLISHED = "bài đã đăng trên Zalo"
    NOT_PUBLISHED = "bài không đăng được"
    TAKEN_DOWN = "bài đã gỡ khỏi Zalo"
    TAKEDOWN_MINUTES = "phút từ quyết định đến khi gỡ xong"
    BROADCAST = "bài đã gửi người quan tâm"
    ORPHANS = "bài thừa đã xóa trên Zalo"
    PUT_OFF = "gửi lại sau"
    REFUSED = "không gửi được"
    UNSURE = "chưa rõ đã gửi"
    SETTLED = "đã đối chiếu"
    CHASED = "câu hỏi đã nhắc hạn và đôn đốc"
    REPORTED_OVERDUE = "câu hỏi quá hạn đã báo Ban Quản trị"
    ENDANGERED = "câu hỏi có thể chậm đã báo cán bộ trực"
    WAITING = "việc chờ xử lý đã nhắc cán bộ"
    ARTICLES_REMINDED = "bài đăng đã nhắc ý kiến"
    ASKED_AGAIN = "đã nhắc công dân bổ sung"
    UNANSWERED = "kết thúc vì chưa có bổ sung"
    WINDOWS = "phiên trả lời trên Zalo đã xem"
    KEEP_OPEN = "đã đề nghị công dân giữ phiên trả lời"
    REDATED = "tính lại hạn"
    TOLD = "báo hạn mới"
    ERASED = "đã xóa nội dung quá hạn lưu"
    FORGOTTEN = "đã xóa bản thư giữ để gửi lại"
    TOKENS = "mã truy cập được làm mới"
    SET_ASIDE = "để riêng vì lỗi"
    WATCHED = "thời hạn đã xem"


class Tally:
    """Counts that add up over batches; true while the last batch did anything."""

    def __init__(self, counts: Mapping[Count, int] | None = None) -> None:
        self.counts: Counter[Count] = Counter({name: count for name, count in (counts or {}).items() if count})

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __getitem__(self, name: Count) -> int:
        return self.counts[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self.counts == other.counts

    def __hash__(self) -> int:
        return hash(frozenset(self.counts.items()))

    def __repr__(self) -> str:
        return f"Tally({dict(self.counts)})"

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}".replace(",", ".") for name, count in self.counts.items())
