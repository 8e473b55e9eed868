"""The product's own window over a slow disk: ``python slow_window.py DATA FLUSH_MS COUNT``
registers cases through its jobs and tells, as JSON, how long each took and how long the window
stood still.

Its own process, started with the slow disk loaded. The clock is the wall's: a wait counts.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.cases import Case
    from app.ui.shell.window import Window

SETTLED_MS = 4000
BETWEEN_MS = 40
FRAME_MS = 17
PATIENCE_MS = 550_000


def main() -> None:
    from app import main as program
    from tests.bench.probe_heshi import when_window_is_loaded

    flush_ms, count = int(sys.argv[2]), int(sys.argv[3])
    told: dict[str, list[float]] = {"saves": [], "still": []}

    def watch() -> None:
        from PySide6.QtCore import QTimer

        from app.ui.shell import window

        shown = window.Window.show

        def show(self: window.Window) -> None:
            QTimer.singleShot(SETTLED_MS, self, lambda: work(self, told, flush_ms, count))
            QTimer.singleShot(PATIENCE_MS, self, lambda: os._exit(2))
            shown(self)

        # A probe looks at the real class from outside.
        window.Window.show = show  # type: ignore[assignment, method-assign]

    when_window_is_loaded(watch)
    program.main(["--data", sys.argv[1]])
    sys.stdout.write(json.dumps(told))


def work(made: Window, told: dict[str, list[float]], flush_ms: int, count: int) -> None:
    """One save after the other, with a breath between two, and then the window closes."""
    from PySide6.QtCore import Qt, QTimer

    from app.domain.ids import new_id
    from app.domain.parties import PartyRole
    from app.domain.people import Person
    from app.services.newcomers import NewParty
    from app.ui.cases import actions

    desk = made._desk
    if desk is None:  # not unlocked yet
        QTimer.singleShot(SETTLED_MS, made, lambda: work(made, told, flush_ms, count))
        return
    jobs = desk.jobs
    ctypes.CDLL(None).heshi_disk_is_slow(flush_ms)
    last = time.monotonic()

    def tick() -> None:
        nonlocal last
        now = time.monotonic()
        if (now - last) * 1e3 > FRAME_MS:
            told["still"].append((now - last) * 1e3)
        last = now

    heart = QTimer(made, interval=1, timerType=Qt.TimerType.PreciseTimer)
    heart.timeout.connect(tick)
    heart.start()

    def register(blank: Case) -> None:
        begun = time.monotonic()
        case = replace(blank, matter="屋檐滴水", facts="屋檐滴水" * 40)
        parties = [
            NewParty(role=role, person=Person(id=new_id(), name=name))
            for role, name in ((PartyRole.APPLICANT, "张三"), (PartyRole.RESPONDENT, "李四"))
        ]

        def done(_case: Case) -> None:
            told["saves"].append((time.monotonic() - begun) * 1e3)
            if len(told["saves"]) < count:
                QTimer.singleShot(BETWEEN_MS, made, begin)
            else:
                heart.stop()
                made.close()

        jobs.run(made, actions.register(case, parties), done)

    def begin() -> None:
        jobs.run(made, actions.blank_case(), register)

    begin()


if __name__ == "__main__":
    main()
