"""The desk: its tables, those of content, and what the database refuses about content."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from desk.runtime.installation import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the plain SQL beside the versions."""
    folder = Path(__file__).parent.parent
    for name in ("0001_the_desk.sql", "0001_content.sql", "0001_content_law.sql"):
        run_script(op.get_bind(), (folder / name).read_text(encoding="utf-8"))
