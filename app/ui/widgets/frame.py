"""What every page is framed with: title and main action, sections, banners, empty states, the path,
chips. Never any records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MethodType
from typing import TYPE_CHECKING
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.runtime.language import language
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.icons import BESIDE_WIDTH, HEIGHT, beside_words
from app.ui.widgets.icons import icon as icon
from app.ui.widgets.icons import tinted as tinted
from app.ui.widgets.scrolling import CappedColumn
from app.ui.widgets.scrolling import ScrollColumn as ScrollColumn

if TYPE_CHECKING:
    from app.domain.casefile import PathStep, StepState

TONES = ("neutral", "accent", "attention", "red", "yellow", "blue", "done")
_STEP_ICONS = {"done": "check", "here": "dot", "ahead": "circle", "skipped": "minus"}


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    icon_name: str = "",
    main: bool = False,
    quiet: bool = False,
) -> QPushButton:
    """A verb to press. `main` is the one thing to do on a page; `quiet` a verb that should not draw
    the eye.
    """
    made = QPushButton(text)
    made.setAutoDefault(False)
    if icon_name:
        role = QPalette.ColorRole.HighlightedText if main else QPalette.ColorRole.ButtonText
        size = QSize(BESIDE_WIDTH, HEIGHT)
        sign = QIcon(beside_words(icon_name, role))
        greyed = beside_words(icon_name, QPalette.ColorRole.PlaceholderText).pixmap(size)
        sign.addPixmap(greyed, QIcon.Mode.Disabled)
        made.setIcon(sign)
        made.setIconSize(size)
    if main:
        made.setProperty("main", True)
    if quiet:
        made.setProperty("quiet", True)
    if pressed is not None:
        made.clicked.connect(_loosely(pressed))
    return made


def _loosely(pressed: Callable[[], object]) -> Callable[[], None]:
    """Calls a method without keeping its owner alive: a button must never be what its page lives
    by.
    """
    if not isinstance(pressed, MethodType):
        return lambda: _do(pressed)
    method = WeakMethod(pressed)

    def call() -> None:
        living = method()
        if living is not None:
            living()

    return call


def _do(pressed: Callable[[], object]) -> None:
    pressed()


def words(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A piece of text; `role` is ``title``, ``heading``, ``muted``, ``strong`` or ``group`` (see
    theme.qss).
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a name may hold any signs
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def empty(layout: QLayout) -> None:
    """Takes everything out of a layout and gives it back."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class Page(QWidget):
    """Title, actions, a place for one banner, content. Long content scrolls."""

    def __init__(
        self,
        title: str,
        content: QWidget | None = None,
        *,
        scroll: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scroll = scroll
        self._banner: Banner | None = None
        self.area: ScrollColumn | None = None
        self.title_label = words(title, "title")
        self.title_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(16)
        self.head.addWidget(self.title_label, 1)
        self.head.addLayout(self.action_row)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(16)
        self.column.addLayout(self.head)
        if content is not None:
            self.set_content(content)

    def set_title(self, title: str) -> None:
        self.title_label.setText(title)

    def add_action(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        main: bool = False,
    ) -> QPushButton:
        """A verb beside the title; the main one stands last and biggest."""
        made = button(text, pressed, icon_name=icon_name, main=main)
        self.action_row.addWidget(made)
        return made

    def set_content(self, content: QWidget) -> None:
        if self._scroll:
            area = ScrollColumn(content)
            self.area = area
            self.column.addWidget(area, 1)
        else:
            self.column.addWidget(content, 1)

    def show_banner(self, banner: Banner) -> None:
        """One banner at a time, below the title."""
        self.clear_banner()
        self._banner = banner
        self.column.insertWidget(1, banner)

    def clear_banner(self) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None


class Section(QFrame):
    """A heading with its actions, and content below (`content_layout`)."""

    def __init__(self, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section")
        self.heading = words(title, "heading")
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addLayout(self.action_row)
        self.content_layout = QVBoxLayout()
        self.content_layout.setSpacing(12)
        column = CappedColumn(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.content_layout)

    def set_title(self, title: str) -> None:
        self.heading.setText(title)

    def add(self, widget: QWidget) -> QWidget:
        self.content_layout.addWidget(widget)
        return widget

    def add_action(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        main: bool = False,
    ) -> QPushButton:
        made = button(text, pressed, icon_name=icon_name, main=main)
        self.add_action_button(made)
        return made

    def add_action_button(self, made: QPushButton) -> None:
        self.action_row.addWidget(made)


class EmptyState(QWidget):
    """What to see where there is nothing yet: a sign, a sentence, and the way on.

    Signals:
        pressed(): the button.
    """

    pressed = Signal()

    def __init__(
        self, icon_name: str, text: str, button_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(16)
        column.addStretch(1)
        sign = QLabel()
        sign.setPixmap(icon(icon_name, QPalette.ColorRole.PlaceholderText).pixmap(QSize(40, 40)))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(sign)
        self.text = words(text, "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.text)
        self.button = button(button_text, self.pressed.emit, main=True)
        self.button.setVisible(bool(button_text))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)

    def set_text(self, text: str) -> None:
        self.text.setText(text)


class Banner(QFrame):
    """One sentence across the page. `kind`: ``info``, ``problem`` (red edge and a sign) or
    ``done``.

    Signals:
        pressed(): its first button.
    """

    pressed = Signal()

    def __init__(
        self, kind: str, text: str, button_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("kind", kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        sign = QLabel()
        name = {"problem": "attention", "done": "done"}.get(kind, "info")
        sign.setPixmap(icon(name, QPalette.ColorRole.WindowText).pixmap(QSize(20, 20)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.text = words(text)
        row.addWidget(self.text, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        row.addLayout(self.buttons)
        self.setAccessibleName(text)
        if button_text:
            self.add_button(button_text).clicked.connect(self.pressed)

    def add_button(self, text: str) -> QPushButton:
        made = button(text)
        self.buttons.addWidget(made)
        return made

    def set_text(self, text: str) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)


class Chip(QLabel):
    """One short word in a frame. `tone`: neutral, accent, attention, done; red, yellow and blue for
    the risk grade alone.
    """

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("chip")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def set(self, text: str, tone: str) -> None:
        self.setText(text)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class PathStrip(QWidget):
    """The path of a case, each step with its state in shape and word, never by colour alone.

    Signals:
        chosen(PathStep): a step was pressed.
    """

    chosen = Signal(object)

    def __init__(
        self, steps: Sequence[tuple[PathStep, StepState]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=4)
        self._buttons: dict[PathStep, QPushButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[tuple[PathStep, StepState]]) -> None:
        from app.ui.runtime.texts import PATH_NAMES, STEP_STATE_NAMES, pick  # late, as below

        for step, state in steps:
            shown = self._buttons.get(step)
            if shown is None:
                shown = self._buttons[step] = self._make(step)
            shown.setProperty("state", state.value)
            role = (
                QPalette.ColorRole.HighlightedText
                if state.value == "here"
                else QPalette.ColorRole.ButtonText
            )
            shown.setIcon(icon(_STEP_ICONS[state.value], role))
            name = QCoreApplication.translate("PathStrip", "{step}：{state}")
            shown.setAccessibleName(
                name.format(
                    step=pick(PATH_NAMES[step], language()),
                    state=pick(STEP_STATE_NAMES[state], language()),
                )
            )
            shown.setToolTip(shown.accessibleName())
            shown.style().unpolish(shown)
            shown.style().polish(shown)

    def step_button(self, step: PathStep) -> QPushButton:
        return self._buttons[step]

    def _make(self, step: PathStep) -> QPushButton:
        from app.ui.runtime.texts import PATH_NAMES, pick  # late: the first picture needs no path

        made = QPushButton(pick(PATH_NAMES[step], language()))
        made.setObjectName("pathStep")
        made.setAutoDefault(False)
        made.setIconSize(QSize(16, 16))
        made.clicked.connect(lambda: self.chosen.emit(step))
        self._flow.addWidget(made)
        return made
