"""Each of the twenty-six faults in each of the five phases, against the real county and the real
client: what is said meanwhile is true and plain, and afterwards everything has come through once.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.problems import ProblemCode
from app.services.exchange import latest_proven
from app.sync.http_line import HttpLine, Timeouts
from app.wire import parts
from app.wire.exchange2 import FILES_PATH
from tests.faults.certificates import Authority
from tests.faults.fault_proxy import FaultProxy
from tests.faults.network_faults import Fault, Phase, Side, Target, to_path
from tests.faults.trials import Harm, Outcome, Tier, timed
from tests.faults.village_line import Load, Tried, VillageLine, village_line

C = ProblemCode
# What a person may be told of each fault; None: the contact got around it by itself. A portal must
# be called one, a busy county busy: whoever reads it knows what to do.
_CUT: set[C | None] = {C.ANSWER_CUT, None}
_FOREIGN: set[C | None] = {C.FOREIGN_ANSWER}
_UNTRUSTED: set[C | None] = {C.LINE_NOT_COUNTY}
ALLOWED: dict[Fault, set[C | None]] = {
}
MOST_TRIES = 6
TRIES_AFTER = 1
# Faults that end with somebody's patience, so that patience is short.
SILENT = {Fault.BLACK_HOLE, Fault.LATE, Fault.DRIP}
SHORT_PATIENCE = Timeouts(connect=0.25, stall=0.4)
USUAL_PATIENCE = Timeouts(connect=10.0, stall=20.0)
DRIP_S = 0.05
MOST_REQUESTS_A_TRY = 20
REQUESTS_A_SECOND = 1.0
# A pull has two ways; the phase takes whichever comes first.
FETCH = Target(to_path(FILES_PATH), Side.ANSWER, parts.FILE)
SEEDS = 4

@dataclass
class Seen:
    """What was said of each fault in each phase, and how many requests it took."""

    said: dict[tuple[str, str], set[str]] = field(default_factory=dict)


@contextmanager
def bad_line(folder: Path, seed: int) -> Iterator[BadLine]:
    authority = Authority(folder / "authority")
    with (
        village_line(folder, random.Random(seed)) as village,
        FaultProxy(village.world.county.port, authority=authority, drip_s=DRIP_S) as proxy,
    ):
        yield BadLine(village, proxy, authority)


@dataclass
class BadLine:
    village: VillageLine
    proxy: FaultProxy
    authority: Authority
    seen: Seen = field(default_factory=Seen)

    def trial(self, fault: Fault, where: Phase | Target, *, variant: str | None = None) -> Harm:
        """One fault until it has struck and a try more; then the line is good."""
        village, proxy = self.village, self.proxy
        load = village.load()
        self._good_try_first(fault)
        proxy.arm(fault, where, variant=variant)
        before, seconds, left = len(proxy.requests), 0.0, TRIES_AFTER
        for _ in range(MOST_TRIES):
            asked = len(proxy.requests)
            tried = self._try(fault)
            seconds += tried.pauses + tried.until_next
            key = fault.id, _name(where)
            self.seen.said.setdefault(key, set()).add(tried.code.value if tried.code else "-")
            harm = village.harm_so_far()
            if harm.column:
                return harm
            if len(proxy.requests) - asked > MOST_REQUESTS_A_TRY:
                return Harm("unopenable", f"{len(proxy.requests) - asked} requests in one try")
            village.laptop.clock.forward(seconds=tried.until_next)
            if proxy.struck:
                left -= 1
                if left < 0:
                    break
            if tried.code is None and proxy.struck:
                break
        if not proxy.struck:
            return Harm("unopenable", "it never struck")
        print(fault.id, _name(where), self.seen.said[key], len(proxy.requests)-before, f"{seconds:.1f}", proxy.counters())
        proxy.heal()
        line = self._line(USUAL_PATIENCE)
        try:
            return village.drain(line, load)
        finally:
            line.close()

    def _good_try_first(self, fault: Fault) -> None:
        pass

    def _try(self, fault: Fault) -> Tried:
        line = self._line(SHORT_PATIENCE if fault in SILENT else USUAL_PATIENCE)
        try:
            return self.village.try_once(line)
        finally:
            line.close()

    def _line(self, patience: Timeouts) -> HttpLine:
        with self.village.laptop.store.unit() as uow:
            proven = latest_proven(uow)
        return HttpLine(
            self.proxy.address,
            timeouts=patience,
            ca_file=self.authority.ca_file,
            best_time=lambda: proven,
        )


def _name(where: Phase | Target) -> str:
    return where.name.lower() if isinstance(where, Phase) else "fetch"
