"""Which mails no person wrote for the desk to read."""

from __future__ import annotations

import pytest

from desk.rules.incoming_mail import DeliveryReport, IncomingMail, Leaf, MailKind
from desk.rules.mail_addresses import KEY_HEADER, DeskAddress, ReplyAddressStyle, key_digest
from desk.rules.mail_kinds import MOST_HOPS, bounce_reports, kind_by_headers

DESK = DeskAddress("hoidap@bhxh.example.vn")
KEY = "letter:1:B_CSXH:1"
SCAN = Leaf(position=1, name="cv.pdf", declared_type="application/pdf", content=b"%PDF-")
DAEMON = "mailer-daemon@mx.example.vn"


def a_mail(
    *,
    subject: str = "Re: [ZL 26-004512-8] Phiếu chuyển",
    from_address: str = "hoa@bhxh.example.vn",
    recipients: tuple[str, ...] = ("hoidap+q7f3a91@bhxh.example.vn",),
    text: str = "Đã nhận.",
    message_id: str = "<1.2.JavaMail.zimbra@bhxh.example.vn>",
    reports: tuple[DeliveryReport, ...] = (),
    leaves: tuple[Leaf, ...] = (),
    **fields: str,
) -> IncomingMail:
    return IncomingMail(
        subject=subject,
        from_address=from_address,
        recipients=recipients,
        text=text,
        message_id=message_id,
        reports=reports,
        leaves=leaves,
        headers={name.replace("_", "-"): (value,) for name, value in fields.items()},
    )


def a_report(action: str) -> DeliveryReport:
    return DeliveryReport(final_recipient="cd@bhxh.example.vn", action=action, status="5.1.1")


REPORT = 'multipart/report; report-type=delivery-status; boundary="B"'
KINDS: list[tuple[MailKind | None, IncomingMail]] = [
    (None, a_mail()),
    (None, a_mail(subject="Re: [ZL 26-004512-8] Câu hỏi về trả lời tự động", auto_submitted="no")),
    (None, a_mail(subject="Re: [ZL 26-004512-8] Nghỉ phép có được đóng BHXH không")),
    (None, a_mail(subject="Nghỉ phép có được đóng BHXH không")),
    # Outlook asks that of others; it is no sign of an answer by machine.
    (None, a_mail(x_auto_response_suppress="DR, OOF, AutoReply")),
    (None, a_mail(subject="Thông báo nghỉ phép đến 20/9")),
    (None, a_mail(from_address="postmaster@bhxh.example.vn", return_path="<postmaster@bhxh.example.vn>")),
    (None, a_mail(auto_submitted="auto-generated", leaves=(SCAN,))),
    (MailKind.AUTO_REPLY, a_mail(auto_submitted="auto-replied (vacation)", precedence="bulk")),
    (MailKind.AUTO_REPLY, a_mail(auto_submitted="auto-replied", leaves=(SCAN,))),
    (MailKind.AUTO_REPLY, a_mail(auto_submitted="auto-generated")),
    (MailKind.AUTO_REPLY, a_mail(subject="Trả lời tự động: Phiếu chuyển", x_auto_response_suppress="All")),
    (MailKind.AUTO_REPLY, a_mail(subject="Automatic reply: [ZL 26-004512-8]")),
    (MailKind.AUTO_REPLY, a_mail(subject="Thông báo nghỉ phép đến 20/9", x_auto_response_suppress="All")),
    (MailKind.AUTO_REPLY, a_mail(subject="Vắng mặt: đi công tác", return_path="<>")),
    (MailKind.AUTO_REPLY, a_mail(recipients=(DESK.bounce(KEY),), text="Tôi đi công tác.")),
    (MailKind.AUTO_REPLY, a_mail(x_autoreply="yes")),
    (MailKind.AUTO_REPLY, a_mail(precedence="auto_reply")),
    (MailKind.BOUNCE, a_mail(content_type=REPORT, reports=(a_report("failed"),))),
    (MailKind.BOUNCE, a_mail(content_type=REPORT, reports=(a_report("delayed"),))),
    (MailKind.BOUNCE, a_mail(content_type=REPORT)),
    (MailKind.BOUNCE, a_mail(from_address=DAEMON, return_path="<>", auto_submitted="auto-replied")),
    (MailKind.BOUNCE, a_mail(from_address="postmaster@x.example.vn", subject="Không thể gửi được: [ZL 26-004512-8]")),
    (MailKind.BOUNCE, a_mail(recipients=(DESK.bounce(KEY),), subject="Thư không gửi được đến người nhận")),
    (MailKind.RECEIPT, a_mail(content_type=REPORT, reports=(a_report("delivered"),))),
    (MailKind.RECEIPT, a_mail(content_type="multipart/report; report-type=disposition-notification")),
    (MailKind.LIST, a_mail(list_id="<tin.bhxh.example.vn>")),
    (MailKind.LIST, a_mail(precedence="bulk")),
    (MailKind.LOOP, a_mail(message_id=DESK.message_id(KEY))),
    (MailKind.LOOP, a_mail(x_zalo_desk=KEY)),
    (MailKind.LOOP, a_mail(x_zalo_desk=KEY, recipients=(DESK.own_copy("another:key"),))),
    (MailKind.OWN_COPY, a_mail(x_zalo_desk=KEY, recipients=(DESK.own_copy(KEY), "cd@bhxh.example.vn"))),
]


@pytest.mark.parametrize(("kind", "mail"), KINDS)
def test_a_mail_is_what_its_fields_say_and_a_persons_where_they_say_nothing(
    kind: MailKind | None, mail: IncomingMail
) -> None:
    assert kind_by_headers(mail, DESK) is kind


@pytest.mark.parametrize("style", ReplyAddressStyle)
def test_the_own_copy_is_known_in_every_style_of_address(style: ReplyAddressStyle) -> None:
    desk = DeskAddress(DESK.mailbox, style)

    copy = a_mail(recipients=(desk.own_copy(KEY),), message_id=desk.message_id(KEY), x_zalo_desk=KEY)

    assert KEY_HEADER.lower() in copy.headers
    assert kind_by_headers(copy, desk) is MailKind.OWN_COPY


def test_a_mail_that_has_gone_round_too_often_is_a_loop() -> None:
    mail = IncomingMail(headers={"received": ("by mx",) * (MOST_HOPS + 1)})

    assert kind_by_headers(mail, DESK) is MailKind.LOOP


LETTER = f"<{key_digest(KEY)}@bhxh.example.vn>"


@pytest.mark.parametrize(
    ("text", "recipient", "action", "status"),
    [
        (
            "<cd@unit.example.vn>: host mx said: 550 5.1.1 <cd@unit.example.vn> User unknown",
            "cd@unit.example.vn",
            "failed",
            "5.1.1",
        ),
        (
            "cd@unit.example.vn\n  550 mailbox not found\nGửi tới: hoidap@bhxh.example.vn",
            "cd@unit.example.vn",
            "failed",
            "5.0.0",
        ),
        (
            "Không gửi được thư của Ông/Bà tới cd2@unit.example.vn. Không tìm thấy địa chỉ.",
            "cd2@unit.example.vn",
            "failed",
            "5.0.0",
        ),
        ("Thư tới cd@unit.example.vn bị chậm, hệ thống sẽ thử lại.", "cd@unit.example.vn", "delayed", "4.0.0"),
        ("cd@unit.example.vn: 452 4.2.2 mailbox full", "cd@unit.example.vn", "delayed", "4.2.2"),
    ],
)
def test_a_bounce_in_plain_words_names_the_address_and_the_letter(
    text: str, recipient: str, action: str, status: str
) -> None:
    bounce = a_mail(from_address=DAEMON, recipients=(DESK.bounce(KEY),), text=text)

    assert bounce_reports(bounce, DESK) == (
        DeliveryReport(final_recipient=recipient, action=action, status=status, original_message_id=LETTER),
    )


def test_a_report_without_the_letter_is_completed_by_the_address_it_came_to() -> None:
    bounce = a_mail(recipients=(DESK.bounce(KEY),), reports=(a_report("failed"),))

    assert [report.original_message_id for report in bounce_reports(bounce, DESK)] == [LETTER]


def test_a_bounce_about_no_letter_of_ours_that_names_many_addresses_accuses_none() -> None:
    bounce = a_mail(from_address=DAEMON, text="a@unit.example.vn và b@unit.example.vn không nhận thư.")

    assert bounce_reports(bounce, DESK) == ()
