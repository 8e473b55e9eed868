"""How many files of a device began to arrive on a day: small ones are bounded too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the number; what came before today was not counted."""
    op.add_column(
        "file_day", sa.Column("arrivals", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    """There is no way back: a county restores its backup."""
    raise RuntimeError("forward only")
