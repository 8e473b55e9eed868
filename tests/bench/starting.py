"""How soon the window is painted and the list usable with 10,000 cases, and how much memory that takes, against a bare PySide6 window.

Both are processes of their own, timed from before they exist, one after the other in turn. Product: the real program with an
encrypted store behind a password (no keyring: the slower way in).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.figures import Figure, spread
from tests.bench.stores import PASSWORD, ROOT, home_with_cases

HERE = Path(__file__).resolve().parent
LEFT_ALONE_MS = "2500"


class Start(NamedTuple):
    """One start: milliseconds from before the process, and PSS in MiB when it has come to rest."""

    painted: float
    usable: float
    pss: float


def one_start(program: str, *words: str, rest_ms: str = LEFT_ALONE_MS) -> Start:
    """Starts a probe and reads what it tells."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HESHI_PASSWORD": PASSWORD,
        "PYTHONPATH": str(ROOT),
    }
    begun = time.monotonic()  # the same clock in parent and child
    reply = subprocess.run(
        [sys.executable, str(HERE / program), rest_ms, *words],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=ROOT,
        timeout=60,
    )
    painted, usable, pss = (float(word) for word in reply.stdout.split())
    return Start((painted - begun) * 1e3, (usable - begun) * 1e3, pss)


def measure(runs: int) -> list[Figure]:
    home = str(home_with_cases())
    one_start("probe_bare.py"), one_start("probe_heshi.py", home)
    pairs = [(one_start("probe_bare.py"), one_start("probe_heshi.py", home)) for _ in range(runs)]
    bare, heshi = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    floor = spread([one.painted for one in bare])
    return [
        Figure(
            "first painted window, 10,000 cases",
            "ms",
            spread([one.painted for one in heshi]),
            floor,
            1.6,
        ),
        Figure("encrypted list usable", "ms", spread([one.usable for one in heshi]), floor, 2.5),
        Figure(
            "memory at rest, list open (PSS)",
            "MiB",
            spread([one.pss for one in heshi]),
            spread([one.pss for one in bare]),
            1.7,
        ),
    ]
