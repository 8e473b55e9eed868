"""The product's start, as `python -m app --data HOME` makes it. Prints two moments (monotonic
seconds) and PSS in MiB.

Watches from outside: the window's own `painted` signal, and the first paint of a table that has
rows to show.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS: dict[str, float] = {}
WITH_KEYRING = "--keyring"
BESIDE_WINDOW = "app.ui.shell.translators"  # loaded just before the window


def pss_mib() -> float:
    """Proportional set size of this process; 0 where it cannot be read."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def watch(rest_ms: int) -> None:
    """Puts the watcher where window and list are painted; nothing else is touched. An event filter
    would not do: Qt for Python makes all its kinds of widgets ready for one.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QTableView

    from app.ui.shell import window

    made, opened = window.Window.show, window.Window.open_desk

    def show(self: window.Window) -> None:
        self.painted.connect(lambda: MOMENTS.update(painted=time.monotonic()))
        QTimer.singleShot(rest_ms, finish)
        made(self)

    def open_desk(self: window.Window, desk: Any) -> None:
        from app.ui.widgets.tables import LinesView

        def paint(view: LinesView, event: Any) -> None:
            QTableView.paintEvent(view, event)
            if "usable" not in MOMENTS and view.model().index(0, 0).data():
                MOMENTS["usable"] = -1.0
                QTimer.singleShot(0, lambda: MOMENTS.update(usable=time.monotonic()))

        # A probe looks at the real class from outside.
        LinesView.paintEvent = paint  # type: ignore[assignment, method-assign]
        opened(self, desk)

    def finish() -> None:
        MOMENTS["pss"] = pss_mib()
        QApplication.closeAllWindows()
        QApplication.quit()

    # A probe looks at the real class from outside.
    window.Window.show = show  # type: ignore[assignment, method-assign]
    # A probe looks at the real class from outside.
    window.Window.open_desk = open_desk  # type: ignore[method-assign]


def main() -> None:
    rest_ms, home = int(sys.argv[1]), sys.argv[2]
    from app import main as program

    if WITH_KEYRING in sys.argv:
        stand_in_for_keyring()
    when_window_is_loaded(lambda: watch(rest_ms))
    program.main(["--data", home])
    print(MOMENTS["painted"], MOMENTS["usable"], MOMENTS["pss"])


def stand_in_for_keyring() -> None:
    """A keyring that answers at once, for computers that have none."""
    from app.security import os_keyring
    from tests.bench.keyring import FileKeyring

    # The name is bound now, by its default.
    os_keyring.OsKeyring = FileKeyring  # type: ignore[misc, assignment]


def when_window_is_loaded(act: Callable[[], None]) -> None:
    """Calls `act` as soon as the program itself has loaded its window, so that the order of its
    imports stays its own. Costs one look at the name of each import.
    """

    class Finder:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> None:
            del path, target
            if name == BESIDE_WINDOW:
                sys.meta_path.remove(finder)
                act()

    finder: Any = Finder
    sys.meta_path.insert(0, finder)


if __name__ == "__main__":
    main()
