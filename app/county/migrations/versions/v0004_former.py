"""Which device a laptop was before it was enrolled anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the name of the former device; so far nobody has one."""
    with op.batch_alter_table("device") as table:
        table.add_column(sa.Column("former", sa.String(), nullable=True))
        table.create_foreign_key("device_former", "device", ["former"], ["id"])


def downgrade() -> None:
    """There is no way back: a county restores its backup."""
    raise RuntimeError("forward only")
