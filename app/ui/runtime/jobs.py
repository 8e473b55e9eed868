"""What runs away from the window: one worker for the records, one for the wire, one for sticks.
Never touches a widget off the GUI thread.

A job's result comes back by one queued signal and is dropped when its owner has died meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.runtime.changes import Changes
from app.ui.runtime.worker import Worker

if TYPE_CHECKING:
    from app.services.ports import Lists, OpenUnit, UnitOfWork

T = TypeVar("T")
P = TypeVar("P")
Tell = Callable[[P], None]
WIRE_GRACE_SECONDS = 5.0
TELL_MS = 200  # progress is told five times a second: what moves faster is not read


class Door(Protocol):
    """Where refusals that nobody awaited, and our own bugs, are shown."""

    def refused(self, refusal: Refused) -> None: ...

    def broken(self, error: BaseException) -> None: ...


@dataclass(frozen=True, slots=True)
class _Answer:
    owner: QObject
    value: Any
    error: BaseException | None
    done: Callable[[Any], None] | None
    failed: Callable[[Refused], None] | None


class _Telling:
    """Carries a worker's newest word to the window, and drops those that nobody could read."""

    def __init__(
        self, owner: QObject, told: Callable[[Any], None], announce: Callable[[_Telling], None]
    ) -> None:
        self._owner, self._told, self._announce = owner, told, announce
        self._newest: Any = None
        self._heard: Any = None
        self._announced = False
        self.ended = False

    def tell(self, word: object) -> None:
        """Worker. The word is set before it is announced, and read after: none is overlooked."""
        self._newest = word
        if not self._announced:
            self._announced = True
            self._announce(self)

    def hear(self) -> None:
        """GUI thread. Nothing more is announced before `let_go`."""
        if not self.ended and shiboken6.isValid(self._owner):
            self._heard = self._newest
            self._told(self._heard)

    def let_go(self) -> None:
        """GUI thread: a person could have read the last word by now."""
        self._announced = False
        if not self.ended and self._newest is not self._heard:
            self.tell(self._newest)


class Jobs(QObject):
    """Runs services away from the window.

    `open_unit` makes one unit of work per job; it may be set later, when the store is open. `lists`
    answers pure list questions while the store is still being loaded; without it a unit's own lists
    do. `open_reading` makes units that only read, while the store is still being loaded.
    """

    _arrived = Signal(object)
    _noted = Signal(object)
    _telling = Signal(object)

    def __init__(
        self,
        changes: Changes,
        door: Door,
        open_unit: OpenUnit | None = None,
        records: Worker | None = None,
    ) -> None:
        """`records` is a worker that may be busy already."""
        super().__init__()
        self.open_unit = open_unit
        self.open_reading: OpenUnit | None = None
        self.lists: Lists | None = None
        self._door = door
        self._stopped = False
        self._records, self._wire = records or Worker("records"), Worker("wire")
        self._stick = Worker("stick")
        self._held: list[_Telling] = []
        self._pause = QTimer(self, singleShot=True, interval=TELL_MS)
        self._pause.timeout.connect(self._let_go)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._noted.connect(changes.happened, Qt.ConnectionType.QueuedConnection)
        self._telling.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[UnitOfWork], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Does `work` in a unit of its own on the records worker; `done` gets the result on the GUI
        thread.

        A refusal goes to `failed`, or to the door without one; any other exception is our bug: the
        door gets it, and `failed` the word OUR_BUG, so that nothing waits for ever.
        """

        def in_unit() -> T:
            with self.unit() as unit:
                return work(unit)

        self.run_records(owner, in_unit, done, failed)

    def read(
        self,
        owner: QObject,
        work: Callable[[UnitOfWork], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Like `run` for work that changes nothing; answered even before the whole store is
        loaded, and without loading it.
        """
        if self.open_reading is None:
            self.run(owner, work, done, failed)
            return
        open_reading = self.open_reading

        def in_unit() -> T:
            with open_reading() as unit:
                return work(unit)

        self.run_records(owner, in_unit, done, failed)

    def look(
        self,
        owner: QObject,
        work: Callable[[Lists], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Like `run` for case lists and status alone; answered even before the whole store is
        loaded.
        """

        def in_lists() -> T:
            if self.lists is not None:
                return work(self.lists)
            with self.unit() as unit:
                return work(unit.lists)

        self.run_records(owner, in_lists, done, failed)

    def run_records(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Work on the records worker that needs no unit: loading, typesetting, copying a file."""
        self._submit(self._records, owner, work, done, failed)

    def run_wire(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Work on the wire worker; it opens its own short units by `unit` and holds none while it
        waits for the county.
        """
        self._submit(self._wire, owner, work, done, failed)

    def run_wire_telling(
        self,
        owner: QObject,
        work: Callable[[Tell[P]], T],
        told: Tell[P],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Like `run_wire` for work that tells how far it is: `told` hears the newest word on the
        GUI thread a few times a second, and none after the end.
        """
        self._submit_telling(self._wire, owner, work, told, done, failed)

    def run_stick(
        self,
        owner: QObject,
        work: Callable[[Tell[P]], T],
        told: Tell[P],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Refused], None] | None = None,
    ) -> None:
        """Work with a USB stick, slow as sticks are: neither records nor wire wait for it."""
        self._submit_telling(self._stick, owner, work, told, done, failed)

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """One unit of work whose commit is announced once, on the GUI thread. For workers only."""
        if self.open_unit is None:
            raise RuntimeError("the store is not open yet")
        with self.open_unit() as unit:
            try:
                yield unit
            finally:
                if unit.changed is not None and unit.changed.kinds:  # a kept draft is no news
                    self._noted.emit(unit.changed)

    def stop(self) -> bool:
        """Refuses new jobs, waits for the records worker without limit and a few seconds for wire
        and stick (both safe to repeat).

        False if one of the two is still busy.
        """
        self._stopped = True
        self._pause.stop()
        self._records.stop(None)
        wire = self._wire.stop(WIRE_GRACE_SECONDS)
        return self._stick.stop(WIRE_GRACE_SECONDS) and wire

    def _submit_telling(
        self,
        worker: Worker,
        owner: QObject,
        work: Callable[[Tell[Any]], Any],
        told: Tell[Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Refused], None] | None,
    ) -> None:
        telling = _Telling(owner, told, self._telling.emit)

        def last(value: Any) -> None:
            self._end(telling)
            if done is not None:
                done(value)

        def broken(refusal: Refused) -> None:
            self._end(telling)
            if failed is not None:
                failed(refusal)

        self._submit(worker, owner, lambda: work(telling.tell), last, broken if failed else None)

    def _hear(self, telling: _Telling) -> None:
        if telling.ended:
            return
        telling.hear()
        self._held.append(telling)
        if not self._pause.isActive():
            self._pause.start()

    def _end(self, telling: _Telling) -> None:
        telling.ended = True
        self._held = [one for one in self._held if one is not telling]
        if not self._held:
            self._pause.stop()

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for telling in held:
            telling.let_go()

    def _submit(
        self,
        worker: Worker,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Refused], None] | None,
    ) -> None:
        def task() -> None:
            value: Any = None
            error: BaseException | None = None
            try:
                value = work()
            except BaseException as caught:  # every one is shown by `_deliver`
                error = caught
            self._arrived.emit(_Answer(owner, value, error, done, failed))

        if not self._stopped:
            worker.submit(task)

    def _deliver(self, answer: _Answer) -> None:
        alive = shiboken6.isValid(answer.owner)
        if answer.error is not None and not isinstance(answer.error, Refused):
            self._door.broken(answer.error)
            if alive and answer.failed is not None:
                # Whoever waits goes on: a button that waited for this can be pressed again.
                answer.failed(refuse(ProblemCode.OUR_BUG))
        elif not alive:
            return
        elif answer.error is not None:
            (answer.failed or self._door.refused)(answer.error)
        elif answer.done is not None:
            answer.done(answer.value)
