"""A village with its committee, on a store in memory."""

from __future__ import annotations

import pytest

from app.services.committees import set_up
from app.services.ports import Practice
from tests.fakes import MemoryStore, practice
from tests.unit.domain.making import COMMITTEE, MEDIATOR


@pytest.fixture
def store() -> MemoryStore:
    """A laptop whose mediator is 王五."""
    made = MemoryStore()
    with made.unit() as uow:
        set_up(uow, COMMITTEE, MEDIATOR)
    return made


@pytest.fixture(scope="session")
def county() -> Practice:
    """The practice of the packs that ship."""
    return practice()
