"""For the ear, the keyboard and long languages: names everywhere, nothing cut when words are twice
as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.papers.page import Workspace as Papers
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.preferences import Preferences
from app.ui.settings.page import Workspace as Settings
from app.ui.shell.first_start import FirstStartPage
from app.ui.shell.password import PasswordPage
from app.ui.shell.window import Window
from app.ui.waiting.page import Workspace as Waiting
from app.ui.widgets.person import PersonField


class TwiceAsLong(QTranslator):
    """Says everything twice: what fits then fits in any language."""

    @override
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return source + source


@pytest.fixture
def long_words(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    translator = TwiceAsLong()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def person_field(desk: Desk) -> PersonField:
    field = PersonField(desk, "申请人")
    field.line.setText("李秀英")
    field.begin_new()
    return field


PAGES: dict[str, Callable[[Desk], QWidget]] = {
    "settings": Settings,
    "waiting": Waiting,
    "papers": Papers,
    "first start": lambda _desk: FirstStartPage(keyring=False),
    "password": lambda _desk: PasswordPage(),
    "window": lambda _desk: Window(Preferences(None)),
    "person": person_field,
}


def focusable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(page)
        and not widget.focusProxy()
        and not widget.objectName().startswith("qt_")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_whatever_takes_the_keyboard_has_a_name(qtbot: QtBot, desk: Desk, name: str) -> None:
    page = PAGES[name](desk)
    qtbot.addWidget(page)
    page.show()
    nameless = []
    for widget in focusable(page):
        described = QAccessible.queryAccessibleInterface(widget)
        said = described.text(QAccessible.Text.Name) if described else ""
        if not said and not isinstance(widget, QAbstractScrollArea):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []
    assert focusable(page)


@pytest.mark.parametrize("name", PAGES)
def test_twice_as_long_words_are_not_cut(
    qtbot: QtBot, desk: Desk, long_words: None, name: str
) -> None:
    del long_words
    page = PAGES[name](desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    cut = [
        button.text()
        for button in page.findChildren(QPushButton) + page.findChildren(QToolButton)
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width()
    ]
    assert cut == []


def test_tab_walks_a_form_in_reading_order(qtbot: QtBot) -> None:
    page = FirstStartPage(keyring=False)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    order = list(page.form.fields)
    page.form.focus_field(order[0])
    walked = []
    for _ in order:
        walked.append(page.focusWidget())
        page.focusNextChild()
    assert walked == [page.form.fields[name].focusProxy() for name in order]
