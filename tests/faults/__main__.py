"""``python -m tests.faults [--full] [NAME ...]``: every kind of fault trial, and one table.

The short tier is what the checks run too. The full one takes the better part of an hour; when it
has run all kinds, its table goes into RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.faults.trials import KINDS, NotHere, Outcome, Tier, run_kind, table

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(argv: list[str] | None = None) -> int:
    """1 when something was harmed, or a control was not."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which of {', '.join(KINDS)} (default: all)"
    )
    parser.add_argument("--full", action="store_true", help="thousands of trials instead of a few")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the full tier, between 0 and 1"
    )
    args = parser.parse_args(argv)
    unknown = set(args.names) - set(KINDS)
    if unknown:
        parser.error(f"there is no kind {', '.join(sorted(unknown))}")
    rows, missing = _run(args.names or KINDS, Tier(full=args.full, share=args.share))
    _print(table(rows))
    for line in missing:
        _print(line)
    if args.full and args.share >= 1 and not args.names:
        RESULTS.write_text(_page(rows, missing), encoding="utf-8")
    return 0 if rows and all(one.good for one in rows) else 1


def _run(names: list[str] | tuple[str, ...], tier: Tier) -> tuple[list[Outcome], list[str]]:
    rows: list[Outcome] = []
    missing: list[str] = []
    for name in names:
        _print(f"trying {name} ...")
        try:
            rows += run_kind(name, tier)
        except NotHere as reason:
            missing.append(f"not tried: {name} ({reason})")
    return rows, missing


def _page(rows: list[Outcome], missing: list[str]) -> str:
    harm = sum(one.harm for one in rows if not one.must_fail)
    trials = sum(one.trials for one in rows if not one.must_fail)
    lines = [
        "# Faults: what was tried, and what it cost",
        "",
        f"`python3 packaging/dev.py faults --full` on {datetime.now(UTC):%Y-%m-%d}: {_machine()}.",
        "",
        f"{trials:,} trials, {harm} with harm. No harm in n trials means, with 95 % certainty, "
        "less than 3 in n; it never means none.",
        "",
        table(rows),
        "",
        "*Lost*: acknowledged, and gone. *Doubled*: there twice, or there although it was refused. "
        "*Half*: parts of one act without the others. *Unopenable*: damaged, or answered with "
        "anything but a plain sentence. *False received*: called received, and not at the county. "
        "Controls weaken the program on purpose: a trial that finds nothing there would be blind.",
        *(["", *missing] if missing else []),
    ]
    return "\n".join(lines) + "\n"


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
