"""The page that asks for the password at the start. A wrong one gets a sentence; what was typed
stays.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime.language import language, said
from app.ui.runtime.problems import sentences
from app.ui.widgets.fields import LineField
from app.ui.widgets.frame import button, icon, words

WIDTH = 480


class PasswordPage(QWidget):
    """Asks for the password.

    Signals:
        given(str): the password that was typed.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(icon("key").pixmap(QSize(40, 40)))
        self.field = LineField(self.tr("口令"), secret=True)
        self.field.setFixedWidth(WIDTH)
        self.go = button(self.tr("打开"), self._give, main=True)
        self.field.line.returnPressed.connect(self._give)
        inside = QVBoxLayout()
        inside.setSpacing(16)
        lead = words(self.tr("这台电脑上的记录是加密的。请输入第一次使用时设的口令。"), "muted")
        lead.setFixedWidth(WIDTH)
        for widget in (sign, words(self.tr("打开和事"), "title"), lead, self.field):
            inside.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addStretch(1)
        inside.addLayout(row)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(inside)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)

    def refuse(self, refusal: Refused) -> None:
        """The password did not open it; the typed text stays and is marked."""
        self.go.setEnabled(True)
        self.field.show_problem(sentences(refusal, language()))
        self.field.line.setFocus()
        self.field.line.selectAll()

    def _give(self) -> None:
        if not self.field.line.text():
            self.field.show_problem(said(Problem(ProblemCode.PASSWORD_NEEDED)))
            return
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self.given.emit(self.field.line.text())
