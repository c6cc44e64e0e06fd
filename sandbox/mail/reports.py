"""What the server says of a mail: who wrote it (RFC 8601), and that it could not be delivered (RFC 3464)."""

from __future__ import annotations

from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import format_datetime, make_msgid, parseaddr

_NOT_DELIVERED = """\
From: Mail Delivery System <MAILER-DAEMON@{domain}>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: {id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=report

--report
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.{domain}. Your message could not be delivered.

<{recipient}>: 550 5.1.1 Recipient address rejected: User unknown

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 Recipient address rejected: User unknown

--report
Content-Type: text/rfc822-headers

"""


def authentication_results(authserv_id: str, content: bytes, logged_in_as: str) -> str:
    """Return the header field for a mail: this server is home to all domains, and knows who has logged in."""
    author = parseaddr(str(BytesHeaderParser().parsebytes(content).get("From", "")))[1].lower()
    if "@" not in author:
        return f"Authentication-Results: {authserv_id}; none\r\n"
    domain = author.rpartition("@")[2]
    verdict = "pass" if author == logged_in_as.lower() else "fail"
    return f"Authentication-Results: {authserv_id}; dmarc={verdict} (p=reject) header.from={domain}\r\n"


def not_delivered(content: bytes, envelope_from: str, recipient: str, at: datetime) -> bytes:
    """Return the notice to the sender of a mail that a recipient's mailbox does not exist, the mail's head enclosed."""
    domain = envelope_from.rpartition("@")[2]
    head = content.partition(b"\r\n\r\n")[0]
    notice = _NOT_DELIVERED.format(
        domain=domain, to=envelope_from, recipient=recipient, date=format_datetime(at), id=make_msgid(domain=domain)
    )
    return notice.replace("\n", "\r\n").encode() + head + b"\r\n\r\n--report--\r\n"
