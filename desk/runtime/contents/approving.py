"""One word of an official on an article becomes a row, or is refused with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.store import approvals, contents, events
from desk.store.approvals import Approval, ApprovalRefusedError
from desk.store.contents import ContentInHand

STATES: Final[Mapping[str, str]] = {
    "draft": "đang biên tập",
    "in_review": "chờ Thư ký Ban Quản trị xem xét",
    "reviewed": "chờ Thư ký Ban Quản trị trình",
    "in_decision": "chờ người có thẩm quyền quyết định",
    "refused": "không được đồng ý đăng",
    "to_amend": "chờ biên tập viên sửa theo ý kiến",
    "in_conformity": "chờ Thư ký Ban Quản trị đối chiếu",
    "agreed": "đã được đồng ý, chờ biên tập viên đăng",
    "to_publish": "chờ đăng",
    "published": "đã đăng",
    "takedown_asked": "chờ Phó Trưởng Ban Quản trị quyết định gỡ",
    "taking_down": "đang gỡ",
    "taken_down": "đã gỡ",
}
_REFUSALS: Final[Mapping[str, str]] = {
    "stale-version": "bài đã có bản mới hơn, ý kiến về bản cũ không còn hiệu lực. Đề nghị trả lời thư mới nhất.",
    "wrong-role": "Ông/Bà không giữ vai trò được cho ý kiến ở bước này.",
    "own-item": "Ông/Bà đã soạn hoặc sửa bài nên không xem xét, quyết định bài này.",
    "same-person": "người quyết định phải khác người đã xem xét, trình bài.",
    "no-delegation": "không có ủy quyền phụ trách nội dung còn hiệu lực. Đề nghị Thư ký rút bài và trình người khác.",
    "not-the-decider": "bài được trình người khác quyết định.",
    "no-evidence": "địa chỉ trả lời này không dùng cho ý kiến ở bước này. Đề nghị trả lời thư mới nhất về bài.",
    "limits": "bài còn nội dung Zalo không nhận. Đề nghị sửa theo thư mới nhất rồi đề xuất lại.",
    "unchanged": "bài chưa được sửa theo ý kiến. Đề nghị gửi lại toàn văn bài đã sửa rồi đề xuất.",
    "too-soon": "giờ đăng phải sau ít nhất 10 phút để còn có thể dừng.",
    "leaving": "bài đang được đưa lên Zalo, không còn dừng được. Sau khi bài đăng, Thư ký có thể đề nghị GỠ.",
    "took-no-part": "Ông/Bà chưa tham gia bài này nên không dừng việc đăng được.",
    "sent-before": "bài đã gửi hoặc đang chờ gửi cho người quan tâm; mỗi bài chỉ gửi một lần.",
    "not-checked": "bài đang được kiểm tra ảnh. Đề nghị đề xuất lại sau ít phút.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an official says; `submit_to` and `submit_as` name the decider, `publish_at` the hour of publication."""

    step: ApprovalStep
    verdict: Verdict = Verdict.AGREE
    role: Role
    reason: str = ""
    submit_to: str | None = None
    submit_as: Role | None = None
    publish_at: datetime | None = None
    urgent: bool = False


def approve(connection: Connection, item: ContentInHand, word: Word, decision: Decision) -> tuple[int, ContentInHand]:
    """Record a word with the mail it came by; returns the row's number, and the item as it stands after it.

    Raises:
        DecisionRefusedError: the regulation forbids it, or the article has moved on; says so.
    """
    row = Approval(
        content_item_id=item.content_item_id,
        version=item.version,
        sha256=item.sha256,
        step=word.step,
        verdict=word.verdict,
        official_code=decision.official.code,
        role=word.role,
        decided_at=decision.received_at,
        inbound_mail_id=decision.inbound_mail_id,
        token_sha256=decision.token_sha256,
        decider=word.submit_to,
        decider_role=word.submit_as,
        publish_at=word.publish_at,
        urgent=word.urgent,
        reason=word.reason,
    )
    try:
        with connection.begin_nested():
            approval_id = approvals.add_approval(connection, row)
    except ApprovalRefusedError as error:
        raise DecisionRefusedError(f"{item.code}: {_because(error, item)}") from None
    event = events.Event(
        kind=f"content_{word.step.value}",
        content_item_id=item.content_item_id,
        actor=decision.official.code,
        details={"version": item.version, "verdict": word.verdict.value, "approval_id": approval_id},
    )
    events.record_events(connection, [event], as_of=decision.received_at)
    return approval_id, contents.get_item(connection, item.content_item_id)


def _because(error: ApprovalRefusedError, item: ContentInHand) -> str:
    if error.reason_code == "out-of-order":
        return f"bài {STATES[item.state.value]}, không chờ ý kiến này."
    return _REFUSALS[error.reason_code]
