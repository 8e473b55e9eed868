"""Programs of two ages meet: an old laptop at a new county, a laptop that moves to a new version
and back, and a new laptop at an old county.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from app.domain.problems import ProblemCode, Refused
from app.services.exchange import FAILURES_SETTING, NEXT_TRY_SETTING, TROUBLE_SETTING
from app.sync.http_line import HttpLine
from app.wire.canonical import canonical
from app.wire.exchange import CONTENT_TYPE, Receipt
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop, change_of, verdicts, written
from tests.county.server import RunningCounty
from tests.county.streaming import Stream
from tests.county.village import Village
from tests.faults.village_line import attach


def seqs(receipts: list[Receipt]) -> list[int]:
    return [one.seq for one in receipts]


def receipts(laptop: RawLaptop) -> list[Receipt]:
    """One for each entry that is offered, in the first protocol."""
    answer = laptop.exchange()
    return [Receipt.model_validate_json(one.raw) for one in answer.receipts]


def test_an_old_laptop_loses_nothing_at_a_new_county(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    home = county.committee()
    old, other = enrolled(county.mediator(home)), enrolled(county.mediator(home, "赵调解"))
    assert old.blocks
    case = old.new_case()
    first = receipts(old)
    old.save(case, base=old.journal[-1].hash)
    told = receipts(old)
    assert seqs(told) == [1, 2]
    assert told[0] == first[0]
    assert [one.entry_hash for one in told] == [one.hash for one in old.journal]
    assert [kind for _, kind, _ in verdicts(old.exchange())] == ["applied"] * 2

    # What a laptop of today writes comes to the old one, as it was signed.
    today = Stream(other, county.address)
    their = other.new_case()
    today.contact(other.journal)
    answer = old.exchange(cursor=0)
    assert [one.changes[0].id for one in written(answer)] == [their.id]
    # And the other way round.
    page = Stream(other, county.address)
    page.contact(receipted=1)
    assert set(page.mirror) == {one.hash for one in old.journal}


def test_a_laptop_goes_to_the_second_protocol_and_back(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    stream = Stream(laptop, county.address)
    for _ in range(2):
        laptop.new_case()
    before = receipts(laptop)
    for _ in range(3):
        laptop.new_case()
    answer = stream.contact(laptop.journal[2:], receipted=2)
    assert answer.have == 5
    assert stream.spans(answer)[-1].last == 5
    for _ in range(2):
        laptop.new_case()
    back = receipts(laptop)
    assert seqs(back) == [1, 2, 3, 4, 5, 6, 7]
    assert back[:2] == before
    assert [one.position for one in back] == [1, 2, 3, 4, 5, 6, 7]
    assert receipts(laptop) == back
    # Once more forward: one receipt of the second kind for what came by the first.
    laptop.new_case()
    again = stream.contact(laptop.journal[7:], receipted=5)
    assert (again.have, stream.spans(again)[-1].last) == (8, 8)
    assert [row.seq for row in county.held(laptop.id)] == list(range(1, 9))


def test_what_two_wrote_is_judged_alike_in_both_protocols(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    home = county.committee()
    old, other = enrolled(county.mediator(home)), enrolled(county.mediator(home, "赵调解"))
    case = old.new_case()
    base = old.journal[0].hash
    old.exchange()
    for matter in ("屋檐滴水", "田埂"):
        old.write(change_of(case, base=base).model_copy(update={"set": {"matter": matter}}))
    told = {seq: kind for seq, kind, _ in verdicts(old.exchange())}
    page = Stream(other, county.address)
    page.contact()
    seen = {one.sealed.hash: one.verdict for one in page.mirror.values()}
    for number, sealed in enumerate(old.journal, 1):
        assert seen.get(sealed.hash) == told[number]


class _OldCounty(BaseHTTPRequestHandler):
    """What a county of version 0.2 says to any path of the second protocol."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        # It answers before it has read a body, as its router does.
        body = canonical({"code": "malformed"})
        self.send_response(404)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told."""


@contextmanager
def old_county() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _OldCounty)
    thread = threading.Thread(target=server.serve_forever, name="old county")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def village(tmp_path: Path, county: RunningCounty) -> Iterator[Village]:
    one = Village(tmp_path / "village", county.address)
    one.enrol(county.code(county.mediator(county.committee())))
    one.sync()
    yield one
    one.close()


def test_a_new_laptop_at_an_old_county_waits_and_loses_nothing(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    attach(village, case.id, b"photo" * 20_000)
    good = village.line
    with old_county() as address:
        village.line = older = HttpLine(address)
        for times in (1, 2):
            with pytest.raises(Refused) as caught:
                village.sync()
            assert caught.value.first.code is ProblemCode.COUNTY_OLDER
            assert village.setting(FAILURES_SETTING) == str(times)
            assert village.setting(TROUBLE_SETTING) == ProblemCode.COUNTY_OLDER.value
            told = village.setting(NEXT_TRY_SETTING)
            assert told
            wait = datetime.fromisoformat(told) - village.clock.now()
            assert timedelta(seconds=10) < wait < timedelta(minutes=2)
        older.close()
    assert village.waiting() == 2
    with village.store.unit() as uow:
        assert uow.lists.status().waiting_files == 1
    assert village.is_whole()

    # The county is brought up to date.
    village.line = good
    done = village.sync()
    assert (done.received, done.files_received) == (2, 1)
    assert village.waiting() == 0
    assert village.setting(NEXT_TRY_SETTING) is None
