"""All threading of the client: a worker does one thing after the other. Knows no Qt, so that one
can be at work while Qt is still being loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread


class Worker:
    """One daemon thread that does one thing after the other; started by its first task."""

    def __init__(self, name: str) -> None:
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)

    def submit(self, task: Callable[[], None]) -> None:
        self._tasks.put(task)
        if self._thread.ident is None:
            self._thread.start()

    def stop(self, seconds: float | None) -> bool:
        """Ends after what was given before. False if that took longer than `seconds`."""
        self._tasks.put(None)
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
