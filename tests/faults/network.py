"""Each of the twenty-six faults in each phase, against the real county and the real client: what is
said meanwhile is true and plain, and afterwards everything has come through once.

Nothing here waits: the pauses that the client asks for are added up, and its clock is moved.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.domain.problems import ProblemCode
from app.services.exchange import latest_proven
from app.services.outgoing import REQUEST_SETTING
from app.sync.http_line import HttpLine, Timeouts
from app.wire import parts
from app.wire.exchange2 import FILES_PATH
from tests.county.two_hands import check_agreed
from tests.faults.certificates import Authority
from tests.faults.fault_proxy import FaultProxy
from tests.faults.judging import told
from tests.faults.network_faults import Fault, Kind, Phase, Side, Target, to_path
from tests.faults.trials import Harm, Outcome, Tier
from tests.faults.village_line import GOOD, Tried, VillageLine, village_line

C = ProblemCode
Words = frozenset[C | None]
# A pull has two ways, and the phase takes whichever comes first: photographs of others have a place
# of their own.
FETCH = Target(to_path(FILES_PATH), Side.ANSWER, parts.FILE)
PLACES: tuple[Phase | Target, ...] = (*Phase, FETCH)
# What may be told of a try that met the fault; None: the contact got around it by itself. Only what
# the county has signed may sound like the county; a portal must not look like a bad line.
_BROKEN: Words = frozenset({C.ANSWER_CUT, None})
_SLOW: Words = frozenset({C.ANSWER_TOO_LATE, None})
_FOREIGN: Words = frozenset({C.FOREIGN_ANSWER})
_UNTRUSTED: Words = frozenset({C.LINE_NOT_COUNTY})
_GONE: Words = frozenset({C.COUNTY_UNREACHABLE, C.ANSWER_CUT})
TOLD: dict[Fault, Words] = {
    Fault.REFUSED: _GONE,
    Fault.NO_NAME: frozenset({C.NO_NETWORK}),
    Fault.BLACK_HOLE: _GONE,
    Fault.RESET_BEFORE: _BROKEN,
    Fault.RESET_SENT: _BROKEN,
    Fault.RESET_COMMITTED: _BROKEN,
    Fault.LATE: _SLOW,
    Fault.TWICE: frozenset({None}),
    Fault.OUT_OF_ORDER: _BROKEN,
    Fault.OLD_REPLY: frozenset({C.RECEIPT_NOT_GENUINE}),
    Fault.PORTAL_PAGE: _FOREIGN,
    Fault.PORTAL_REDIRECT: _FOREIGN,
    Fault.SELF_SIGNED: _UNTRUSTED,
    Fault.OTHER_AUTHORITY: _UNTRUSTED,
    Fault.OUT_OF_DATE: _UNTRUSTED,
    Fault.OLD_TLS: _UNTRUSTED,
    Fault.SHORT_LENGTH: _BROKEN,
    Fault.SILENT_CUT: _BROKEN,
    Fault.CHUNK_CUT: _BROKEN,
    Fault.BOMB: _FOREIGN,
    Fault.DRIP: _SLOW,
    Fault.SERVER_ERRORS: frozenset({C.COUNTY_UNREACHABLE, C.COUNTY_BUSY, None}),
    Fault.TOO_MANY: frozenset({C.COUNTY_BUSY}),
    # Nobody has signed it, so it is not the county that has struck this laptop off.
    Fault.NOT_ALLOWED: _FOREIGN,
    Fault.TOO_LARGE: frozenset({C.COUNTY_REFUSED}),
    Fault.ALTERED: frozenset({C.RECEIPT_NOT_GENUINE, C.COUNTY_REFUSED, None}),
}
# Nobody knows when a renewed certificate begins: the chain counts (`county_tls`).
_RENEWED: Words = frozenset({None})
# The connection that carried the phase was torn off, and the fault waits at the door.
_TORN: Words = frozenset({C.ANSWER_CUT, None})
_AFTERWARDS: Words = frozenset({None})
MOST_TRIES = 6
# Faults that end with somebody's patience, so that patience is short.
SILENT = {Fault.BLACK_HOLE, Fault.LATE, Fault.DRIP}
SHORT_PATIENCE = Timeouts(connect=0.25, stall=0.4)
USUAL_PATIENCE = Timeouts(connect=10.0, stall=20.0)
DRIP_S = 0.05
# A clean contact takes three or four; what a broken line may cost besides.
MOST_REQUESTS = 12
# What a busy server's wish comes to; a date counts from the answer's own, and portals send none.
RETRY_AFTER = {"120": 120, "-5": 1}
LONGEST_WAIT_S = 2.5 * 3600
SEEDS = 5


def run(tier: Tier) -> list[Outcome]:
    """A row for each fault: in the short tier in one phase, another one each day; in the full tier
    in all, with all variants.
    """
    rows = {fault: Outcome(f"network {fault.id}: {fault.words}") for fault in Fault}
    last = Outcome("network: afterwards all laptops and the county agree")
    if not tier.full:
        _one_world(0, todays(), rows, last)
    for seed in range(tier.of(0, SEEDS) if tier.full else 0):
        _one_world(seed, everything(seed), rows, last)
    return [*rows.values(), last]


@dataclass(frozen=True, slots=True)
class Wanted:
    fault: Fault
    place: Phase | Target
    variant: str

    @property
    def name(self) -> str:
        place = self.place.name.lower() if isinstance(self.place, Phase) else "fetch"
        return f"{self.fault.id} {self.variant} in {place}".replace("  ", " ")


def everything(seed: int) -> Iterator[Wanted]:
    """All faults in all places; another variant with each seed."""
    for fault in Fault:
        for place in PLACES:
            yield Wanted(fault, place, fault.variants[seed % len(fault.variants)])


def todays() -> Iterator[Wanted]:
    """Each fault in one place, such that six days see all of them."""
    day = datetime.now(UTC).toordinal()
    for number, fault in enumerate(Fault):
        place = PLACES[(number + day) % len(PLACES)]
        yield Wanted(fault, place, fault.variants[day // len(PLACES) % len(fault.variants)])


def _one_world(
    seed: int, wanted: Iterator[Wanted], rows: dict[Fault, Outcome], last: Outcome
) -> None:
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder, bad_line(Path(folder), seed) as on:
        for one in wanted:
            start = time.monotonic()
            harm = on.trial(one)
            words = f"{one.name}: {harm.words}" if harm.column else ""
            rows[one.fault].add(Harm(harm.column, words))
            rows[one.fault].seconds += time.monotonic() - start
        start = time.monotonic()
        last.add(on.harm_at_last())
        last.seconds += time.monotonic() - start


@contextmanager
def bad_line(folder: Path, seed: int) -> Iterator[BadLine]:
    """A village whose line to the county breaks on purpose."""
    authority = Authority(folder / "authority")
    with (
        village_line(folder, random.Random(seed)) as village,
        FaultProxy(village.world.county.port, authority=authority, drip_s=DRIP_S) as proxy,
    ):
        yield BadLine(village, proxy, authority)


@dataclass
class BadLine:
    """`said` counts what was told of each fault, "-" for a try that ended well."""

    village: VillageLine
    proxy: FaultProxy
    authority: Authority
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def trial(self, wanted: Wanted) -> Harm:
        """One fault until it has struck, and a try more; then the line is good. Never raises."""
        try:
            harm = self._bad_times(wanted)
            self.proxy.heal()
            return harm if harm.column else self._good_times()
        except Exception as error:  # ours, and a person would have seen it
            return Harm("unopenable", told(error))
        finally:
            self.proxy.heal()

    def harm_at_last(self) -> Harm:
        """Once everybody has heard of everything."""
        try:
            self.village.world.quiet()
            check_agreed(self.village.world)
        except AssertionError as error:
            return Harm("lost", str(error).splitlines()[0])
        return GOOD

    def _bad_times(self, wanted: Wanted) -> Harm:
        village, proxy = self.village, self.proxy
        self.load = village.load()
        proxy.arm(wanted.fault, wanted.place, variant=wanted.variant)
        more = 1
        for _ in range(MOST_TRIES):
            asked, struck = len(proxy.requests), proxy.strikes
            tried = self._try(wanted.fault)
            self.said[wanted.fault.id, tried.code.value if tried.code else "-"] += 1
            harm = village.harm_so_far()
            if not harm.column:
                met = proxy.strikes > struck
                asked = len(proxy.requests) - asked
                if wanted.fault is Fault.BLACK_HOLE:
                    # Knocks are all there is; of those that are refused the whole machine's count.
                    asked += proxy.strikes - struck
                harm = self._manners(wanted, tried, asked, met)
            if harm.column:
                return harm
            village.laptop.clock.forward(seconds=tried.until_next)
            if proxy.struck and (tried.code is None or not more):
                return GOOD
            more -= proxy.struck
        return GOOD if proxy.struck else Harm("unopenable", "it never struck")

    def _manners(self, wanted: Wanted, tried: Tried, requests: int, met: bool) -> Harm:
        """What is said is plain and fits, and nobody knocks without end."""
        if tried.code not in _fitting(wanted, met):
            return Harm("unopenable", f"says {tried.code.value if tried.code else 'all is well'}")
        if requests > MOST_REQUESTS:
            return Harm("unopenable", f"{requests} requests in one contact")
        if tried.code is None:
            return self._mended(wanted, met)
        if requests > 1 + tried.pauses + tried.until_next:
            return Harm("unopenable", "more than a request a second")
        if not 1 <= tried.until_next <= LONGEST_WAIT_S:
            return Harm("unopenable", f"next try in {tried.until_next:.0f} s")
        if wanted.fault is Fault.TOO_MANY and met:
            wish = RETRY_AFTER.get(wanted.variant)
            if tried.facts.get("retry_after", wish) != wish or tried.until_next < (wish or 1):
                return Harm("unopenable", "the wish to be left alone was not heard")
        return GOOD

    def _mended(self, wanted: Wanted, met: bool) -> Harm:
        """Where all is well in spite of a 413, the requests have become smaller."""
        with self.village.laptop.store.unit() as uow:
            smaller = uow.settings.get(REQUEST_SETTING) is not None
        if met and wanted.variant == "413" and not smaller:
            return Harm("unopenable", "says all is well, and nothing was mended")
        return GOOD

    def _good_times(self) -> Harm:
        line, before = self._line(USUAL_PATIENCE), len(self.proxy.requests)
        try:
            harm = self.village.drain(line, self.load)
        finally:
            line.close()
        if not harm.column and len(self.proxy.requests) - before > MOST_REQUESTS:
            return Harm("unopenable", "does not come to an end")
        if not harm.column and self.proxy.counters().portal_visits:
            return Harm("false_received", "went where a portal sent it")
        return harm

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


def _fitting(wanted: Wanted, met: bool) -> Words:
    fault = wanted.fault
    at_the_door = fault.kind in {Kind.DOOR, Kind.TLS}
    if not met:
        return _TORN if at_the_door else _AFTERWARDS
    if wanted.variant == "413":
        # What is too large goes again in smaller requests, within the same contact.
        return TOLD[fault] | {None}
    return _RENEWED if wanted.variant == "next" else TOLD[fault]
