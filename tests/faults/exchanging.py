"""The operation that needs a county: cases go there and others come back, over a real wire.

Nothing may be called received that the county does not hold, and nothing may lie there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from app.cli.house import House
from app.domain.problems import ProblemCode, Refused
from app.services.enrolment import enrol
from app.services.exchange import exchange_once
from app.services.lines import CaseQuery
from app.storage.cipher import FILE_NAME, connect
from app.sync.http_line import HttpLine
from tests.county.server import RunningCounty
from tests.faults.places import DATA, KEY, Found, Say, Step, new_case, opened, whole_cases

NEIGHBOUR = "neighbour"
LOST_ON_THE_WAY = frozenset({ProblemCode.ANSWER_CUT, ProblemCode.COUNTY_UNREACHABLE})


class Exchanging:
    """Saves a case and exchanges; a neighbour in the same committee writes in between."""

    name: ClassVar[str] = "exchange with the county"
    lives: ClassVar[int] = 60
    steps: ClassVar[int] = 1_000_000

    def __init__(self) -> None:
        self.county: RunningCounty | None = None
        self.neighbour_writes = True

    def prepare(self, place: Path) -> None:
        self.county = RunningCounty(place / "county")
        committee = self.county.committee()
        for name in (DATA, NEIGHBOUR):
            code = self.county.code(self._account(self.county, committee, name))
            with opened(place / name) as house:
                line = HttpLine(self.county.address)
                enrol(
                    house.unit, line, house.device, house.check, code, address=self.county.address
                )
                line.close()

    def _account(self, county: RunningCounty, committee: str, name: str) -> str:
        """Whose the laptop is that is called `name`."""
        return county.mediator(committee, f"{name}的调解员")

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        with opened(place / DATA) as house:
            line = _line(house)

            def step(number: int) -> None:
                say(f"case {new_case(house)}")
                try:
                    done = exchange_once(house.unit, line, house.device, house.check)
                except Refused as refused:
                    if refused.first.code not in LOST_ON_THE_WAY:
                        raise
                else:
                    say(f"received {receipts_of(house)} pulled {done.pulled}")

            yield step
            line.close()

    def find(self, place: Path, said: Sequence[str]) -> Found:
        """The neighbour writes one more case each time, so that there is something to bring."""
        assert self.county is not None
        with opened(place / DATA) as house:
            cases, half = whole_cases(house)
            words = {f"case {one}" for one in cases}
            received = receipts_of(house)
            held = {row.seq: row.hash for row in self.county.held(house.device.device_id)}
            receipts = _rows(place / DATA, "SELECT seq, entry_hash FROM receipt")
        words |= {one for one in said if one.startswith("received ")
                  and int(one.split()[1]) <= received}  # fmt: skip
        untrue = "" if all(held.get(seq) == mark for seq, mark in receipts) else "a false receipt"
        doubled = "" if sorted(held) == list(range(1, len(held) + 1)) else "numbers twice or gaps"
        if self.neighbour_writes:
            _sync(place / NEIGHBOUR, also_write=True)
        return Found(frozenset(words), half, doubled, untrue)

    def end(self, place: Path, said: Sequence[str]) -> Found:
        """Everything that waits gets through; laptop and county then hold the same journal, and the
        neighbour's cases are here.
        """
        assert self.county is not None
        try:
            _sync(place / NEIGHBOUR)
            _sync(place / DATA)
            found = self.find(place, said)
            _sync(place / DATA)
            return replace(found, half=found.half or self._difference(place))
        finally:
            self.county.close()
            self.county = None

    def _difference(self, place: Path) -> str:
        """What laptop and county do not agree on once all is quiet; "" for nothing."""
        assert self.county is not None
        own = _rows(place / DATA, "SELECT seq, hash FROM journal_entry ORDER BY seq")
        with opened(place / DATA) as house, house.unit() as uow:
            rows = self.county.held(house.device.device_id)
            waiting = len(uow.journal.tail(1))
            here = set(uow.lists.case_lines(uow.lists.case_keys(CaseQuery())))
        with opened(place / NEIGHBOUR) as house, house.unit() as uow:
            theirs = uow.lists.case_lines(uow.lists.case_keys(CaseQuery()))
        if waiting or [(row.seq, row.hash) for row in rows] != own:
            return "laptop and county hold different journals"
        if len({row.position for row in rows}) != len(rows):
            return "one position was given twice"
        own_ids = {one.id for one in here}
        return "" if {one.id for one in theirs} <= own_ids else "the neighbour's cases are missing"


def _line(house: House) -> HttpLine:
    with house.unit() as uow:
        return HttpLine(uow.settings.get("county.url") or "")


def receipts_of(house: House) -> int:
    """How many own entries have a receipt."""
    with house.unit() as uow:
        tail = len(uow.journal.tail(100_000))
        return len(uow.journal.own_from(1, 100_000)) - tail


def _sync(data: Path, *, also_write: bool = False) -> None:
    with opened(data) as house:
        if also_write:
            new_case(house)
        line = _line(house)
        try:
            for _ in range(3):
                if not exchange_once(house.unit, line, house.device, house.check).more:
                    break
        finally:
            line.close()


def _rows(data: Path, query: str) -> list[tuple[int, str]]:
    connection = connect(data / FILE_NAME, KEY)
    try:
        return list(connection.execute(query).fetchall())
    finally:
        connection.close()
