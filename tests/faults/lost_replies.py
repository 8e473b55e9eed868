"""Replies that are lost at every step of a contact, and old ones that come instead of new ones: the
county has everything, and the laptop believes only the answer to what it asked just now.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.problems import ProblemCode, refuse
from app.services.ports import CountyLine
from tests.faults.judging import told
from tests.faults.trials import Harm, Outcome, Tier, timed
from tests.faults.village_line import VillageLine, village_line

Answer = tuple[bytes, Mapping[str, str]]
# Texts, what is asked of files, files, and files of others: more a clean contact does not say.
STEPS = 4
MOST_TRIES = 6
LOST, OLD = 0.25, 0.2
LONGEST_DELAY_HOURS = 24 * 30
TOLD = {None, ProblemCode.ANSWER_CUT}
SHORT, FULL = 4, 500


def run(tier: Tier) -> list[Outcome]:
    """A row for single losses at each step, and one for all kinds at random."""
    chance = random.Random(9)
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder, losing(Path(folder)) as losses:
        single = Outcome("replies: one is lost, at each step")
        timed(single, (losses.trial(_only(step)) for step in range(STEPS)))
        mixed = Outcome("replies: lost, late, and old ones for new")
        count = tier.of(SHORT, FULL)
        timed(mixed, (losses.trial(_any(chance), chance) for _ in range(count)))
    return [single, mixed]


@contextmanager
def losing(folder: Path) -> Iterator[Losses]:
    with village_line(folder) as village:
        yield Losses(village)


def _only(step: int) -> Callable[[int], str]:
    return lambda number: "lost" if number == step else ""


def _any(chance: random.Random) -> Callable[[int], str]:
    def what(number: int) -> str:
        del number
        drawn = chance.random()
        return "lost" if drawn < LOST else "old" if drawn < LOST + OLD else ""

    return what


@dataclass
class BadPost:
    """A line that carries every request; `what` tells of each answer whether it is lost, or comes
    in a later one's place.
    """

    good: CountyLine
    what: Callable[[int], str]
    late: dict[str, list[Answer]] = field(default_factory=dict)
    count: int = 0
    harmed: int = 0
    swapped: bool = False

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._bring(path, self.good.post(path, body, headers))

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        return self._bring(path, self.good.stream(path, parts, headers))

    def _bring(self, path: str, answer: Answer) -> Answer:
        what = self.what(self.count)
        self.count += 1
        waiting = self.late.setdefault(path, [])
        if what == "lost":
            self.harmed += 1
            waiting.append(answer)
            raise refuse(ProblemCode.ANSWER_CUT)
        if what == "old" and waiting:
            self.harmed += 1
            self.swapped = True
            waiting.append(answer)
            return waiting.pop(0)
        return answer


@dataclass
class Losses:
    """`late`: answers that never came and may come at any time, through all trials."""

    village: VillageLine
    late: dict[str, list[Answer]] = field(default_factory=dict)

    def trial(self, what: Callable[[int], str], chance: random.Random | None = None) -> Harm:
        """A bad post until it has done something, then a good one. Never raises."""
        try:
            return self._trial(what, chance)
        except Exception as error:  # ours, and a person would have seen it
            return Harm("unopenable", told(error))

    def _trial(self, what: Callable[[int], str], chance: random.Random | None) -> Harm:
        village = self.village
        load = village.load()
        post = BadPost(village.laptop.line, what, self.late)
        for _ in range(MOST_TRIES):
            post.swapped = False
            tried = village.try_once(post)
            harm = village.harm_so_far()
            if harm.column:
                return harm
            said = tried.code.value if tried.code else "all is well"
            if post.swapped != (tried.code is ProblemCode.RECEIPT_NOT_GENUINE):
                return Harm("unopenable", f"an old answer came, and it says {said}")
            if not post.swapped and tried.code not in TOLD:
                return Harm("unopenable", f"says {said}")
            hours = chance.uniform(0, LONGEST_DELAY_HOURS) if chance else 1
            village.laptop.clock.forward(hours=hours)
            if tried.code is None:
                break
        return village.drain(village.laptop.line, load)
