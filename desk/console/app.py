"""`zalo-desk`: the operator's commands. Each one's module is imported when it is called, so that help comes at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


@dataclass(frozen=True, slots=True)
class _Entry:
    module: str
    function: str
    says: str

    def command(self, name: str) -> Command:
        """Return the command, its module imported now."""
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        function = cast("Callable[..., None]", getattr(import_module(self.module), self.function))
        alone.command(name=name, help=self.says)(function)
        return get_command(alone)


_COMMANDS = {
    "run": _Entry("desk.console.run", "run", "Chạy cả hệ thống; không có .env thì chạy thử với 500 tin nhắn mẫu."),
    "stop": _Entry("desk.console.stop", "stop", "Dừng những gì lần chạy trước để lại."),
    "check-office": _Entry("desk.console.check_office", "check_office", "Soát dữ liệu trong thư mục office/."),
    "triage": _Entry("desk.console.triage", "triage", "Phân loại một câu hỏi đang chờ."),
    "remember": _Entry(
        "desk.console.remember", "remember", "Lưu mẫu câu trả lời để dùng lại cho câu hỏi tương tự; --retire bỏ mẫu."
    ),
    "show": _Entry("desk.console.show", "show", "Xem một câu hỏi, bài đăng: nội dung, hạn, ý kiến, lịch sử."),
    "evidence": _Entry("desk.console.evidence", "evidence", "Lấy hồ sơ gỡ bài (PDF) của một bài đã gỡ."),
    "due": _Entry("desk.console.due", "due", "Tính hạn trả lời và cách tính."),
    "classify": _Entry("desk.console.classify", "classify", "Phân loại các câu hỏi trong một tệp JSONL."),
    "classifier": _Entry(
        "desk.console.classifier", "classifier", "Xem các phiên bản của bộ phân loại; đưa vào dùng, quay lại bản trước."
    ),
    "read-mail": _Entry("desk.console.read_mail", "read_mail", "Xem hệ thống hiểu một thư (.eml) như thế nào."),
}


class _Commands(TyperGroup):
    """The commands above by name; asking for help imports none of them."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - the library's signature
        return list(_COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - the library's signature
        entry = _COMMANDS.get(cmd_name)
        return entry.command(cmd_name) if entry else None

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - the library's signature
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, entry.says) for name, entry in _COMMANDS.items()])


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def desk() -> None:
    """Bàn trả lời câu hỏi của người dân trên Zalo BHXH Việt Nam."""


def main() -> None:
    """Run the command line; a setting that is missing or wrong ends it with one line and code 2."""
    try:
        app()
    except ValueError as error:
        from desk.runtime.settings import SettingsError  # noqa: PLC0415 - a third of a second, for who needs it

        if not isinstance(error, SettingsError):
            raise
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
