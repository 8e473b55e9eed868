"""kill -9 of the county at chosen points between a laptop's request and the last byte of its
answer:
nothing is missing, nothing is there twice, and a word that was signed stays the same bytes.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.problems import ProblemCode
from app.services.outgoing import PART_SETTING
from tests.county.dying_county import POINTS
from tests.faults.judging import told
from tests.faults.mortal import Mortal, mortal
from tests.faults.trials import Harm, Outcome, Tier, timed
from tests.faults.village_line import GOOD, VillageLine, village_line

# How often a point comes in one contact, at least.
TIMES = {"piece": 8, "file whole": 2, "answering": 2, "first byte": 3}
USUAL_TIMES = 2
# Each text travels in a part of its own.
SMALL_PARTS = "512"
MOST_TRIES = 2
SHORT, FULL = 1, 63
TOLD = {ProblemCode.ANSWER_CUT, ProblemCode.COUNTY_UNREACHABLE}


def run(tier: Tier) -> list[Outcome]:
    """A row for each point."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder, dying(Path(folder)) as one:
        for point in POINTS:
            row = Outcome(f"the county is killed: {point}")
            rows.append(timed(row, one.deaths(point, tier.of(SHORT, FULL))))
    return rows


@contextmanager
def dying(folder: Path) -> Iterator[DyingCounty]:
    """A village whose county lives in a process of its own, and dies there."""
    chance = random.Random(5)
    with village_line(folder, chance) as village:
        county = village.world.county
        county.stop()
        with mortal("serve", str(county.folder), str(county.port)) as server:
            yield DyingCounty(village, server, chance)


@dataclass
class DyingCounty:
    village: VillageLine
    server: Mortal
    chance: random.Random

    def deaths(self, point: str, count: int) -> Iterator[Harm]:
        """`count` deaths at one point, each followed by a good life."""
        for _ in range(count):
            yield self._death(point)

    def _death(self, point: str) -> Harm:
        village = self.village
        with self._alive():
            load = village.load()
        with village.laptop.store.unit() as uow:
            uow.settings.put(PART_SETTING, SMALL_PARTS)
            uow.commit()
        nth = self.chance.randrange(TIMES.get(point, USUAL_TIMES)) + 1
        try:
            harm = self._bad_times(point, nth)
        except Exception as error:  # ours, and a person would have seen it
            harm = Harm("unopenable", told(error))
        signed = village.words_there()
        with self._alive():
            after = village.drain(village.laptop.line, load)
        if harm.column or after.column:
            return harm if harm.column else after
        if not signed <= village.words_here() <= village.words_there():
            return Harm("doubled", "a receipt was signed anew")
        return GOOD

    def _bad_times(self, point: str, nth: int) -> Harm:
        village = self.village
        self.server.born(dies=[point, nth])
        self.server.listen(1)
        harm = GOOD
        for _ in range(MOST_TRIES):
            tried = village.try_once(village.laptop.line)
            harm = village.harm_so_far()
            if not harm.column and tried.code not in TOLD:
                said = tried.code.value if tried.code else "all is well"
                harm = Harm("unopenable", f"says {said}")
            if harm.column or tried.code is ProblemCode.COUNTY_UNREACHABLE:
                break
        if self.server.left_by_itself():
            return harm
        return harm if harm.column else Harm("unopenable", "it never died")

    @contextmanager
    def _alive(self) -> Iterator[None]:
        self.server.born()
        self.server.listen(1)
        try:
            yield
        finally:
            self.server.killed(0)
