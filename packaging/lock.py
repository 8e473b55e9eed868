"""The lock: every package the project may install, with its hashes, in ``requirements/*.txt``.

Written from ``pyproject.toml`` for all systems at once (Linux x86_64 and aarch64, Windows). The
files must never name a host, a link or a path: they are read on machines with their own registry.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from environment import ROOT, stop

FOLDER = ROOT / "requirements"
FLAGS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def write(arguments: list[str]) -> None:
    """Write the three lock files; pins stay as they are unless ``--upgrade`` is among arguments."""
    uv = shutil.which("uv")
    if uv is None:
        stop("The lock is made with uv: python3 -m pip install uv")
    FOLDER.mkdir(exist_ok=True)
    command = [uv, "pip", "compile", "pyproject.toml", *FLAGS]
    # All extras first; the smaller sets then take the same pins.
    everything = FOLDER / "dev.txt"
    subprocess.run([*command, "--all-extras", *arguments, "-o", everything], cwd=ROOT, check=True)
    for name, extras in {"client": [], "county": ["--extra", "county"]}.items():
        same = ["-c", str(everything)]
        target = FOLDER / f"{name}.txt"
        subprocess.run([*command, *extras, *same, "-o", target], cwd=ROOT, check=True)
    print("Written: " + ", ".join(f"requirements/{file.name}" for file in _files()))


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))
