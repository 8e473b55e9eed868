"""Empty forms for the field: every paper with the committee's name and nothing else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.completeness import DocumentKind
from app.ui.papers.actions import make_blank
from app.ui.runtime.desk import Desk
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import ScrollColumn, button, words
from app.ui.widgets.paper_window import PaperWindow

# A contents page lists what is there: an empty one says nothing.
OFFERED = tuple(kind for kind in DocumentKind if kind is not DocumentKind.CONTENTS)


class BlankForms(QWidget):
    """A button for each kind of paper; it opens in its own window, to be printed or exported."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        holder = QWidget()
        flow = FlowLayout(holder)
        for kind in OFFERED:
            made = button(desk.document_name(kind), partial(self.open, kind), icon_name="file-text")
            made.setObjectName(f"blank-{kind}")
            flow.addWidget(made)
        told = self.tr(
            "下村前打几张带着，手写也行：印好了调委会的名字，其余空着。"
            "点一下先看样子，再打印或导出。"
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(words(told, "muted"))
        column.addWidget(holder)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        area = ScrollColumn(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(area)

    def open(self, kind: DocumentKind) -> None:
        """Shows one empty form."""
        name = self._desk.document_name(kind)
        title = self.tr("空白表：{title}").format(title=name)
        PaperWindow(self._desk, title, make_blank(kind, self._desk.printshop), parent=self).open()
