"""A village with much to tell, on a bad line: a real county in a process of its own, a laptop in
another, and the slow line between them.

The limit of every measurement is what nobody can beat: all texts (the exact bytes of the journal)
as one zstd-19 stream and the bytes of all photographs, at the line's rate, and one round trip.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import zstandard
from sqlmodel import col, func, select
from typing_extensions import override

from app import paths
from app.county import accounts
from app.county.clock import utc_now
from app.county.database import open_database, reading, sqlite_url, upgrade, writing
from app.county.enrolment import new_code
from app.county.keys import make_key
from app.county.settings import set_up
from app.county.tables import Account, EntryRow
from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.domain.parties import Party
from app.security.device import load_device, verify
from app.security.vault import Vault
from app.services.enrolment import enrol
from app.storage.store import Store
from app.sync.http_line import HttpLine
from tests.bench.slow_line import SlowLine, line_floor_seconds
from tests.bench.stores import FOLDER, PASSWORD, ROOT, NoKeyring, open_bench_store
from tests.bench.village import Village

PHOTO_BYTES = 120_000
REGION = "330108001002"
UTMOST_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Load:
    """What waits: `text_bytes` are the journal's own, `packed_bytes` the same as one stream."""

    entries: int
    text_bytes: int
    packed_bytes: int
    file_bytes: int

    def floor(self, kbit: float, rtt_ms: float) -> float:
        return line_floor_seconds(self.packed_bytes + self.file_bytes, kbit, rtt_ms)


@dataclass(frozen=True, slots=True)
class Sent:
    """One run: seconds until every receipt was there, bytes that passed upwards, and how much
    memory sending took beyond the idle program.
    """

    seconds: float
    texts_seconds: float
    bytes_up: int
    cuts: int
    grown_mb: float


class County:
    """A county server in a process of its own, on a free port."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        make_key(folder)
        self.folder = folder
        self.engine = open_database(sqlite_url(folder))
        upgrade(self.engine)
        with writing(self.engine) as session:
            set_up(session, "示例县司法局")
            committee = accounts.add_committee(
                session, name="某村人民调解委员会", short_name="某村", region=REGION
            )
            account = accounts.add_mediator(
                session, committee_id=committee, name="文和", place="director", now=utc_now()
            )
            self.code = new_code(session, session.get_one(Account, account), utc_now())
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.county", "--data", str(folder), "serve", "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline().strip().rsplit(":", 1)[1])

    def held(self) -> int:
        """Entries in the database."""
        with reading(self.engine) as session:
            return session.exec(select(func.count(col(EntryRow.position)))).one()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()
        self.engine.dispose()


@contextmanager
def village_with(cases: int, photos: int, name: str) -> Iterator[tuple[County, Path, Load]]:
    """A county that knows the laptop and nothing else of it, and the laptop's folder."""
    place = FOLDER / f"line-{name}"
    shutil.rmtree(place, ignore_errors=True)
    home = place / "home"
    home.mkdir(parents=True)
    Vault(paths.keys(home), NoKeyring()).create(PASSWORD)
    county = County(place / "county")
    store = open_bench_store(home)
    try:
        _enrol(store, county)
        load = _fill(store, cases, photos)
    finally:
        store.close()
    try:
        yield county, home, load
    finally:
        county.close()
        shutil.rmtree(place, ignore_errors=True)


def send(
    county: County,
    home: Path,
    load: Load,
    *,
    kbit: float,
    rtt_ms: float,
    cut_every_s: float = 0,
    down_s: float = 0,
) -> Sent:
    """Everything, over that line, by a laptop that has never spoken to this county on it."""
    line = SlowLine(county.port, kbit=kbit, rtt_ms=rtt_ms, cut_every_s=cut_every_s, down_s=down_s)
    with line:
        texts = _Watch(county, load.entries)
        began = time.monotonic()
        texts.start()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.probe_line", str(home), str(line.port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            check=True,
            capture_output=True,
            text=True,
            timeout=UTMOST_SECONDS,
        )
        texts.stop()
        told = json.loads(done.stdout.strip().splitlines()[-1])
        counters = line.counters()
    seen = texts.seen_at - (began + told["begun_after"])
    return Sent(told["seconds"], seen, counters.bytes_up, counters.cuts, told["grown_mb"])


class _Watch(threading.Thread):
    """Looks when the county has all texts."""

    def __init__(self, county: County, wanted: int) -> None:
        super().__init__(name="watch")
        self._county, self._wanted = county, wanted
        self._over = threading.Event()
        self.seen_at = float("inf")

    @override
    def run(self) -> None:
        while not self._over.wait(0.1):
            if self._county.held() >= self._wanted:
                self.seen_at = time.monotonic()
                return

    def stop(self) -> None:
        self._over.set()
        self.join()


def _enrol(store: Store, county: County) -> None:
    address = f"http://127.0.0.1:{county.port}"
    with store.unit() as unit:
        device = load_device(unit.settings)
    line = HttpLine(address)
    try:
        enrol(store.unit, line, device, verify, county.code, address=address)
    finally:
        line.close()


def _fill(store: Store, cases: int, photos: int) -> Load:
    """Two acts a case, taking it in and drafting the agreement; every so many have a photograph."""
    village, pick = Village(), random.Random(11)
    with store.unit() as unit:
        committee = unit.actor.committee_id
    assert committee
    files = 0
    for number in range(cases):
        head, records = village.case_of(committee)
        parties = tuple(one for one in records if isinstance(one, Party))
        with store.unit() as unit:
            for record in records:
                unit.records.put(record)
            unit.commit(Act.CASE_REGISTERED, head.id)
        with store.unit() as unit:
            unit.records.put(village.agreement(head, parties))
            unit.commit(Act.AGREEMENT_DRAFTED, head.id)
        if number * photos // cases != (number + 1) * photos // cases:
            data = pick.randbytes(PHOTO_BYTES)
            with store.unit() as unit:
                unit.records.put(
                    Attachment(
                        id=new_id(),
                        case_id=head.id,
                        kind=AttachmentKind.PHOTO,
                        sha256=unit.files.keep(data),
                        size=len(data),
                        media_type="image/jpeg",
                    )
                )
                unit.commit(Act.ATTACHMENT_ADDED, head.id)
            files += len(data)
    with store.unit() as unit:
        entries = unit.journal.own_from(1, 1_000_000)
    stream = b"".join(one.raw for one in entries)
    packed = zstandard.ZstdCompressor(level=19).compress(stream)
    return Load(len(entries), len(stream), len(packed), files)
