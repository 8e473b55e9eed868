"""Asking the justice office: a note in plain words, to be copied into whatever message people use.
Sends nothing by itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.widgets.frame import button, words


class QuestionDialog(QDialog):
    """The note, to be looked at and changed before it is copied."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("问司法所"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 360)
        self.note = QPlainTextEdit(text)
        self.note.setAccessibleName(self.tr("要问的话"))
        self.note.setTabChangesFocus(True)
        self.told = words("", "muted")
        self.copy = button(self.tr("复制"), self._copy, icon_name="copy", main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(
            words(
                self.tr(
                    "把下面的话复制下来，用微信或短信发给司法所，也可以照着在电话里念。"
                    "里面除了案件名称，没有当事人的信息；可以先改一改。"
                )
            )
        )
        column.addWidget(self.note, 1)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(button(self.tr("关上"), self.reject))
        row.addWidget(self.copy)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.note.toPlainText())
        self.told.setText(self.tr("复制好了。"))
