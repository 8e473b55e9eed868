"""`python -m tests.bench [names]`: measures and prints one table; the same figures go to
`out/bench.json`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
from pathlib import Path

from tests.bench.figures import Figure, table

BENCHES = (
    "starting",
    "saving",
    "listing",
    "pages",
    "paper",
    "papers",
    "book",
    "scan",
    "keystrokes",
    "appending",
    "line",
)
# Minutes each: only when asked for by name.
LONG = ("line_files",)
OUT = Path(__file__).resolve().parents[2] / "out"


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"which of {', '.join((*BENCHES, *LONG))} (default: all but the last)",
    )
    parser.add_argument(
        "--runs", type=int, default=7, help="runs of each kind (default %(default)s)"
    )
    args = parser.parse_args()
    unknown = set(args.names) - set(BENCHES) - set(LONG)
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for name in args.names or BENCHES:
        print(f"measuring {name} ...", flush=True)
        figures += importlib.import_module(f"tests.bench.{name}").measure(args.runs)
    print(table(figures))
    OUT.mkdir(exist_ok=True)
    report = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "figures": [one.as_json() for one in figures],
    }
    (OUT / "bench.json").write_text(
        json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
