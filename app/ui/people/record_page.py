"""The page of one person or organisation: the form, who may be the same, the cases. Made anew for
each record that is opened.

What is typed is kept as a draft by itself; saving makes it count everywhere. It never puts two
people together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.people import Organisation, Person
from app.domain.problems import Problem, Refused
from app.services.lines import PersonLine
from app.ui.people import actions
from app.ui.people.actions import Sheet
from app.ui.people.own_cases import OwnCases
from app.ui.people.twins import TwinHint
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.widgets.forms import DraftKeeper, PlacesNote
from app.ui.widgets.frame import Banner, Page
from app.ui.widgets.person_forms import OrganisationForm, PersonForm


class RecordPage(Page):
    """One record, known (`new` False) or about to be made.

    Signals:
        back(): the list is wanted.
        stored(object): it was saved; carries the record as it is stored now.
        other(PersonLine): somebody else who may be the same is to be shown.
    """

    back = Signal()
    stored = Signal(object)
    other = Signal(object)

    def __init__(
        self, desk: Desk, sheet: Sheet, *, new: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent, scroll=True)
        self.desk, self.new = desk, new
        self._busy = False
        self._sent: Person | Organisation = sheet.record
        self.form: PersonForm | OrganisationForm = (
            PersonForm(desk, sheet.record.id, sheet.record, grouped=True)
            if isinstance(sheet.record, Person)
            else OrganisationForm(desk, sheet.record.id, sheet.record, grouped=True)
        )
        self.twins = TwinHint()
        self.twins.chosen.connect(self.other)
        self.cases = OwnCases(desk)
        self.back_button = self.add_action(
            self.tr("回到名单"), self.back.emit, icon_name="chevron-left"
        )
        self.undo_button: QPushButton = self.add_action(
            self.tr("撤回到上次保存"), self.undo, icon_name="undo"
        )
        self.save_button: QPushButton = self.add_action(
            self.tr("保存"), self.save, icon_name="save", main=True
        )
        self._lay_out()
        self.keeper = DraftKeeper(desk, self.form, self.draft_key(sheet.record, new=new))
        self.form.changed.connect(self._edited)
        self.action_row.insertWidget(0, PlacesNote(self.form))
        self.form.fields["name"].left.connect(self._ask_for_twins)
        self.show_sheet(sheet)
        self.keeper.start()

    @staticmethod
    def draft_key(record: Person | Organisation, *, new: bool) -> str:
        """Under which name an unsaved text is kept: one for each known record, one for a new
        person, one for a new organisation.
        """
        kind = "person" if isinstance(record, Person) else "organisation"
        return f"{kind}:new" if new else f"{kind}:{record.id}"

    @property
    def record(self) -> Person | Organisation:
        """The record as it was last read or saved."""
        return self.form.opened

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows what the store says now; what somebody is typing stays."""
        if sheet.record != self.form.opened and not self.form.differs:
            self.form.show_record(sheet.record)
        self.cases.show_cases(sheet.cases)
        self.cases.setVisible(not self.new)
        self.twins.show_twins(sheet.twins)
        self._edited()

    def save(self) -> None:
        """Ctrl+S. While it runs the button waits; nothing is locked away."""
        unread = self.form.problems()
        if self._busy or unread:
            self.form.show_problems(unread) if unread else None
            return
        based_on = None if self.new else self.form.opened
        self._busy, self._sent = True, self.form.written()
        self.save_button.setEnabled(False)
        self.desk.jobs.run(self, self._work(based_on), self._saved, self._refused)

    def undo(self) -> None:
        """Everything as it was last saved; what stood there can be had back at once."""
        if not self.form.differs:
            return
        typed = self.form.draft()
        self.form.show_record(self.form.opened)
        self.keeper.drop()
        self._edited()
        banner = Banner("info", self.tr("已回到上次保存的样子。"), self.tr("改回来"))
        banner.pressed.connect(lambda: self._redo(typed))
        self.show_banner(banner)

    def _redo(self, typed: dict[str, Any]) -> None:
        self.clear_banner()
        self.form.restore(typed)
        self.form.changed.emit()

    def leave(self) -> None:
        """The page goes away; what is typed and not saved is kept at once and offered when it is
        opened again.
        """
        self.keeper.flush()

    def _work(self, based_on: Person | Organisation | None) -> actions.Work[Any]:
        if isinstance(self.form, PersonForm):
            return actions.save_person(
                self.form.written(), based_on if isinstance(based_on, Person) else None
            )
        return actions.save_organisation(
            self.form.written(), based_on if isinstance(based_on, Organisation) else None
        )

    def _saved(self, record: Person | Organisation) -> None:
        self._busy = False
        self.new = False
        self.clear_banner()
        if self.form.written() == self._sent:
            self.form.show_record(record)
            self.keeper.drop()
        else:  # somebody typed on while it was being saved
            self.form.take_opened(record)
        self._edited()
        self.desk.say(self.tr("已保存：{name}").format(name=record.name))
        self.stored.emit(record)

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._edited()
        self._show_elsewhere(self.form.show_problems(refused))

    def _show_elsewhere(self, problems: Sequence[Problem]) -> None:
        if problems:
            self.show_banner(Banner("problem", "\n".join(said(one) for one in problems)))
        else:
            self.clear_banner()

    def _edited(self) -> None:
        differs = self.form.differs
        self.save_button.setEnabled((differs or self.new) and not self._busy)
        self.undo_button.setVisible(not self.new)
        self.undo_button.setEnabled(differs and not self._busy)
        self.set_title(self._title())

    def _title(self) -> str:
        name = str(self.form.fields["name"].value())
        if name:
            return name
        return self.tr("新的人") if isinstance(self.form, PersonForm) else self.tr("新的单位")

    def _ask_for_twins(self) -> None:
        if isinstance(self.form, PersonForm):
            self.desk.jobs.run(self, actions.twins(self.form.written()), self._twins_found)

    def _twins_found(self, found: Sequence[PersonLine]) -> None:
        self.twins.show_twins(found)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.twins)
        column.addWidget(self.form)
        column.addWidget(self.cases)
        column.addStretch(1)
        self.set_content(content)
