"""The review sheet of the file, worked out from its records: light, points, and everything that is
lacking, each with a way to make a remark of it.

Nothing is judged here: the county's rules have said it (`services/file_light.py`), and the reviewer
decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.casefile import CaseFile
from app.domain.file_review import Lacking
from app.services.file_light import FileLight
from app.ui.review.facts import plain
from app.ui.review.targets import target_of
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Chip, Section, button, empty, icon
from app.ui.widgets.light_words import LIGHT_ICONS, LIGHT_TONES, light_word, points_words, said


class LightPane(Section):
    """Light, items and what is lacking.

    Signals:
        remarked(str, str): a remark is wanted at this target with these words.
    """

    remarked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("评分表"))
        self._desk = desk
        self.content_layout.setSpacing(8)
        self.setAccessibleName(self.heading.text())

    def show_file(self, view: FileView) -> None:
        """Everything anew; without a light there is nothing to see."""
        empty(self.content_layout)
        light = view.light
        self.setVisible(light is not None)
        if light is None:
            return
        self.content_layout.addLayout(self._head(light))
        self.add(plain(points_words(light, self._desk.language), muted=True))
        self._list(view, self.tr("一票否决"), light.fatal)
        self._list(view, self.tr("现在要补的"), light.lacking)
        self._list(view, self.tr("补不回来的"), light.lost)
        self._list(view, self.tr("要人来看的"), light.asked)
        self._list(view, self.tr("领补贴还差"), light.subsidy.lacking)
        self.add(self._items(light))

    # --- inside ---

    def _head(self, light: FileLight) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = QLabel()
        picture = icon(LIGHT_ICONS[light.light], QPalette.ColorRole.WindowText)
        sign.setPixmap(picture.pixmap(QSize(20, 20)))
        row.addWidget(sign)
        chip = Chip(light_word(light.light), LIGHT_TONES[light.light])
        chip.setAccessibleName(chip.text())
        row.addWidget(chip)
        row.addStretch(1)
        return row

    def _items(self, light: FileLight) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        english = self._desk.language.startswith("en")
        for row, one in enumerate(light.items):
            full = one.points >= one.of
            grid.addWidget(plain(one.en if english else one.zh, muted=full), row, 0)
            points = QLabel(f"{one.points} / {one.of}")
            grid.addWidget(points, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return holder

    def _list(self, view: FileView, title: str, found: Sequence[Lacking]) -> None:
        if not found:
            return
        self.add(plain(title, strong=True))
        for one in found:
            self.add(self._line(view, one))

    def _line(self, view: FileView, one: Lacking) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        text = said(one, self._desk.language)
        if one.points:
            text = self.tr("{what}（{points} 分）").format(what=text, points=one.points)
        column.addWidget(plain(text))
        if view.may_remark:
            made = button(self.tr("写成意见"), icon_name="message", quiet=True)
            made.setAccessibleName(f"{made.text()}：{text}")
            target = target_of(one.place) if one.place else ""
            remark = self._remark(view.file, one)
            made.clicked.connect(lambda: self.remarked.emit(target, remark))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _remark(self, file: CaseFile, one: Lacking) -> str:
        """Whose it is, what is to be done, and for which line of the sheet."""
        language = self._desk.language
        words = self.tr("评分表：{what}").format(what=said(one, language))
        advice = said(one, language, advice=True)
        if advice:
            words = self.tr("{advice}（{words}）").format(advice=advice, words=words)
        names = dict.fromkeys(_name(file, place.owner_id) for place in one.places)
        whose = "、".join(name for name in names if name)
        if whose:
            words = self.tr("{names}：{words}").format(names=whose, words=words)
        return words


def _name(file: CaseFile, owner_id: str) -> str:
    """The person or organisation that a place belongs to; "" for any other record."""
    names: dict[str, str] = {key: one.name for key, one in file.people.items()}
    names |= {key: one.name for key, one in file.organisations.items()}
    names.update(file.names().items())
    return names.get(owner_id, "")
