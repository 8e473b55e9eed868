"""How long the real window over 10,000 cases keeps somebody waiting: opening the list, sorting by
every column, searching, scrolling.

Not a ratio: no single stretch in which the window does not answer may be longer than 50 ms. The
wait for a result, during which the window goes on answering, is not counted.
"""

from __future__ import annotations

import json

from tests.bench.figures import Figure, spread
from tests.bench.starting import probe
from tests.bench.stores import home_with_cases

KINDS = ("opening", "sorting", "searching", "scrolling")
LONGEST_MS = 50


def measure(runs: int) -> list[Figure]:
    home = str(home_with_cases())
    heard = [json.loads(probe("probe_listing.py", home)) for _ in range(max(2, runs // 3))]
    return [
        Figure(
            f"window does not answer while {kind}, longest",
            "ms",
            spread([one[kind] for one in heard]),
            None,
            LONGEST_MS,
        )
        for kind in KINDS
    ]
