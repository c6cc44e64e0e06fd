"""Flows as Prefect runs them: deployed and taken by a worker, and the states and artifacts that ops see."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
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
from desk.runtime import clock
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import Settings
from flows.chase_units import chase_units
from flows.handle_questions import handle_questions
from flows.hold_deliveries import hold_deliveries
from flows.route_questions import route_questions
from flows.triage_question import triage_question
from sandbox.zalo import FaultKind, Simulator
from tasks.forms import Decision, HoldReason, TriageReason
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
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


def test_a_question_is_handled_by_a_deployment_through_the_worker(  # noqa: PLR0917 - fixtures
    server: PrefectApi,
    chosen: Settings,
    processes: Processes,
    zalo: Simulator,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    citizen_writes(zalo, "Chế độ thai sản khi sinh đôi được hưởng thế nào?", time=ms(clock.now() - timedelta(hours=1)))
    server.make_pool(stack.POOL)
    stack.deploy(chosen, processes)
    server.pause_schedules()
    stack.start_worker(processes, stack.environment(chosen) | {"PREFECT_WORKER_QUERY_SECONDS": "1"})

    run = server.run("handle-questions", {}, processes.check_alive)

    assert run["state_type"] == "COMPLETED"
    assert run["state_name"].startswith("1 tin nhắn mới")
    (question,) = rows("SELECT question_id FROM question")
    events = rows("SELECT DISTINCT flow_run_id FROM event WHERE question_id = :id", id=question["question_id"])
    assert events == [{"flow_run_id": run["id"]}]


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
