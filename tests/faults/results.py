"""The page of what was tried: one section for each kind, each row with the day it was tried on.

Running one kind again replaces its own section and touches no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.faults.trials import KINDS, MINUTES, Outcome, verdict

_HEADS = (
    "trial", "on", "trials", "lost", "doubled", "half", "unopenable", "false received", "seconds",
    "",
)  # fmt: skip
_SECTION = re.compile(r"^## (\w+)$", re.MULTILINE)


def merged(before: str, fresh: Mapping[str, Sequence[str]], machine: str) -> str:
    """The page with the sections of `fresh` (kind -> lines) new and the others as they were."""
    sections = {**_sections(before), **{kind: "\n".join(fresh[kind]) for kind in fresh}}
    rows = [line for text in sections.values() for line in text.splitlines() if _is_row(line)]
    counts = [_numbers(line) for line in rows if "must fail" not in line.lower()]
    trials = sum(one[0] for one in counts)
    harm = sum(sum(one[1:]) for one in counts)
    lines = [
        "# Faults: what was tried, and what it cost",
        "",
        f"Written by `python3 packaging/dev.py faults --full [NAME ...]` (planned: "
        f"{sum(MINUTES.values()):.0f} minutes for all). Last run on {machine}.",
        "",
        f"{trials:,} trials, {harm} with harm. No harm in n trials means, with 95 % certainty, "
        "less than 3 in n; it never means none.",
        "",
        "*Lost*: acknowledged, and gone. *Doubled*: there twice, or there although it was refused. "
        "*Half*: parts of one act without the others. *Unopenable*: damaged, or answered with "
        "anything but a plain sentence. *False received*: called received, and not at the county. "
        "Controls weaken the program on purpose: a trial that finds nothing there would be blind.",
    ]
    for kind in sorted(sections, key=_place):
        lines += ["", f"## {kind}", "", sections[kind]]
    return "\n".join(lines) + "\n"


def section(rows: Sequence[Outcome], day: str) -> list[str]:
    """The table of one kind, tried on `day` (ISO)."""
    lines = [f"| {' | '.join(_HEADS)} |", "|---|---|" + "---:|" * 7 + "---|"]
    for row in rows:
        counts = (row.trials, row.lost, row.doubled, row.half, row.unopenable, row.false_received)
        numbers = [f"{one:,}" for one in counts]
        cells = [row.kind, day, *numbers, f"{row.seconds:.0f}", verdict(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _sections(page: str) -> dict[str, str]:
    """Kind -> what stands below its heading."""
    parts = _SECTION.split(page)[1:]
    return {kind: text.strip() for kind, text in zip(parts[::2], parts[1::2], strict=True)}


def _is_row(line: str) -> bool:
    return line.startswith("| ") and not line.startswith(f"| {_HEADS[0]} |")


def _numbers(line: str) -> list[int]:
    cells = [one.strip() for one in line.strip("|").split(" | ")]
    return [int(one.replace(",", "")) for one in cells[2:8]]


def _place(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
