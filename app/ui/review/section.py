"""What every section of the file page is: a heading, words to read, and for supervisors a way to
pin a remark to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId
from app.ui.review.facts import Facts, plain
from app.ui.review.targets import section_name
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import field_name
from app.ui.widgets.clock_words import day_doubt
from app.ui.widgets.frame import Section, button, empty

_LATIN = str.maketrans({"，": ", ", "、": ", "})


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
        self._view: FileView | None = None
        self._pin = self.pin_button(self.key, self.heading.text())
        self.add_action_button(self._pin)

    def show_file(self, view: FileView) -> None:
        """Shows a file anew."""
        self._view = view
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

    def add_day_doubt(self, view: FileView, *fields: str) -> None:
        """A hint where dates were written on a laptop whose clock was far off."""
        if doubt := day_doubt(view.history, *fields):
            note = plain(doubt, muted=True)
            note.setObjectName("day-doubt")
            self.add(note)

    def add_scans(self, view: FileView, subject_id: RecordId, content_hash: str = "") -> None:
        """Which signed pages of a paper were scanned; of a frozen text, which bear its code."""
        pages = {
            one.page: one.content_hash
            for one in sorted(view.file.living(Attachment), key=lambda one: bool(one.content_hash))
            if one.kind is AttachmentKind.SIGNED_PAGE
            and one.subject_id == subject_id
            and one.page is not None
            and one.content_hash in ("", content_hash)
        }
        said = []
        for page in sorted(pages):
            known = self.tr("第 {page} 页") if pages[page] else self.tr("第 {page} 页（未核对）")
            said.append(known.format(page=page))
        if said:
            self.add_rows([(self.tr("签字页扫描件"), self.spell(said, "、"))])

    def spell(self, parts: Sequence[str], between: str = "，") -> str:
        """What there is of `parts`, one after the other."""
        if self.desk.language.startswith("en"):
            between = between.translate(_LATIN)
        return between.join(part for part in parts if part)

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


def pinned_row(words: QWidget, pin: QWidget | None) -> QWidget:
    """Words, and beside them the pin where there may be one."""
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(8)
    inside.addWidget(words, 1)
    if pin:
        inside.addWidget(pin, 0, Qt.AlignmentFlag.AlignTop)
    return row
