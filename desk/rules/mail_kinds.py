"""What a mail is before anybody reads what it says: by its header fields, as far as they can be believed."""

from __future__ import annotations

import re
from itertools import pairwise

from desk.rules.absences import absent_until
from desk.rules.incoming_mail import DeliveryReport, IncomingMail, MailKind
from desk.rules.mail_addresses import KEY_HEADER, DeskAddress

__all__ = ["MOST_HOPS", "absent_until", "bounce_reports", "is_ours", "kind_by_headers"]

MOST_HOPS = 25

_KEY_FIELD = KEY_HEADER.lower()
_REPORT_TYPE = re.compile(r'report-type\s*=\s*"?([\w-]+)', re.IGNORECASE)
_DAEMON = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster|microsoftexchange[0-9a-f]{32})@", re.IGNORECASE
)
_NOT_DELIVERED = re.compile(
    r"undeliver|(?:mail )?delivery (?:status notification|has |failure|failed|incomplete|delayed)|returned mail"
    r"|failure notice|(?:không|chưa) (?:thể )?(?:gửi|chuyển|phát|giao) (?:được|đến)|thư (?:bị )?(?:trả lại|hoàn lại)"
    r"|gửi (?:thư )?(?:không thành công|thất bại)",
    re.IGNORECASE,
)
_LETTER_IS_DONE = frozenset({"delivered", "relayed", "expanded"})

_ANSWERING_FIELDS = (
    *("x-autoreply", "x-autorespond", "x-auto-reply", "x-auto-reply-from", "x-autoreply-from"),
    *("x-mail-autoreply", "x-zimbra-auto-reply"),
)
_BULK = frozenset({"bulk", "list", "junk"})
# Sure on their own: no person begins a subject so.
_ANSWERED_BY_MACHINE = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office(?: auto-?reply)?|auto|autosvar"
    r"|(?:thư )?trả lời tự động|tự động trả lời|phản hồi tự động)\s*[:：]",
    re.IGNORECASE,
)
# Only with another sign: "Nghỉ phép có được đóng BHXH không" is a question.
_SPEAKS_OF_ABSENCE = re.compile(
    r"\s*(?:out of (?:the )?office|ooo|automatic reply|auto(?:matic)?[- ]?reply|on leave|annual leave|absent"
    r"|(?:thư )?trả lời tự động|tự động trả lời|(?:thông báo )?(?:vắng mặt|nghỉ)|ra khỏi văn phòng|ngoài văn phòng"
    r"|đi công tác)\b",
    re.IGNORECASE,
)

_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@([^<>@]+)>", re.IGNORECASE)
_BOUNCE_TAG = re.compile(r"bounce\.([0-9a-f]{32})@", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<!\d)([45])\d\d(?=[ ,-]|$)", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_STILL_TRYING = re.compile(
    r"delayed|will (?:retry|be retried|continue)|still trying|tạm thời|sẽ thử lại|bị chậm", re.IGNORECASE
)


def kind_by_headers(mail: IncomingMail, desk: DeskAddress) -> MailKind | None:
    """Return what a mail is where no person wrote it for the desk to read; None where one did.

    An own copy is what bears a letter's key and came to that letter's own copy address: a unit has the one, and does
    not know the other. What comes back otherwise is a loop.
    """
    keys = mail.headers.get(_KEY_FIELD, ())
    if keys:
        is_copy = len(keys) == 1 and desk.own_copy(keys[0]).lower() in mail.recipients
        return MailKind.OWN_COPY if is_copy else MailKind.LOOP
    if is_ours(mail.message_id, desk) or len(mail.headers.get("received", ())) > MOST_HOPS:
        return MailKind.LOOP
    return _report_kind(mail) or _machine_kind(mail)


def is_ours(message_id: str, desk: DeskAddress) -> bool:
    """Tell whether a Message-ID is that of a letter of the desk: colleagues write from the same domain."""
    found = _MESSAGE_ID.fullmatch(message_id)
    return found is not None and found[2].lower() == desk.domain.lower()


def bounce_reports(mail: IncomingMail, desk: DeskAddress) -> tuple[DeliveryReport, ...]:
    """Return whom a bounce is about, and which letter of ours: its reports, or what its text says.

    The letter is named by the mail that came back, or by the bounce address it came to. Recipients in a text are
    those a refusal stands beside, or the one address that is not the desk's.
    """
    letter = _bounced_letter(mail, desk)
    if mail.reports:
        return tuple(
            DeliveryReport(
                final_recipient=report.final_recipient,
                action=report.action,
                status=report.status,
                original_message_id=report.original_message_id or letter,
            )
            for report in mail.reports
        )
    status = _status(mail.text)
    is_delay = status.startswith("4")
    recipients = _named_recipients(mail, desk)
    return tuple(
        DeliveryReport(
            final_recipient=recipient,
            action="delayed" if is_delay else "failed",
            status=status,
            original_message_id=letter,
        )
        for recipient in (recipients if letter or len(recipients) == 1 else ())
    )


def _report_kind(mail: IncomingMail) -> MailKind | None:
    content_type = _field(mail, "content-type")
    if content_type.startswith("multipart/report"):
        found = _REPORT_TYPE.search(content_type)
        is_of_delivery = bool(mail.reports) or (found is not None and found[1] == "delivery-status")
        if is_of_delivery and not (mail.reports and {report.action for report in mail.reports} <= _LETTER_IS_DONE):
            return MailKind.BOUNCE
        return MailKind.RECEIPT
    if _DAEMON.match(mail.from_address) and (_has_null_sender(mail) or _NOT_DELIVERED.search(mail.subject)):
        return MailKind.BOUNCE
    return None


def _machine_kind(mail: IncomingMail) -> MailKind | None:
    automatic = _field(mail, "auto-submitted").partition(";")[0].strip()
    precedence = _field(mail, "precedence")
    if (
        automatic.startswith("auto-replied")
        or precedence == "auto_reply"
        or any(_field(mail, name) not in ("", "no", "false") for name in _ANSWERING_FIELDS)
        or _ANSWERED_BY_MACHINE.match(mail.subject)
    ):
        return MailKind.AUTO_REPLY
    came_to_bounces = any(_BOUNCE_TAG.search(recipient) for recipient in mail.recipients)
    is_silent = _has_null_sender(mail) or came_to_bounces
    if is_silent and _NOT_DELIVERED.search(mail.subject):
        return MailKind.BOUNCE
    signs = (is_silent, automatic not in ("", "no"), precedence in _BULK, "x-auto-response-suppress" in mail.headers)
    # A program that passes on an official letter is automatic too: what it brings is for a person to see.
    if (any(signs) and _SPEAKS_OF_ABSENCE.match(mail.subject)) or (any(signs[:2]) and not mail.leaves):
        return MailKind.AUTO_REPLY
    if "list-id" in mail.headers or precedence in _BULK:
        return MailKind.LIST
    return None


def _field(mail: IncomingMail, name: str) -> str:
    return next(iter(mail.headers.get(name, ())), "").strip().lower()


def _has_null_sender(mail: IncomingMail) -> bool:
    return _field(mail, "return-path") == "<>"


def _bounced_letter(mail: IncomingMail, desk: DeskAddress) -> str:
    for recipient in mail.recipients:
        found = _BOUNCE_TAG.search(recipient)
        if found and recipient.endswith(f"@{desk.domain.lower()}"):
            return f"<{found[1].lower()}@{desk.domain}>"
    named = [found[0] for found in _MESSAGE_ID.finditer(mail.text) if is_ours(found[0], desk)]
    return next((ours for ours in [*mail.referred_ids, *named] if is_ours(ours, desk)), "")


def _status(text: str) -> str:
    """Return the enhanced status a text gives, or what its code or its words come to (RFC 3463)."""
    if status := _STATUS.search(text):
        return status[0]
    if code := _CODE.search(text):
        return f"{code[1]}.0.0"
    return "4.0.0" if _STILL_TRYING.search(text) else "5.0.0"


def _named_recipients(mail: IncomingMail, desk: DeskAddress) -> tuple[str, ...]:
    """Return the addresses beside a refusal; where none is, those that are no daemon's and not the desk's own."""
    # A refusal stands on the line of the address or on the next.
    pairs = (f"{line} {following}" for line, following in pairwise([*mail.text.split("\n"), ""]))
    refused = [found for pair in pairs if _STATUS.search(pair) or _CODE.search(pair) for found in _others(pair, desk)]
    return tuple(dict.fromkeys(refused or _others(mail.text, desk)))


def _others(text: str, desk: DeskAddress) -> list[str]:
    found = [address.lower().strip(".") for address in _ADDRESS.findall(text)]
    return [address for address in found if not desk.owns(address) and not _DAEMON.match(address)]
