"""What was typed and not yet saved, kept within two seconds and offered again.

Never becomes a record by itself.
"""

from __future__ import annotations

from app.services.lines import DraftLine
from app.services.ports import UnitOfWork


def keep_draft(uow: UnitOfWork, key: str, body: str) -> None:
    """Keeps what the form `key` holds (its own JSON).

    Raises `Refused` DISK_FULL, STORE_READ_ONLY, STORE_BUSY.
    """
    uow.drafts.keep(key, body)
    uow.commit()


def find_draft(uow: UnitOfWork, key: str) -> DraftLine | None:
    """What was kept for the form `key`; None if it was saved or left empty."""
    return uow.drafts.find(key)


def drop_draft(uow: UnitOfWork, key: str) -> None:
    """The form was saved, or the person does not want it back."""
    uow.drafts.drop(key)
    uow.commit()


def open_drafts(uow: UnitOfWork) -> tuple[DraftLine, ...]:
    """Everything that was kept, to be offered after a crash."""
    return uow.drafts.all()
