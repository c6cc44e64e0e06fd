"""Why something is proposed, in a few words that officials read on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from desk.rules.case_codes import find_case_codes
from desk.rules.classifier import Scope
from desk.rules.classifier.cases import ELSEWHERE, NOISE
from desk.rules.classifier.classification import Proof
from desk.rules.office import Office

_PHRASES, _WORDS, _CASES = 2, 3, 3
_TENTHS: Final = 10
_END_OF_HEAD: Final = re.compile(r"[:;]")
_ABBREVIATED: Final = {"bảo hiểm xã hội": "BHXH", "bảo hiểm y tế": "BHYT", "bảo hiểm thất nghiệp": "BHTN"}
_UNCLEAR: Final = "không rõ hỏi gì"
_OTHERS: Final = "việc của cơ quan khác"


def explained(evidence: Sequence[Mapping[str, Any]], office: Office) -> Iterator[str]:
    """Yield what spoke loudest: phrases with who added them, words against the runner-up, the cases most like it.

    *evidence*: as it is kept with a classification, heaviest first of each kind.
    """
    names = _names(office)
    said = [one for one in evidence if one["weight"] > 0]
    if phrases := list(islice((one for one in said if one["kind"] == Proof.PHRASE), _PHRASES)):
        yield "Cụm từ: " + "; ".join(
            f"“{one['phrase']}” ({_named(one['target'], names)}; {one['author']} thêm)" for one in phrases
        )
    if words := list(islice((one for one in said if one["kind"] == Proof.WORD), _WORDS)):
        listed = ", ".join(f"“{one['phrase']}”" for one in words)
        yield f"Từ ngữ nghiêng về {_named(words[0]['target'], names)}: {listed}"
    if cases := list(islice((one for one in said if one["kind"] == Proof.CASE), _CASES)):
        yield "Gần giống: " + "; ".join(f"{_case(one['phrase'])} ({_named(one['target'], names)})" for one in cases)


def chance(confidence: float) -> str:
    """Return in tenths how likely something is: finer than that nobody can promise it."""
    tenths = int(confidence * _TENTHS + 0.5)
    if tenths < 1:
        return "dưới 1/10"
    return f"khoảng {min(tenths, _TENTHS - 1)}/10"


def _names(office: Office) -> Mapping[str, str]:
    return {
        **{authority.code: authority.name for authority in office.authorities},
        **{topic.code: topic.name for topic in office.topics},
        ELSEWHERE: _OTHERS,
        Scope.OUT.value: _OTHERS,
        NOISE: _UNCLEAR,
        Scope.NOISE.value: _UNCLEAR,
    }


def _named(targets: str, names: Mapping[str, str]) -> str:
    return ", ".join(_short(names.get(code, code)) for code in targets.split(", "))


def _short(name: str) -> str:
    """Return the head of a topic's name, with the three insurances as officials write them."""
    head = _END_OF_HEAD.split(name)[0]
    for words, letters in _ABBREVIATED.items():
        head = re.sub(words, letters, head, flags=re.IGNORECASE)
    return head


def _case(code: str) -> str:
    """Return how a known case is called: a question that a person has confirmed, or one of the labelled messages."""
    return f"câu {code} đã xác nhận" if find_case_codes(code) else f"câu mẫu {code}"
