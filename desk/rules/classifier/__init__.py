"""Reading what a question is about."""

from desk.rules.classifier.cases import Case
from desk.rules.classifier.classification import Candidate, Classification, Evidence, Scope
from desk.rules.classifier.phrases import Classifier

__all__ = ["Candidate", "Case", "Classification", "Classifier", "Evidence", "Scope"]
