"""The two doors by which trouble reaches a person: the world's refusals in a sentence, our own bugs
with a report to save.

Never shows a traceback, and never more than one dialog about the same thing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime.language import language, said
from app.ui.runtime.problems import sentences
from app.ui.runtime.reports import keep_report, report_of
from app.ui.widgets.frame import button, icon, words


class SentenceDialog(QDialog):
    """A sentence with a sign and buttons. Enter and Escape both put it away."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        sign = QLabel()
        sign.setPixmap(icon("attention").pixmap(QSize(28, 28)))
        self.text = words(text)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.good = button(self.tr("知道了"), self.accept, main=True)
        self.good.setDefault(True)
        self.buttons.addWidget(self.good)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(24)
        column.addLayout(row)
        column.addLayout(self.buttons)


class Doors(QObject):
    """Satisfies `jobs.Door`. `window` is set once there is one."""

    _bug = Signal(object)

    def __init__(self, version: Callable[[], str], logs: Path) -> None:
        super().__init__()
        self.window: QWidget | None = None
        self.last_report = ""
        self._version, self._logs = version, logs
        self._open: SentenceDialog | None = None
        self._bug.connect(self._show_bug, Qt.ConnectionType.QueuedConnection)

    def refused(self, refusal: Refused) -> None:
        """GUI thread: the sentences of a refusal that belongs to no field."""
        self._show(self.tr("请看一下"), sentences(refusal, language()))

    def broken(self, error: BaseException) -> None:
        """Any thread: our bug. A report is kept in the logs, a plain sentence is shown."""
        self._bug.emit(error)

    def open_dialog(self) -> SentenceDialog | None:
        """The dialog that is shown now."""
        return self._open

    def _show_bug(self, error: BaseException) -> None:
        self.last_report = report_of(error, self._version())
        keep_report(self.last_report, self._logs)
        if self._open is not None and self._open.property("bug"):
            return
        dialog = self._show(self.tr("出了点毛病"), said(Problem(ProblemCode.OUR_BUG)))
        dialog.setProperty("bug", True)
        dialog.buttons.insertWidget(1, button(self.tr("保存报告…"), self._save_report))

    def _show(self, title: str, text: str) -> SentenceDialog:
        if self._open is not None:
            self._open.close()
        dialog = SentenceDialog(title, text, self.window)
        dialog.finished.connect(self._gone)
        self._open = dialog
        dialog.open()
        return dialog

    def _gone(self, _result: int) -> None:
        gone, self._open = self._open, None
        if gone is not None:
            gone.deleteLater()

    def _save_report(self) -> None:
        dialog = QFileDialog(self._open, self.tr("保存报告"), "heshi-report.txt")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._write_report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write_report(self, name: str) -> None:
        try:
            Path(name).write_text(self.last_report, encoding="utf-8")
        except OSError:
            self._show(self.tr("请看一下"), said(Problem(ProblemCode.OUTPUT_UNWRITABLE)))
