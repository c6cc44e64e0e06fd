"""What waits to be done: as pulled, as sealed, as queued. Each text is another one, so that no cache is measured."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import text

from benchmarks.desks import AS_OF, Desk
from desk.rules.case_codes import case_code
from desk.rules.office import LetterRhythm
from desk.rules.routing import Route, SealedQuestion, decide
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.store.questions import NewQuestion, add_questions

_QUESTIONS = Path(__file__).parent.parent / "sandbox" / "messages" / "questions.csv"
_AT_ONCE = 5_000
# a number becomes one word of no language: figures might be taken for personal data, words for what is asked
_SYLLABLES = ("zab", "zeb", "zib", "zob", "zub", "zad", "zed", "zid", "zod", "zud")
_RECEIVED_AT = AS_OF - timedelta(minutes=20)

_COMPLETELY_PULLED = text(
    "INSERT INTO pull_cursor (oa_id, high_water, swept_at) VALUES ('oa', now(), now() + interval '1 day')"
)
_CITIZENS = text("""
    INSERT INTO citizen (user_id, last_act_at, seal_due_at)
    SELECT 'u' || n, :sent_at, CAST(:seal_due_at AS timestamptz) FROM generate_series(1, :number) AS n
""")
_MESSAGES = text("""
    INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw)
    SELECT 'm' || n, 'u' || n, true, :sent_at, 'text', said, json_build_object('type', 'text', 'message', said)
    FROM unnest(CAST(:texts AS text[])) WITH ORDINALITY AS given (said, n)
""")


def messages_wait(desk: Desk, number: int) -> None:
    """Empty the desk and store messages of as many citizens, each a question that its unit gets a letter for."""
    desk.empty()
    with desk.filling() as connection:
        times = {"sent_at": _RECEIVED_AT, "seal_due_at": _RECEIVED_AT + timedelta(minutes=5), "number": number}
        connection.execute(_COMPLETELY_PULLED)
        connection.execute(_CITIZENS, times)
        connection.execute(_MESSAGES, {"sent_at": _RECEIVED_AT, "texts": _texts(number)})
    desk.settle()


def questions_wait(desk: Desk, number: int) -> None:
    """Empty the desk and store sealed questions of as many citizens, for each of which its unit gets a letter."""
    desk.empty()
    texts = _texts(number)
    with desk.filling() as connection:
        connection.execute(_CITIZENS, {"sent_at": _RECEIVED_AT, "seal_due_at": None, "number": number})
        for first in range(0, number, _AT_ONCE):
            of_now = range(first, min(first + _AT_ONCE, number))
            add_questions(connection, [_question(n + 1, texts[n]) for n in of_now], sealed_at=AS_OF)
    desk.settle()


def _question(question_id: int, said: str) -> NewQuestion:
    return NewQuestion(
        question_id=question_id,
        case_code=case_code(AS_OF.year, question_id),
        user_id=f"u{question_id}",
        opened_as="question",
        text=said,
        sensitive=None,
        urgent=None,
        topics=(),
        received_at=_RECEIVED_AT,
        last_message_at=_RECEIVED_AT,
        window_closes_at=_RECEIVED_AT + timedelta(days=7),
        has_media=False,
        is_late=False,
        acknowledged=True,
    )


def _texts(number: int) -> list[str]:
    several = _lettered()
    return [_numbered(several[n % len(several)], n) for n in range(number)]


def _numbered(said: str, n: int) -> str:
    """Return a text that is no other's."""
    return f"{said} ({''.join(_SYLLABLES[int(figure)] for figure in str(n))})"


@cache
def _lettered() -> Sequence[str]:
    """Return the citizens' questions that go to one unit at once, by a letter of their own."""
    with transaction() as connection:
        desk = in_force(connection)
    with _QUESTIONS.open(encoding="utf-8", newline="") as rows:
        texts = [row["text"] for row in csv.DictReader(rows)]
    found = []
    for said in texts:
        sealed = SealedQuestion(question_id=1, text=_numbered(said, 1), received_at=_RECEIVED_AT)
        decision = decide(sealed, desk.classifier.classify(sealed.text), desk.office, AS_OF.date())
        if isinstance(decision, Route) and all(unit.letters is LetterRhythm.EACH for unit in decision.units):
            found.append(said)
    return found
