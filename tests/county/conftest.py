"""What tests of the county share: a running server, and laptops that are enrolled there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sync.http_line import HttpLine
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty

NewLaptop = Callable[[str], RawLaptop]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[RunningCounty]:
    running = RunningCounty(tmp_path / "county")
    yield running
    running.close()


@pytest.fixture
def stranger(county: RunningCounty) -> Iterator[RawLaptop]:
    """A laptop that the county does not know."""
    line = HttpLine(county.address)
    yield RawLaptop(line, county.key.public)
    line.close()


@pytest.fixture
def enrolled(county: RunningCounty) -> Iterator[NewLaptop]:
    """Makes an enrolled laptop of an account."""
    lines: list[HttpLine] = []

    def make(account: str) -> RawLaptop:
        lines.append(HttpLine(county.address))
        laptop = RawLaptop(lines[-1], county.key.public)
        laptop.enrol(county.code(account))
        return laptop

    yield make
    for line in lines:
        line.close()


@pytest.fixture
def laptop(county: RunningCounty, enrolled: NewLaptop) -> RawLaptop:
    """A mediator's laptop."""
    return enrolled(county.mediator(county.committee()))
