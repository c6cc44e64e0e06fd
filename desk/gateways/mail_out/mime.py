"""A letter's bytes: the same parts, key and date give the same bytes at every attempt (law 6)."""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr
from functools import cache

from desk.gateways.failures import PermanentFailure
from desk.rules.mail_addresses import KEY_HEADER, DeskAddress, key_digest

SENDER_NAME = "Zalo BHXH Việt Nam"


_FOLDED = re.compile(r"[ -~]{1,60}(\n [ -~]{1,76})*")


class _Policy(policy.Compat32):
    """The old policy, which folds message ids and never RFC 2047-encodes them.

    The newer ones do past 77 characters, and Outlook then loses the thread (CPython #100991); they also take three
    times as long. What is folded already, or short, is written as it stands.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if _FOLDED.fullmatch(value):
            return f"{name}: {value}\n".replace("\n", self.linesep).encode()
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII | re.IGNORECASE)
_KEY = re.compile(r"[!-~]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """A file that a mail carries, its name in plain ASCII; `is_shown` pictures stand under the letter."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    is_shown: bool = False


def mime(
    parts: Mapping[str, object],
    *,
    key: str,
    recipient: str,
    desk: DeskAddress,
    date: datetime,
    pilot_mailbox: str = "",
    files: Sequence[MailFile] = (),
) -> bytes:
    """Return the mail of a rendered letter with the files it carries, with CRLF line ends.

    In a pilot the mail is addressed to *pilot_mailbox* and says on top whom it would have gone to.

    Raises:
        PermanentFailure: an address, a token or the key cannot stand in a header.
    """
    mail = _body(parts, key, files, instead_of=recipient if pilot_mailbox else "")
    mail["From"] = _sender(desk.mailbox)
    mail["To"] = _address(pilot_mailbox or recipient)
    mail["Reply-To"] = _address(desk.reply(_part(parts, "reply_token")))
    mail["Subject"] = Header(_CONTROLS.sub(" ", _part(parts, "subject")), "utf-8", header_name="Subject").encode()
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = desk.message_id(key)
    if thread := _part(parts, "thread"):
        mail["In-Reply-To"] = mail["References"] = desk.message_id(thread)
    # Answers of machines are unwanted; bounces and absences (OOF) are not: they say that a unit cannot answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "AutoReply, RN, NRN"
    mail[KEY_HEADER] = _checked(_KEY, key, "khóa thư")
    return mail.as_bytes(policy=_POLICY)


def _body(parts: Mapping[str, object], key: str, files: Sequence[MailFile], *, instead_of: str) -> Message:
    text, html = _part(parts, "text"), _part(parts, "html")
    if instead_of:
        note = f"[Chạy thử] Người nhận thật: {_address(instead_of)}"
        text = f"{note}\n\n{text}"
        html = re.sub(r"<body[^>]*>", rf"\g<0>\n<p>{note}</p>", html, count=1)
    boundary = f"zalo-desk-{key_digest(key)}"
    letter = MIMEMultipart("alternative", boundary=boundary)
    letter.attach(_text_part(text, "plain"))
    letter.attach(_text_part(html, "html"))
    attached = [_file_part(file) for file in files]
    if calendar := _part(parts, "ics"):
        attached.append(_calendar_part(calendar))
    if not attached:
        return letter
    whole = MIMEMultipart("mixed", boundary=f"{boundary}-files")
    for part in (letter, *attached):
        whole.attach(part)
    return whole


def _calendar_part(calendar: str) -> MIMENonMultipart:
    part = _text_part(calendar, "calendar")
    part.set_param("method", "PUBLISH")
    part["Content-Disposition"] = 'attachment; filename="han-tra-loi.ics"'
    return part


def _file_part(file: MailFile) -> MIMENonMultipart:
    part = MIMENonMultipart(*file.media_type.split("/"))
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "inline" if file.is_shown else "attachment", filename=file.name)
    part.set_payload(encodebytes(file.content).decode("ascii"))
    return part


def _text_part(text: str, subtype: str) -> MIMENonMultipart:
    # Base64: half the size of quoted-printable for Vietnamese. Its canonical form has CRLF inside as well. MIMEText
    # makes the same of it, but line by line in Python.
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part["Content-Transfer-Encoding"] = "base64"
    content = "\r\n".join(text.splitlines()) + "\r\n"
    part.set_payload(encodebytes(content.encode()).decode("ascii"))
    return part


@cache
def _sender(mailbox: str) -> str:
    return formataddr((SENDER_NAME, _address(mailbox)))


def _part(parts: Mapping[str, object], name: str) -> str:
    return str(parts.get(name, ""))


def _address(address: str) -> str:
    return _checked(_ADDRESS, address, "địa chỉ thư")


def _checked(pattern: re.Pattern[str], value: str, what: str) -> str:
    if pattern.fullmatch(value) is None:
        # The value itself stays out: it may be anybody's address.
        message = f"{what} không hợp lệ, không thể ghi vào đầu thư"
        raise PermanentFailure(message, code="header")
    return value
