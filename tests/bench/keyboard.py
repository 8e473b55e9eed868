"""A keyboard, a mouse and a counter for the real window: every event goes to the window in front,
as from the system, and Qt itself finds who gets it.

Nothing is called, set or focused from here. What is not to be seen cannot be pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from app.ui.runtime.marks import override

W = TypeVar("W", bound=QWidget)
PATIENCE_S = 20.0
LOOK_MS = 10
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Lost(AssertionError):
    """What was to be done cannot be done in the window as it stands."""


class Counter(QObject):
    """Counts at the door of the application: key presses and clicks where they come into a window,
    characters of an input method where they are written.
    """

    def __init__(self) -> None:
        super().__init__()
        self.step = "start"
        self.counts: dict[str, dict[str, int]] = {}

    def begin(self, step: str) -> None:
        """What follows belongs to `step`."""
        self.step = step

    def note(self, what: str, number: int = 1) -> None:
        found = self.counts.setdefault(self.step, {})
        found[what] = found.get(what, 0) + number

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _CLICKS and isinstance(watched, QWindow):
            self.note("clicks")
        elif kind == QEvent.Type.Shortcut or (
            kind == QEvent.Type.KeyPress and isinstance(watched, QWindow)
        ):  # Qt hands shortcuts out before any window sees a key
            self.note("keys")
        elif kind == QEvent.Type.InputMethod and watched is QGuiApplication.focusObject():
            assert isinstance(event, QInputMethodEvent)
            self.note("characters", len(event.commitString()))
        return False


class Keyboard:
    """What a person does. Waits for the window before each deed, as long as a person would."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    # --- deeds ---

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """One key, or a chord: each key of a chord counts."""
        held = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
        QTest.keyClick(self.front(), key, held)
        self.rest()

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.key(Qt.Key.Key_Return)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.key(Qt.Key.Key_Tab)

    def control(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Where the cursor stands: figures and letters by keys, the rest by an input method."""
        for character in text:
            if character.isascii():
                QTest.keyClick(self.front(), character)  # type: ignore[call-overload]  # stubs: int
                continue
            focus = QGuiApplication.focusObject()
            if focus is None or not isinstance(focus, QWidget):
                raise Lost(f"no cursor for {text!r}")
            if not focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
                raise Lost(f"{focus!r} takes no text: {text!r}")
            event = QInputMethodEvent()
            event.setCommitString(character)
            QCoreApplication.sendEvent(focus, event)
        self.rest()

    def click(self, name: str = "", *, text: str = "", inside: QWidget | None = None) -> None:
        """Presses what is called so (its object name), or what reads so, with the mouse."""
        self.click_on(self.find(name, text=text, inside=inside))

    def click_on(self, widget: QWidget) -> None:
        self.wait(lambda: widget.isEnabled(), f"{widget.objectName()!r} can be pressed")
        self._bring(widget)
        at = widget.mapTo(widget.window(), widget.rect().center())
        handle = widget.window().windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
        self.rest()

    # --- looking ---

    def find(self, name: str = "", *, text: str = "", inside: QWidget | None = None) -> QWidget:
        """What is visible and called so, or reads so; the last of several."""
        found: list[QWidget] = []

        def look() -> bool:
            found[:] = [one for one in self._all(inside) if _is(one, name, text)]
            return bool(found)

        self.wait(look, f"something called {name or text!r}")
        return found[-1]

    def line(self, name: str) -> QLineEdit:
        """The line to write in whose label reads so."""
        return next(
            one
            for one in self._all(None)
            if isinstance(one, QLineEdit) and one.accessibleName() == name
        )

    def sees(self, name: str) -> bool:
        """Whether something called so can be hit as the window stands."""
        return any(_is(one, name, "") and self._hit(one) for one in self._all(None))

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        if found is None:
            raise Lost("the cursor is nowhere")
        return found

    def front(self) -> QWindow:
        """The window with the keyboard. The plain screen of these runs hands it to nobody by
        itself, so the newest window asks for it, as a desktop would do.
        """
        top = QApplication.activeModalWidget()
        now = QGuiApplication.focusWindow()
        if now is None or (top is not None and now is not top.windowHandle()):
            self.wait(lambda: self._activate(top), "a window in front")
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Lets the window work until it is so. Raises `Lost`."""
        until = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > until:
                raise Lost(f"waited for: {what}; the cursor is in {describe_focus()}")
            _go_on()

    def rest(self, seconds: float = 0.02) -> None:
        """A person's pause between two deeds, in which the window goes on."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            _go_on()
        self.front()

    # --- inside ---

    def _activate(self, top: QWidget | None) -> bool:
        shown = top or next(one for one in QApplication.topLevelWidgets() if _stands(one))
        handle = shown.windowHandle()
        assert handle is not None
        if QGuiApplication.focusWindow() is not handle:
            handle.requestActivate()
        return QGuiApplication.focusWindow() is handle

    def _all(self, inside: QWidget | None) -> list[QWidget]:
        tops = [inside] if inside is not None else QApplication.topLevelWidgets()
        return [
            one
            for top in tops
            if top.isVisible()
            for one in (top, *top.findChildren(QWidget))
            if one.isVisible()
        ]

    def _bring(self, widget: QWidget) -> None:
        """Turns the wheel until the thing can be hit; each notch is counted by itself. A page that
        is just being laid out anew is given its time.
        """
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self._hit(widget):
                return
            area = _area_of(widget)
            if area is None:
                break
            port = area.viewport()
            down = widget.mapTo(port, widget.rect().center()).y() > port.height() // 2
            at = port.rect().center()
            turned = QWheelEvent(
                at,
                port.mapToGlobal(at),
                QPoint(),
                QPoint(0, -120 if down else 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            before = area.verticalScrollBar().value()
            QCoreApplication.sendEvent(port, turned)
            self.rest()
            if area.verticalScrollBar().value() != before:
                self.counter.note("wheel")
        raise Lost(f"{widget.objectName() or widget!r} is out of reach")

    def _hit(self, widget: QWidget) -> bool:
        found = QApplication.widgetAt(widget.mapToGlobal(widget.rect().center()))
        return found is not None and (found is widget or widget.isAncestorOf(found))


def _go_on() -> None:
    """The window's own loop, for a moment."""
    events = QEventLoop.ProcessEventsFlag.AllEvents
    QCoreApplication.processEvents(events, LOOK_MS)  # noqa: TID251  # the hand stands in its loop


def describe_focus() -> str:
    found = QApplication.focusWidget()
    if found is None:
        return "nothing"
    words = found.text() if isinstance(found, QLineEdit) else ""
    return f"{type(found).__name__} {found.accessibleName()!r} {found.objectName()!r} {words!r}"


def _is(widget: QWidget, name: str, text: str) -> bool:
    if name:
        return widget.objectName() == name
    if widget.accessibleName() == text:
        return True
    said = getattr(widget, "text", None)
    return callable(said) and not isinstance(widget, QLineEdit) and said() == text


def _stands(widget: QWidget) -> bool:
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    return widget.isVisible() and widget.windowType() in kinds


def _area_of(widget: QWidget) -> QScrollArea | None:
    up = widget.parentWidget()
    while up is not None:
        if isinstance(up, QScrollArea):
            return up
        up = up.parentWidget()
    return None
