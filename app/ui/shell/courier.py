"""When to send: every few minutes where enrolled, soon after a change, at once when a network comes
back or a person asks. Refuses a second one at once.

Knows no HTTP and no journal: the exchange itself is a function of the wiring, run on the wire
worker. When to try again after trouble stands in the store, so that it outlives this window.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.contact_values import Progress
from app.services.lines import Change, SyncStatus
from app.ui.runtime.changes import Changes
from app.ui.runtime.county_words import trouble_words
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.language import language, said
from app.ui.runtime.problems import sentences
from app.ui.runtime.sending import Sending
from app.ui.shell.backstage import Backstage, Sent

EVERY_MS = 4 * 60 * 1000
SOON_MS = 15_000
FIRST_MS = 5_000
# The line itself gives up after half a minute of silence, and files are fetched for one minute.
SILENCE_MS = 5 * 60 * 1000
WATCH_MS = 15_000
# The longest patience of the service, and some more: a clock that was set back holds nothing up.
FURTHEST = timedelta(hours=2, minutes=30)
NEWS = Change(kinds=frozenset({"delivery"}))


def _now() -> datetime:
    return datetime.now(UTC)


class Courier(QObject):
    """Starts exchanges and tells in words what came of them. `now` is this computer's clock (UTC).

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
        self,
        jobs: Jobs,
        changes: Changes,
        backstage: Backstage,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._changes, self._backstage, self._now = jobs, changes, backstage, now
        self.contact = Sending()
        self.enrolled = False
        self._busy = False  # the wire worker has not come back, whatever the screen says
        self._by_hand = False
        self._trouble: ProblemCode | None = None
        self._planned: datetime | None = None  # the next try that the store named last
        self._due: datetime | None = None  # ... while it is still ahead
        self._had_way = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)
        self._silence = QTimer(self, singleShot=True, interval=SILENCE_MS)
        self._silence.timeout.connect(self._given_up)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self.look_around)

    @property
    def sending(self) -> bool:
        """What the screen says: never for longer than something moves."""
        return self.contact.under_way

    def know(self, status: SyncStatus) -> None:
        """What the store says of enrolment and of the next try; the clock starts with it."""
        fresh = status.enrolled and not self.enrolled
        self.enrolled = status.enrolled
        if not self.enrolled:
            self.stop()
        elif not self._busy:
            if status.next_try is not None and status.next_try != self._planned:
                self._plan(status.next_try, status.trouble)
            elif fresh:
                self._timer.start(FIRST_MS)
            elif status.next_try is None and self._planned is not None:
                self._forget()

    def nudge(self, change: Change) -> None:
        """Something was saved: it goes out soon rather than in some minutes, unless the line was
        dead just now. Somebody who saves all the time does not put it off.
        """
        own = change.kinds - NEWS.kinds
        if not own or not self.enrolled or self._busy or self._trouble is not None:
            return
        if not self._timer.isActive() or self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS)

    def send_now(self) -> None:
        """A person asks for it."""
        if self._busy:
            self.told.emit(said(Problem(ProblemCode.EXCHANGE_RUNNING)))
        elif not self.enrolled:
            self.told.emit(said(Problem(ProblemCode.NOT_ENROLLED)))
        else:
            self._by_hand = True
            self._begin()

    def look_around(self) -> None:
        """While the last try met trouble: a network that has come back is used at once, and so is
        a moment that passed while the computer slept.
        """
        has_way = self._backstage.has_way_out()
        came_back, self._had_way = has_way and not self._had_way, has_way
        if came_back or (self._due is not None and self._milliseconds_to(self._due) == 0):
            self._begin()

    def stop(self) -> None:
        for timer in (self._timer, self._silence, self._watch):
            timer.stop()
        self.enrolled = False

    def _plan(self, at: datetime, trouble: str) -> None:
        """The store remembers a try that broke off, in this window or in one before."""
        known = ProblemCode._value2member_map_
        self._planned = self._due = at
        if self._trouble is None and trouble in known:
            self._trouble = ProblemCode(trouble)
            self.moved.emit(False, self._trouble)
        self._timer.start(max(1, self._milliseconds_to(at)))
        self._keep_watch()

    def _forget(self) -> None:
        """The trouble is over, without this window: the command line has been in contact."""
        self._planned = self._due = self._trouble = None
        self._watch.stop()
        self._timer.start(EVERY_MS)
        self.moved.emit(False, None)

    def _milliseconds_to(self, at: datetime) -> int:
        ahead = at - self._now()
        if ahead > FURTHEST or ahead <= timedelta(0):
            return 0
        return int(ahead.total_seconds() * 1000)

    def _keep_watch(self) -> None:
        self._had_way = self._backstage.has_way_out()
        self._watch.start()

    def _begin(self) -> None:
        if self._busy or not self.enrolled:
            return
        self._timer.stop()
        self._watch.stop()
        self._due, self._busy = None, True
        self.contact.begin()
        self.moved.emit(True, self._trouble)
        self._silence.start()
        self._jobs.run_wire_telling(
            self,
            lambda tell: self._backstage.exchange(self._jobs.unit, tell),
            self._heard,
            self._done,
            self._refused,
        )

    def _heard(self, progress: Progress) -> None:
        if self.sending:
            self._silence.start()
            self.contact.hear(progress)

    def _given_up(self) -> None:
        """Nothing has moved for minutes: what waits is called waiting again. The wire worker may
        still come back; until then no second exchange begins.
        """
        code = ProblemCode.ANSWER_TOO_LATE
        self._say_ended(code, trouble_words(code, partly=True), worth=False)

    def _done(self, result: Sent) -> None:
        self._planned = None
        self._end(
            None,
            self._words(result),
            worth=bool(result.pulled or result.attention),
            wait=SOON_MS if result.more else EVERY_MS,
        )

    def _refused(self, refusal: Refused) -> None:
        # The store's own next try, told by the news, takes the place of this wait.
        went = self.contact.progress is not None and self.contact.progress.sent > 0
        text = trouble_words(refusal.first.code, partly=went)
        text = text or sentences(refusal, language()).split("\n")[0]
        self._end(refusal.first.code, text, worth=False, wait=EVERY_MS)

    def _end(self, trouble: ProblemCode | None, text: str, *, worth: bool, wait: int) -> None:
        self._busy = False
        self._say_ended(trouble, text, worth=worth)
        if self.enrolled:
            self._timer.start(wait)
            if trouble is not None:
                self._keep_watch()
        self._changes.happened.emit(NEWS)
        self.finished.emit()

    def _say_ended(self, trouble: ProblemCode | None, text: str, *, worth: bool) -> None:
        self._silence.stop()
        self.contact.end()
        worth = worth or self._by_hand
        self._by_hand, self._trouble = False, trouble
        self.moved.emit(False, trouble)
        if worth:
            self.told.emit(text)

    def _words(self, result: Sent) -> str:
        parts = []
        if result.received:
            parts.append(self.tr("县局已收 {n} 条。").format(n=result.received))
        if result.files_received:
            parts.append(self.tr("收全了 {n} 个文件。").format(n=result.files_received))
        if result.pulled:
            parts.append(self.tr("收到县局那边的 {n} 条。").format(n=result.pulled))
        if result.attention:
            parts.append(self.tr("有 {n} 条需要处理，请看“待上报”。").format(n=result.attention))
        if result.more:
            parts.append(self.tr("还有没报完的，过一会儿接着报。"))
        return "".join(parts) or self.tr("和县局对过了，没有新的。")
