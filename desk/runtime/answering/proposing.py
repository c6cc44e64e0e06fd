"""Put answers before officials, exactly as citizens will get them; the first word counts (U11, U18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.answers.composing import AnswerFile
from desk.rules.answers.dossiers import without_dossier_data
from desk.rules.answers.remarks import unmet_needs
from desk.rules.commands import CommandCode
from desk.rules.letters import ProposedAnswer, ShownFile, ShownReply, answer_proposal
from desk.rules.letters.commands import Command
from desk.rules.office import Official, Role
from desk.rules.outgoing import Letter
from desk.rules.states import QuestionState
from desk.runtime.answering.cases import Case
from desk.runtime.answering.composing import Draft, looked_over, where_to_look
from desk.runtime.answering.conditions import why_not
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered
from desk.store import answers, events, mail_tokens, outbox, questions, work_items

# Mail servers refuse letters over some ten megabytes, and base64 adds a third.
_LARGEST_PICTURES: Final = 6_000_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """One letter to be written: a version, its number in the store, and to whom it goes."""

    draft: Draft
    answer_id: int
    version: int
    to: Official
    unanswered_by: str = ""


def propose(
    connection: Connection, drafts: Sequence[Draft], desk: InForce, as_of: datetime, *, to: Official | None = None
) -> None:
    """Write the next versions of answers and their letters, for questions that this transaction holds.

    Each goes to the officer on duty, or back to who has mended it; what only the Secretary may let go, to the Secretary
    too.
    """
    officer = to or desk.duty_officer(as_of)
    ids = record_versions(connection, drafts, officer, as_of)
    work_items.add_work_items(connection, [_work(draft, ids[draft.case.question.question_id]) for draft in drafts])
    asked = [
        _Asked(draft, ids[draft.case.question.question_id], draft.case.next_version, official)
        for draft in drafts
        for official in _who_decides(draft.case, officer, desk, as_of)
    ]
    _send(connection, asked, desk, as_of)


def record_versions(connection: Connection, drafts: Sequence[Draft], to: Official, as_of: datetime) -> dict[int, int]:
    """Write the next versions of answers, in the hands of an official; returns their numbers by question."""
    new = [
        answers.NewAnswer(
            question_id=draft.case.question.question_id,
            version=draft.case.next_version,
            text=draft.text,
            written_by=draft.written_by,
            reply_ids=[reply.reply_id for reply in draft.case.replies],
            attachment_ids=draft.attachment_ids,
            missing_units=draft.case.missing,
            remarks=draft.remarks,
            needs_choice=bool(draft.data),
            proposed_to=to.code,
        )
        for draft in drafts
    ]
    ids = answers.add_answers(connection, new, as_of=as_of)
    after = QuestionState.ANSWER_PROPOSED
    questions.record_decisions(
        connection, [questions.Decided(question_id=answer.question_id, state=after) for answer in new]
    )
    events.record_events(connection, [_event(answer) for answer in new], as_of=as_of)
    return ids


def propose_again(
    connection: Connection, case: Case, to: Official, desk: InForce, as_of: datetime, *, last: str
) -> None:
    """Put the version in hand before the next official; *last* names who has kept silent.

    Raises:
        ValueError: nothing is in hand.
    """
    latest = case.latest
    if latest is None:
        message = "nothing is in hand"
        raise ValueError(message)
    draft = looked_over(case, latest.text, latest.written_by, latest.attachment_ids)
    _send(connection, [_Asked(draft, latest.answer_id, latest.version, to, last)], desk, as_of)
    answers.record_proposed_again(connection, latest.answer_id, proposed_to=to.code, as_of=as_of)


def _who_decides(case: Case, officer: Official, desk: InForce, as_of: datetime) -> list[Official]:
    secretaries = desk.office.holders(Role.SECRETARY, as_of.date())
    asked = [officer, *secretaries] if unmet_needs(case.replies) else [officer]
    return list({official.code: official for official in asked}.values())


def _send(connection: Connection, asked: Sequence[_Asked], desk: InForce, as_of: datetime) -> None:
    tokens = mail_tokens.add_tokens(
        connection,
        [
            mail_tokens.TokenFor(
                step=Step.ANSWER.value,
                expires_on=as_of.date() + TOKEN_LIFE,
                question_id=one.draft.case.question.question_id,
                answer_id=one.answer_id,
                official_code=one.to.code,
                version=one.version,
            )
            for one in asked
        ],
    )
    letters = [_letter(one, token, desk, as_of) for one, token in zip(asked, tokens, strict=True)]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=as_of.date())


def _letter(asked: _Asked, token: str, desk: InForce, as_of: datetime) -> Letter:
    draft, question = asked.draft, asked.draft.case.question
    files = draft.case.files(draft.attachment_ids)
    shown = ProposedAnswer(
        answer_id=asked.answer_id,
        question_id=question.question_id,
        case_code=question.case_code,
        version=asked.version,
        question=question.text,
        received_at=question.received_at,
        due_on=question.due_on,
        messages=draft.messages,
        files=[
            ShownFile(name=file.name, page_count=len(file.page_sizes), leaves_whole=file.leaves_whole) for file in files
        ],
        replies=[
            ShownReply(
                unit=reply.unit, received_at=reply.received_at, text=reply.text or "(không có nội dung, chỉ có tệp)"
            )
            for reply in draft.case.replies
        ],
        remarks=draft.remarks,
        options=list(_options(asked, len(files), desk)),
        is_partial=bool(draft.case.missing),
        data=draft.data,
        masked=without_dossier_data(draft.text, question.asker) if draft.data else "",
        where_to_look=where_to_look(draft.case, desk, as_of) if draft.data else "",
        earlier=draft.earlier,
        pictures=_pictures(files),
    )
    return answer_proposal(
        shown, asked.to, address=desk_address().reply(token), reply_token=token, unanswered_by=asked.unanswered_by
    )


def _options(asked: _Asked, file_count: int, desk: InForce) -> Iterator[Command]:
    """Yield the words an official may choose from, the usual one first; none that would be refused."""
    draft = asked.draft
    words = {each.code: each.words[0] for each in desk.office.commands}
    codes: list[CommandCode] = []
    if draft.data:
        codes = [CommandCode.SEND_GENERAL, CommandCode.SEND_WHERE_TO_LOOK]
        if not draft.attachment_ids:
            codes.insert(1, CommandCode.SEND_MASKED)
    elif not why_not(draft.case, draft.text, draft.attachment_ids, asked.to, has_data=False):
        codes = [CommandCode.SEND]
        if any(reply.letter and not reply.letter.is_confirmed for reply in draft.case.replies):
            codes.append(CommandCode.SEND_WITH_NUMBER)
    yield from (Command(words[code]) for code in codes)
    yield from (Command(f"{words[CommandCode.DROP_FILE]} {number}") for number in range(1, file_count + 1))
    if draft.case.replies:
        yield Command(words[CommandCode.IS_NO_ANSWER])


def _pictures(files: Sequence[AnswerFile]) -> tuple[tuple[int, int], ...]:
    """Return the pages that a letter carries: all, or the first as far as mail servers take them."""
    pages: list[tuple[int, int]] = []
    total = 0
    for file in files:
        for number, size in enumerate(file.page_sizes, start=1):
            total += size
            if total <= _LARGEST_PICTURES:
                pages.append((file.attachment_id, number))
    return tuple(pages)


def _work(draft: Draft, answer_id: int) -> work_items.WorkItem:
    missing = f" Còn thiếu ý kiến của {len(draft.case.missing)} đơn vị." if draft.case.missing else ""
    return work_items.WorkItem(
        key=f"answer:{answer_id}",
        kind="answer_to_release",
        reason=f"Dự thảo trả lời chờ duyệt.{missing}",
        owner=Role.DUTY_OFFICER.value,
        remedy="Trả lời thư dự thảo của hệ thống: GỬI, hoặc viết nội dung mới.",
        question_id=draft.case.question.question_id,
    )


def _event(answer: answers.NewAnswer) -> events.Event:
    details = {
        "version": answer.version,
        "replies": list(answer.reply_ids),
        "files": list(answer.attachment_ids),
        "missing": len(answer.missing_units),
    }
    return events.Event(
        kind="answer_proposed", question_id=answer.question_id, actor=answer.written_by, details=details
    )
