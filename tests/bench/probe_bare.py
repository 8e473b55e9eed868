"""The yardstick: a bare PySide6 window with a table of fifty rows. Prints two moments (monotonic
seconds) and PSS in MiB.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

if TYPE_CHECKING:
    from typing_extensions import override
else:  # loading it would make the yardstick slower

    def override(method):
        return method


class Table(QTableView):
    """Notes when its first frame has been handed to the screen."""

    painted = 0.0

    @override
    # Qt names it so.
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self.painted:
            self.painted = -1.0
            QTimer.singleShot(0, self._noted)

    def _noted(self) -> None:
        self.painted = time.monotonic()


def pss_mib() -> float:
    """Proportional set size of this process; 0 where it cannot be read."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    application = QApplication(sys.argv[:1])
    window, view, model = QMainWindow(), Table(), QStandardItemModel(0, 6)
    for row in range(50):
        model.appendRow([QStandardItem(f"第{row}行 第{column}列") for column in range(6)])
    view.setModel(model)
    window.setCentralWidget(view)
    window.menuBar().addMenu("文件")
    window.statusBar().showMessage("就绪")
    window.resize(1000, 700)
    window.show()
    QTimer.singleShot(int(sys.argv[1]), application.quit)
    application.exec()
    print(view.painted, view.painted, pss_mib())


if __name__ == "__main__":
    main()
