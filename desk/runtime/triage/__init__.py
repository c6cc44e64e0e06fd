"""A person's decision on a question that was held: checked, carried out, written down with who made it."""

from desk.runtime.triage.deciding import triage
from desk.runtime.triage.orders import TriageAction, TriageOrder

__all__ = ["TriageAction", "TriageOrder", "triage"]
