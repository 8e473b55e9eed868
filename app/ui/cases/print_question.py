"""Whether the sheets came out well: asked calmly after each print, and again until somebody says.

A print counts only then; spoiled sheets are counted in the register of numbers.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.domain.moments import comparable
from app.domain.printing import CameOut, Printing
from app.domain.problems import Refused
from app.ui.cases import print_actions
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.widgets.fields import LineField, NumberField
from app.ui.widgets.frame import Banner, button, empty, words
from app.ui.widgets.print_words import moment, what

SHEETS_MOST = 9999


class PrintQuestion(QWidget):
    """The oldest print of the case that nobody has answered for; hidden where there is none.

    Signals:
        answered(): somebody has said how it came out.
    """

    answered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._printing: Printing | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        """Asks again what is still open. Nobody is asked about somebody else's prints."""
        prints = sorted(view.file.printings, key=lambda one: (comparable(one.at), one.id))
        waiting = [one for one in prints if one.came_out is CameOut.NOT_SAID]
        asked = waiting[0] if waiting and not view.foreign else None
        if asked == self._printing:
            return
        empty(self._column)
        self._printing = asked
        self.setVisible(asked is not None)
        if asked is not None:
            self._column.addWidget(self._banner(asked))

    def well(self) -> None:
        """All sheets are good."""
        if self._printing is not None:
            self._say(self._printing.id, CameOut.WELL)

    def spoiled(self) -> None:
        """Asks why, and how many sheets."""
        if self._printing is not None:
            SpoiledDialog(self._desk, self._printing.id, self).open()

    def _banner(self, printing: Printing) -> Banner:
        text = self.tr("{when} 打的“{what}”，{copies} 份：纸都印好了吗？").format(
            when=moment(printing.at),
            what=what(printing, self._desk),
            copies=printing.copies,
        )
        banner = Banner("info", text)
        well = banner.add_button(self.tr("印好了"))
        well.setObjectName("came-out-well")
        well.clicked.connect(lambda: self.well())
        spoiled = banner.add_button(self.tr("有印坏的"))
        spoiled.setObjectName("came-out-spoiled")
        spoiled.clicked.connect(lambda: self.spoiled())
        return banner

    def _say(self, printing_id: RecordId, came_out: CameOut) -> None:
        work = print_actions.say_came_out(printing_id, came_out)
        self._desk.jobs.run(self, work, lambda _said: self.answered.emit())


class SpoiledDialog(QDialog):
    """Why sheets were spoiled, and how many: they are counted, not hidden."""

    def __init__(self, desk: Desk, printing_id: RecordId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._printing_id = desk, printing_id
        self.setWindowTitle(self.tr("有印坏的"))
        self.setMinimumWidth(420)
        self.reason = LineField(self.tr("怎么坏的"), hint=self.tr("例如：卡纸、墨粉不够、打歪了"))
        self.sheets = NumberField(
            self.tr("坏了几张纸"),
            hint=self.tr("记进编号登记簿"),
            least=1,
            most=SHEETS_MOST,
        )
        self.sheets.set_value(1)
        self.keep = button(self.tr("记下"), self._keep, main=True)
        self.keep.setObjectName("keep")
        self.keep.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("先不记"), self.reject))
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        told = self.tr("这次打印就不算数了。坏的纸请当场撕掉或划掉，再打一次。")
        column.addWidget(words(told, "muted"))
        column.addWidget(self.reason)
        column.addWidget(self.sheets)
        column.addLayout(row)
        self.finished.connect(self.deleteLater)
        self.reason.setFocus()

    def _keep(self) -> None:
        if not self.sheets.check() or not self.sheets.value():
            self.sheets.setFocus()
            return
        work = print_actions.say_came_out(
            self._printing_id, CameOut.SPOILED, self.reason.value(), self.sheets.value() or 0
        )
        self._desk.jobs.run(self, work, lambda _said: self.accept(), self._refused)

    def _refused(self, refused: Refused) -> None:
        first = refused.first
        if first.field == "spoiled_reason":
            self.reason.show_problem(said(first))
            self.reason.setFocus()
        else:
            self.sheets.show_problem(said(first))
