"""The newest prints of all cases. Reads only; the question how a print came out is asked on the
page of its case.
"""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.printing import CameOut
from app.services.recent_prints import PrintLine
from app.ui.papers.actions import read_prints
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import EmptyState, words
from app.ui.widgets.print_words import came_out, moment, what
from app.ui.widgets.tables import Column, LinesModel, LinesView


class Prints(QWidget):
    """When, what, of which case, how many, how it came out."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model: LinesModel[PrintLine] = LinesModel(self._columns(), self)
        self.table = LinesView("prints", self.tr("打印记录"), desk.preferences)
        self.table.show_model(self.model)
        self.table.opened.connect(self._open)
        self.sums = words("", "muted")
        self.empty = EmptyState(
            "print", self.tr("还没有打印过。打印了什么、印没印好，都会记在这里。")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for one in (self.sums, self.table, self.empty):
            column.addWidget(one, 0 if one is self.sums else 1)
        self.setFocusProxy(self.table)
        self.reload()

    def reload(self) -> None:
        self._desk.jobs.run(self, read_prints, self._show)

    def heard(self, kinds: Set[str]) -> None:
        """Something was stored."""
        if "printing" in kinds:
            self.reload()

    def _columns(self) -> list[Column[PrintLine]]:
        def case(line: PrintLine) -> str:
            one = line.case
            if one is None:
                return ""
            sides = " / ".join(side for side in (one.applicants, one.respondents) if side)
            return "  ".join(part for part in (sides, one.matter) if part)

        return [
            Column("at", self.tr("时间"), lambda one: moment(one.printing.at), width=150),
            Column(
                "what",
                self.tr("打的什么"),
                lambda one: what(one.printing, self._desk),
                width=200,
                strong=True,
                elastic=True,
            ),
            Column("case", self.tr("案件"), case, width=280, elastic=True),
            Column(
                "copies",
                self.tr("份数"),
                lambda one: str(one.printing.copies),
                lambda one: one.printing.copies,
                width=70,
                right=True,
            ),
            Column(
                "printer",
                self.tr("打印机"),
                lambda one: one.printing.printer,
                width=140,
                spare=True,
            ),
            Column("came_out", self.tr("结果"), lambda one: came_out(one.printing), width=160),
        ]

    def _show(self, lines: tuple[PrintLine, ...]) -> None:
        self.model.set_lines(list(lines))
        open_ones = sum(1 for one in lines if one.printing.came_out is CameOut.NOT_SAID)
        text = self.tr("有 {count} 次还没说印没印好。双击打开案件，在“文书”里说一声。")
        self.sums.setText(text.format(count=open_ones))
        self.sums.setVisible(open_ones > 0)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _open(self, line: PrintLine) -> None:
        self._desk.open_case(line.printing.case_id, "documents")
