"""A laptop that sends all it has over a line: started by `line_village`, in a process of its own.

Prints one line of JSON: seconds, when it began after the start of the process, and how far its
memory grew while it sent.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from typing_extensions import override

from app.domain.problems import Refused
from app.security.device import load_device, verify
from app.services.exchange import exchange_once, wait
from app.sync.http_line import HttpLine
from tests.bench.stores import open_bench_store

STARTED = time.monotonic()
RETRY_SECONDS = 1.0


def resident_mb() -> float:
    """This process's own memory, without what it shares."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return sum(
        int(line.split()[1]) / 1024
        for line in text.splitlines()
        if line.startswith(("Private_Clean", "Private_Dirty"))
    )


class Peak(threading.Thread):
    """The highest memory seen while it runs."""

    def __init__(self) -> None:
        super().__init__(name="peak", daemon=True)
        self._over = threading.Event()
        self.most = resident_mb()

    @override
    def run(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, resident_mb())

    def stop(self) -> float:
        self._over.set()
        self.join()
        return self.most


def main(home: Path, port: int) -> None:
    store = open_bench_store(home)
    with store.unit() as unit:
        device = load_device(unit.settings)
        # What the window has loaded long before anybody sends.
        unit.lists.status()
        unit.journal.tail(1)
        unit.files.waiting(1)
    line = HttpLine(f"http://127.0.0.1:{port}")
    before, peak = resident_mb(), Peak()
    peak.start()
    begun = time.monotonic()
    while True:
        try:
            done = exchange_once(store.unit, line, device, verify)
        except Refused:
            wait(RETRY_SECONDS)
            continue
        if not done.more:
            break
    seconds = time.monotonic() - begun
    grown = peak.stop() - before
    line.close()
    with store.unit() as unit:
        status = unit.lists.status()
    store.close()
    assert not status.waiting and not status.waiting_files
    print(json.dumps({"seconds": seconds, "begun_after": begun - STARTED, "grown_mb": grown}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
