"""Any moment in words, also one that another computer made up. Never raises."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

MINUTE = "%Y-%m-%d %H:%M"
DAY = "%Y-%m-%d"


def moment_text(at: datetime, error_ms: int | None = None, *, shape: str = MINUTE) -> str:
    """A moment by this computer's zone, put right by `error_ms` (milliseconds); as it was written,
    with a doubt, where that cannot be believed.
    """
    from app.domain.moments import local_moment  # the window starts without the domain

    local = local_moment(at, error_ms)
    if local is not None:
        return f"{local:{shape}}"
    written = at.isoformat(" ", "minutes")
    return QCoreApplication.translate("Moments", "{moment}（时间不可信）").format(moment=written)
