"""Laptop and county die in the middle of an exchange: nothing is lost, nothing is there twice, and
nothing is called received that the county does not hold.

``HESHI_FAULT_TRIALS=500`` for a long night of it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.house import House, open_with
from app.domain.problems import Refused
from app.services.enrolment import enrol
from app.services.exchange import exchange_once
from app.services.lines import CaseQuery
from app.storage.cipher import connect
from app.sync.http_line import HttpLine
from tests.county.server import POSTGRES, RunningCounty
from tests.faults.mortal import KEY, mortal, trials

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or bool(POSTGRES), reason="workers are forked, and serve from SQLite"
)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[RunningCounty]:
    running = RunningCounty(tmp_path / "county")
    yield running
    running.close()


@pytest.fixture
def data(tmp_path: Path, county: RunningCounty) -> Path:
    """The folder of a laptop that the county knows."""
    folder = tmp_path / "data"
    line = HttpLine(county.address)
    with open_with(folder, KEY, "password") as house:
        code = county.code(county.mediator(county.committee()))
        enrol(house.unit, line, house.device, house.check, code, address=county.address)
    line.close()
    return folder


def test_a_laptop_that_dies_while_sending(county: RunningCounty, data: Path) -> None:
    chance = random.Random(20261121)
    saved: set[str] = set()
    with mortal("send_cases", str(data)) as sender:
        for _ in range(trials(10)):
            sender.born()
            said = sender.listen(chance.randrange(4)) + sender.killed(0.08)
            assert not [line for line in said if line.startswith("refused")]
            saved |= {line.removeprefix("case ") for line in said if line.startswith("case ")}
            _assert_no_lie(county, data)
    _drain(data)
    assert saved <= _assert_all_there(county, data)


def test_a_county_that_dies_while_it_answers(county: RunningCounty, data: Path) -> None:
    chance = random.Random(20261122)
    saved: set[str] = set()
    county.stop()
    port = str(county.port)
    with (
        mortal("serve", str(county.folder), port) as server,
        mortal("send_cases", str(data)) as sender,
    ):
        for _ in range(trials(10)):
            server.born()
            sender.born()
            said = sender.listen(chance.randrange(1, 4))
            server.killed(0.08)
            said += sender.killed(0.02)
            assert all(line in LOST or not line.startswith("refused") for line in said), said
            saved |= {line.removeprefix("case ") for line in said if line.startswith("case ")}
            _assert_no_lie(county, data)
    county.start()
    _drain(data)
    assert saved <= _assert_all_there(county, data)


LOST = {"refused answer_cut", "refused county_unreachable"}


def _drain(data: Path) -> None:
    """Everything that waits gets through once nobody dies any more."""
    with open_with(data, KEY, "password") as house:
        with house.unit() as uow:
            line = HttpLine(uow.settings.get("county.url") or "")
        try:
            for _ in range(3):
                if not exchange_once(house.unit, line, house.device, house.check).more:
                    break
        except Refused as refused:  # pragma: no cover - told with its code
            pytest.fail(refused.first.code.value)
        finally:
            line.close()


def _assert_no_lie(county: RunningCounty, data: Path) -> None:
    """What the laptop calls received is held by the county, entry for entry."""
    with open_with(data, KEY, "password") as house:
        held = {row.seq: row.hash for row in county.held(house.device.device_id)}
        receipts = _rows(data, "SELECT seq, entry_hash FROM receipt")
    assert all(held.get(seq) == mark for seq, mark in receipts)
    assert sorted(held) == list(range(1, len(held) + 1))


def _assert_all_there(county: RunningCounty, data: Path) -> set[str]:
    """Laptop and county hold the same journal, each number once; the cases in it."""
    with open_with(data, KEY, "password") as house:
        return _same_journal(county, house, data)


def _same_journal(county: RunningCounty, house: House, data: Path) -> set[str]:
    own = _rows(data, "SELECT seq, hash FROM journal_entry ORDER BY seq")
    rows = county.held(house.device.device_id)
    assert [(row.seq, row.hash) for row in rows] == own
    assert len({row.position for row in rows}) == len(rows)
    with house.unit() as uow:
        assert uow.journal.tail(1) == ()
        assert uow.journal.verify().broken_at is None
        assert uow.lists.status().waiting == 0
        lines = uow.lists.case_lines(uow.lists.case_keys(CaseQuery()))
    ids = [str(line.id) for line in lines]
    made = [row.case_id for row in rows if row.case_id in set(ids)]
    assert sorted(made) == sorted(ids)
    return set(ids)


def _rows(data: Path, query: str) -> list[tuple[int, str]]:
    connection = connect(data / "heshi.db", KEY)
    try:
        return list(connection.execute(query).fetchall())
    finally:
        connection.close()
