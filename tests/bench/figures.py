"""What a measurement is: a value, the yardstick of the same run, their ratio, and the bar that it
should keep under.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, smallest and largest of several runs, in one unit."""

    median: float
    least: float
    most: float

    @override
    def __str__(self) -> str:
        return f"{self.median:.4g} ({self.least:.4g}-{self.most:.4g})"


def spread(values: list[float]) -> Spread:
    return Spread(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without a yardstick, `bar` is for the value itself."""

    what: str
    unit: str
    value: Spread
    floor: Spread | None
    bar: float

    @property
    def ratio(self) -> float | None:
        return self.value.median / self.floor.median if self.floor else None

    @property
    def kept(self) -> bool:
        ratio = self.ratio
        return (self.value.median if ratio is None else ratio) <= self.bar

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio, "kept": self.kept}


def timed_ms(action: Callable[[], object]) -> float:
    """Wall time of one call, in milliseconds."""
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1e3


def table(figures: list[Figure]) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{'what':58} {'value':28} {'yardstick':28} {'ratio':>7} {'bar':>7}  verdict"]
    for one in figures:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        sign = "kept" if one.kept else "OVER"
        bar = f"{one.bar:g}" if one.floor else f"{one.bar:g} {one.unit}"
        value, floor = f"{one.value} {one.unit}", f"{one.floor} {one.unit}" if one.floor else ""
        lines.append(f"{one.what:58} {value:28} {floor:28} {ratio:>7} {bar:>7}  {sign}")
    return "\n".join(lines)
