"""The own committee and its mediators: written once, used on every paper. A county's enrolment may
correct them later.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.committees import Committee, CommitteeRole, Mediator
from app.domain.ids import new_id
from app.domain.problems import Refused
from app.ui.runtime.desk import Desk
from app.ui.runtime.problems import sentences
from app.ui.runtime.texts import COMMITTEE_ROLE_NAMES, name_of, pick
from app.ui.settings.actions import Home, save_committee, save_mediator
from app.ui.widgets.fields import Choice, ChoiceField, LineField, TickField
from app.ui.widgets.forms import DraftKeeper, Form, PlacesNote
from app.ui.widgets.frame import Section, button, empty, words
from app.ui.widgets.region import RegionField


class CommitteeSection(Section):
    """The committee's form, and a line for each mediator."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("调委会和调解员"))
        self._desk = desk
        self._home: Home | None = None
        self._stored: Committee | None = None
        self.form = Form()
        self.form.add("name", LineField(self.tr("调委会全称（和公章一致）")))
        self.form.add("short_name", LineField(self.tr("编号用的简称")))
        region = LineField(self.tr("所在地区"))
        code = RegionField(
            self.tr("地区代码（12 位）"),
            lambda owner, done: desk.jobs.run_records(owner, desk.office.regions, done),
            names=region,
            hint=self.tr("打县名可以查代码"),
        )
        self.form.add_row([("region_name", region), ("region_code", code)])
        self.form.add_row(
            [("phone", LineField(self.tr("电话"))), ("address", LineField(self.tr("地址")))]
        )
        self.save_button = button(self.tr("保存调委会资料"), self.save)
        self.form.changed.connect(self._touched)
        self.save_button.setEnabled(False)
        self.add(self.form)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(PlacesNote(self.form), 1)
        self.content_layout.addLayout(row)
        self._keeper = DraftKeeper(desk, self.form, "committee")
        self.content_layout.addWidget(words(self.tr("调解员"), "strong"))
        self._people = QVBoxLayout()
        self._people.setSpacing(4)
        self.content_layout.addLayout(self._people)
        self.editor: MediatorEditor | None = None
        self.add_mediator = button(
            self.tr("添加调解员"), lambda: self.edit(None), icon_name="user-plus"
        )
        last = QHBoxLayout()
        last.addWidget(self.add_mediator)
        last.addStretch(1)
        self.content_layout.addLayout(last)

    def show_home(self, home: Home) -> None:
        """Shows what is stored; a form that is being written stays as it is."""
        self._home = home
        if home.committee and not self.save_button.isEnabled():
            self._stored = home.committee
            self.form.set_values({name: getattr(home.committee, name) for name in self.form.fields})
            self._keeper.start()
        empty(self._people)
        for mediator in home.mediators:
            self._people.addWidget(self._line(mediator))

    def save(self) -> None:
        """Saves the committee if it was changed."""
        if self._stored is None or not self.save_button.isEnabled() or not self.form.check():
            return
        changed = replace(self._stored, **self.form.values())
        self._desk.jobs.run(self, save_committee(changed, self._stored), self._saved, self._refused)

    def edit(self, mediator: Mediator | None) -> None:
        """Opens the form of one mediator, or of a new one."""
        if self._home is None or self._home.committee is None:
            return
        self.close_editor()
        start = mediator or Mediator(id=new_id(), committee_id=self._home.committee.id, name="")
        self.editor = MediatorEditor(self._desk, start, mediator)
        self.editor.finished.connect(self.close_editor)
        self.content_layout.addWidget(self.editor)
        self.editor.form.focus_field("name")

    def close_editor(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.content_layout.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    def _line(self, mediator: Mediator) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        parts = [
            mediator.name,
            name_of(COMMITTEE_ROLE_NAMES, mediator.role, self._desk.language),
            mediator.phone,
        ]
        if self._home and mediator.id == self._home.own_mediator:
            parts.append(self.tr("（正在用这台电脑）"))
        row.addWidget(words("  ".join(part for part in parts if part)), 1)
        change = button(self.tr("改"), lambda: self.edit(mediator), quiet=True)
        change.setAccessibleName(self.tr("改 {name} 的资料").format(name=mediator.name))
        row.addWidget(change)
        return line

    def _touched(self) -> None:
        self.save_button.setEnabled(True)

    def _saved(self, committee: Committee) -> None:
        self._stored = committee
        self.save_button.setEnabled(False)
        self._keeper.drop()
        self._desk.say(self.tr("调委会资料已保存在本机。"))

    def _refused(self, refusal: Refused) -> None:
        elsewhere = self.form.show_problems(refusal)
        if elsewhere:
            self._desk.show_problem(Refused(*elsewhere))


class MediatorEditor(QWidget):
    """The form of one mediator, in place.

    Signals:
        finished(): saved, or left as it was.
    """

    finished = Signal()

    def __init__(self, desk: Desk, start: Mediator, stored: Mediator | None) -> None:
        super().__init__()
        self._desk, self._start, self._stored = desk, start, stored
        self.form = Form()
        self.form.add("name", LineField(self.tr("姓名")))
        roles = [
            Choice(role.value, pick(COMMITTEE_ROLE_NAMES[role], desk.language))
            for role in CommitteeRole
        ]
        self.form.add("role", ChoiceField(self.tr("职务"), roles))
        self.form.add("full_time", TickField(self.tr("专职调解员")))
        self.form.add("phone", LineField(self.tr("电话")))
        self.form.set_values({name: getattr(start, name) for name in self.form.fields})
        self.problem = words("")
        self.problem.hide()
        row = QHBoxLayout()
        row.addWidget(button(self.tr("保存"), self.save, main=True))
        row.addWidget(button(self.tr("取消"), self._leave))
        row.addWidget(PlacesNote(self.form), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.problem)
        column.addLayout(row)

    def save(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        values["role"] = CommitteeRole(values["role"] or CommitteeRole.MEMBER.value)
        self._desk.jobs.run(
            self,
            save_mediator(replace(self._start, **values), self._stored),
            self._saved,
            self._refused,
        )

    def _saved(self, mediator: Mediator) -> None:
        self._desk.say(self.tr("{name} 的资料已保存在本机。").format(name=mediator.name))
        self.finished.emit()

    def _leave(self) -> None:
        self.finished.emit()

    def _refused(self, refusal: Refused) -> None:
        elsewhere = self.form.show_problems(refusal)
        self.problem.setText(
            sentences(Refused(*elsewhere), self._desk.language) if elsewhere else ""
        )
        self.problem.setVisible(bool(elsewhere))
