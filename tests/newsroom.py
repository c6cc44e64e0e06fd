"""People who bring an article to the account by mail, over real SMTP and IMAP, and the host of its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from desk.rules.content.approvals import ApprovalStep
from desk.rules.content.hours import TIME_TO_STOP
from desk.rules.content.writing import article_from
from desk.rules.office import Role
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from sandbox.mail import set_clock
from sandbox.zalo import Simulator
from tasks.collecting import fetch_mails
from tasks.drafting import check_drafts, take_in_drafts
from tasks.inspecting import inspect_batch
from tasks.publishing import publish_next
from tests.content_words import Evidence, Word
from tests.contents import Contents
from tests.dates import at
from tests.mailroom import DESK, File, Mailroom, text_of

AUTHOR = "luong.thu.hien@bhxh.example.vn"
EDITOR = "le.ngoc.lan@bhxh.example.vn"
OTHER_EDITOR = "do.minh.quang@bhxh.example.vn"
SECRETARY = "hoang.phuong.thao@bhxh.example.vn"
DEPUTY = "bui.tien.dung@bhxh.example.vn"
OTHER_DEPUTY = "dang.thuy.nga@bhxh.example.vn"
HEAD = "phan.hong.son@bhxh.example.vn"

MORNING = at("Mon 2026-11-23 08:05")
TITLE = "Lịch chi trả lương hưu tháng 12"
TEXT = (
    f"# {TITLE}\n"
    "Tác giả: Ban Tuyên truyền\n"
    "Mô tả: Người hưởng nhận lương hưu tháng 12 từ ngày 02/12/2026.\n"
    "Ảnh bìa: https://anh.example.vn/lich.jpg\n\n"
    "Từ ngày 02/12/2026, lương hưu tháng 12 được chuyển vào tài khoản của người hưởng.\n\n"
    "Người hưởng nhận tiền mặt mang theo căn cước.\n"
)
_ADDRESSES = {"LAN": EDITOR, "THAO": SECRETARY, "DUNG": DEPUTY}
_WORDS = (
    Word(step=ApprovalStep.PROPOSE, by="LAN"),
    Word(step=ApprovalStep.REVIEW, by="THAO"),
    Word(step=ApprovalStep.SUBMIT, by="THAO", decider="DUNG", decider_role=Role.DEPUTY_HEAD),
    Word(step=ApprovalStep.DECIDE, by="DUNG", role=Role.DEPUTY_HEAD),
    Word(step=ApprovalStep.PUBLISH, by="LAN", publish_at=MORNING + TIME_TO_STOP),
)
_PICTURE = b"\xff\xd8\xff\xe0" + bytes(600)


class _Pictures(BaseHTTPRequestHandler):
    """Has every picture but those called missing, and one that is too large."""

    def do_GET(self) -> None:
        if "missing" in self.path:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if "page" in self.path else "image/jpeg")
        self.end_headers()
        self.wfile.write(_PICTURE + bytes(1_000_000 if "large" in self.path else 0))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@dataclass
class Newsroom:
    """An article's people; every mail and every run is a minute after the last."""

    mailroom: Mailroom
    now: datetime = field(default=MORNING)

    def later(self, **time: int) -> None:
        """Let time pass."""
        self.now += timedelta(**time)
        set_clock(self.mailroom.server.maildirs.folder, self.now)

    def work(self) -> None:
        """Take in the mail and all that follows from it."""
        self.later(minutes=1)
        self.mailroom.collect(self.now)
        for step in (inspect_batch, take_in_drafts, check_drafts):
            while step.fn(self.now):
                pass

    def write(self, sender: str, subject: str, text: str, *, files: Sequence[File] = ()) -> None:
        """Write a mail that answers none, and have it worked on."""
        self.later(minutes=1)
        self.mailroom.write(sender, DESK, subject, text, files=files)
        self.work()

    def answer(
        self, whose: str, about: str, text: str, *, sender: str = "", files: Sequence[File] = (), work: bool = True
    ) -> None:
        """Answer the newest letter with such a subject, as the one who got it or as somebody else.

        Without *work* the mail is fetched, and read by the next run.
        """
        letter = self.letter(whose, about)
        self.later(minutes=1)
        self.mailroom.answer(letter, text, sender=sender, files=files)
        if work:
            self.work()
        else:
            fetch_mails.fn()

    def letter(self, whose: str, about: str) -> EmailMessage:
        """Return somebody's newest letter with such a subject."""
        letters = self.mailroom.letters(whose)
        found = [letter for letter in letters if about in str(letter["Subject"])]
        assert found, [str(letter["Subject"]) for letter in letters]
        return found[-1]

    def subjects(self, whose: str) -> list[str]:
        """Return what somebody got, oldest first."""
        return [str(letter["Subject"]) for letter in self.mailroom.letters(whose)]

    def receipt(self, whose: str) -> str:
        """Return what somebody heard of his last mail."""
        return " ".join(text_of(self.letter(whose, "iến của Ông/Bà")).split())

    def to_the_secretary(self, text: str = TEXT) -> None:
        """Bring an article to where the Secretary is asked to review it."""
        self.write(AUTHOR, f"Bài: {TITLE}", text)
        self.answer(EDITOR, "Bản thảo", "ĐỀ XUẤT")

    def to_the_decider(self, text: str = TEXT) -> None:
        """Bring an article to where the deputy head is asked to decide."""
        self.to_the_secretary(text)
        self.answer(SECRETARY, "Đề nghị xem xét", "ĐỒNG Ý")

    def agreed(self) -> None:
        """Put down an article on which everybody has said his word, as if each mail had been read."""
        with transaction() as connection:
            contents = Contents(connection)
            item_id = contents.item(author="HIEN", editor="LAN", article=article_from(TEXT))
            for word in _WORDS:
                evidence = Evidence(from_address=_ADDRESSES[word.by])
                said = contents.says(item_id, word, evidence, decided_at=MORNING)
            contents.publication(item_id, said, publish_at=MORNING + TIME_TO_STOP)

    def to_the_publication(self) -> None:
        """Bring an article to where it waits for its hour, each word by mail."""
        self.to_the_decider()
        self.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
        self.answer(EDITOR, "đã được đồng ý", "ĐĂNG")


@pytest.fixture(scope="module")
def picture_host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pictures)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def newsroom(mailroom: Mailroom, picture_host: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """Yield the people of an article on a Monday morning."""
    monkeypatch.setenv("PICTURES_STAND_IN", picture_host)
    settings.cache_clear()
    room = Newsroom(mailroom)
    room.later(minutes=0)
    yield room
    set_clock(mailroom.server.maildirs.folder, None)


@pytest.fixture
def published(newsroom: Newsroom, zalo: Simulator, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Return the people of an article that citizens see."""
    identity, pair = zalo.account.identity, zalo.account.grants.pair
    chosen = {
        "ZALO_APP_ID": identity.app_id,
        "ZALO_APP_SECRET": identity.secret_key,
        "ZALO_OA_ID": identity.oa_id,
        "ZALO_ACCESS_TOKEN": pair.access_token,
        "ZALO_REFRESH_TOKEN": pair.refresh_token,
        "ZALO_API_URL": zalo.base_url,
        "ZALO_OAUTH_URL": zalo.oauth_url,
        "ACT_FROM": "2026-01-01T00:00+07:00",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    newsroom.agreed()
    newsroom.later(minutes=15)
    while publish_next.fn(newsroom.now):
        pass
    return newsroom
