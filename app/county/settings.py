"""What the server knows of itself: its name, and the epoch that tells laptops that it is still the
same server with the same log.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from app.county.tables import Setting
from app.domain.ids import new_id

_NAME, _EPOCH, _RESTORED = "name", "epoch", "restored_at"
_BLOCK, _REFILL = "numbers.block", "numbers.refill"
BLOCK_SIZE = 200
MOST_IN_BLOCK = 5000


def county_name(session: Session) -> str:
    """The name that laptops show."""
    return session.get_one(Setting, _NAME).value


def epoch(session: Session) -> str:
    """The present epoch. After a restore from a backup another one must begin, once
    (`restoring`).
    """
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


def restored_at(session: Session) -> datetime | None:
    """When this database last came back from a backup (UTC), None for never."""
    row = session.get(Setting, _RESTORED)
    return datetime.fromisoformat(row.value) if row else None


def set_restored(session: Session, now: datetime) -> None:
    """Notes that the database came back from a backup."""
    _put(session, _RESTORED, now.astimezone(UTC).isoformat())


def block_size(session: Session) -> int:
    """How many numbers a laptop is lent at once, at the least."""
    row = session.get(Setting, _BLOCK)
    return int(row.value) if row else BLOCK_SIZE


def refill_below(session: Session) -> int:
    """With how many numbers left a laptop is lent more, at the latest: half a block, unless the
    administrator says otherwise.
    """
    row = session.get(Setting, _REFILL)
    return min(int(row.value), block_size(session)) if row else block_size(session) // 2


def set_blocks(session: Session, size: int | None, refill: int | None) -> None:
    """Sets what is given. Raises ValueError where a block would be too small or too large, or would
    be refilled before anything of it was used.
    """
    if size is not None:
        if not 2 <= size <= MOST_IN_BLOCK:
            raise ValueError(f"a block has 2 to {MOST_IN_BLOCK} numbers")
        _put(session, _BLOCK, str(size))
    if refill is not None:
        if not 1 <= refill <= block_size(session):
            raise ValueError(f"refill between 1 and {block_size(session)} numbers left")
        _put(session, _REFILL, str(refill))


def _put(session: Session, key: str, value: str) -> None:
    row = session.get(Setting, key) or Setting(key=key, value="")
    row.value = value
    session.add(row)
    session.flush()
