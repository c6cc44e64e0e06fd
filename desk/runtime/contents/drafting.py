"""Texts of articles as they come in: an author's mail, an editor's whole text, either as a Word file (Điều 11, U17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.attachments import AttachmentForm
from desk.rules.calendar import local_date
from desk.rules.content.articles import Article, flaws
from desk.rules.content.writing import article_from
from desk.rules.letters import decision_receipt
from desk.rules.office import Official, Role
from desk.rules.states import ContentState
from desk.runtime.contents.asking import tell, took_part
from desk.runtime.contents.people import called, holder, official_of
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import attachments, content_checks, content_intakes, contents, events, outbox
from desk.store.content_intakes import Intake
from desk.store.contents import ContentInHand, VersionRefusedError

HOW_TO_EDIT: Final = (
    "Để đề xuất, viết đúng một dòng ĐỀ XUẤT. Để sửa, gửi lại toàn văn bài bắt đầu bằng dòng # Tiêu đề, hoặc gửi kèm "
    "tệp Word (.docx)."
)
_NO_WORDS: Final = "Không đọc được phần chữ của tệp gửi kèm. Đề nghị gửi lại tệp .docx hoặc dán toàn văn bài vào thư."
# where a new text voids nobody's word
_NOT_JUDGED: Final = frozenset({ContentState.DRAFT, ContentState.TO_AMEND, ContentState.REFUSED})
_WORD_NAMES: Final = (".docx", ".doc", ".odt", ".rtf")
_REFUSALS: Final[Mapping[str, str]] = {
    "published": "bài đã đăng, không sửa được nữa. Nếu cần, Thư ký đề nghị gỡ bài rồi soạn bài mới.",
    "leaving": "bài đang được đưa lên Zalo, không sửa được nữa.",
    "wrong-role": "Ông/Bà không giữ vai trò được sửa bài này.",
    "own-item": "Ông/Bà đã xem xét hoặc quyết định bài nên không sửa bài này.",
}


def has_word_file(connection: Connection, inbound_mail_id: int) -> bool:
    """Return whether a mail brings what its name says is a document; what it is, looking into it tells."""
    files = attachments.find_of_mail(connection, inbound_mail_id)
    return any(file.name.lower().endswith(_WORD_NAMES) for file in files)


def edit(connection: Connection, item: ContentInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Keep the next version that an editor's reply is; a Word file is taken in once somebody has looked into it.

    Raises:
        DecisionRefusedError: the reply is no whole text, or the article may not be edited any more.
    """
    if decision.article:
        article = article_from(decision.article)
        version = _add_version(
            connection,
            item,
            article,
            decision.official,
            desk=desk,
            as_of=as_of,
            inbound_mail_id=decision.inbound_mail_id,
            written_at=decision.received_at,
        )
        return f"{item.code}: đã ghi nhận bản {version}; sau khi kiểm tra ảnh, bản này được gửi lại Ông/Bà để đề xuất."
    if not has_word_file(connection, decision.inbound_mail_id):
        raise DecisionRefusedError(f"{item.code}: {HOW_TO_EDIT}")
    intake = Intake(
        inbound_mail_id=decision.inbound_mail_id,
        content_item_id=item.content_item_id,
        official_code=decision.official.code,
        subject="",
        text="",
        received_at=decision.received_at,
    )
    content_intakes.add_intake(connection, intake)
    return f"{item.code}: đã nhận tệp; sau khi đọc, bản mới được gửi lại Ông/Bà để đề xuất."


def take_in(connection: Connection, intake: Intake, desk: InForce, as_of: datetime) -> None:
    """Make a text of a mail whose files have been looked into; all of it or, where something breaks, nothing."""
    with connection.begin_nested():
        _take_in(connection, intake, desk, as_of)


def _take_in(connection: Connection, intake: Intake, desk: InForce, as_of: datetime) -> None:
    writer = official_of(desk, intake.official_code, local_date(as_of))
    files = attachments.find_of_mail(connection, intake.inbound_mail_id)
    word = next(
        (
            file.found.text
            for file in files
            if file.found and file.found.form is AttachmentForm.WORD and file.found.text
        ),
        "",
    )
    # a line of a document is a paragraph
    text = word.replace("\n", "\n\n") if word else intake.text
    content_intakes.record_taken(connection, intake.inbound_mail_id, as_of=as_of)
    if intake.content_item_id is None:
        article = article_from(text, subject=intake.subject, author=writer.name)
        try:
            _open_item(connection, intake, article, desk, as_of)
        except DecisionRefusedError as error:
            _refuse(connection, intake, writer, f"Bài chưa được nhận. {error} Sau đó đề nghị gửi lại bài.", as_of)
        return
    item = contents.claim_item(connection, content_item_id=intake.content_item_id)
    if item is None:
        return
    try:
        _take_in_file(connection, intake, item, text if word else "", desk=desk, as_of=as_of)
    except DecisionRefusedError as error:
        tell(connection, item, str(error), [writer], desk=desk, as_of=as_of, occasion=f"file:{intake.inbound_mail_id}")


def _take_in_file(
    connection: Connection, intake: Intake, item: ContentInHand, text: str, *, desk: InForce, as_of: datetime
) -> None:
    if not text:
        raise DecisionRefusedError(_NO_WORDS)
    _add_version(
        connection,
        item,
        _completed(article_from(text), item.article),
        official_of(desk, intake.official_code, local_date(as_of)),
        desk=desk,
        as_of=as_of,
        inbound_mail_id=intake.inbound_mail_id,
        written_at=intake.received_at,
    )


def _open_item(connection: Connection, intake: Intake, article: Article, desk: InForce, as_of: datetime) -> None:
    """Put a new article into the tray of an editor who has not written it (Điều 11).

    Raises:
        DecisionRefusedError: nobody is an editor.
    """
    author = official_of(desk, intake.official_code, local_date(as_of))
    editor = holder(desk, Role.EDITOR, local_date(as_of), but=author.code)
    item_id, code = contents.add_item(
        connection, author=author.code, editor=editor.code, opened_at=as_of, year=local_date(as_of).year
    )
    contents.add_version(
        connection,
        item_id,
        article,
        written_by=author.code,
        inbound_mail_id=intake.inbound_mail_id,
        written_at=intake.received_at,
    )
    _record(connection, "content_opened", item_id, version=1, by=author, as_of=as_of)
    what = f"Bài của Ông/Bà đã được nhận, mã tin {code}, biên tập viên {editor.name}."
    tell(connection, contents.get_item(connection, item_id), what, [author], desk=desk, as_of=as_of, occasion="opened")


def _refuse(connection: Connection, intake: Intake, author: Official, because: str, as_of: datetime) -> None:
    receipt = decision_receipt(
        author,
        inbound_mail_id=intake.inbound_mail_id,
        question_id=None,
        received_at=intake.received_at,
        refused=because,
    )
    outbox.add_deliveries(connection, [rendered(receipt)], on=local_date(as_of))


def _add_version(
    connection: Connection,
    item: ContentInHand,
    article: Article,
    writer: Official,
    *,
    desk: InForce,
    as_of: datetime,
    inbound_mail_id: int,
    written_at: datetime,
) -> int:
    """Keep the next text, and tell whom it was before that his word on the last one is needed no more.

    Raises:
        DecisionRefusedError: it is the same text, or may not be edited by him, or not any more.
    """
    if article == item.article and not _may_look_better_now(connection, item):
        raise DecisionRefusedError(
            f"{item.code}: bài gửi lại giống hệt bản {item.version} nên không ghi bản mới. {HOW_TO_EDIT}"
        )
    try:
        with connection.begin_nested():
            version = contents.add_version(
                connection,
                item.content_item_id,
                article,
                written_by=writer.code,
                inbound_mail_id=inbound_mail_id,
                written_at=written_at,
            )
    except VersionRefusedError as error:
        raise DecisionRefusedError(f"{item.code}: {_REFUSALS[error.reason_code]}") from None
    _record(connection, "content_edited", item.content_item_id, version=version, by=writer, as_of=as_of)
    what = (
        f"{called(writer)}, đã sửa bài thành bản {version}; ý kiến về các bản trước không còn hiệu lực, bản mới sẽ "
        "được xem xét lại."
    )
    voided = item.state not in _NOT_JUDGED
    waiting = [official_of(desk, code, local_date(as_of)) for code in (item.waits_for, item.decider) if code]
    told = dict.fromkeys((*took_part(connection, item, desk, as_of), *waiting)) if voided else {}
    told.pop(writer, None)
    tell(connection, item, what, told, desk=desk, as_of=as_of, occasion=f"edited:{version}")
    return version


def _may_look_better_now(connection: Connection, item: ContentInHand) -> bool:
    """Return whether only its pictures were not as Zalo wants them, which somebody may have mended where they lie."""
    return not flaws(item.article) and bool(content_checks.find_flaws(connection, item.content_item_id, item.version))


def _completed(article: Article, before: Article) -> Article:
    """Return a document's article; what stands above its body a document need not repeat."""
    return replace(
        article,
        title=article.title or before.title,
        author=article.author or before.author,
        description=article.description or before.description,
        cover_url=article.cover_url or before.cover_url,
    )


def _record(connection: Connection, kind: str, item_id: int, *, version: int, by: Official, as_of: datetime) -> None:
    event = events.Event(kind=kind, content_item_id=item_id, actor=by.code, details={"version": version})
    events.record_events(connection, [event], as_of=as_of)
