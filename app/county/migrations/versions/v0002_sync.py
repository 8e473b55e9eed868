"""The second protocol: receipts for spans of entries, sums that mirrors are compared with, what a
laptop says of itself, parcels on sticks, and numbers that come back.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_ROWS_AT_ONCE = 1000
# PostgreSQL names a constraint so by itself; SQLite leaves it without a name.
_NAMED_AS_POSTGRES_DOES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}


def upgrade() -> None:
    """Adds tables and columns; what is held already is summed up."""
    _add_device_columns()
    _add_spans()
    _add_mirror_sums()
    _add_parcels()
    _blocks_come_back()
    _add_floors_and_packs()
    _name_files()
    _add_files()


def downgrade() -> None:
    """There is no way back: a county restores its backup."""
    raise RuntimeError("forward only")


def _add_device_columns() -> None:
    op.add_column("device", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("device", sa.Column("waiting", sa.Text(), nullable=False, server_default=""))
    op.add_column("device", sa.Column("clock_offset_ms", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("box_key", sa.String(), nullable=False, server_default=""))
    op.add_column("device", sa.Column("text_day", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "device", sa.Column("text_bytes", sa.BigInteger(), nullable=False, server_default="0")
    )


def _add_spans() -> None:
    op.create_table(
        "span",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("device_id", "epoch", "first"),
    )


def _add_mirror_sums() -> None:
    table = op.create_table(
        "mirror_sum",
        sa.Column("committee_id", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("committee_id", "region", "device_id"),
    )
    rows = (
        op.get_bind()
        .execution_options(yield_per=_ROWS_AT_ONCE)
        .execute(
            sa.text(
                "SELECT e.committee_id, e.region, e.device_id, e.hash FROM entry e"
                " JOIN verdict v ON v.position = e.position WHERE v.kind IN ('applied', 'conflict')"
            )
        )
    )
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    for committee, region, device, entry_hash in rows:
        key = (committee or "", region, device)
        count, total = sums.get(key, (0, 0))
        sums[key] = (count + 1, (total + int(entry_hash, 16)) % (1 << 256))
    op.bulk_insert(
        table,
        [
            {
                "committee_id": committee,
                "region": region,
                "device_id": device,
                "entries": count,
                "hashes": f"{total:064x}",
            }
            for (committee, region, device), (count, total) in sums.items()
        ],
    )


def _blocks_come_back() -> None:
    """What a laptop still holds of a block, how often its serials were lent, and whether it is
    lost. One serial may begin a block more than once: it was given back in between.
    """
    op.add_column("number_block", sa.Column("kept", sa.Integer(), nullable=True))
    op.add_column("number_block", sa.Column("turn", sa.Integer(), nullable=True))
    op.add_column("number_block", sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE number_block SET kept = last, turn = 1")
    with op.batch_alter_table("number_block", naming_convention=_NAMED_AS_POSTGRES_DOES) as table:
        table.alter_column("kept", existing_type=sa.Integer(), nullable=False)
        table.alter_column("turn", existing_type=sa.Integer(), nullable=False)
        table.drop_constraint("number_block_committee_id_year_first_key", type_="unique")
        table.create_unique_constraint(
            "number_block_lent_once", ["committee_id", "year", "first", "turn"]
        )


def _add_floors_and_packs() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "number_floor",
        sa.Column("committee_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"]),
        sa.PrimaryKeyConstraint("committee_id", "year"),
    )
    op.create_table(
        "county_pack",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )


def _add_parcels() -> None:
    op.create_table(
        "parcel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _name_files() -> None:
    """Which file an attachment names, where it can be asked for."""
    op.add_column("record_state", sa.Column("file", sa.String(), nullable=True))
    op.create_index("ix_record_state_file", "record_state", ["file"], unique=False)
    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT id, fields FROM record_state WHERE kind = 'attachment'")
    ).fetchall()
    for record_id, fields in found:
        connection.execute(
            sa.text("UPDATE record_state SET file = :file WHERE kind = 'attachment' AND id = :id"),
            {"file": json.loads(fields).get("sha256"), "id": record_id},
        )


def _add_files() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("whole_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "arriving_file",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("sha256", "device_id"),
    )
    op.create_table(
        "file_holder",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"]),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("sha256", "holder"),
    )
    op.create_table(
        "file_day",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("bytes_taken", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("device_id", "day"),
    )
