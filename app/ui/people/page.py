"""The workspace *People*: the list at the left, one person or organisation at the right; in a
narrow window one at a time.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.ids import RecordId, new_id
from app.domain.people import Organisation, Person
from app.domain.problems import Refused
from app.services.lines import Change, PersonLine
from app.ui.people import actions
from app.ui.people.actions import Sheet
from app.ui.people.list_pane import ListPane
from app.ui.people.record_page import RecordPage
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import EmptyState

NARROW = 1100  # px of the window; below it the list gives way
LIST_SHARE, PAGE_SHARE = 2, 3
CONCERNS = frozenset({"person", "organisation", "party", "case"})


class Workspace(QWidget):
    """People and organisations.

    `focus_target` takes ``person:<id>``, ``organisation:<id>``, ``new`` or a text to search for.
    """

    key = "people"
    icon_name = "people"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page: RecordPage | None = None
        self.list = ListPane(desk)
        self.list.chosen.connect(self.open_line)
        self.list.person_wanted.connect(self.new_person)
        self.list.organisation_wanted.connect(self.new_organisation)
        self._nobody = EmptyState("people", self.tr("从左边选一个人或单位，就在这里看和改。"))
        self._right = QStackedWidget()
        self._right.addWidget(self._nobody)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, LIST_SHARE)
        row.addWidget(self._right, PAGE_SHARE)
        desk.changes.happened.connect(self._something_changed)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)
        self._stale = True

    def title(self) -> str:
        return self.tr("人员")

    def focus_target(self, target: str) -> None:
        """Shows a person, an organisation, an empty form, or the list searched for a text."""
        kind, _, identity = target.partition(":")
        if kind == "person" and identity:
            self._read(RecordId(identity), organisation=False)
        elif kind == "organisation" and identity:
            self._read(RecordId(identity), organisation=True)
        elif target == "new":
            self.new_person("")
        elif target:
            self.list.search.setText(target)
            self.list.refresh()
        else:
            self.find()

    def open_line(self, line: PersonLine) -> None:
        if self.page is None or self.page.record.id != line.id:
            self._read(line.id, organisation=line.organisation)
        else:
            self._arrange()

    def new_person(self, name: str = "") -> None:
        self._show(Sheet(Person(id=new_id(), name=name)), new=True)

    def new_organisation(self, name: str = "") -> None:
        self._show(Sheet(Organisation(id=new_id(), name=name)), new=True)

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F."""
        if self.list.isHidden():
            self.close_page()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def save(self) -> None:
        """Ctrl+S."""
        if self.page is not None:
            self.page.save()

    def undo(self) -> None:
        """Ctrl+Z outside a field."""
        if self.page is not None:
            self.page.undo()

    def close_page(self) -> None:
        """Back to the list alone; nothing typed is lost."""
        page, self.page = self.page, None
        if page is not None:
            page.leave()
            self._right.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.list.table.clearSelection()
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.list.refresh()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _read(self, record_id: RecordId, *, organisation: bool) -> None:
        work = (
            actions.read_organisation(record_id) if organisation else actions.read_person(record_id)
        )
        self._desk.jobs.run(self, work, lambda sheet: self._show(sheet, new=False))

    def _show(self, sheet: Sheet, *, new: bool) -> None:
        self.close_page()
        page = RecordPage(self._desk, sheet, new=new)
        page.back.connect(self.close_page)
        page.stored.connect(self._stored)
        page.other.connect(self.open_line)
        self.page = page
        self._right.addWidget(page)
        self._right.setCurrentWidget(page)
        self.list.mark(None if new else sheet.record.id)
        self._arrange()
        if new:
            page.form.focus_field("name")

    def _stored(self, record: Any) -> None:
        self._refresh_page()
        if self.list.search.text() and self.list.search.text() not in record.name:
            self.list.search.clear()
        else:
            self.list.refresh()

    def _something_changed(self, change: Change) -> None:
        if not change.kinds & CONCERNS:
            return
        if not self.isVisible():
            self._stale = True
            return
        self.list.refresh()
        self._refresh_page()

    def _refresh_page(self) -> None:
        page = self.page
        if page is None or page.new:
            return
        record = page.record
        work = (
            actions.read_person(record.id)
            if isinstance(record, Person)
            else actions.read_organisation(record.id)
        )
        self._desk.jobs.run(page, work, page.show_sheet, _gone)

    def _arrange(self) -> None:
        """Both beside each other where there is room; else the one that is wanted."""
        width = self.window().width() if self.window() is not self else self.width()
        narrow = width < NARROW
        self.list.setVisible(not narrow or self.page is None)
        self._right.setVisible(not narrow or self.page is not None)
        if self.page is not None:
            self.page.back_button.setVisible(narrow)


def _gone(refused: Refused) -> None:
    """The record cannot be read again just now; what the page shows stays."""
    del refused
