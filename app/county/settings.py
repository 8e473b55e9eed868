"""What the server knows of itself: its name, and the epoch that tells laptops that it is still the
same server with the same log.
"""

from __future__ import annotations

from sqlmodel import Session

from app.county.tables import Setting
from app.domain.ids import new_id

_NAME, _EPOCH = "name", "epoch"


def county_name(session: Session) -> str:
    """The name that laptops show."""
    return session.get_one(Setting, _NAME).value


def epoch(session: Session) -> str:
    """The present epoch. After a restore from a backup it must be changed once (`new_epoch`)."""
    return session.get_one(Setting, _EPOCH).value


def set_up(session: Session, name: str) -> None:
    """Names the server; its first epoch begins."""
    _put(session, _NAME, name)
    if session.get(Setting, _EPOCH) is None:
        new_epoch(session)


def new_epoch(session: Session) -> str:
    """Begins another epoch: every laptop reads the log from its start and offers again what this
    server has lost.
    """
    fresh = str(new_id())
    _put(session, _EPOCH, fresh)
    return fresh


def _put(session: Session, key: str, value: str) -> None:
    row = session.get(Setting, key) or Setting(key=key, value="")
    row.value = value
    session.add(row)
    session.flush()
