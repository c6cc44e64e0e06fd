"""A person's decision on a question that was held: checked, carried out, written down with who made it."""

from desk.runtime.triage.deciding import triage
from desk.runtime.triage.orders import ChosenProposal, TriageAction, TriageOrder

__all__ = ["ChosenProposal", "TriageAction", "TriageOrder", "triage"]
