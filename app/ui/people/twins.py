"""Others of the same name who may be the same person, to be looked at. Never merged by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services.lines import PersonLine
from app.ui.widgets.frame import button, empty, icon, words

SHOWN = 3


class TwinHint(QFrame):
    """A quiet note with one line for each, hidden while there is none.

    Signals:
        chosen(PersonLine): this one is to be looked at.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("kind", "info")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        sign = QLabel()
        sign.setPixmap(icon("people").pixmap(20, 20))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._rows, 1)
        self.hide()

    def show_twins(self, found: Sequence[PersonLine]) -> None:
        empty(self._rows)
        self.setVisible(bool(found))
        if not found:
            return
        self._rows.addWidget(
            words(self.tr("名单里有同名的，可能是同一人。请看一看；程序不会自己合并。"))
        )
        for line in found[:SHOWN]:
            self._rows.addWidget(self._row(line))
        if len(found) > SHOWN:
            more = self.tr("还有 {count} 个同名的，在左边打名字就能看到。")
            self._rows.addWidget(words(more.format(count=len(found) - SHOWN), "muted"))

    def text(self) -> str:
        """All that is said."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if not one.isHidden())

    def _row(self, line: PersonLine) -> QWidget:
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(words(self._said(line)), 1)
        look = button(self.tr("打开看看"), lambda: self.chosen.emit(line), quiet=True)
        look.setAccessibleName(self.tr("打开看看：{name}").format(name=self._said(line)))
        inside.addWidget(look)
        return holder

    def _said(self, line: PersonLine) -> str:
        parts = [line.name]
        if line.birth_date:
            parts.append(self.tr("{year} 年生").format(year=line.birth_date.year))
        parts += [part for part in (line.address, line.phone_masked, line.id_masked) if part]
        parts.append(self.tr("{count} 个案件").format(count=line.cases))
        return self.tr("，").join(parts)
