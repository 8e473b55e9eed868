"""The page *Papers*: register of numbers, empty forms, checking a PDF, prints. One at a time, each
made when it is first looked at.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.services.lines import Change
from app.ui.papers.blanks import BlankForms
from app.ui.papers.prints import Prints
from app.ui.papers.register import Register
from app.ui.papers.verify import Verify
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import Page

KEYS = ("register", "blanks", "verify", "prints")
_MAKERS: dict[str, Callable[[Desk], QWidget]] = {
    "register": Register,
    "blanks": BlankForms,
    "verify": Verify,
    "prints": Prints,
}


class Workspace(QWidget):
    """Papers. `focus_target` takes ``register``, ``blanks``, ``verify`` or ``prints``."""

    key = "papers"
    icon_name = "file-text"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panes: dict[str, QWidget] = {}
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("文书里的几页"))
        for text in (
            self.tr("编号登记簿"),
            self.tr("空白表格"),
            self.tr("核验文书"),
            self.tr("打印记录"),
        ):
            self.tabs.addTab(text)
        self.stack = QStackedWidget()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Page(self.title(), content))
        self.tabs.currentChanged.connect(self._show)
        desk.changes.happened.connect(self._changed)
        self._show(0)

    def title(self) -> str:
        return self.tr("文书")

    def focus_target(self, target: str) -> None:
        """One of the four pages by its key."""
        if target in KEYS:
            self.tabs.setCurrentIndex(KEYS.index(target))

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F."""
        self.stack.currentWidget().setFocus()

    def pane(self, key: str) -> QWidget:
        """One of the four, made when it is first asked for."""
        made = self._panes.get(key)
        if made is None:
            made = self._panes[key] = _MAKERS[key](self._desk)
            self.stack.addWidget(made)
        return made

    def _show(self, index: int) -> None:
        self.stack.setCurrentWidget(self.pane(KEYS[index]))

    def _changed(self, change: Change) -> None:
        for pane in self._panes.values():
            if isinstance(pane, Register | Prints):
                pane.heard(change.kinds)
