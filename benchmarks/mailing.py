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
from docs.letters.given import ASKED, HEAD, MONDAY, UNIT

ROUNDS = 3
MIME_TARGET = 1_000
RENDERED_TARGET = 3_000


def mime_per_second(number: int) -> Figures:
    """Return how many letters a second become bytes; the baseline is EmailMessage with the same parts."""
    unit = replace(UNIT, calendar_file=False)
    delivery = rendered(letters.unit_letter(ASKED, unit, HEAD))
    desk = DeskAddress("hoidap@bhxh.example.vn")

    def ours(place: int) -> bytes:
        key = f"letter:{place}:B_CSXH:1"
        return mime(delivery.parts, key=key, recipient=delivery.recipient, desk=desk, date=MONDAY)

    baseline = _rate(_email_message(delivery.parts), number)
    return figures(
        "mime", _rate(ours, number), "letters/s", baseline=baseline, target=Target("value", ">=", MIME_TARGET)
    )


def letters_rendered_per_second(number: int) -> Figures:
    """Return how many letters to units a second are rendered; the baseline is EmailMessage with what they become."""
    unit = replace(UNIT, calendar_file=False)
    written = [letters.unit_letter(replace(ASKED, question_id=place), unit, HEAD) for place in range(number)]
    parts = rendered(written[0]).parts

    def ours(place: int) -> object:
        return rendered(written[place])

    baseline, target = _rate(_email_message(parts), number), Target("value", ">=", RENDERED_TARGET)
    return figures("render", _rate(ours, number), "letters/s", baseline=baseline, target=target)


def _email_message(parts: Mapping[str, object]) -> Callable[[int], bytes]:
    def made(place: int) -> bytes:
        mail = EmailMessage(policy=policy.SMTP)
        mail["Subject"], mail["From"], mail["To"] = str(parts["subject"]), "hoidap@bhxh.example.vn", "csxh@example.vn"
        mail["Message-ID"] = f"<{place}@bhxh.example.vn>"
        mail.set_content(str(parts["text"]), cte="base64")
        mail.add_alternative(str(parts["html"]), subtype="html", cte="base64")
        return mail.as_bytes()

    return made


def _rate(once: Callable[[int], object], number: int) -> float:
    once(0)
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        for place in range(number):
            once(place)
        best = min(best, perf_counter() - started)
    return number / best
