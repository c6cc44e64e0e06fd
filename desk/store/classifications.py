"""What the classifier said of questions, one row a time it was asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from desk.rules.classifier import Classification
from desk.store.statements import statement


def add_classifications(connection: Connection, said: Sequence[tuple[int, Classification, str]]) -> None:
    """Keep what was said of questions: (question, classification, name of the decision)."""
    if not said:
        return
    values = {
        "question_ids": [question_id for question_id, _, _ in said],
        "topics": [",".join(classification.topics) for _, classification, _ in said],
        "competences": [",".join(classification.competences) for _, classification, _ in said],
        "scopes": [classification.scope.value for _, classification, _ in said],
        "redirects": [",".join(classification.redirect) for _, classification, _ in said],
        "confidences": [classification.confidence for _, classification, _ in said],
        "evidences": json.dumps([[asdict(one) for one in c.evidence] for _, c, _ in said], ensure_ascii=False),
        "versions": [classification.version for _, classification, _ in said],
        "decisions": [decision for _, _, decision in said],
    }
    connection.execute(statement("classifications/add_classifications"), values)
