"""``python -m tests.faults [--full [--minutes N]] [NAME ...]``: fault trials of every kind, or of
the kinds that are named, and one table.

The short tier is what the checks run too. The full one takes an hour on two quiet cores, and
``whole_system``, which searches at random, another hour and a half;
what was tried goes into the kind's own section of RESULTS.md beside this file, as soon as the kind
is through. With fewer minutes than planned all counts shrink alike, and nothing is written.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.faults.results import merged, section
from tests.faults.trials import KINDS, MINUTES, NotHere, Outcome, Tier, run_kind, table

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(argv: list[str] | None = None) -> int:
    """1 when something was harmed, or a control was not."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which of {', '.join(KINDS)} (default: all)"
    )
    parser.add_argument("--full", action="store_true", help="thousands of trials instead of a few")
    parser.add_argument(
        "--minutes", type=float, help="of the full tier as much as fits, for a first look"
    )
    args = parser.parse_args(argv)
    unknown = set(args.names) - set(KINDS)
    if unknown:
        parser.error(f"there is no kind {', '.join(sorted(unknown))}")
    names = args.names or list(KINDS)
    tier = Tier(full=args.full, share=share_of(names, args.minutes))
    return 0 if _run(names, tier) else 1


def share_of(names: Sequence[str], minutes: float | None) -> float:
    """Which part of the full tier of these kinds fits into so many minutes; at most all of it."""
    if minutes is None:
        return 1.0
    return min(1.0, minutes / sum(MINUTES[one] for one in names))


def _run(names: Sequence[str], tier: Tier) -> bool:
    """Whether there was no harm."""
    rows: list[Outcome] = []
    missing: list[str] = []
    for name in names:
        planned = f", about {MINUTES[name] * tier.share:.0f} minutes" if tier.full else ""
        _print(f"trying {name}{planned} ...")
        try:
            found = run_kind(name, tier)
        except NotHere as reason:
            missing.append(f"not tried: {name} ({reason})")
            continue
        rows += found
        if tier.full and tier.share >= 1:
            _keep(name, found)
    _print(table(rows))
    for line in missing:
        _print(line)
    return bool(rows) and all(one.good for one in rows)


def _keep(kind: str, rows: Sequence[Outcome]) -> None:
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    lines = section(rows, f"{datetime.now(UTC):%Y-%m-%d}")
    RESULTS.write_text(merged(before, {kind: lines}, _machine()), encoding="utf-8")


def _machine() -> str:
    """What the figures were taken on, without its name."""
    connection = dbapi2.connect(":memory:")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLCipher {cipher}, SQLite {dbapi2.sqlite_version}"
    )


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
