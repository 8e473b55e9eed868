"""What complaints share: a real county, laptops that are enrolled there, and the window's language.

Nothing here is a fake but the clock of a laptop, which stands still until somebody moves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from tests.county.server import RunningCounty
from tests.county.village import Village

Enrolled = Callable[..., Village]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[RunningCounty]:
    running = RunningCounty(tmp_path / "county")
    yield running
    running.close()


@pytest.fixture
def home(county: RunningCounty) -> str:
    """The committee of the village."""
    return county.committee()


@pytest.fixture
def enrolled(tmp_path: Path, county: RunningCounty, home: str) -> Iterator[Enrolled]:
    """Makes enrolled laptops of mediators of that committee, or of a supervisor; what enrolment
    wrote has been sent.
    """
    made: list[Village] = []

    def make(name: str, *, supervisor: bool = False) -> Village:
        laptop = Village(tmp_path / name, county.address)
        made.append(laptop)
        account = county.supervisor() if supervisor else county.mediator(home, f"{name}调解员")
        laptop.enrol(county.code(account))
        laptop.sync()
        return laptop

    yield make
    for one in made:
        one.close()


@pytest.fixture
def village(enrolled: Enrolled) -> Village:
    """An enrolled mediator's laptop with nothing to send."""
    return enrolled("village")


@pytest.fixture
def chinese() -> Iterator[None]:
    """The window's default language, whatever the machine speaks."""
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    yield
    QLocale.setDefault(before)
