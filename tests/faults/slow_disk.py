"""A disk that takes thirty milliseconds for each flush: how long a save through the real window
takes there, and how long the window stands still meanwhile.

Figures, not a judgement: other programs may be busy. What is counted as harm is a save that did not
arrive.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.cli.house import open_with, vault_of
from app.services.committees import set_up
from app.services.lines import CaseQuery
from tests.faults.places import ROOT
from tests.faults.preloads import environment
from tests.faults.trials import Harm, Outcome, Tier, timed
from tests.storage.village import COMMITTEE, MEDIATOR

FLUSH_MS = 30
SAVE_BAR_MS, STILL_BAR_MS = 150, 100
SHORT, FULL = 5, 100
PASSWORD = "这个磁盘要慢慢来-30"


def run(tier: Tier) -> list[Outcome]:
    """One row. Raises `NotHere`."""
    row = Outcome(f"a disk that takes {FLUSH_MS} ms for a flush: saves")
    told: dict[str, list[float]] = {}
    timed(row, saves(tier.of(SHORT, FULL), told))
    if told:
        late, still = _p95(told["saves"]), max(told["still"], default=0.0)
        over = "" if late <= SAVE_BAR_MS and still <= STILL_BAR_MS else "; over the bar"
        row = replace(row, note=f"save p95 {late:.0f} ms, window still {still:.0f} ms{over}")
    return [row]


def saves(count: int, told: dict[str, list[float]]) -> Iterator[Harm]:
    """`count` cases registered at the window of a program of its own; `told` gets milliseconds of
    each save, and of each wait of the window that was longer than a frame. Raises `NotHere`.
    """
    around = {
        **os.environ,
        **environment("slow_disk"),
        "QT_QPA_PLATFORM": "offscreen",
        "HESHI_PASSWORD": PASSWORD,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
    }
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
        data = Path(folder) / "data"
        _new_home(data)
        command = [sys.executable, str(Path(__file__).with_name("slow_window.py"))]
        done = subprocess.run(
            [*command, str(data), str(FLUSH_MS), str(count)],
            capture_output=True, text=True, env=around, cwd=ROOT, timeout=600, check=False,
        )  # fmt: skip
        if done.returncode:
            yield Harm("unopenable", "the window did not come to its end")
            return
        told.update(json.loads(done.stdout))
        there = _cases(data)
    for number in range(count):
        yield Harm() if number < there else Harm("lost", "case")


def _new_home(data: Path) -> None:
    key = vault_of(data).create(PASSWORD)
    with open_with(data, key, "password") as house, house.unit() as uow:
        set_up(uow, COMMITTEE, MEDIATOR)


def _cases(data: Path) -> int:
    key = vault_of(data).open(PASSWORD)
    with open_with(data, key, "password") as house, house.unit() as uow:
        return len(uow.lists.case_keys(CaseQuery()))


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else 0.0
