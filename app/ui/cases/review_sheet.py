"""The review sheet of one case in a window: every item with its points, and what is lacking in it.

Only what the county's rules have said; nothing can be changed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.file_review import Lacking
from app.services.file_light import FileLight
from app.ui.cases.targets import Target, section_of
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Chip, button, words
from app.ui.widgets.light_words import LIGHT_TONES, light_word, points_words, said
from app.ui.widgets.scrolling import ScrollColumn


class ReviewSheetDialog(QDialog):
    """All items and points.

    Signals:
        wanted(str): where the person wants to go, as `targets.parse` reads it.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, light: FileLight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(self.tr("评分表"))
        self.resize(640, 620)
        head = QHBoxLayout()
        head.setSpacing(12)
        word = light_word(light.light)
        head.addWidget(Chip(word, LIGHT_TONES[light.light]), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(words(points_words(light, desk.language)), 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(8)
        self._add_items(light)
        self._add(self.tr("一票否决"), light.fatal)
        self._add(self.tr("现在要补的"), light.lacking)
        self._add(self.tr("以后才到的"), light.later)
        self._add(self.tr("补不回来的"), light.lost)
        self._add(self.tr("要人来看的"), light.asked)
        self._add(self.tr("领补贴还差"), light.subsidy.lacking)
        self._add(self.tr("领补贴还要问清楚"), light.subsidy.asked)
        self._column.addStretch(1)
        close = button(self.tr("关闭"), self.close)
        close.setObjectName("close")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(ScrollColumn(content), 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _add_items(self, light: FileLight) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        english = self._desk.language.startswith("en")
        for row, one in enumerate(light.items):
            grid.addWidget(words(one.en if english else one.zh), row, 0)
            text = self.tr("{points} / {full} 分").format(points=one.points, full=one.of)
            role = "" if one.points >= one.of else "strong"
            grid.addWidget(words(text, role, wrap=False), row, 1, Qt.AlignmentFlag.AlignRight)
        self._column.addWidget(holder)

    def _add(self, title: str, found: Sequence[Lacking]) -> None:
        if not found:
            return
        self._column.addSpacing(8)
        self._column.addWidget(words(title, "heading"))
        for one in found:
            self._add_line(one)

    def _add_line(self, one: Lacking) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        text = said(one, self._desk.language)
        if one.points:
            text = self.tr("{what}（{points} 分）").format(what=text, points=one.points)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(words(text))
        advice = said(one, self._desk.language, advice=True)
        if advice:
            lines.addWidget(words(advice, "muted"))
        row.addLayout(lines, 1)
        if one.place is not None:
            place = one.place
            to = str(Target(section_of(place.owner, place.field), place.field, place.owner_id))
            go = button(self.tr("去看看"))
            go.setAccessibleName(f"{go.text()}：{text}")
            go.clicked.connect(lambda _=False, to=to: self._go(to))
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _go(self, target: str) -> None:
        self.close()
        self.wanted.emit(target)
