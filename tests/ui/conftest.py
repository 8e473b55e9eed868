"""Fixtures of the window's tests: the look, a store in memory, a desk. Chinese unless a test asks
for English.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.ui.runtime import theme, turns
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore, practice
from tests.ui.desks import Heard, make_desk, settle_in


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    """The theme that people see."""
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """The default language, whatever the machine speaks."""
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def memory() -> MemoryStore:
    """A store in memory, set up for one committee and one mediator."""
    store = MemoryStore()
    settle_in(store.unit)
    return store


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def desk(qapp: QApplication, memory: MemoryStore, heard: Heard) -> Desk:
    """A desk over the store in memory; its jobs run at once."""
    return make_desk(memory.unit, practice(), heard)


@pytest.fixture(autouse=True)
def in_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are whole at once; how they come piece by piece is tested where it is the subject."""
    monkeypatch.setattr(turns, "TURN_MS", math.inf)
