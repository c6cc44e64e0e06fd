"""`zalo-desk show CODE`: everything that is remembered of a question or an article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

import typer

from desk.console.articles import article_lines
from desk.console.lines import section
from desk.console.questions import question_lines
from desk.console.stopped_desk import needs_the_desk
from desk.rules.case_codes import find_case_codes
from desk.rules.content.codes import find_content_codes
from desk.runtime.database import transaction
from desk.store.content_histories import get_content_history
from desk.store.histories import get_history
from desk.store.remembered_answers import find_kept


@needs_the_desk()
def show(code: Annotated[str, typer.Argument(help="Mã câu hỏi ZL 26-004512-8, hoặc mã bài ND-2026-0012")]) -> None:
    """Print a question's or an article's state, letters, open work and history. Numbers of persons are masked."""
    lines = _lines(code)
    if lines is None:
        print(f"Không có câu hỏi, bài đăng mã {code}: kiểm tra lại mã.", file=sys.stderr)
        raise typer.Exit(1)
    print("\n".join(lines))


def _lines(code: str) -> Iterator[str] | None:
    questions, articles = find_case_codes(code), find_content_codes(code)
    with transaction() as connection:
        if len(questions) == 1 and (history := get_history(connection, questions[0])):
            kept = section("Câu trả lời mẫu", find_kept(connection, questions[0]).splitlines())
            return chain(question_lines(history), kept)
        if len(articles) == 1 and (of_article := get_content_history(connection, articles[0])):
            return article_lines(of_article)
    return None
