"""A page that says in plain words why the records cannot be opened, and what to do. Never a
traceback, never a dead end.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.ui.runtime.language import language
from app.ui.runtime.problems import sentences
from app.ui.widgets.frame import button, icon, words

WIDTH = 560


class NoticePage(QWidget):
    """One refusal at the start.

    Signals:
        again(): the person wants to try once more.
        leave(): the person wants to close the window.
    """

    again = Signal()
    leave = Signal()

    def __init__(self, refusal: Refused, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(icon("attention").pixmap(QSize(40, 40)))
        self.text = words(sentences(refusal, language()))
        self.text.setFixedWidth(WIDTH)
        place = words(self.tr("数据文件夹：{folder}").format(folder=folder), "muted")
        place.setFixedWidth(WIDTH)
        self.retry = button(self.tr("再试一次"), self.again.emit, main=True)
        self.quit = button(self.tr("关闭"), self.leave.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.retry)
        row.addWidget(self.quit)
        row.addStretch(1)
        inside = QVBoxLayout()
        inside.setSpacing(16)
        for widget in (sign, words(self.tr("现在打不开记录"), "title"), self.text, place):
            inside.addWidget(widget)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(inside)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)
        self.retry.setFocus(Qt.FocusReason.OtherFocusReason)
