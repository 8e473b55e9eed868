"""What happened to the case.

Who did what and when, and how far each word of it has travelled. Never edits.
"""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.services.lines import HistoryLine
from app.ui.cases.labels import listed
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import act_name, delivery_name, field_name
from app.ui.widgets.frame import empty

SHOWN = 12
FIELDS_SHOWN = 4


class HistorySection(CaseSection):
    """The audit trail in words, newest first."""

    key = "history"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("经过"), parent)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.content_layout.addWidget(self._holder)
        self._more = QPushButton()
        self._more.setFlat(True)
        self._more.clicked.connect(self._show_all)
        self.content_layout.addWidget(self._more)
        self._all = False

    @override
    def show_case(self, view: CaseView) -> None:
        if self.view is None or self.view.case_id != view.case_id:
            self._all = False
        super().show_case(view)
        empty(self._grid)
        lines = view.history if self._all else view.history[:SHOWN]
        for number, line in enumerate(lines):
            self._line(number, line)
        hidden = len(view.history) - len(lines)
        self._more.setText(self.tr("再看 {count} 条").format(count=hidden))
        self._more.setVisible(hidden > 0)

    def _line(self, row: int, line: HistoryLine) -> None:
        language = self.desk.language
        at = line.at.astimezone().strftime("%Y-%m-%d %H:%M")
        what = act_name(line.act, language)
        fields = listed(self.desk, _names(line.fields, language)[:FIELDS_SHOWN])
        said = self.tr("{act}：{fields}").format(act=what, fields=fields) if fields else what
        delivery = delivery_name(line.delivery, language)
        for column, text in enumerate((at, line.actor, said, delivery)):
            shown = QLabel(text)
            shown.setWordWrap(column == 2)
            shown.setProperty("role", "" if column == 2 else "muted")
            self._grid.addWidget(shown, row, column)

    def _show_all(self) -> None:
        self._all = True
        if self.view is not None:
            self.show_case(self.view)


def _names(fields: tuple[str, ...], language: str) -> list[str]:
    """What people call the fields; links and the like, which have no such name, are no news."""
    named = []
    for field in dict.fromkeys(fields):
        owner, _, name = field.partition(".")
        said = field_name(owner, name, language)
        if name and said != name:
            named.append(said)
    return list(dict.fromkeys(named))
