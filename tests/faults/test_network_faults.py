"""Every fault of a network in one phase each day, deaths of the county, and answers that are lost
or belong to something else; ``dev.py faults --full network county_deaths lost_replies`` tries all
of it many times.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlmodel import select

from app.county.tables import EntryRow, FileHolder
from app.domain.problems import ProblemCode
from app.services.ports import CountyLine
from app.wire.exchange import (
    ANSWER_PURPOSE,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    message_digest,
)
from app.wire.exchange2 import ANSWER2_PURPOSE, EXCHANGE2_PATH, FILES_PATH, PARCEL_PATH
from tests.county.server import POSTGRES
from tests.faults import county_deaths, lost_replies, network
from tests.faults.network_faults import Fault
from tests.faults.trials import Outcome, Tier
from tests.faults.village_line import VillageLine, village_line

linux_only = pytest.mark.skipif(
    not hasattr(os, "fork") or bool(POSTGRES), reason="asks Linux, forks, and serves from SQLite"
)


def harms(rows: Iterable[Outcome]) -> list[str]:
    return [f"{one.kind}: {one.first}" for one in rows if not one.good]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[VillageLine]:
    with village_line(tmp_path) as one:
        yield one


@linux_only
def test_every_network_fault_is_told_plainly_and_costs_nothing() -> None:
    rows = network.run(Tier())
    assert harms(rows) == []
    assert len(rows) == len(Fault) + 1


def test_every_fault_in_every_place_has_its_day() -> None:
    tried = [(one.fault, one.place) for one in network.everything(0)]
    assert len(set(tried)) == len(tried) == len(Fault) * len(network.PLACES)
    today = [one.fault for one in network.todays()]
    assert today == list(Fault)


@linux_only
def test_a_county_that_dies_anywhere_has_it_once() -> None:
    assert harms(county_deaths.run(Tier())) == []


def test_lost_and_old_replies_cost_nothing() -> None:
    assert harms(lost_replies.run(Tier())) == []


class Resigned:
    """A line whose answers bear the county's true signature, over something else than was asked."""

    def __init__(self, village: VillageLine, purpose: str, path: str, nonce: str) -> None:
        self._village, self._purpose, self._path, self._nonce = village, purpose, path, nonce

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        return self._sign(self._line.post(path, body, headers)[0], headers)

    def stream(
        self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        return self._sign(self._line.stream(path, parts, headers)[0], headers)

    @property
    def _line(self) -> CountyLine:
        return self._village.laptop.line

    def _sign(self, body: bytes, asked: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
        nonce = self._nonce or asked[NONCE_HEADER]
        message = message_digest(self._purpose, self._path, nonce, body)
        return body, {SIGNATURE_HEADER: self._village.world.county.key.sign(message)}


@pytest.mark.parametrize(
    ("purpose", "path", "nonce", "believed"),
    [
        (ANSWER2_PURPOSE, EXCHANGE2_PATH, "", True),
        (ANSWER2_PURPOSE, EXCHANGE2_PATH, "0" * 32, False),
        (ANSWER2_PURPOSE, FILES_PATH, "", False),
        (ANSWER2_PURPOSE, PARCEL_PATH, "", False),
        (ANSWER_PURPOSE, EXCHANGE2_PATH, "", False),
    ],
)
def test_the_answer_to_something_else_is_not_believed(
    village: VillageLine, purpose: str, path: str, nonce: str, believed: bool
) -> None:
    load = village.load()
    with village.laptop.store.unit() as uow:
        # What the county has of others' photographs is asked for at another path.
        assert uow.files.lacking(1) == ()
    before = village.words_here()
    tried = village.try_once(Resigned(village, purpose, path, nonce))
    assert (village.words_here() != before) is believed
    assert village.harm_so_far().column == ""
    if not believed:
        assert tried.code is ProblemCode.RECEIPT_NOT_GENUINE
    assert village.drain(village.laptop.line, load).column == ""


def test_struck_off_in_the_middle_is_told_and_takes_nothing(village: VillageLine) -> None:
    """Only where the county itself has said so, which a bare 403 has not."""
    laptop, county = village.laptop, village.world.county
    village.load()

    def revoke(number: int) -> str:
        if number == 0:
            county.revoke(laptop.id)
        return ""

    tried = village.try_once(lost_replies.BadPost(laptop.line, revoke))
    assert tried.code is ProblemCode.DEVICE_REVOKED
    assert tried.until_next >= 10
    assert village.harm_so_far().column == ""
    with laptop.store.unit() as uow:
        assert uow.lists.status().waiting_files == 2
    case = laptop.new_case()
    assert village.try_once(laptop.line).code is ProblemCode.DEVICE_REVOKED
    with laptop.store.unit() as uow:
        assert uow.lists.status().waiting == 1
        assert not uow.records.is_foreign(case.id)


def test_the_look_at_a_village_is_not_blind(village: VillageLine) -> None:
    """Else nothing above would prove anything."""
    load = village.load()
    assert village.drain(village.laptop.line, load).column == ""
    with village.world.county.session() as session:
        for row in session.exec(select(FileHolder).where(FileHolder.sha256 == load.photos[0])):
            session.delete(row)
        session.commit()
    assert village.harm_so_far().words == "a file that is not there"
    with village.world.county.session() as session:
        position = village.world.county.held(village.laptop.id)[-1].position
        session.get_one(EntryRow, position).hash = "0" * 64
        session.commit()
    assert village.harm_so_far().words == "an entry that is not there"
    village.laptop.new_case()
    assert village.harm_so_far().column == "lost"
    assert village.missing(load) == "own texts"
