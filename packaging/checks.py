"""The verb ``test``: style, types, directions, spelling and tests, one after the other.

All run even when one is red, so that one round shows everything.
"""

from __future__ import annotations

import subprocess
import time

from environment import ROOT, tool


def run(pytest_arguments: list[str]) -> int:
    """Run every check; 0 when all are green, else 1. ``pytest_arguments`` go to pytest alone."""
    start = time.monotonic()
    python = str(tool("python"))
    checks = {
        "format": [str(tool("ruff")), "format", "--check", "."],
        "lint": [str(tool("ruff")), "check", "."],
        "types": [python, "-m", "mypy"],
        "directions": [str(tool("lint-imports")), "--cache-dir", "build/import-linter"],
        "spelling": [str(tool("codespell"))],
    }
    red = [name for name, command in checks.items() if not _passes(name, command)]
    print("tests ...", flush=True)
    # Last, so that its closing line stands near the end.
    # As many at once as there are processors: most tests wait for disks, screens and lines.
    command = [python, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *pytest_arguments]
    tests = subprocess.run(command, cwd=ROOT, check=False)
    if tests.returncode != 0:
        red.append("tests")
    took = time.monotonic() - start
    verdict = f"RED: {', '.join(red)}" if red else "All green"
    print(f"{verdict} (total {took:.0f} s)", flush=True)
    return 1 if red else 0


def _passes(name: str, command: list[str]) -> bool:
    """Run one check, print its line, and what it said only when it is red."""
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    good = done.returncode == 0
    took = time.monotonic() - start
    print(f"{name:<12} {'ok' if good else 'RED'}  ({took:.1f} s)", flush=True)
    if not good:
        print(done.stdout.rstrip(), flush=True)
    return good
