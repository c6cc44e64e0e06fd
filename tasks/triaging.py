"""Carry out what a person decided in a form of the Prefect UI, and send the receipt."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.letters import form_receipt
from desk.rules.office import Official
from desk.rules.office import in_force as in_force_on
from desk.runtime.database import flow_run_id, transaction
from desk.runtime.decisions.resolving import Resolution, resolve
from desk.runtime.in_force import InForce, in_force
from desk.runtime.rendering import rendered
from desk.runtime.triage import ChosenProposal, TriageOrder, triage
from desk.store import deliveries, delivery_modes, events, outbox
from desk.store.delivery_modes import DeliveryMode


@task(name="Xử lý câu hỏi chờ phân loại", cache_policy=NO_CACHE)
def triage_question_of(order: TriageOrder | ChosenProposal, as_of: datetime) -> str:
    """Carry out a decision on a question and send its receipt; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: it cannot be carried out; says why.
    """
    with transaction() as connection:
        desk = in_force(connection)
        done = triage(connection, order, desk, as_of)
        receipt = form_receipt(
            _official(desk, order.acting_officer, as_of),
            run_id=flow_run_id.get(),
            form="Xử lý câu hỏi chờ phân loại",
            case_codes=[order.code],
            outcome=done,
            reason=order.reason,
            done_at=as_of,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=as_of.date())
        return done


@task(name="Kết thúc một việc", cache_policy=NO_CACHE)
def resolve_work(resolution: Resolution, as_of: datetime) -> str:
    """Close a piece of work and send the receipt; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: it cannot be closed so; says why.
    """
    with transaction() as connection:
        desk = in_force(connection)
        done = resolve(connection, resolution, as_of)
        receipt = form_receipt(
            _official(desk, resolution.acting_officer, as_of),
            run_id=flow_run_id.get(),
            form="Kết thúc một việc",
            case_codes=(),
            outcome=done,
            reason=resolution.reason,
            done_at=as_of,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=as_of.date())
        return done


@task(name="Đổi chế độ gửi", cache_policy=NO_CACHE)
def set_delivery_mode(mode: DeliveryMode, acting_officer: str, reason: str, as_of: datetime) -> None:
    """Hold deliveries or let them go, and send the receipt; letters not tried yet are made anew for the new mode."""
    with transaction() as connection:
        desk = in_force(connection)
        delivery_modes.set_mode(connection, mode, acting_officer=acting_officer, reason=reason)
        deliveries.forget_untried_bodies(connection)
        event = events.Event(kind="delivery_mode_set", actor=acting_officer, details={"mode": mode.value})
        events.record_events(connection, [event], as_of=as_of)
        receipt = form_receipt(
            _official(desk, acting_officer, as_of),
            run_id=flow_run_id.get(),
            form="Đổi chế độ gửi thư và tin",
            case_codes=(),
            outcome=f"chế độ gửi: {mode.value}",
            reason=reason,
            done_at=as_of,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=as_of.date())


def _official(desk: InForce, code: str, as_of: datetime) -> Official:
    """Return the official who is declared to act.

    Raises:
        KeyError: nobody of that code is in office.
    """
    return in_force_on(desk.office.officials, as_of.date())[code]
