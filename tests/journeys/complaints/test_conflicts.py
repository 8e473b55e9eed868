"""Complaints about conflicts with oneself, about a server that wiped the laptop, and about repairs
that make people pick a side.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from app.county.laptops import refused_entries
from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.problems import ProblemCode, Refused
from app.domain.settlements import Choice
from app.services.conflicts import open_conflicts
from app.services.lines import Delivery
from app.services.settling import settle
from tests.county.server import RunningCounty
from tests.county.two_hands import assign, begin, conflicts, world
from tests.county.village import Answer, Village
from tests.journeys.complaints.contacts import (
    Go,
    Line,
    add_photo,
    code_of,
    contact,
    deliveries,
    lost_once,
    put,
    reopen,
    says,
    status,
)

DEEDS = st.lists(
    st.sampled_from(
        ["new", "save", "save", "back", "photo", "send", "lost", "cut", "no line", "restart"]
    ),
    min_size=3,
    max_size=14,
)


@contextmanager
def one_laptop(folder: Path) -> Iterator[tuple[RunningCounty, Village]]:
    county = RunningCounty(folder / "county")
    village = Village(folder / "village", county.address)
    try:
        village.enrol(county.code(county.mediator(county.committee())))
        yield county, village
    finally:
        village.close()
        county.close()


def do(village: Village, deed: str, number: int) -> None:
    with village.store.unit() as uow:
        cases = uow.records.all(Case)
    case = cases[number % len(cases)] if cases else None
    if deed == "new" or case is None:
        village.new_case(f"第{number}件")
    elif deed == "save":
        put(village, replace(case, facts=f"改了{number}回"), act=Act.CASE_SAVED, case_id=case.id)
    elif deed == "back":  # to what it was before
        put(village, replace(case, facts=""), act=Act.CASE_SAVED, case_id=case.id)
    elif deed == "photo":
        add_photo(village, case, b"\xff\xd8" + bytes([number % 256]) * 3000)
    elif deed == "restart":
        reopen(village)
    else:
        line = Line(village.line)
        if deed == "lost":
            line.trouble = lost_once()
        elif deed == "no line":
            line.trouble = says(ProblemCode.COUNTY_UNREACHABLE)
        elif deed == "cut":
            line.cut_after = 1 + number % 3
        with suppress(Refused):
            contact(village, line)


def test_a_conflict_with_nobody_but_myself() -> None:
    with TemporaryDirectory(prefix="heshi-") as folder, one_laptop(Path(folder)) as both:
        county, village = both

        # One laptop whose life goes on from example to example.
        @settings(max_examples=10)
        @given(DEEDS)
        def alone(deeds: list[str]) -> None:
            for number, deed in enumerate(deeds):
                do(village, deed, number)
            contact(village)
            known = status(village)
            assert (known.attention, known.conflicts, known.waiting) == (0, 0, 0)
            with village.store.unit() as uow:
                assert open_conflicts(uow) == ()
            with county.session() as session:
                assert refused_entries(session, village.id) == []

        alone()
        assert set(deliveries(village).values()) <= {Delivery.COMPLETE}
        assert village.is_whole()


def test_an_empty_server_wiped_my_records(tmp_path: Path) -> None:
    with one_laptop(tmp_path) as (county, village):
        cases = [village.new_case(f"第{number}件") for number in range(3)]
        contact(village)
        # Somebody starts a new county under the same address: another key, nothing in it.
        port = county.port
        county.stop()
        other = RunningCounty(tmp_path / "other")
        try:
            other.stop()
            other.port = port
            other.start()
            for _ in range(2):
                code = code_of(lambda: contact(village))
                assert code in (ProblemCode.RECEIPT_NOT_GENUINE, ProblemCode.FOREIGN_ANSWER)
        finally:
            other.close()
            county.start()
        with village.store.unit() as uow:
            assert {one.id for one in uow.records.all(Case)} == {one.id for one in cases}
        assert set(deliveries(village).values()) == {Delivery.COMPLETE}  # receipts stay receipts
        contact(village)


def test_a_wrong_program_under_the_address_wiped_my_records(village: Village) -> None:
    case = village.new_case()
    add_photo(village, case, b"\xff\xd8 roof")
    contact(village)
    for body in (b"", b"[]", b'{"cases": []}', b"\x00" * 100):
        line = Line(village.line, partial(_page, body))
        with suppress(Refused):
            contact(village, line)
        with village.store.unit() as uow:
            assert [one.id for one in uow.records.all(Case)] == [case.id]
    assert deliveries(village)[case.id] is Delivery.COMPLETE


def _page(body: bytes, number: int, path: str, go: Go) -> Answer:
    del number, path, go
    return body, {}


def test_nothing_listens_any_more_under_the_address(tmp_path: Path) -> None:
    with one_laptop(tmp_path) as (county, village):
        case = village.new_case()
        contact(village)
        county.stop()
        with socket.create_server(("127.0.0.1", 0)):
            assert code_of(lambda: contact(village)) is ProblemCode.COUNTY_UNREACHABLE
        county.start()
        with village.store.unit() as uow:
            assert uow.records.get(Case, case.id) == case


def test_repairing_made_me_pick_one_whole_side(tmp_path: Path) -> None:
    """Two people wrote the same two fields: one is kept of each, and both stay to be read."""
    with world(tmp_path) as here:
        hands = begin(here)
        here.quiet()
        hands.change(here.first, hands.case, matter="甲写的事由", facts="甲写的经过")
        assign(here, hands.case, here.second)
        here.supervisor.sync()
        here.second.sync()
        hands.change(here.second, hands.case, matter="乙写的事由", facts="乙写的经过")
        here.second.sync()
        here.first.sync()
        here.quiet()
        who, found = next(
            (one, conflict)
            for one in here.everybody
            for conflict in conflicts(one)
            if conflict.may_settle
        )
        by_field = {line.field: line for line in found.lines}
        assert {"matter", "facts"} <= set(by_field)
        wanted = {line.key: Choice.IN_FORCE for line in found.lines}
        wanted[by_field["facts"].key] = Choice.OTHER
        with who.store.unit() as uow:
            settle(uow, found.entry_hash, wanted)
        here.quiet()
        now = hands.now(here.supervisor, hands.case)
        assert (now.matter[0], now.facts[0]) in {("甲", "乙"), ("乙", "甲")}
        with here.second.store.unit() as uow:
            told = uow.journal.entries_of("case", hands.case.id)
        texts = str([one.entry.changes for one in told])
        assert all(f"{name}写的{what}" in texts for name in "甲乙" for what in ("事由", "经过"))


def test_a_server_killed_in_an_upload_wedged_the_queue(tmp_path: Path) -> None:
    with one_laptop(tmp_path) as (county, village):
        case = village.new_case()
        add_photo(village, case, b"\xff\xd8" + bytes(range(256)) * 1000)

        def dies(number: int, path: str, go: Go) -> Answer:
            del path
            if number == 1:
                county.stop()
            return go()

        with suppress(Refused):
            contact(village, Line(village.line, dies))
        with suppress(Refused):
            contact(village)
        reopen(village)
        county.start()
        contact(village)
        assert deliveries(village) == {case.id: Delivery.COMPLETE}
        held = [row.seq for row in county.held(village.id)]
        assert held == list(range(1, len(held) + 1))
