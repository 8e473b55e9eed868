"""The cases of one person or organisation, newest change first; a click opens one. Never a
judgement drawn from their number.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.services.lines import CaseLine
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import stage_name
from app.ui.widgets.frame import Section, words
from app.ui.widgets.tables import ROW_HEIGHT, Column, LinesModel, LinesView

ROWS_SHOWN = 6


class OwnCases(Section):
    """A section with a short table, or a word that there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("参加过的案件"))
        self._desk = desk
        self.model: LinesModel[CaseLine] = LinesModel(self._columns(), self)
        self.table = LinesView("person_cases", self.tr("参加过的案件"), desk.preferences)
        self.table.show_model(self.model)
        self.table.clicked.connect(self._open_row)
        self.table.opened.connect(self._open)
        self.none = words(
            self.tr("还没有案件。在案件里添加当事人时打名字，就会找到他（它）。"), "muted"
        )
        self.add(self.none)
        self.add(self.table)
        self.show_cases(())

    def show_cases(self, cases: Sequence[CaseLine]) -> None:
        self.model.set_lines(cases)
        self.none.setVisible(not cases)
        self.table.setVisible(bool(cases))
        head = self.table.horizontalHeader().sizeHint().height()
        rows = min(len(cases), ROWS_SHOWN) or 1
        self.table.setFixedHeight(
            head + rows * ROW_HEIGHT + self.table.horizontalScrollBar().sizeHint().height() + 4
        )

    def _columns(self) -> list[Column[CaseLine]]:
        codes, language = self._desk.practice.codes, self._desk.language
        return [
            Column("names", self.tr("谁和谁"), _names, width=220, strong=True),
            Column(
                "matter",
                self.tr("什么事"),
                lambda line: (
                    line.matter or codes.label("dispute_type", line.dispute_type, language)
                ),
                width=160,
            ),
            Column(
                "stage", self.tr("进展"), lambda line: stage_name(line.stage, language), width=110
            ),
            Column(
                "accepted_on",
                self.tr("受理日期"),
                lambda line: line.accepted_on.isoformat() if line.accepted_on else "",
                width=110,
            ),
            Column("number", self.tr("编号"), lambda line: line.number, width=180),
        ]

    def _open_row(self, index: QModelIndex) -> None:
        line = self.model.line_at(index.row())
        if line is not None:
            self._open(line)

    def _open(self, line: CaseLine) -> None:
        self._desk.open_case(line.id)


def _names(line: CaseLine) -> str:
    return " — ".join(names for names in (line.applicants, line.respondents) if names)
