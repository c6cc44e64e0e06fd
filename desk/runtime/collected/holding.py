"""Mail that fits no rule is held for the duty officer, with a guess and one word that lets it in (U14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from desk.rules.commands import CommandCode
from desk.rules.incoming_mail import MailKind
from desk.rules.letters import sender_unknown
from desk.rules.replies.matching import AssignmentLead, NoMatch
from desk.rules.replies.senders import Directory
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.collected.opening import Opened
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.decisions.asking import WAITS_FOR_US, Ask
from desk.runtime.decisions.kinds import HELD_MAIL
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store.work_items import WorkItem

_TOO_LARGE: Final = "Thư quá lớn, hệ thống chỉ đọc phần đầu thư."
_MOST_GUESSES: Final = 5
# what an officer is shown of a mail; all of it lies in the mailbox
_SHOWN: Final = 2_000


def held(opened: Opened, match: NoMatch, directory: Directory, desk: InForce, as_of: datetime) -> Verdict:
    """Return a mail held: an ask where it may be a reply, only an entry in the list of work where nothing says so."""
    sender = opened.mail.from_address
    guesses = match.guesses[:_MOST_GUESSES]
    letters = [sender_unknown(sender, letterhead=desk.letterhead(as_of))] if match.tell_sender and sender else []
    perhaps_a_reply = guesses or match.tell_sender or directory.is_of_agency(sender)
    return Verdict(
        opened=opened,
        kind=MailKind.HELD,
        held_because=match.because,
        asks=(_ask(opened, match, guesses, desk, as_of),) if perhaps_a_reply else (),
        items=() if perhaps_a_reply else (_item(opened, match.because),),
        deliveries=tuple(rendered(letter) for letter in letters),
    )


def held_as_too_large(opened: Opened) -> Verdict:
    """Return a mail held because only its headers were fetched."""
    return Verdict(opened=opened, kind=MailKind.HELD, held_because=_TOO_LARGE, items=(_item(opened, _TOO_LARGE),))


def _ask(opened: Opened, match: NoMatch, guesses: tuple[AssignmentLead, ...], desk: InForce, as_of: datetime) -> Ask:
    named = [f"{guess.case_code}, {_name(guess, desk, as_of)}" for guess in guesses]
    options = [CommandCode.TAKE_IN, CommandCode.ADMIT_SENDER, CommandCode.LEAVE_OUT]
    proposals: list[Mapping[str, object]] = [_proposal(opened, guess) for guess in guesses]
    return Ask(
        key=f"held:{opened.mail_id}",
        kind=HELD_MAIL,
        subject="Thư đến chờ xác nhận",
        reason=match.because,
        quoted=opened.new_text[:_SHOWN],
        facts=[
            ("Người gửi", opened.mail.from_address or "không rõ"),
            ("Chủ đề", opened.mail.subject[:_SHOWN]),
            *((f"Đề xuất {number}", name) for number, name in enumerate(named, start=1)),
        ],
        options=options,
        proposals=proposals or [{"inbound_mail_id": opened.mail_id}],
    )


def _proposal(opened: Opened, guess: AssignmentLead) -> Mapping[str, object]:
    return {
        "inbound_mail_id": opened.mail_id,
        "assignment_id": guess.assignment_id,
        "case_code": guess.case_code,
        "unit_code": guess.unit_code,
        WAITS_FOR_US: guess.by_letter,
    }


def _name(guess: AssignmentLead, desk: InForce, as_of: datetime) -> str:
    return name_of(*unit_of(desk.office, guess.unit_code, guess.place_unit, as_of))


def _item(opened: Opened, because: str) -> WorkItem:
    return WorkItem(
        key=f"held:{opened.mail_id}",
        kind="held_mail_unread",
        reason=f"Thư số {opened.mail_id}: {because}",
        owner="duty_officer",
        remedy="Xem thư trong hộp thư của hệ thống; nếu là trả lời của đơn vị, đề nghị đơn vị gửi lại từ phiếu chuyển, "
        "rồi kết thúc việc bằng biểu mẫu resolve-work-item.",
    )
