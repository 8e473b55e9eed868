"""One mediator at the real window: from the first key to the bound file of a written agreement.
Prints what was pressed at each step, and what the same facts cost in separate forms, as JSON.

Its own process: a cold start of `python -m app --data HOME`, the encrypted store, the real
printshop, all by keys and clicks.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.shell.window import Window

PATIENCE_MS = 240_000


def main() -> None:
    from app import main as program
    from tests.bench.probe_heshi import when_window_is_loaded

    told: dict[str, object] = {}

    def watch() -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from app.ui.shell import window
        from tests.bench.keyboard import Counter, Keyboard
        from tests.bench.one_case import work

        shown = window.Window.show
        counter = Counter()

        def sit_down(made: Window) -> None:
            try:
                case_id, pdf = work(Keyboard(counter), made)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            told.update(case_id=case_id, pdf=str(pdf), steps=counter.counts)
            made.close()

        def show(self: window.Window) -> None:
            application = QApplication.instance()
            assert application is not None
            application.installEventFilter(counter)
            self.painted.connect(lambda: QTimer.singleShot(0, self, lambda: sit_down(self)))
            QTimer.singleShot(PATIENCE_MS, self, lambda: os._exit(2))
            shown(self)

        # A probe looks at the real class from outside.
        window.Window.show = show  # type: ignore[assignment, method-assign]

    when_window_is_loaded(watch)
    program.main(["--data", sys.argv[1]])
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
