"""From units' replies to what a citizen reads: composed, put before an official, let go (U2, U11)."""

from desk.runtime.answering.cases import find_cases
from desk.runtime.answering.composing import composed, with_files
from desk.runtime.answering.deciding import decide_on_answer, decide_on_duty_answer
from desk.runtime.answering.proposing import propose, propose_again

__all__ = [
    "composed",
    "decide_on_answer",
    "decide_on_duty_answer",
    "find_cases",
    "propose",
    "propose_again",
    "with_files",
]
