"""Runs the migrations on the connection that `database.upgrade` hands over; never opens one of its
own.
"""

from __future__ import annotations

from alembic import context

from app.county.tables import CountyRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=CountyRow.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
