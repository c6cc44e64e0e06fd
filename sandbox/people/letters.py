"""A mail as its reader sees it, and what a letter of the desk asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from enum import StrEnum

_CODE = re.compile(r"\bZL \d{2}-\d{6}-\d\b")
_ARTICLE = re.compile(r"\[ND-\d{4}-\d{4,}\] ")
_REPLY_TO = re.compile(r"^(?:>\s*)?Trả lời đến: (\S+@\S+)$", re.MULTILINE)
# what the letter quotes stands four blanks in
_QUOTED = re.compile(r"^ {4}(?=\S)(.*)$", re.MULTILINE)
_OFFERED = re.compile(
    r"^\s*(?:(ZL \d{2}-\d{6}-\d): )?([A-ZĐÀ-Ỹ]{2,}(?: [A-ZĐÀ-Ỹ]+)*(?: \d+)?)"
    r"(?:: (\d\d/\d\d/\d{4}))?(?:: ?)?(?: ?\(.*\))?$",
    re.MULTILINE,
)


class Asks(StrEnum):
    """What a letter of the desk is to whoever reads it."""

    QUESTION = "question"
    TABLE = "table"
    ANSWER_PROPOSAL = "answer_proposal"
    DUTY_QUESTION = "duty_question"
    DECISION = "decision"
    DELAYS = "delays"
    SORTING = "sorting"
    SENSITIVE = "sensitive"
    URGENT = "urgent"
    REDIRECTS = "redirects"
    ARTICLE = "article"
    FORWARDED = "forwarded"
    NOTHING = "nothing"


_BY_SUBJECT = (
    ("Dự thảo trả lời công dân", Asks.ANSWER_PROPOSAL),
    ("Câu hỏi cán bộ trực trả lời", Asks.DUTY_QUESTION),
    ("Đề nghị phân loại", Asks.SORTING),
    ("Câu hỏi có nội dung hạn chế", Asks.SENSITIVE),
    ("Việc khẩn", Asks.URGENT),
    ("Đề nghị duyệt hướng dẫn", Asks.REDIRECTS),
    ("chậm hạn trả lời công dân", Asks.DELAYS),
    ("quá hạn trả lời công dân", Asks.DELAYS),
)


@dataclass(frozen=True, slots=True)
class Option:
    """Words that a letter offers to write back: for which question, and up to which day where it proposes one."""

    words: str
    case_code: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail in somebody's mailbox; `reply_to` is where an answer goes, `mailbox` whose it is."""

    mailbox: str
    message_id: str
    references: str
    subject: str
    from_name: str
    from_address: str
    reply_to: str
    text: str
    arrived_at: datetime
    is_automatic: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The questions it names, in order."""
        return tuple(dict.fromkeys(_CODE.findall(f"{self.subject}\n{self.text}")))

    @property
    def asks(self) -> Asks:
        """What its reader is to do."""
        if not self.is_automatic:
            return Asks.FORWARDED if _REPLY_TO.search(self.text) else Asks.NOTHING
        if _ARTICLE.match(self.subject):
            return Asks.ARTICLE
        for words, asks in _BY_SUBJECT:
            if words in self.subject:
                return asks
        if "\nPHIẾU CHUYỂN CÂU HỎI TRÊN ZALO BHXH VIỆT NAM\n" in self.text:
            return Asks.TABLE if "bắt đầu bằng:" in self.text else Asks.QUESTION
        return Asks.DECISION if self.options and "Ý kiến đến trước được thực hiện" in self.text else Asks.NOTHING

    @property
    def desk_address(self) -> str:
        """Where a colleague, to whom the letter was passed on, is to answer."""
        found = _REPLY_TO.search(self.text)
        return found[1] if found else self.reply_to

    @property
    def options(self) -> tuple[Option, ...]:
        """The words it offers."""
        return tuple(
            Option(found[2], found[1] or "", found[3] or "")
            for found in _OFFERED.finditer(self.text)
            if found[2].isupper()
        )

    @property
    def question(self) -> str:
        """What the citizen asked, as quoted."""
        return " ".join(_QUOTED.findall(self.text))

    def question_of(self, code: str) -> str:
        """Return what stands under one code of a table."""
        _, _, after = self.text.partition(f"Mã câu hỏi: {code}")
        return " ".join(_QUOTED.findall(after.partition("Dòng trả lời")[0]))


def read_letter(content: bytes, mailbox: str, arrived_at: datetime) -> Letter:
    """Return a mail as a mail program shows it."""
    mail = message_from_bytes(content, policy=default)
    body = mail.get_body(("plain",))
    name, address = parseaddr(str(mail["From"]))
    return Letter(
        mailbox=mailbox,
        message_id=str(mail["Message-ID"]).strip(),
        references=str(mail["References"] or "").strip(),
        subject=str(mail["Subject"]),
        from_name=name,
        from_address=address,
        reply_to=parseaddr(str(mail["Reply-To"] or mail["From"]))[1],
        text=body.get_content().replace("\r\n", "\n").strip() if body else "",
        arrived_at=arrived_at,
        is_automatic=str(mail["Auto-Submitted"] or "no") != "no",
    )
