"""How fast the mails that units write back are read: parsed, matched, judged and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP

from imap_tools import MailMessage
from sqlalchemy import text

from benchmarks.backlogs import questions_wait
from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from desk.rules.replies.matching import UnitMatch, match_mail
from desk.rules.replies.senders import authentication
from desk.rules.tally import Count
from desk.runtime.collected.gathering import gather
from desk.runtime.collected.opening import opened
from desk.runtime.collected.reading import directory
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.mail import desk_address
from desk.store.inbound_mails import ArrivedMail, add_mails, claim_mails_to_read
from tasks.collecting import read_batch
from tasks.routing import route_batch

MATCHED_A_CPU_SECOND = 1_000
READ_A_CPU_SECOND = 700
_ALL = 1_000_000_000
_LETTERS = """
    SELECT key, recipient, parts ->> 'subject' AS subject, parts ->> 'text' AS text, parts ->> 'reply_token' AS token
    FROM outbox WHERE kind = 'unit-letter' ORDER BY outbox_id
"""
_ANSWER = (
    "Kính gửi Ban Quản trị Zalo,\n\nCăn cứ Điều 38 Luật Bảo hiểm xã hội, người lao động lập hồ sơ số {} theo Quyết "
    "định 595/QĐ-BHXH và nộp tại cơ quan bảo hiểm xã hội nơi đang đóng; thời hạn giải quyết là 10 ngày làm việc.\n\n"
    "Trân trọng.\n"
)


def replies_read_per_second(desk: Desk, number: int) -> Iterator[Figures]:
    """Yield how many stored replies a CPU-second parses and matches, and how many it reads end to end.

    Each is the answer of a unit above a quotation of our letter. The baseline is what imap-tools alone takes to parse
    the same mails.
    """
    questions_wait(desk, number)
    while route_batch.fn(AS_OF):
        pass
    mails = list(_replies(desk))
    with transaction() as connection:
        arrived = [
            ArrivedMail(uid=uid, raw=raw, is_cut=False, received_at=AS_OF) for uid, raw in enumerate(mails, start=1)
        ]
        add_mails(connection, arrived, "INBOX", uid_validity=1)
    desk.settle()
    baseline = _parsed_per_second(mails)
    with spent() as cost:
        matched = _matched(number)
    assert matched == len(mails), f"{matched} of {len(mails)} mails were matched"
    target = Target("value", ">=", MATCHED_A_CPU_SECOND)
    yield figures("match-mails", matched / cost.cpu, "mails/CPU-s", baseline=baseline, target=target)
    read = 0
    with spent() as cost:
        while tally := read_batch.fn(AS_OF):
            read += tally[Count.REPLIES]
    assert read == _answered(desk) == len(mails), f"{read} of {len(mails)} mails were replies"
    target = Target("value", ">=", READ_A_CPU_SECOND)
    yield figures("read-mails", read / cost.cpu, "mails/CPU-s", baseline=baseline, target=target)


def _matched(number: int) -> int:
    """Return how many of the stored mails are matched with a unit; nothing is recorded."""
    with transaction() as connection:
        desk, address = in_force(connection), desk_address()
        stored = claim_mails_to_read(connection, limit=number, most_bytes=_ALL)
        mails = [opened(one, address) for one in stored]
        gathered, known = gather(connection, mails, AS_OF), directory(connection, desk)
        matches = [
            match_mail(
                one.mail,
                one.evidence,
                gathered.leads_of(one),
                known,
                authentication=authentication(one.mail, authserv_id="", relay_authenticates=True),
                on=AS_OF.date(),
            )
            for one in mails
        ]
    return sum(isinstance(match, UnitMatch) for match in matches)


def _replies(desk: Desk) -> Iterator[bytes]:
    """Yield a unit's answer to each letter, written above a quotation of it."""
    address = desk_address()
    with desk.owner.begin() as connection:
        letters = connection.execute(text(_LETTERS)).all()
    for place, letter in enumerate(letters):
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = letter.recipient, address.reply(letter.token)
        mail["Subject"] = f"Re: {letter.subject}"
        mail["Message-ID"] = f"<{place}@thu.bhxh.example.vn>"
        mail["In-Reply-To"] = mail["References"] = address.message_id(letter.key)
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        intro = f"Vào Th 6, 20 thg 11, 2026 vào lúc 09:05 Zalo BHXH Việt Nam <{address.mailbox}> đã viết:"
        mail.set_content(f"{_ANSWER.format(place)}\n{intro}\n\n{quoted}\n", cte="base64")
        yield mail.as_bytes()


def _parsed_per_second(mails: Sequence[bytes]) -> float:
    """Return how many mails a CPU-second imap-tools parses."""
    with spent() as cost:
        for raw in mails:
            mail = MailMessage.from_bytes(raw)
            assert mail.text
            assert not mail.attachments
    return len(mails) / cost.cpu


def _answered(desk: Desk) -> int:
    with desk.owner.begin() as connection:
        return int(connection.execute(text("SELECT count(*) FROM assignment WHERE state = 'replied'")).scalar_one())
