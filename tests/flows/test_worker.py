"""Flows as Prefect runs them: deployed and taken by a worker, and the states and artifacts that ops see."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from pydantic import SecretStr
from sqlalchemy import Engine, text

from desk.console.run import stack
from desk.console.run.prefect_api import PrefectApi
from desk.console.run.processes import Processes, StartError
from desk.rules.calendar import HCM
from desk.rules.wording import wording_of
from desk.runtime import clock
from desk.runtime.artifacts import load
from desk.runtime.classifying import models_folder
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import Settings, settings
from desk.runtime.triage import TriageAction, TriageOrder, triage
from flows.chase_units import chase_units
from flows.handle_questions import handle_questions
from flows.hold_deliveries import hold_deliveries
from flows.route_questions import route_questions
from flows.triage_question import triage_question
from sandbox.zalo import FaultKind, Simulator
from tasks.forms import Decision, HoldReason, TriageReason
from tests.dates import at
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.offices import copy_office, label_few, the_office
from tests.simulated_zalo import citizen_writes, fault, ms

ROOT = Path(__file__).parents[2]
PASSWORD = "desk:only this"
pytestmark = pytest.mark.usefixtures("desk", "desk_on_zalo")


@pytest.fixture(scope="module")
def chosen(cluster: EmbeddedPostgres, database_name: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return Settings(
        data_dir=tmp_path_factory.mktemp("stack"),
        prefect_port=port,
        prefect_api_auth_string=SecretStr(PASSWORD),
        database_url=cluster.url(database_name, "desk_app"),
        database_admin_url=cluster.url(database_name, "postgres"),
    )


@pytest.fixture(scope="module")
def processes(chosen: Settings) -> Iterator[Processes]:
    with Processes(chosen.data_dir) as started:
        yield started


@pytest.fixture(scope="module")
def server(chosen: Settings, processes: Processes) -> Iterator[PrefectApi]:
    """Yield the real server, on a database beside the desk's, for flows of this process too."""
    api = stack.start_server(chosen, processes)
    here = {
        PREFECT_API_URL: api.url,
        PREFECT_API_AUTH_STRING: PASSWORD,
        PREFECT_HOME: chosen.data_dir / "prefect",
        # a flow waits up to a second for its heart at the end
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        PREFECT_LOGGING_TO_API_ENABLED: False,
    }
    with temporary_settings(here):
        yield api


@pytest.fixture
def few_labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the desk few messages to learn from."""
    copy_office(tmp_path / "office")
    label_few(tmp_path / "office")
    monkeypatch.setenv("OFFICE_DIR", str(tmp_path / "office"))


def report_of(run: Mapping[str, Any]) -> str:
    """Return the one report that a run left to ops."""
    with get_client(sync_client=True) as client:
        wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run["id"]]))
        (kept,) = client.read_artifacts(artifact_filter=wanted)
    assert kept.key == "retrain-classifier"
    return str(kept.data)


@pytest.fixture
def worker(
    server: PrefectApi, chosen: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Mapping[str, Any]]]:
    """Yield a function that runs a deployment through a worker of this test's own, in the test's environment."""
    monkeypatch.chdir(ROOT)
    with Processes(tmp_path) as started:
        server.make_pool(stack.POOL)
        stack.deploy(chosen, started)
        server.pause_schedules()
        stack.start_worker(started, stack.environment(chosen) | {"PREFECT_WORKER_QUERY_SECONDS": "1"})
        yield lambda flow: server.run(flow, {}, started.check_alive)


def test_a_question_is_handled_by_a_deployment_through_the_worker(
    worker: Callable[[str], Mapping[str, Any]], zalo: Simulator, rows: Rows
) -> None:
    citizen_writes(zalo, "Chế độ thai sản khi sinh đôi được hưởng thế nào?", time=ms(clock.now() - timedelta(hours=1)))

    run = worker("handle-questions")

    assert run["state_type"] == "COMPLETED"
    assert run["state_name"].startswith("1 tin nhắn mới")
    (question,) = rows("SELECT question_id FROM question")
    events = rows("SELECT DISTINCT flow_run_id FROM event WHERE question_id = :id", id=question["question_id"])
    assert events == [{"flow_run_id": run["id"]}]


@pytest.mark.long  # two models are fitted and judged by writer
def test_a_model_is_fitted_by_night_from_what_people_confirmed_and_ops_read_how_it_compares(
    few_labelled: None,  # noqa: ARG001 - before the worker starts
    worker: Callable[[str], Mapping[str, Any]],
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    say(
        "u1", "Hôm trước tôi có hỏi việc ấy mà chưa rõ phải làm thế nào, số 0912345678?", at=NOW - timedelta(minutes=20)
    )
    handle(NOW)
    (question,) = rows("SELECT case_code FROM question")
    with transaction() as connection:
        triage(
            connection,
            TriageOrder(
                code=question["case_code"],
                action=TriageAction.ROUTE,
                acting_officer="HA",
                units=["bên Thu"],
                topics=["sobhxh"],
            ),
            in_force(connection),
            NOW,
        )

    run = worker("retrain-classifier")
    again = worker("retrain-classifier")

    assert run["state_type"] == again["state_type"] == "COMPLETED"
    (version,) = rows("SELECT sha256, state, acting_officer, metrics FROM classifier_version")
    name = version["sha256"]
    assert run["state_name"] == again["state_name"] == f"Dùng bản {name[:12]}", "the same messages give the same model"
    assert (version["state"], version["acting_officer"]) == ("promoted", "retrain-classifier")
    assert 0.5 < version["metrics"]["units_exact"] <= 1
    kept = load(models_folder(settings().data_dir), name, wording_of(the_office().lexicon))
    (taught,) = (case for case in kept.cases if case.id == question["case_code"])
    assert taught.topics == ("sobhxh",)
    assert "0912345678" not in taught.text

    first, second = report_of(run), report_of(again)
    assert f"Phiên bản {name[:12]}: đang dùng" in first
    assert "trong đó 1 câu cán bộ đã xác nhận" in first
    assert "](data:image/svg+xml;base64," in first
    assert "(sobhxh) |" in first
    assert "Đổi kết quả so với bản đang dùng trước đó: 0 tin" in second
    assert "việc ấy mà chưa rõ" not in first + second, "no words of citizens"


def test_a_server_with_a_password_tells_nothing_to_those_without_it(server: PrefectApi, chosen: Settings) -> None:
    stranger = PrefectApi(stack.address(chosen), "desk:secret")

    assert server.is_up()
    with pytest.raises(StartError, match="401"):
        stranger.make_pool(stack.POOL)


def test_a_run_with_nothing_to_do_says_so(server: PrefectApi) -> None:  # noqa: ARG001 - the flow reports to it
    state = route_questions(return_state=True)

    assert state.name == "Không có việc"


def test_units_are_chased_in_office_hours_alone(server: PrefectApi, say: Say, handle: Handle, rows: Rows) -> None:  # noqa: ARG001
    say("u1", "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?", at=at("Fri 2026-11-13 09:00"))
    handle(at("Fri 2026-11-13 09:30"))

    weekend = chase_units(as_of=at("Sat 2026-11-21 09:00"), catch_up=True, return_state=True)
    friday = chase_units(as_of=at("Fri 2026-11-20 09:07"), catch_up=True, return_state=True)

    assert weekend.name == "Không có việc"
    assert (friday.name or "").startswith("1 câu hỏi đã nhắc hạn và đôn đốc")
    assert {row["kind"] for row in rows("SELECT kind FROM outbox WHERE kind LIKE 'chase-%'")} == {
        "chase-escalation",
        "chase-board",
    }


@pytest.mark.long  # the step is tried again after 10, 20 and 40 seconds
def test_zalo_down_is_told_and_what_was_already_there_is_still_routed(
    server: PrefectApi,  # noqa: ARG001 - the flow reports to it
    say: Say,
    zalo: Simulator,
    rows: Rows,
) -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?", at=clock.now() - timedelta(hours=1))
    fault(zalo, FaultKind.SERVER_ERROR, path="listrecentchat")

    state = handle_questions(return_state=True)

    assert state.is_completed()
    assert state.name == "Zalo chưa phản hồi, sẽ thử lại"
    assert rows("SELECT count(*) AS n FROM question WHERE state <> 'sealed'") == [{"n": 1}]


def test_a_day_gone_by_is_only_rehearsed(server: PrefectApi, say: Say, rows: Rows) -> None:  # noqa: ARG001
    last_week = clock.now() - timedelta(days=7)
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?", at=last_week - timedelta(hours=1))

    state = handle_questions(as_of=last_week, return_state=True)

    assert (state.name or "").startswith("Chạy thử: 1 câu hỏi mới")
    assert rows("SELECT (SELECT count(*) FROM question) + (SELECT count(*) FROM outbox) AS n") == [{"n": 0}]


def test_a_day_to_come_is_refused(server: PrefectApi) -> None:  # noqa: ARG001
    state = handle_questions(as_of=clock.now() + timedelta(days=1), return_state=True)

    assert state.is_failed()
    assert "lies in the future" in str(state.message)


def test_a_question_set_aside_fails_the_run_by_number(
    server: PrefectApi,  # noqa: ARG001
    say: Say,
    desk: Engine,
) -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?", at=datetime(1, 1, 2, tzinfo=HCM))
    with desk.begin() as connection:
        connection.execute(text("UPDATE citizen SET seal_due_at = now() - interval '1 hour'"))

    state = handle_questions(return_state=True)

    assert state.is_failed()
    assert state.name == "1 mục để riêng vì lỗi"


def test_holding_deliveries_is_recorded_with_who_and_why(server: PrefectApi, rows: Rows) -> None:  # noqa: ARG001
    state = hold_deliveries("LAN", HoldReason.CONTENT, return_state=True)

    assert state.name == "Đã tạm giữ hộp đi"
    assert rows("SELECT mode, acting_officer, reason FROM delivery_mode") == [
        {"mode": "hold", "acting_officer": "LAN", "reason": "Cần kiểm tra nội dung thư, tin nhắn"}
    ]


def test_a_form_that_cannot_be_carried_out_says_why(server: PrefectApi) -> None:  # noqa: ARG001
    state = triage_question(
        code="ZL 26-000001-5",
        decision=Decision.CLOSE,
        acting_officer="LAN",
        reason=TriageReason.NO_QUESTION,
        return_state=True,
    )

    assert state.name == "Không thực hiện được"
    assert "Không có câu hỏi mã ZL 26-000001-5" in str(state.message)
