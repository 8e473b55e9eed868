"""Texts and photographs over a village's line, whole and torn, and how soon one new text is there
behind many photographs. Takes some ten minutes: it is run when asked for by name.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from app.domain.acts import Act
from app.security.device import load_device, verify
from app.services.contact_values import ContactPhase, Progress
from app.services.exchange import exchange_once
from app.storage.store import Store
from app.sync.http_line import HttpLine
from tests.bench.figures import Figure, spread
from tests.bench.line import memory
from tests.bench.line_village import County, Load, Sent, send, village_with
from tests.bench.slow_line import SlowLine
from tests.bench.stores import open_bench_store
from tests.bench.village import Village

NEW_TEXTS = 3
# As many photographs as make 50 MB.
MANY_PHOTOS = 420


def measure(runs: int) -> list[Figure]:
    del runs  # each takes minutes, and the line is the same each time
    figures: list[Figure] = []
    with village_with(60, 6, "photos") as (county, home, load):
        sent = send(county, home, load, kbit=50, rtt_ms=500)
    figures += _figures("60 cases and 6 photos, 50 kbit/s", sent, load, 50, 500, 1.04)
    with village_with(300, 60, "torn") as (county, home, load):
        sent = send(county, home, load, kbit=256, rtt_ms=300, cut_every_s=60, down_s=2)
    figures += _figures("300 cases and 60 photos, torn each minute", sent, load, 256, 300, 1.08)
    figures.append(_texts_first(sent))
    with village_with(MANY_PHOTOS, MANY_PHOTOS, "behind") as (county, home, load):
        figures.append(_new_texts(county, home))
    return figures


def _figures(
    what: str, sent: Sent, load: Load, kbit: float, rtt_ms: float, bar: float
) -> list[Figure]:
    floor = spread([load.floor(kbit, rtt_ms)])
    least = (load.packed_bytes + load.file_bytes) / 1e6
    passed = Figure(f"{what}: bytes", "MB", spread([sent.bytes_up / 1e6]), spread([least]), 1.02)
    time_taken = Figure(what, "s", spread([sent.seconds]), floor, bar)
    return [time_taken, passed, memory(f"{what}: memory", [sent.grown_mb])]


def _texts_first(sent: Sent) -> Figure:
    """When all texts were in, as a part of the whole time."""
    return Figure(
        "the same: texts in before the photos",
        "s",
        spread([sent.texts_seconds]),
        spread([sent.seconds]),
        0.1,
    )


def _new_texts(county: County, home: Path) -> Figure:
    """Seconds from the save of a case to its place at the county, while photographs are on their
    way.
    """
    store = open_bench_store(home)
    with store.unit() as unit:
        device = load_device(unit.settings)
    seconds: list[float] = []
    over, files = threading.Event(), threading.Event()

    def tell(progress: Progress) -> None:
        if progress.phase is ContactPhase.FILES:
            files.set()
        if over.is_set():
            raise KeyboardInterrupt

    with SlowLine(county.port, kbit=256, rtt_ms=300) as slow:
        line = HttpLine(f"http://127.0.0.1:{slow.port}")

        def sending() -> None:
            try:
                exchange_once(store.unit, line, device, verify, tell=tell)
            except KeyboardInterrupt:
                return

        sender = threading.Thread(target=sending, name="sender")
        sender.start()
        files.wait()
        for number in range(NEW_TEXTS):
            threading.Event().wait(7.0)  # somewhere within a photograph
            held = county.held()
            begun = time.monotonic()
            _new_case(store, number)
            while county.held() <= held:
                threading.Event().wait(0.02)
            seconds.append(time.monotonic() - begun)
        over.set()
        sender.join()
        line.close()
    store.close()
    return Figure("a new case at the county, behind 50 MB", "s", spread(seconds), None, 5.0)


def _new_case(store: Store, number: int) -> None:
    village = Village(seed=1000 + number)
    with store.unit() as unit:
        committee = unit.actor.committee_id
    assert committee
    _, records = village.case_of(committee)
    with store.unit() as unit:
        for record in records:
            unit.records.put(record)
        unit.commit(Act.CASE_REGISTERED)
