"""Fit a new model, put it into use where it is no worse, and report it to ops."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.promoting import figures_of
from desk.runtime.retraining import Retrained, retrain
from desk.runtime.retraining_report import report
from desk.runtime.settings import settings
from desk.store.classifier_versions import VersionState, add_version, get_in_use
from desk.store.label_events import find_confirmed


@task(name="Huấn luyện lại bộ phân loại", cache_policy=NO_CACHE)
def retrain_model(as_of: datetime) -> Retrained:
    """Fit on the labelled messages and what people confirmed; promote it where it is no worse than the one in use."""
    with transaction() as connection:
        desk, in_use = in_force(connection), get_in_use(connection)
        confirmed = find_confirmed(connection)
    chosen = settings()
    fitted = retrain(
        desk.office,
        chosen.office_dir,
        chosen.data_dir,
        in_use=in_use.sha256,
        confirmed=confirmed,
        by_meaning=chosen.classifies_by_meaning,
    )
    if fitted.sha256 != in_use.sha256:
        state = VersionState.SHADOW if fitted.against else VersionState.PROMOTED
        with transaction() as connection:
            add_version(
                connection,
                fitted.sha256,
                state,
                acting_officer="retrain-classifier",
                trained_at=as_of,
                metrics=figures_of(fitted.regression),
            )
    create_markdown_artifact(
        report(fitted, desk.office), key="retrain-classifier", description="Huấn luyện lại bộ phân loại"
    )
    return fitted
