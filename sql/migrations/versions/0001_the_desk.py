"""The desk: sql/migrations/0001_the_desk.sql."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from desk.runtime.installation import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the plain SQL beside the versions."""
    plain = Path(__file__).parent.parent / "0001_the_desk.sql"
    run_script(op.get_bind(), plain.read_text(encoding="utf-8"))
