"""Texts over a village's line, against the least that any program could need (`line_village`).

60 cases over 50 kbit/s with a round trip of 500 ms, and 300 cases over 256 kbit/s with 300 ms. The
yardstick is not measured but computed from the bytes of the same run, so a ratio holds on any
machine whose processor is not the bottleneck.
"""

from __future__ import annotations

from tests.bench.figures import Figure, Spread, spread
from tests.bench.line_village import send, village_with

MOST_RUNS = 3


def measure(runs: int) -> list[Figure]:
    figures: list[Figure] = []
    for cases, kbit, rtt_ms, bar in ((60, 50.0, 500.0, 1.25), (300, 256.0, 300.0, 1.2)):
        seconds, floors, grown = [], [], []
        for _ in range(min(runs, MOST_RUNS)):
            with village_with(cases, 0, "texts") as (county, home, load):
                sent = send(county, home, load, kbit=kbit, rtt_ms=rtt_ms)
            seconds.append(sent.seconds)
            floors.append(load.floor(kbit, rtt_ms))
            grown.append(sent.grown_mb)
        what = f"texts of {cases} cases, {kbit:.0f} kbit/s, {rtt_ms:.0f} ms"
        figures.append(Figure(what, "s", spread(seconds), spread(floors), bar))
        figures.append(memory(f"memory while sending {cases} cases", grown))
    return figures


def memory(what: str, grown_mb: list[float]) -> Figure:
    """Megabytes beyond the idle program; the bar is for the value itself."""
    value: Spread = spread(grown_mb)
    return Figure(what, "MB", value, None, 30.0)
