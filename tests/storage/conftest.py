"""A store with committee and mediator, in a folder of its own, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.store import Store
from tests.storage.village import opened, settle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = opened(folder)
    settle(store)
    yield store
    store.close()
