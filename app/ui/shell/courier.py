"""When to send: every few minutes where enrolled, soon after a change, and when a person asks.
Refuses a second one at once.

Knows no HTTP and no journal: the exchange itself is a function of the wiring, run on the wire
worker.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.lines import Change, SyncStatus
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.language import language, said
from app.ui.runtime.problems import sentences
from app.ui.shell.backstage import Backstage, Sent

EVERY_MS = 4 * 60 * 1000
SLOWEST_MS = 32 * 60 * 1000
SOON_MS = 15_000
NEWS = Change(kinds=frozenset({"delivery"}))


class Courier(QObject):
    """Starts exchanges and tells in words what came of them.

    Signals:
        moved(bool, object): whether an exchange is under way, and the ProblemCode that the last one
            met (None if it went well).
        told(str): a sentence for the status line.
        finished(): an exchange has ended, one way or the other.
    """

    moved = Signal(bool, object)
    told = Signal(str)
    finished = Signal()

    def __init__(
        self, jobs: Jobs, changes: Changes, backstage: Backstage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._changes, self._backstage = jobs, changes, backstage
        self.sending = False
        self.enrolled = False
        self._by_hand = False
        self._trouble: ProblemCode | None = None
        self._wait = EVERY_MS
        self._total = Sent(0, 0, 0, 0)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)

    def know(self, status: SyncStatus) -> None:
        """What the store says of enrolment; the clock starts with it."""
        fresh = status.enrolled and not self.enrolled
        self.enrolled = status.enrolled
        if fresh and not self.sending:
            self._timer.start(SOON_MS // 3)

    def nudge(self, change: Change) -> None:
        """Something was saved: it goes out soon rather than in some minutes, unless the line was
        dead just now.
        """
        own = change.kinds - NEWS.kinds
        if own and self.enrolled and not self.sending and self._trouble is None:
            self._timer.start(SOON_MS)

    def send_now(self) -> None:
        """A person asks for it."""
        if self.sending:
            self.told.emit(said(Problem(ProblemCode.EXCHANGE_RUNNING)))
        elif not self.enrolled:
            self.told.emit(said(Problem(ProblemCode.NOT_ENROLLED)))
        else:
            self._by_hand = True
            self._begin()

    def stop(self) -> None:
        self._timer.stop()
        self.enrolled = False

    def _begin(self) -> None:
        if self.sending or not self.enrolled:
            return
        self._timer.stop()
        self.sending = True
        self._total = Sent(0, 0, 0, 0)
        self.moved.emit(True, self._trouble)
        self._go()

    def _go(self) -> None:
        self._jobs.run_wire(
            self, lambda: self._backstage.exchange(self._jobs.unit), self._done, self._refused
        )

    def _done(self, result: Sent) -> None:
        self._total = result
        self._changes.happened.emit(NEWS)
        self._wait = EVERY_MS
        self._end(None, self._words(self._total))

    def _refused(self, refusal: Refused) -> None:
        self._wait = min(SLOWEST_MS, self._wait * 2)
        self._changes.happened.emit(NEWS)
        self._end(refusal.first.code, sentences(refusal, language()).split("\n")[0])

    def _end(self, trouble: ProblemCode | None, text: str) -> None:
        self.sending = False
        worth_saying = self._by_hand or (
            trouble is None and (self._total.pulled or self._total.attention)
        )
        self._by_hand, self._trouble = False, trouble
        self.moved.emit(False, trouble)
        if worth_saying:
            self.told.emit(text)
        if self.enrolled:
            self._timer.start(SOON_MS if self._total.more else self._wait)
        self.finished.emit()

    def _words(self, result: Sent) -> str:
        parts = []
        if result.received:
            parts.append(self.tr("县局已收 {n} 条。").format(n=result.received))
        if result.pulled:
            parts.append(self.tr("收到县局那边的 {n} 条。").format(n=result.pulled))
        if result.attention:
            parts.append(self.tr("有 {n} 条需要处理，请看“待上报”。").format(n=result.attention))
        return "".join(parts) or self.tr("和县局对过了，没有新的。")
