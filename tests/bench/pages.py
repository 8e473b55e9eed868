"""How long the window of a laptop with a complete case keeps somebody waiting: opening cases, the
print centre, an agreement of thirty clauses, the register, the workspaces.

Not a ratio: no turn of the event loop may take more than 50 ms of the window thread's own processor
time. Each figure is the longest turn of that kind in one run; other programs' work is not counted,
nor is the wait for the records worker, during which the window goes on answering. The last line is
memory: the complete case opened and left twenty times more must keep nothing.
"""

from __future__ import annotations

import json
import shutil

from tests.bench.figures import Figure, spread
from tests.bench.starting import probe
from tests.bench.stores import FOLDER
from tests.bench.whole_world import whole_world

LONGEST_MS, GROWTH_MIB = 50, 8
GROWTH = "growth MiB"


def measure(runs: int) -> list[Figure]:
    world = whole_world()
    heard: list[dict[str, float]] = []
    for _ in range(max(2, runs // 3)):
        home = FOLDER / "pages"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(world.home, home)
        said = probe(
            "probe_pages.py",
            str(home),
            world.complete,
            world.drafted,
            world.other,
            password=world.password,
        )
        heard.append(json.loads(said))
    figures = [
        Figure(f"longest turn: {kind}", "ms CPU", spread([one[kind] for one in heard]), None, bar)
        for kind, bar in ((kind, LONGEST_MS) for kind in heard[0] if kind != GROWTH)
    ]
    grown = spread([one[GROWTH] for one in heard])
    return [
        *figures,
        Figure("case opened 20 times more, memory kept (PSS)", "MiB", grown, None, GROWTH_MIB),
    ]
