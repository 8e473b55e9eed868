"""What every kind of fault trial returns, and the list of kinds.

A kind is a module of this folder with one function ``run(tier: Tier) -> list[Outcome]``; its name
stands in `KINDS`. It must never raise for a trial that went wrong: that is what the columns count.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

# Minutes that the full tier of each kind takes on two quiet cores: what a plan is made with.
MINUTES = {
    "kills": 22.0,
    "power_loss": 14.0,
    "broken_disk": 7.0,
    "full_disk": 3.0,
    "clocks": 1.0,
    "slow_disk": 1.0,
    "network": 5.0,
    "county_deaths": 4.0,
    "lost_replies": 3.0,
    "whole_system": 90.0,
}
KINDS = tuple(MINUTES)

# Read before the fixtures take every HESHI_ variable away.
_ASKED = os.environ.get("HESHI_FAULT_TRIALS", "")


def trials(usual: int) -> int:
    """How many times one test tries; ``HESHI_FAULT_TRIALS`` in the environment asks for more."""
    return int(_ASKED or usual)


class NotHere(Exception):
    """This computer lacks what a kind needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Tier:
    """How much of it: a few trials in every run of the checks, thousands in the full tier."""

    full: bool = False
    share: float = 1.0  # of the full tier, for a first look at rates

    def of(self, short: int, full: int) -> int:
        """The number of trials; at least one."""
        return max(1, round(full * self.share)) if self.full else short


@dataclass(slots=True)
class Outcome:
    """One row. A trial is counted once in the first column of harm that fits it."""

    kind: str
    trials: int = 0
    lost: int = 0  # acknowledged, and gone
    doubled: int = 0  # there twice, or there although it was refused
    half: int = 0  # parts of one act without the others
    unopenable: int = 0  # damaged, or an answer that is no plain sentence
    false_received: int = 0  # called received, and not at the county
    seconds: float = 0.0
    must_fail: bool = False  # a control: harness that finds nothing here is blind
    first: str = ""  # the first harm in a few words
    note: str = ""  # a figure that is no harm

    @property
    def harm(self) -> int:
        return self.lost + self.doubled + self.half + self.unopenable + self.false_received

    @property
    def good(self) -> bool:
        return self.trials > 0 and bool(self.harm) is self.must_fail

    def add(self, harm: Harm) -> None:
        """Counts one trial."""
        self.trials += 1
        if harm.column:
            setattr(self, harm.column, getattr(self, harm.column) + 1)
            self.first = self.first or harm.words


@dataclass(frozen=True, slots=True)
class Harm:
    """What one trial showed: a column of `Outcome` and a few words; "" for no harm."""

    column: str = ""
    words: str = ""


def timed(outcome: Outcome, trials: Iterable[Harm]) -> Outcome:
    """The row with all trials counted and the seconds that they took."""
    start = time.monotonic()
    for one in trials:
        outcome.add(one)
    outcome.seconds += time.monotonic() - start
    return outcome


def run_kind(name: str, tier: Tier) -> list[Outcome]:
    """All rows of one kind. Raises `NotHere`."""
    module = importlib.import_module(f"tests.faults.{name}")
    return cast("Callable[[Tier], list[Outcome]]", module.run)(tier)


_HEADS = (
    "trial", "trials", "lost", "doubled", "half", "unopenable", "false received", "seconds", ""
)  # fmt: skip


def table(rows: Iterable[Outcome]) -> str:
    """The rows as a Markdown table."""
    lines = [f"| {' | '.join(_HEADS)} |", "|---|" + "---:|" * 7 + "---|"]
    for row in rows:
        counts = (row.trials, row.lost, row.doubled, row.half, row.unopenable, row.false_received)
        cells = [row.kind, *(f"{count:,}" for count in counts), f"{row.seconds:.0f}", verdict(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def verdict(row: Outcome) -> str:
    """The last cell of a row."""
    if row.must_fail:
        return "must fail, and does" if row.good else "**BLIND: must fail**"
    said = "ok" if row.good else f"**BAD**: {row.first or 'nothing was tried'}"
    return f"{said}; {row.note}" if row.note else said
