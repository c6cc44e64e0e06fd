"""Why no pages, or nothing at all, can be made of a file."""

from __future__ import annotations

from typing import Final

BROKEN: Final = "Tệp hỏng, không mở được; đề nghị gửi lại dưới dạng PDF."
TOO_HEAVY: Final = "Tệp quá lớn hoặc quá phức tạp để mở; đề nghị gửi lại dưới dạng PDF, khổ A4."
ENCRYPTED: Final = "Tệp có mật khẩu; đề nghị gửi lại bản PDF không đặt mật khẩu."


class DocumentError(Exception):
    """A file that cannot be used; `reason` says why and what to send instead, in Vietnamese, for officials to read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
