"""What every section of the file page is: a heading, words to read, and for supervisors a way to
pin a remark to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.ids import RecordId
from app.ui.review.facts import Facts
from app.ui.review.targets import section_name
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import field_name
from app.ui.widgets.frame import Section, button, empty


class FileSection(Section):
    """One section of a file. `key` is what a remark on the whole of it points at.

    Signals:
        pinned(str): the supervisor wants to say something about this target.
    """

    pinned = Signal(str)
    key = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(section_name(self.key), parent=parent)
        self.desk = desk
        self._pin = self.pin_button(self.key, self.heading.text())
        self.add_action_button(self._pin)

    def show_file(self, view: FileView) -> None:
        """Shows a file anew."""
        self._pin.setVisible(view.may_remark)
        empty(self.content_layout)
        self.fill(view)

    def fill(self, view: FileView) -> None:
        """Puts the section's own words in place."""
        raise TypeError(f"{type(self).__name__} has no words for {type(view).__name__}")

    def pin_button(self, target: str, name: str) -> QPushButton:
        """A small button that pins a remark to `target`."""
        made = button(
            self.tr("说说这里"), lambda: self.pinned.emit(target), icon_name="message", quiet=True
        )
        made.setAccessibleName(self.tr("在这里留意见：{name}").format(name=name))
        return made

    def add_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and words."""
        facts = Facts()
        facts.show_rows(rows)
        self.add(facts)

    def name(self, owner: str, field: str) -> str:
        return field_name(owner, field, self.desk.language)

    def label(self, table: str, code: str) -> str:
        """The county's word for a code; "" for none."""
        return self.desk.practice.codes.label(table, code, self.desk.language) if code else ""

    def labels(self, table: str, codes: Sequence[str]) -> str:
        return self.tr("、").join(self.label(table, code) for code in codes)


def mediators(view: FileView, ids: Sequence[RecordId]) -> str:
    """The names of some of the case's mediators."""
    return "、".join(view.file.mediators[one].name for one in ids if one in view.file.mediators)


def day(value: object) -> str:
    """A local date or time as it is written in lists; "" for none."""
    return "" if value is None else str(value)
