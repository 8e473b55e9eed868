"""The window: rail, the workspace that is shown, status line, keys. Frames only; what happens is
decided in workspaces.

A workspace is made when it is first visited. Closing never asks: everything is saved or kept as a
draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.runtime.marks import override
from app.ui.runtime.preferences import Preferences
from app.ui.shell.rail import NavigationRail
from app.ui.shell.status import StatusLine
from app.ui.shell.workspaces import Place, places

if TYPE_CHECKING:
    from app.domain.ids import RecordId
    from app.ui.runtime.desk import Desk

SMALLEST = (1024, 640)
USUAL = (1280, 800)
GEOMETRY = "geometry"


class Window(QMainWindow):
    """The main window.

    Signals:
        painted(): the first frame has been handed to the screen.
        closing(): the window is about to go.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self, preferences: Preferences, offered: Sequence[Place] | None = None) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("和事"))
        self._preferences = preferences
        self._places = {place.key: place for place in (offered or places())}
        self._pages: dict[str, QWidget] = {}
        self._desk: Desk | None = None
        self._seen = False
        self.rail = NavigationRail(
            [(place.key, place.word, place.icon_name) for place in self._places.values()]
        )
        self.rail.chosen.connect(self.show_place)
        self.rail.setEnabled(False)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self._blank = QLabel("")
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setProperty("role", "muted")
        self.stack.addWidget(self._blank)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(central)
        self._place_on_screen()
        self._bind_keys()

    # --- what is shown ---

    def say_opening(self) -> None:
        """While the records are being opened and that takes longer than a blink."""
        self._blank.setText(self.tr("正在打开……"))

    def show_alone(self, page: QWidget) -> None:
        """A page instead of the workspaces: password, first start, a notice."""
        self.rail.setEnabled(False)
        self._remove_alone()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.setProperty("alone", True)

    def open_desk(self, desk: Desk) -> None:
        """Everything is unlocked: the workspaces may be visited, the first one is shown."""
        self._desk = desk
        self.rail.setEnabled(True)
        self.show_place(next(iter(self._places)))
        self._remove_alone()

    def show_place(self, key: str, target: str = "") -> None:
        """A workspace by its key; `target` names what to show in it."""
        if self._desk is None or key not in self._places:
            return
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._places[key].make(self._desk)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.mark(key)
        _focus_inside(page)
        if target:
            page.focus_target(target)  # type: ignore[attr-defined]  # every workspace has it (contract of the room)

    def open_case(self, case_id: RecordId, target: str = "") -> None:
        """Shows a case, wherever it was asked for."""
        self.show_place("cases", f"case:{case_id}#{target}" if target else f"case:{case_id}")

    def page(self, key: str) -> QWidget | None:
        """A workspace that was visited already."""
        return self._pages.get(key)

    def current_key(self) -> str:
        return next(
            (key for key, page in self._pages.items() if page is self.stack.currentWidget()), ""
        )

    # --- keys ---

    def bind(self, keys: str, pressed: Callable[[], object]) -> None:
        """A key for the whole window."""
        QShortcut(QKeySequence(keys), self, lambda: pressed())

    def ask_page(self, verb: str) -> bool:
        """Hands a verb (``find``, ``new``, ``save``) to the workspace that is shown, if it knows
        it.
        """
        page = self.stack.currentWidget()
        if page is None or not _knows(page, verb):
            return False
        getattr(page, verb)()
        return True

    def _bind_keys(self) -> None:
        for number, key in enumerate(self._places, 1):
            self.bind(f"Ctrl+{number}", partial(self.show_place, key))
        self.bind("Ctrl+F", self._find)
        self.bind("Ctrl+N", self._new)
        self.bind("Ctrl+S", lambda: self.ask_page("save"))
        self.bind("F1", self.show_help)
        self.bind("F5", self.status.send_wanted.emit)

    def _find(self) -> None:
        if not self.ask_page("find"):
            self.show_place("cases")
            self.ask_page("find")

    def _new(self) -> None:
        self.show_place("cases")
        self.ask_page("new")

    def show_help(self) -> None:
        """F1: help on what is shown."""
        from app.ui.shell.help import HelpDialog

        HelpDialog(self.current_key() or "start", self).show()

    # --- place and life ---

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.put(GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        super().closeEvent(event)

    def _remove_alone(self) -> None:
        for index in range(self.stack.count() - 1, -1, -1):
            page = self.stack.widget(index)
            if page is not None and page.property("alone"):
                self.stack.removeWidget(page)
                page.deleteLater()

    def _place_on_screen(self) -> None:
        screen = QGuiApplication.primaryScreen().availableSize()
        self.setMinimumSize(min(SMALLEST[0], screen.width()), min(SMALLEST[1], screen.height()))
        kept = self._preferences.get(GEOMETRY)
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            self.resize(min(USUAL[0], screen.width()), min(USUAL[1], screen.height()))


def _focus_inside(page: QWidget) -> None:
    """The keyboard goes where the eye goes: to the page, unless it is there already."""
    now = page.window().focusWidget()
    if now is not None and page.isAncestorOf(now):
        return
    following = page.nextInFocusChain()
    while following is not None and following is not page and page.isAncestorOf(following):
        takes = following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isEnabled()
        if takes and following.isVisibleTo(page):
            following.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        following = following.nextInFocusChain()
    page.setFocus(Qt.FocusReason.OtherFocusReason)


def _knows(page: QWidget, verb: str) -> bool:
    """Whether the workspace itself has the verb: Qt's widgets have a ``find`` of their own."""
    ours = (kind for kind in type(page).__mro__ if kind.__module__.split(".")[0] != "PySide6")
    return any(verb in vars(kind) for kind in ours)
