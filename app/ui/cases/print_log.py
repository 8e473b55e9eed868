"""The prints of one case, newest first, with the way to print one again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.acts import Act
from app.domain.ids import RecordId
from app.domain.moments import comparable
from app.domain.printing import Printing
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import EmptyState, button
from app.ui.widgets.print_words import came_out, moment, what
from app.ui.widgets.tables import Column, LinesModel, LinesView


class PrintLogDialog(QDialog):
    """When, what, how many, where, how it came out, and who did it.

    Signals:
        again(Printing): that print is wanted once more.
    """

    again = Signal(object)

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("打印记录"))
        self.resize(880, 460)
        self._who = printed_by(view)
        self.model: LinesModel[Printing] = LinesModel(self._columns(desk), self)
        self.table = LinesView("case_prints", self.tr("这件案子的打印记录"), desk.preferences)
        self.table.show_model(self.model)
        self.table.current.connect(self._chosen)
        self.empty = EmptyState("print", self.tr("这件案子还没有打印过。"))
        self.reprint = button(self.tr("再打一次"), self._print_again, icon_name="print", main=True)
        self.reprint.setObjectName("again")
        self.reprint.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.reprint)
        row.addWidget(button(self.tr("关上"), self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(row)
        prints = sorted(
            view.file.printings, key=lambda one: (comparable(one.at), one.id), reverse=True
        )
        self.model.set_lines(prints)
        self.table.setVisible(bool(prints))
        self.empty.setVisible(not prints)
        self.reprint.setVisible(bool(prints))
        if prints:
            self.table.choose_row(0)
        self.finished.connect(self.deleteLater)

    def _columns(self, desk: Desk) -> list[Column[Printing]]:
        def pages(one: Printing) -> str:
            return one.pages or self.tr("全部")

        return [
            Column("at", self.tr("时间"), lambda one: moment(one.at), width=150),
            Column(
                "what",
                self.tr("打的什么"),
                lambda one: what(one, desk),
                width=220,
                elastic=True,
                strong=True,
            ),
            Column("copies", self.tr("份数"), lambda one: str(one.copies), width=76, right=True),
            Column("pages", self.tr("页"), pages, width=80),
            Column("printer", self.tr("打印机"), lambda one: one.printer, width=130, spare=True),
            Column("came_out", self.tr("结果"), came_out, width=160, elastic=True),
            Column("who", self.tr("谁打的"), lambda one: self._who.get(one.id, ""), width=90),
        ]

    def _chosen(self, line: Printing | None) -> None:
        self.reprint.setEnabled(line is not None)

    def _print_again(self) -> None:
        chosen = self.table.chosen_lines()
        if chosen:
            self.accept()
            self.again.emit(chosen[0])


def printed_by(view: CaseView) -> Mapping[RecordId, str]:
    """Who noted each print: the first entry about prints that is not older than it."""
    entries = sorted(
        (comparable(one.at), one.actor) for one in view.history if one.act == Act.PAPERS_PRINTED
    )
    found = {}
    for printing in view.file.printings:
        actor = next((name for at, name in entries if at >= comparable(printing.at)), "")
        found[printing.id] = actor
    return found
