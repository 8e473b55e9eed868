"""A section of the case page by itself, repainted when its case changes as the page does it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.services.lines import Change
from app.services.ports import OpenUnit, Practice
from app.ui.cases import actions
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk


def view_of(open_unit: OpenUnit, practice: Practice, case_id: RecordId) -> CaseView:
    with open_unit() as unit:
        return actions.load_case(case_id, practice)(unit)


def file_of(open_unit: OpenUnit, case_id: RecordId) -> CaseFile:
    with open_unit() as unit:
        return unit.records.case_file(case_id)


class Alone(QWidget):
    """A window with one section; `wishes` notes where it wants to go."""

    def __init__(self, desk: Desk, section: CaseSection, case_id: RecordId) -> None:
        super().__init__()
        self._desk, self.section, self.case_id = desk, section, case_id
        self.wishes: list[str] = []
        section.wanted.connect(self.wishes.append)
        QVBoxLayout(self).addWidget(section)
        desk.changes.happened.connect(self._changed)
        self.resize(900, 900)
        self.load()
        self.show()

    def load(self) -> None:
        work = actions.load_case(self.case_id, self._desk.practice)
        self._desk.jobs.run(self, work, self._show)

    def _show(self, view: CaseView) -> None:
        self.section.loading = True
        self.section.show_case(view)
        self.section.loading = False

    def _changed(self, change: Change) -> None:
        if self.case_id in change.case_ids:
            self.load()
