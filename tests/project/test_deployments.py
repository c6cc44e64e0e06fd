"""prefect.yaml is taken at its word by nobody: Prefect ignores unknown keys and deploys flows that do not import."""

from __future__ import annotations

import inspect
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest
import yaml
from prefect import Flow
from prefect.utilities.callables import parameter_schema
from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).parents[2]
TAGS = {"câu hỏi", "bài đăng", "gửi đi", "vận hành", "tự động", "chạy tay"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pool(Strict):
    name: Literal["zalo-desk"]
    job_variables: dict[Literal["command"], str]


class Limit(Strict):
    limit: int
    collision_strategy: Literal["CANCEL_NEW", "ENQUEUE"]
    grace_period_seconds: Literal[60]


class Schedule(Strict):
    cron: str
    timezone: Literal["Asia/Ho_Chi_Minh"]
    slug: str


class Deployment(Strict):
    name: str
    entrypoint: str
    description: str
    tags: list[str]
    work_pool: Pool
    concurrency_limit: Limit
    enforce_parameter_schema: Literal[True]
    schedules: list[Schedule] = []


class PrefectFile(Strict):
    name: Literal["zalo-desk"]
    definitions: dict[str, object]
    deployments: list[Deployment]


DEPLOYMENTS = PrefectFile.model_validate(
    yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
).deployments
SCHEDULED = [deployment for deployment in DEPLOYMENTS if deployment.schedules]


def flow_of(deployment: Deployment) -> Flow[..., object]:
    module, _, name = deployment.entrypoint.rpartition(".")
    found = getattr(import_module(module), name)
    assert isinstance(found, Flow)
    return found


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment.name)
def test_file_function_flow_and_deployment_bear_one_name(deployment: Deployment) -> None:
    flow = flow_of(deployment)
    function = deployment.name.replace("-", "_")

    assert deployment.entrypoint == f"flows.{function}.{function}"
    assert flow.name == deployment.name
    assert flow.fn.__name__ == function


def test_every_flow_file_is_deployed() -> None:
    files = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}

    assert {deployment.name.replace("-", "_") for deployment in DEPLOYMENTS} == files


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment.name)
def test_ops_read_what_each_flow_and_each_of_its_fields_is_in_vietnamese(deployment: Deployment) -> None:
    flow = flow_of(deployment)
    fields = parameter_schema(flow).properties

    assert is_vietnamese(deployment.description)
    assert is_vietnamese(inspect.cleandoc(flow.fn.__doc__ or "").splitlines()[0])
    assert all(is_vietnamese(field.get("description", "")) for field in fields.values())


@pytest.mark.parametrize("deployment", SCHEDULED, ids=lambda deployment: deployment.name)
def test_a_scheduled_flow_runs_without_anybody_filling_in_a_form(deployment: Deployment) -> None:
    assert not parameter_schema(flow_of(deployment)).required


def test_what_a_person_started_is_never_dropped() -> None:
    dropped = {deployment.name for deployment in DEPLOYMENTS if parameter_schema(flow_of(deployment)).required} - {
        deployment.name for deployment in DEPLOYMENTS if deployment.concurrency_limit.collision_strategy == "ENQUEUE"
    }

    assert not dropped


def test_pollers_run_alone_and_work_is_shared() -> None:
    limits = {deployment.name: deployment.concurrency_limit.limit for deployment in DEPLOYMENTS}

    assert {name for name, limit in limits.items() if limit == 1} == {
        "collect-replies",
        "handle-questions",
        "keep-house",
        "pull-messages",
        "retrain-classifier",
    }
    assert set(limits.values()) == {1, 4}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment.name)
def test_tags_are_from_the_closed_list(deployment: Deployment) -> None:
    assert set(deployment.tags) <= TAGS
    assert len({"tự động", "chạy tay"} & set(deployment.tags)) == 1
    assert ("tự động" in deployment.tags) == bool(deployment.schedules)


def test_schedules_other_than_those_of_every_minute_or_two_never_share_a_minute() -> None:
    started = Counter(
        minute
        for deployment in SCHEDULED
        for schedule in deployment.schedules
        if schedule.cron not in {"* * * * *", "*/2 * * * *", "1-59/2 * * * *"}
        if schedule.cron.endswith("* * * *")  # not what starts once a night, when nothing else has work
        for minute in minutes_of(schedule.cron)
    )

    assert max(started.values()) == 1


def minutes_of(cron: str) -> list[int]:
    """Return the minutes of an hour at which `a-b/n * * * *` or `*/n * * * *` starts."""
    minutes, *rest = cron.split()
    assert rest == ["*"] * 4
    period, _, step = minutes.partition("/")
    first, _, last = period.partition("-")
    return list(range(0 if first == "*" else int(first), int(last or 59) + 1, int(step)))


def is_vietnamese(text: str) -> bool:
    return any(
        letter in "ăâđêôơưáàảãạếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵíìỉĩịóòỏõọúùủũụấầẩẫậắằẳẵặéèẻẽẹ" for letter in text.lower()
    )
