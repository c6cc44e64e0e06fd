"""A flow of Prefect alone, which the desk's own are measured by."""

from __future__ import annotations

from prefect import flow, task


@flow(name="bare")
def bare(tasks: int) -> None:
    """Run as many tasks that do nothing."""
    for _ in range(tasks):
        nothing()


@task
def nothing() -> None:
    """Do nothing."""
