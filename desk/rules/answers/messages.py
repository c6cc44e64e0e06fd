"""The messages that an answer reaches a citizen by: its text in parts, pages as pictures, a signed file (U15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk.rules.answers.composing import AnswerFile
from desk.rules.answers.splitting import split
from desk.rules.outgoing import CitizenMessage


def messages_of(
    text: str, files: Sequence[AnswerFile], *, answer_id: int, question_id: int, user_id: str
) -> tuple[CitizenMessage, ...]:
    """Return an answer's messages in the order in which they leave: text, then the pages of each file, then the file.

    A file itself follows only where it is a digitally signed PDF, byte for byte, and a text of its own goes before it:
    a file carries no mark by which its echo is known (A6).
    """

    def message(
        template: str,
        name: str,
        context: dict[str, object],
        *,
        page: tuple[int, int] | None = None,
        file: int | None = None,
    ) -> CitizenMessage:
        return CitizenMessage(
            template=template,
            key=f"answer:{answer_id}:{name}",
            user_id=user_id,
            question_id=question_id,
            context=context,
            page=page,
            file=file,
        )

    def of_file(place: int, file: AnswerFile) -> Iterator[CitizenMessage]:
        count = len(file.page_sizes)
        for number in range(1, count + 1):
            shown: dict[str, object] = {
                "number": number,
                "count": count,
                "letter": place if len(files) > 1 else 0,
                "is_first": place == number == 1,
            }
            name = f"{place}:page:{number}"
            yield message("answer-page", name, shown, page=(file.attachment_id, number))
        if file.leaves_whole:
            yield message("answer-file-lead", f"{place}:file-lead", {"letter": place if len(files) > 1 else 0})
            yield message("answer-file", f"{place}:file", {}, file=file.attachment_id)

    texts = [message("answer", f"text:{number}", {"text": part}) for number, part in enumerate(split(text), start=1)]
    pages = [one for place, file in enumerate(files, start=1) for one in of_file(place, file)]
    return (*texts, *pages)
