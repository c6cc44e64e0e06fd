"""The paper that stays of an article taken down: who asked, who decided, what was published and when (Điều 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, assert_never
from unicodedata import normalize

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from matplotlib import get_data_path

from desk.rules.calendar import local_time
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, Block, ImageBlock, TextBlock, VideoBlock, mark
from desk.rules.office import Role

_FACE: Final = "DejaVu Serif"
_FILES: Final = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf", "I": "DejaVuSerif-Italic.ttf"}
_MARGIN: Final = 20  # mm
_LINE: Final = 5.2  # mm
_SIZE: Final = 10  # points
_COLUMNS: Final = (30, 44, 62, 34)  # mm

_ROLES: Final[Mapping[Role, str]] = {
    Role.COLLABORATOR: "cộng tác viên",
    Role.AUTHOR: "tác giả",
    Role.EDITOR: "biên tập viên",
    Role.SECRETARY: "Thư ký Ban Quản trị",
    Role.DEPUTY_HEAD: "Phó Trưởng Ban Quản trị",
    Role.HEAD: "Trưởng Ban Quản trị",
}
_SAID: Final[Mapping[tuple[ApprovalStep, Verdict], str]] = {
    (ApprovalStep.PROPOSE, Verdict.AGREE): "Đề xuất",
    (ApprovalStep.REVIEW, Verdict.AGREE): "Thẩm định: đồng ý",
    (ApprovalStep.REVIEW, Verdict.RETURN): "Thẩm định: trả lại",
    (ApprovalStep.SUBMIT, Verdict.AGREE): "Trình duyệt",
    (ApprovalStep.WITHDRAW, Verdict.AGREE): "Rút trình",
    (ApprovalStep.DECIDE, Verdict.AGREE): "Duyệt: đồng ý",
    (ApprovalStep.DECIDE, Verdict.AGREE_WITH_CHANGES): "Duyệt: đồng ý, sửa",
    (ApprovalStep.DECIDE, Verdict.REFUSE): "Duyệt: không đồng ý",
    (ApprovalStep.CONFORM, Verdict.AGREE): "Xác nhận đúng ý kiến",
    (ApprovalStep.CONFORM, Verdict.RETURN): "Xác nhận: trả lại",
    (ApprovalStep.PUBLISH, Verdict.AGREE): "Cho đăng",
    (ApprovalStep.STOP, Verdict.AGREE): "Dừng đăng",
    (ApprovalStep.ASK_TAKEDOWN, Verdict.AGREE): "Đề nghị gỡ",
    (ApprovalStep.DECIDE_TAKEDOWN, Verdict.AGREE): "Quyết định gỡ",
    (ApprovalStep.DECIDE_TAKEDOWN, Verdict.REFUSE): "Không đồng ý gỡ",
    (ApprovalStep.ASK_BROADCAST, Verdict.AGREE): "Đề nghị gửi người quan tâm",
    (ApprovalStep.DECIDE_BROADCAST, Verdict.AGREE): "Cho gửi người quan tâm",
    (ApprovalStep.DECIDE_BROADCAST, Verdict.REFUSE): "Không cho gửi người quan tâm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an official said of a version: `who` is name and title, `act` the paper he acts under as a delegate."""

    said_at: datetime
    step: ApprovalStep
    verdict: Verdict
    who: str
    role: Role
    version: int
    act: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """An article that citizens saw and see no longer, with every word of officials on it, oldest first.

    `asked` and `decided` are the words by which it was taken down; `sha256` is that of the version decided on.
    """

    code: str
    version: int
    article: Article
    sha256: bytes
    article_id: str
    link: str
    shown_at: datetime
    asked: Word
    decided: Word
    urgent: bool
    removed: bool
    hidden_at: datetime
    words: Sequence[Word]


def evidence_pack(removal: Removal) -> bytes:
    """Return the pack as one PDF file; the same facts give the same bytes."""
    page = _Paper(removal)
    page.heading("HỒ SƠ GỠ BÀI ĐÃ ĐĂNG TRÊN ZALO")
    page.facts(_about(removal))
    page.section("1. Đề nghị và quyết định gỡ")
    page.facts([*_word("Người đề nghị", removal.asked), *_word("Người quyết định", removal.decided)])
    page.section("2. Ý kiến của những người tham gia, theo thứ tự thời gian")
    page.words(removal.words)
    page.section("3. Bài như đã đăng")
    page.facts(_as_published(removal))
    for block in removal.article.blocks:
        page.paragraph(_shown(block))
    page.paragraph(mark(removal.code, removal.version))
    return bytes(page.output())


def _about(removal: Removal) -> list[tuple[str, str]]:
    minutes = round((removal.hidden_at - removal.decided.said_at).total_seconds() / 60)
    how = "xóa khỏi Zalo" if removal.removed else "ẩn trên Zalo, công dân không còn xem được"
    return [
        ("Mã tin", f"{removal.code}, bản {removal.version}"),
        ("Tiêu đề", removal.article.title),
        ("Đường dẫn", removal.link),
        ("Mã bài trên Zalo", removal.article_id),
        ("Đăng lúc", _moment(removal.shown_at)),
        ("Quyết định gỡ lúc", _moment(removal.decided.said_at) + (" (gỡ khẩn)" if removal.urgent else "")),
        ("Gỡ xong lúc", f"{_moment(removal.hidden_at)}, sau quyết định {minutes} phút"),
        ("Cách gỡ", how),
    ]


def _word(what: str, word: Word) -> list[tuple[str, str]]:
    rows = [(what, f"{word.who}; vai trò: {_ROLES[word.role]}"), ("Thời điểm", _moment(word.said_at))]
    if word.act:
        rows.append(("Theo văn bản", word.act))
    if word.reason:
        rows.append(("Lý do", word.reason))
    return rows


def _as_published(removal: Removal) -> list[tuple[str, str]]:
    article = removal.article
    return [
        ("Tiêu đề", article.title),
        ("Tác giả", article.author),
        ("Mô tả", article.description),
        ("Ảnh bìa", article.cover_url),
        ("SHA-256", removal.sha256.hex()),
    ]


def _shown(block: Block) -> str:
    match block:
        case TextBlock(content=content):
            return content
        case ImageBlock(url=url, caption=caption):
            return f"[Ảnh: {url}{f', chú thích: {caption}' if caption else ''}]"
        case VideoBlock(url=url):
            return f"[Video: {url}]"
        case never:
            assert_never(never)


def _moment(moment: datetime) -> str:
    return f"{local_time(moment):%H:%M:%S ngày %d/%m/%Y}"


@cache
def _fonts() -> Path:
    """Return the folder of fonts that hold every Vietnamese letter, wherever the desk runs."""
    return Path(get_data_path()) / "fonts" / "ttf"


class _Paper(FPDF):
    """A4 pages in the manner of an office's papers: serif letters, the code and the page at the foot of each."""

    def __init__(self, removal: Removal) -> None:
        super().__init__(format="A4")
        self._foot = f"{removal.code}, bản {removal.version}"
        for style, file in _FILES.items():
            self.add_font(_FACE, style, _fonts() / file)
        self.set_creation_date(removal.hidden_at)
        self.set_lang("vi")
        self.set_title(f"Hồ sơ gỡ bài {removal.code}")
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.set_font(_FACE, size=_SIZE)
        self.add_page()

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-_MARGIN + _LINE)
        self.set_font(_FACE, "I", _SIZE - 2)
        self.cell(0, _LINE, f"{self._foot} - trang {self.page_no()}/{{nb}}", align="C")

    def heading(self, text: str) -> None:
        self.set_font(_FACE, "B", _SIZE + 4)
        self.multi_cell(0, 2 * _LINE, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def section(self, text: str) -> None:
        self.ln(_LINE)
        self.set_font(_FACE, "B", _SIZE + 1)
        self.multi_cell(0, 1.5 * _LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def paragraph(self, text: str) -> None:
        self.set_font(_FACE, size=_SIZE)
        self.multi_cell(0, _LINE, normalize("NFC", text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(_LINE / 2)

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        self._rows([(name, value or "(không có)") for name, value in rows], (38, 132), heads=False)

    def words(self, words: Sequence[Word]) -> None:
        rows = [("Thời điểm", "Ý kiến", "Người, vai trò", "Căn cứ, lý do")]
        for word in words:
            said = f"{_SAID.get((word.step, word.verdict), word.step)} (bản {word.version})"
            why = "; ".join(part for part in (word.act, word.reason) if part)
            rows.append((_moment(word.said_at), said, f"{word.who}; vai trò: {_ROLES[word.role]}", why))
        self._rows(rows, _COLUMNS, heads=True)

    def _rows(self, rows: Sequence[Sequence[str]], widths: tuple[int, ...], *, heads: bool) -> None:
        self.set_font(_FACE, size=_SIZE - 1)
        with self.table(
            col_widths=widths,
            first_row_as_headings=heads,
            text_align="LEFT",
            line_height=_LINE,
            padding=0.8,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        ) as table:
            for cells in rows:
                row = table.row()
                for cell in cells:
                    row.cell(normalize("NFC", cell))
