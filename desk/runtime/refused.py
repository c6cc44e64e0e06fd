"""What follows from a delivery that the outside would not take: whom it stops, who must act, who is alarmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from desk.gateways.failures import Failure, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.refusals import AccountRefused, PaymentRefused, Unreachable, unreachable
from desk.runtime import clock
from desk.runtime.alarms import alarm_ops
from desk.runtime.windows import ANOTHER_WAY
from desk.store import deliveries
from desk.store.deliveries import Leased
from desk.store.work_items import WorkItem, add_work_items

_TRIES_BEFORE_A_PERSON_LOOKS = 6
_WHY: Final[Mapping[Unreachable, str]] = {
    Unreachable.WINDOW: "công dân nhắn lần cuối hơn 7 ngày trước, Zalo không cho gửi tin",
    Unreachable.CITIZEN: "công dân đã chặn hoặc không nhận tin của Official Account",
}
_KINDS: Final[Mapping[Unreachable, str]] = {
    Unreachable.WINDOW: "window_shut",
    Unreachable.CITIZEN: "citizen_unreachable",
}


def wait(connection: Connection, row: Leased, failure: TemporaryFailure) -> None:
    """Tell people of a delivery that was put off: ops if it is to be paid for, whoever owns it if that goes on."""
    if isinstance(failure, PaymentRefused):
        alarm_ops(
            connection,
            key=f"zalo-payment:{failure.code}:{clock.now():%Y-%m-%d}",
            kind="zalo_payment",
            subject="Zalo không gửi tin phải trả phí",
            reason=(
                f"Zalo từ chối tin phải trả phí (mã lỗi {failure.code}): tài khoản Zalo Cloud chưa liên kết hoặc hết "
                "tiền. Tin trong 48 giờ sau khi công dân nhắn vẫn đi bình thường; tin khác chờ và được gửi lại mỗi giờ."
            ),
            remedy="Liên kết hoặc nạp tiền tài khoản Zalo Cloud của Official Account.",
        )
    if row.attempts >= _TRIES_BEFORE_A_PERSON_LOOKS:
        add_work_items(connection, [_undelivered(row, failure)])


def give_up(connection: Connection, row: Leased, failure: PermanentFailure) -> None:
    """Record that a delivery will never succeed, stop what follows from it, and put it before a person."""
    why = unreachable(failure.code)
    code = deliveries.record_failed(connection, row.outbox_id, outcome=failure.reason, whole_stream=why is not None)
    item = _undelivered(row, failure)
    if why and row.question_id:
        item = _unreachable(row, why, code or "")
    add_work_items(connection, [item])


def alarm_about_account(connection: Connection, refusal: AccountRefused) -> None:
    """Put before ops, once a day, what only a person can change at Zalo before anything is sent."""
    alarm_ops(
        connection,
        key=f"zalo-sending:{refusal.code}:{clock.now():%Y-%m-%d}",
        kind="zalo_account",
        subject="Zalo không cho phép OA gửi tin",
        reason=f"Zalo từ chối gửi tin (mã lỗi {refusal.code}); tin cho công dân chờ trong hộp đi.",
        remedy="Kiểm tra quyền của ứng dụng, gói dịch vụ, hạn mức và việc xác thực OA trên trang quản trị Zalo.",
    )


def _unreachable(row: Leased, why: Unreachable, case_code: str) -> WorkItem:
    """Return the work of finding another way to a citizen: one an answer, else one a question."""
    prefix, _, rest = row.key.partition(":")
    of_answer = prefix == "answer"
    return WorkItem(
        key=f"answer-failed:{rest.partition(':')[0]}" if of_answer else f"{_KINDS[why]}:{row.question_id}:{row.kind}",
        kind="answer_undelivered" if of_answer else _KINDS[why],
        reason=f"{'Câu trả lời' if of_answer else 'Tin'} về câu hỏi {case_code} không đến được công dân: {_WHY[why]}.",
        owner="duty_officer",
        remedy=f'{ANOTHER_WAY}, hoặc zalo-desk triage "{case_code}" --answered "kênh, ngày" --by "mã cán bộ".',
        question_id=row.question_id,
        outbox_id=row.outbox_id,
    )


def _undelivered(row: Leased, failure: Failure) -> WorkItem:
    is_mail = "@" in row.recipient
    return WorkItem(
        key=f"undelivered:{row.outbox_id}",
        kind="undelivered",
        reason=f"Không gửi được {'thư' if is_mail else 'tin Zalo'} số {row.outbox_id} ({row.kind}): {failure.reason}.",
        owner="ops" if is_mail else "duty_officer",
        remedy=(
            "Kiểm tra địa chỉ nhận trong danh mục đơn vị; gửi lại bằng hộp thư công vụ nếu cần."
            if is_mail
            else "Trả lời công dân bằng OA Manager hoặc điện thoại."
        ),
        question_id=row.question_id,
        outbox_id=row.outbox_id,
    )
