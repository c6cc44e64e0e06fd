"""Who makes articles: author and collaborator send drafts; editor, Secretary, deputies and head say their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from io import BytesIO

import docx
import yaml
from PIL import Image, ImageDraw

from sandbox.people import programs
from sandbox.people.hours import OfficeHours
from sandbox.people.letters import Letter
from sandbox.people.manners import drawn
from sandbox.people.posts import Planned, Post
from sandbox.people.programs import PROGRAMS, Author, File

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURE = re.compile(r"https://(\S+?\.jpg)")
_SIZE = (960, 540)
_SOURCE = re.compile(r"^Toàn văn để sửa:\n+(.*?)\n+Bài như sẽ hiện trên Zalo", re.DOTALL | re.MULTILINE)
_BETWEEN_DRAFTS = 0.15
# how the subjects of letters begin
_TO_EDITOR = frozenset({"Bản thảo bài đăng Zalo", "Bài được trả lại", "Bài được đồng ý, cần sửa"})
_TO_REVIEW = "Đề nghị xem xét bài đăng Zalo"
_PUBLISHED = "Bài đã đăng trên Zalo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article and what is said about it; `mends` are replacements in its text."""

    title: str
    by: str
    text: str
    is_file: bool = False
    mends: Sequence[Mapping[str, str]] = ()
    lacks: str = ""
    returns: str = ""
    review: str
    decision: str
    removal: str = ""

    @property
    def pictures(self) -> list[str]:
        """Where its pictures are, without https://."""
        return _PICTURE.findall(self.text + "".join(mend["to"] for mend in self.mends))

    def mended(self, source: str) -> str:
        """Return the text as its editor sends it back."""
        for mend in self.mends:
            source = source.replace(mend["from"], mend["to"])
        return source


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Those who say a word on articles: `names` by address."""

    seed: int
    names: Mapping[str, str]
    hours: OfficeHours

    def drafts(self, writers: Mapping[str, str], desk_address: str, begins_at: datetime) -> Iterator[Planned]:
        """Yield the mails by which articles come: who writes is known by his role, the collaborator's is a file."""
        mailbox, _, domain = desk_address.partition("@")
        for number, story in enumerate(stories(), start=1):
            address = writers.get(story.by)
            if address is None:
                continue
            at = self.hours.after(begins_at, number * _BETWEEN_DRAFTS)
            # either way of telling the desk that a mail is an article
            to, subject = (
                (f"{mailbox}+bai-viet@{domain}", story.title)
                if story.is_file
                else (desk_address, f"Bài viết: {story.title}")
            )
            text = "Gửi biên tập viên bài viết kèm theo." if story.is_file else story.text.strip()
            files = [File("bai-viet.docx", _WORD, _word_file(story))] if story.is_file else []
            mail = programs.new_mail(self._author(address), to, subject, text, at, files=files)
            yield Planned(at, Post.DRAFT, mail)

    def plan(self, letter: Letter) -> Iterator[Planned]:
        """Yield what somebody writes back to a letter on an article."""
        story = next((story for story in stories() if story.title in letter.subject), None)
        text = _word(story, letter) if story else ""
        if text:
            at = self.hours.after(letter.arrived_at, drawn(self.seed, "newsroom", letter.message_id).uniform(0.2, 0.8))
            yield Planned(at, Post.DECISION, programs.answer(self._author(letter.mailbox), letter, text, at))

    def _author(self, address: str) -> Author:
        return Author(self.names[address], address, drawn(self.seed, address).choice(PROGRAMS))


@cache
def stories() -> tuple[Story, ...]:
    """Return the articles of the week."""
    rows = yaml.safe_load(resources.files("sandbox.people").joinpath("articles.yaml").read_text(encoding="utf-8"))
    return tuple(Story(**row) for row in rows)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the articles: host and path, and a JPEG."""
    for place in dict.fromkeys(place for story in stories() for place in story.pictures):
        draw = drawn(0, place)
        picture = Image.new("RGB", _SIZE, (draw.randrange(90), draw.randrange(90, 150), draw.randrange(120, 200)))
        ImageDraw.Draw(picture).rectangle((80, 80, _SIZE[0] - 80, _SIZE[1] - 80), outline="white", width=6)
        content = BytesIO()
        picture.save(content, "JPEG", quality=80)
        yield place, content.getvalue()


def _word(story: Story, letter: Letter) -> str:
    """Return what the reader of a letter writes back; nothing where it only tells."""
    kind = letter.subject.partition("] ")[2].removeprefix("KHẨN: ").partition(": ")[0]
    if kind in _TO_EDITOR:
        return _of_editor(story, letter)
    if kind == _TO_REVIEW and story.lacks and story.lacks not in letter.text:
        return story.returns
    if kind == _PUBLISHED:
        return story.removal if "GỠ KHẨN" in letter.text else ""
    words = {
        _TO_REVIEW: story.review,
        "Kính trình bài đăng Zalo": story.decision,
        "Đề nghị xác nhận bài đã sửa đúng ý kiến": "ĐÚNG Ý KIẾN",
        "Bài đăng Zalo đã được đồng ý": "ĐĂNG",
        "Kính đề nghị quyết định gỡ bài trên Zalo": "ĐỒNG Ý",
    }
    return words.get(kind, "")


def _of_editor(story: Story, letter: Letter) -> str:
    """Propose what nothing is wanted of, mend what something is wanted of, and leave what was refused."""
    if "không đồng ý đăng bài" in letter.text:
        return ""
    source = _SOURCE.search(letter.text)
    wanted = ("Trước khi đề xuất cần sửa:", "Bài được trả lại.", "đồng ý với điều kiện sửa")
    if source is None or not any(words in letter.text for words in wanted):
        return "ĐỀ XUẤT"
    mended = story.mended(source[1])
    return "ĐỀ XUẤT" if mended == source[1] else mended


def _word_file(story: Story) -> bytes:
    document = docx.Document()
    for line in story.text.strip().split("\n"):
        document.add_paragraph(line)
    content = BytesIO()
    document.save(content)
    return content.getvalue()
