"""Help (F1): short pages from ``resources/help``, in the window's language. Never opens a browser
or the network.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from app.paths import resources
from app.ui.runtime.language import language
from app.ui.widgets.frame import button


def help_text(topic: str) -> str:
    """The page of a topic in the window's language; the first page for a topic without one."""
    folder = resources() / "help"
    for name in (topic, "start"):
        file = folder / f"{name}.{language()}.md"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""


class HelpDialog(QDialog):
    """One page of help beside the work."""

    def __init__(self, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("帮助"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 560)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("帮助"))
        self.text.setOpenLinks(False)  # a link names another page of help
        self.text.anchorClicked.connect(lambda page: self.show_topic(page.toString()))
        self.show_topic(topic)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.text)
        column.addWidget(
            button(self.tr("关上"), self.accept, main=True), 0, Qt.AlignmentFlag.AlignRight
        )

    def show_topic(self, topic: str) -> None:
        """Turns to another page."""
        self.text.setMarkdown(help_text(topic))
