"""Mail programs as offices use them: how each quotes the letter that is answered, and what else it leaves in a mail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, parseaddr
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.people.letters import Letter

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
_SHORT_DAYS = ("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN")
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_MONTHS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")
_NOON = 12


class _Written(EmailPolicy):
    """What programs write, but for the library's folding of Vietnamese, which loses blanks between words."""

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - as in the library
        """Return a field as it goes out."""
        match name:
            case "Subject":
                encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
                return f"Subject: {encoded}\r\n".encode()
            case "From":
                shown, address = parseaddr(str(value))
                encoded = Header(shown, "utf-8", header_name=name).encode(linesep=self.linesep)
                return f"From: {encoded} <{address}>\r\n".encode()
            case _:
                return super().fold_binary(name, value)


WRITTEN = _Written(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One mail program: what it writes above a quote, whether it marks the quote's lines, what it says of itself."""

    name: str
    opens: Callable[[Letter, datetime], str]
    marks_quote: bool
    header: tuple[str, str] = ("", "")
    id_domain: str = ""
    has_html: bool = False
    answers_below: bool = False
    advertises: str = ""

    def quoted(self, letter: Letter) -> str:
        """Return the letter as this program sets it under, or above, an answer."""
        opening = self.opens(letter, letter.arrived_at.astimezone(HCM))
        if not self.marks_quote:
            return f"{opening}\n\n{letter.text}"
        return f"{opening}\n" + "\n".join(f"> {line}".rstrip() for line in letter.text.split("\n"))


def _gmail(letter: Letter, at: datetime) -> str:
    when = f"{_SHORT_DAYS[at.weekday()]}, {at.day} thg {at.month}, {at.year} vào lúc {at:%H:%M}"
    return f"Vào {when} {letter.from_name} <{letter.reply_to}>\nđã viết:\n"


def _outlook(letter: Letter, at: datetime) -> str:
    when = f"{_DAYS[at.weekday()]}, {at.day} Tháng {_MONTHS[at.month - 1]} {at.year} {at:%I:%M}"
    half = "SA" if at.hour < _NOON else "CH"
    return (
        f"Từ: {letter.from_name} <{letter.reply_to}>\nĐã gửi: {when} {half}\nĐến: {letter.mailbox}\n"
        f"Chủ đề: {letter.subject}"
    )


def _zimbra(letter: Letter, at: datetime) -> str:
    when = f"{_DAYS[at.weekday()]}, {at.day} Tháng {at.month} Năm {at.year} {at:%H:%M:%S}"
    return (
        f'Từ: "{letter.from_name}" <{letter.reply_to}>\nTới: "{letter.mailbox.partition("@")[0]}" <{letter.mailbox}>\n'
        f"Đã gửi: {when}\nChủ đề: {letter.subject}"
    )


def _thunderbird(letter: Letter, at: datetime) -> str:
    return f"Vào lúc {at:%H:%M %d/%m/%Y}, {letter.from_name} đã viết:"


def _roundcube(letter: Letter, at: datetime) -> str:
    return f"Vào ngày {at:%Y-%m-%d %H:%M}, {letter.from_name} viết:"


def _iphone(letter: Letter, at: datetime) -> str:
    when = f"{at:%H:%M}, {at.day} thg {at.month}, {at.year}"
    return f"> Vào {when}, {letter.from_name} <{letter.reply_to}> đã viết:\n> "


GMAIL = Program(name="Gmail", opens=_gmail, marks_quote=True, id_domain="mail.gmail.com", has_html=True)
OUTLOOK = Program(
    name="Outlook", opens=_outlook, marks_quote=False, has_html=True, header=("X-Mailer", "Microsoft Outlook 16.0")
)
ZIMBRA = Program(
    name="Zimbra", opens=_zimbra, marks_quote=False, has_html=True, header=("X-Mailer", "Zimbra 9.0.0_GA_4583")
)
THUNDERBIRD = Program(
    name="Thunderbird", opens=_thunderbird, marks_quote=True, header=("User-Agent", "Mozilla Thunderbird"),
    answers_below=True,
)  # fmt: skip
ROUNDCUBE = Program(
    name="Roundcube", opens=_roundcube, marks_quote=True, header=("User-Agent", "Roundcube Webmail/1.6.7")
)
IPHONE = Program(
    name="iPhone", opens=_iphone, marks_quote=True, header=("X-Mailer", "iPhone Mail (21G93)"),
    advertises="Đã gửi từ iPhone của tôi",
)  # fmt: skip
PROGRAMS = (ZIMBRA, OUTLOOK, GMAIL, THUNDERBIRD, ROUNDCUBE, IPHONE)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, from which address, with which program."""

    name: str
    address: str
    program: Program
    signature: str = ""


def answer(
    author: Author, letter: Letter, text: str, at: datetime, *, copies: Sequence[str] = (), files: Sequence[File] = ()
) -> EmailMessage:
    """Return the mail that somebody's program makes when he presses Reply; the text may be empty."""
    program = author.program
    mail = _headers(author, letter, at, prefix="Re: ")
    mail["To"] = letter.desk_address
    if copies:
        mail["Cc"] = ", ".join(copies)
    mail["In-Reply-To"] = letter.message_id
    mail["References"] = f"{letter.references} {letter.message_id}".strip()
    said = "\n\n".join(part for part in (text, author.signature, program.advertises) if part)
    parts = [program.quoted(letter), said] if program.answers_below else [said, program.quoted(letter)]
    return _finished(mail, program, "\n\n".join(filter(None, parts)), files)


def new_mail(
    author: Author, to: str, subject: str, text: str, at: datetime, *, files: Sequence[File] = ()
) -> EmailMessage:
    """Return a mail that answers nothing."""
    mail = _dated(author, subject, at, f"{author.address} {subject}")
    mail["To"] = to
    return _finished(mail, author.program, text, files)


def forward(author: Author, letter: Letter, text: str, to: str, at: datetime) -> EmailMessage:
    """Return the mail by which somebody passes the letter on, its reply address named as programs do."""
    mail = _headers(author, letter, at, prefix="Fwd: ")
    mail["To"] = to
    head = f"Từ: {letter.from_name} <{letter.from_address}>\nTrả lời đến: {letter.reply_to}\nChủ đề: {letter.subject}"
    passed_on = f"---------- Thư được chuyển tiếp ----------\n{head}\n\n{letter.text}"
    return _finished(mail, author.program, f"{text}\n\n{passed_on}", ())


def absence(author: Author, letter: Letter, text: str, at: datetime) -> EmailMessage:
    """Return what a mailbox answers by itself while its owner is away (RFC 3834)."""
    mail = _headers(author, letter, at, prefix="Trả lời tự động: ")
    mail["To"] = letter.reply_to
    mail["In-Reply-To"] = mail["References"] = letter.message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text, cte="quoted-printable")
    return mail


def _headers(author: Author, letter: Letter, at: datetime, *, prefix: str) -> EmailMessage:
    subject = letter.subject if letter.subject.startswith("Re: ") else f"{prefix}{letter.subject}"
    return _dated(author, subject, at, f"{letter.message_id} {author.address} {at.isoformat()} {prefix}")


def _dated(author: Author, subject: str, at: datetime, seed: str) -> EmailMessage:
    mail = EmailMessage(policy=WRITTEN)
    mail["From"] = formataddr((author.name, author.address))
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at.astimezone(HCM).replace(microsecond=0))
    digest = hashlib.sha256(seed.encode()).hexdigest()
    domain = author.program.id_domain or author.address.partition("@")[2]
    mail["Message-ID"] = f"<{digest[:28]}@{domain}>"
    name, value = author.program.header
    if name:
        mail[name] = value
    return mail


def _finished(mail: EmailMessage, program: Program, text: str, files: Sequence[File]) -> EmailMessage:
    mail.set_content(f"{text}\n", cte="quoted-printable")
    if program.has_html:
        rows = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
        mail.add_alternative(f"<html><body>{rows}</body></html>", subtype="html", cte="quoted-printable")
    for file in files:
        main, _, sub = file.content_type.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return mail
