"""The first tables of the county server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes all tables of the first release."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "committee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("region_name", sa.String(), nullable=False),
        sa.Column("numbers_year", sa.Integer(), nullable=False),
        sa.Column("numbers_after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_committee_region", "committee", ["region"], unique=False)
    op.create_table(
        "enrolment_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_enrolment_try_at", "enrolment_try", ["at"], unique=False)
    op.create_index("ix_enrolment_try_device_id", "enrolment_try", ["device_id"], unique=False)
    op.create_table(
        "record_state",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.Column("touched_by", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("committee_id", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.create_index("ix_record_state_case_id", "record_state", ["case_id"], unique=False)
    op.create_index("ix_record_state_committee_id", "record_state", ["committee_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("committee_id", sa.String(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "committee_alias",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("committee_id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("committee_id", sa.String(), nullable=True),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("card_signature", sa.String(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("enrolled_at", moment, nullable=False),
        sa.Column("last_contact", moment, nullable=True),
        sa.Column("revoked_at", moment, nullable=True),
        sa.Column("frozen", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_table(
        "entry",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("committee_id", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("device_id", "seq"),
    )
    op.create_index("ix_entry_case_id", "entry", ["case_id"], unique=False)
    op.create_index("ix_entry_committee_id", "entry", ["committee_id"], unique=False)
    op.create_index("ix_entry_hash", "entry", ["hash"], unique=False)
    op.create_index("ix_entry_region", "entry", ["region"], unique=False)
    op.create_table(
        "number_block",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("committee_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("lent_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("committee_id", "year", "first"),
    )
    op.create_index("ix_number_block_device_id", "number_block", ["device_id"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["entry.position"],
        ),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "verdict",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["entry.position"],
        ),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("ix_verdict_kind", "verdict", ["kind"], unique=False)


def downgrade() -> None:
    """There is no way back: a county restores its backup."""
    raise RuntimeError("forward only")
