"""How fast letters are rendered and made into mail, on one core (A17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from time import perf_counter

from benchmarks.figures import Figures, Target, figures
from desk.gateways.mail_out import mime
from desk.rules import letters
from desk.rules.mail_addresses import DeskAddress
from desk.runtime.rendering import rendered
from docs.letters.examples import ASKED, HEAD, MONDAY, UNIT

LETTERS = 1_000
ROUNDS = 3
MIME_TARGET = 1_000
RENDERED_TARGET = 3_000


def mime_per_second() -> Figures:
    """Return how many letters a second become bytes; the baseline is EmailMessage with the same parts."""
    unit = replace(UNIT, calendar_file=False)
    delivery = rendered(letters.unit_letter(ASKED, unit, HEAD))
    desk = DeskAddress("hoidap@bhxh.example.vn")

    def ours(number: int) -> bytes:
        key = f"letter:{number}:B_CSXH:1"
        return mime(delivery.parts, key=key, recipient=delivery.recipient, desk=desk, date=MONDAY)

    baseline = _rate(_email_message(delivery.parts))
    return figures("mime", _rate(ours), "letters/s", baseline=baseline, target=Target("value", ">=", MIME_TARGET))


def letters_rendered_per_second() -> Figures:
    """Return how many letters to units a second are rendered; the baseline is EmailMessage with what they become."""
    unit = replace(UNIT, calendar_file=False)
    written = [letters.unit_letter(replace(ASKED, question_id=number), unit, HEAD) for number in range(LETTERS)]
    parts = rendered(written[0]).parts

    def ours(number: int) -> object:
        return rendered(written[number])

    baseline, target = _rate(_email_message(parts)), Target("value", ">=", RENDERED_TARGET)
    return figures("render", _rate(ours), "letters/s", baseline=baseline, target=target)


def _email_message(parts: Mapping[str, object]) -> Callable[[int], bytes]:
    def made(number: int) -> bytes:
        mail = EmailMessage(policy=policy.SMTP)
        mail["Subject"], mail["From"], mail["To"] = str(parts["subject"]), "hoidap@bhxh.example.vn", "csxh@example.vn"
        mail["Message-ID"] = f"<{number}@bhxh.example.vn>"
        mail.set_content(str(parts["text"]), cte="base64")
        mail.add_alternative(str(parts["html"]), subtype="html", cte="base64")
        return mail.as_bytes()

    return made


def _rate(once: Callable[[int], object]) -> float:
    once(0)
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        for number in range(LETTERS):
            once(number)
        best = min(best, perf_counter() - started)
    return LETTERS / best
