"""What runs away from the window: one worker for the records, one for the wire. Never touches a
widget off the GUI thread.

A job's result comes back by one queued signal and is dropped when its owner has died meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.runtime.changes import Changes
from app.ui.runtime.worker import Worker

if TYPE_CHECKING:
    from app.services.ports import Lists, OpenUnit, UnitOfWork

T = TypeVar("T")
WIRE_GRACE_SECONDS = 5.0


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


class Jobs(QObject):
    """Runs services away from the window.

    `open_unit` makes one unit of work per job; it may be set later, when the store is open. `lists`
    answers pure list questions while the store is still being loaded; without it a unit's own lists
    do.
    """

    _arrived = Signal(object)
    _noted = Signal(object)

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
        self.lists: Lists | None = None
        self._door = door
        self._stopped = False
        self._records, self._wire = records or Worker("records"), Worker("wire")
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._noted.connect(changes.happened, Qt.ConnectionType.QueuedConnection)

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
        """Refuses new jobs, waits for the records worker without limit and a few seconds for the
        wire (safe to repeat).

        False if the wire worker is still busy.
        """
        self._stopped = True
        self._records.stop(None)
        return self._wire.stop(WIRE_GRACE_SECONDS)

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
