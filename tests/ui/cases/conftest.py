"""Fixtures of the case pages.

A desk with the packs that ship, and the workspace over a store in memory.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.services.ports import Practice
from app.storage.packs import load_practice
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.desks import Heard, make_desk


@pytest.fixture(scope="session")
def packs() -> Practice:
    """The packs that ship."""
    return load_practice(resources())


@pytest.fixture
def desk(qapp: QApplication, memory: MemoryStore, heard: Heard, packs: Practice) -> Desk:
    """A desk over the store in memory; its jobs run at once."""
    return make_desk(memory.unit, packs, heard)


@pytest.fixture
def workspace(desk: Desk, heard: Heard) -> Iterator[Workspace]:
    """The workspace in a window of its own; no bug may have come to the door."""
    made = Workspace(desk)
    made.resize(1270, 736)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    assert heard.bugs == []
