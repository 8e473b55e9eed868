"""The contact with the county that is under way, for whoever shows it. Never claims that anything
was received: that is for receipts to say.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.services.contact_values import ContactPhase, Progress

_MEASURED_SECONDS = 3.0


class Sending(QObject):
    """Where the contact stands. GUI thread only; `clock` gives seconds that never go back.

    Signals:
        moved(): it has begun, come further, or ended.
    """

    moved = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since: tuple[float, int] | None = None
        self.under_way = False
        self.progress: Progress | None = None

    def begin(self) -> None:
        self.under_way, self.progress, self._since = True, None, None
        self.moved.emit()

    def hear(self, progress: Progress) -> None:
        """What the contact tells of itself; words that come after its end are not shown."""
        if not self.under_way:
            return
        if self.progress is None or self.progress.phase is not progress.phase:
            self._since = self._clock(), progress.sent
        self.progress = progress
        self.moved.emit()

    def end(self) -> None:
        if self.under_way:
            self.under_way, self.progress = False, None
            self.moved.emit()

    def sends(self, *, file: bool) -> bool:
        """Whether what waits is on its way just now: texts once the county has answered, files in
        their turn.
        """
        phase = self.progress.phase if self.progress else None
        return phase is ContactPhase.FILES if file else phase is ContactPhase.TEXTS

    def percent(self) -> int:
        """How much of what was to go has been handed to the line, 0 to 100."""
        known = self.progress
        if known is None or known.total <= 0:
            return 0
        return min(100, known.sent * 100 // known.total)

    def seconds_left(self) -> int | None:
        """At the pace of this contact, or as the line was last; None while nobody can know."""
        known = self.progress
        if known is None or not known.total or self._since is None:
            return None
        began, sent = self._since
        seconds = self._clock() - began
        moved = known.sent - sent
        rate = moved / seconds if seconds >= _MEASURED_SECONDS and moved > 0 else known.rate
        return round(max(0, known.total - known.sent) / rate) if rate > 0 else None
