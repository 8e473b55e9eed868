"""How soon the window is painted and the list usable with 10,000 cases, and how much memory that
takes, against a bare PySide6 window.

All are processes of their own, timed from before they exist, one after the other in turn. Product:
the real program with its encrypted store. The key comes from a keyring (a stand-in that answers at
once), or, in the lines that say so, from a password (Argon2id, 64 MiB, 3 passes) that stands in the
environment, where otherwise a person would still be typing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from app import paths
from app.security.vault import Vault
from tests.bench.figures import Figure, spread
from tests.bench.keyring import KEPT_IN, FileKeyring
from tests.bench.stores import FOLDER, PASSWORD, ROOT, NoKeyring, home_with_cases

HERE = Path(__file__).resolve().parent
LEFT_ALONE_MS = "2500"


class Start(NamedTuple):
    """One start: milliseconds from before the process, and PSS in MiB when it has come to rest."""

    painted: float
    usable: float
    pss: float


def probe(program: str, *words: str, password: str = PASSWORD) -> str:
    """What a process of its own says. Like an installed program it finds its modules compiled."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HESHI_PASSWORD": password,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(HERE / program), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=120, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr}")
    return done.stdout


def one_start(program: str, *words: str, rest_ms: str = LEFT_ALONE_MS) -> Start:
    """Starts a probe and reads what it tells."""
    begun = time.monotonic()  # the same clock in parent and child
    painted, usable, pss = (float(word) for word in probe(program, rest_ms, *words).split())
    return Start((painted - begun) * 1e3, (usable - begun) * 1e3, pss)


def home_with_keyring(home: Path) -> Path:
    """A copy of `home` whose vault a keyring opens; a vault that a keyring may open asks for it
    every time.
    """
    copied = FOLDER / "starting-keyring"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(home, copied, ignore=shutil.ignore_patterns("backups"))
    os.environ[KEPT_IN] = str(copied / "keyring.txt")
    key = Vault(paths.keys(copied), NoKeyring()).open(PASSWORD)
    Vault(paths.keys(copied), FileKeyring()).mend_keyring(key)
    return copied


def measure(runs: int) -> list[Figure]:
    behind_password = home_with_cases()
    with_keyring = home_with_keyring(behind_password)

    def three() -> tuple[Start, Start, Start]:
        return (
            one_start("probe_bare.py"),
            one_start("probe_heshi.py", str(with_keyring), "--keyring"),
            one_start("probe_heshi.py", str(behind_password)),
        )

    three()  # compiles what is not compiled yet, and warms the system's file cache
    bare, keyring, password = zip(*(three() for _ in range(runs)), strict=True)
    floor = spread([one.painted for one in bare])
    figures = []
    for way, starts in (("", keyring), (", password", password)):
        painted = spread([one.painted for one in starts])
        usable = spread([one.usable for one in starts])
        pss = spread([one.pss for one in starts])
        rest = spread([one.pss for one in bare])
        figures += [
            Figure(f"first painted window, 10,000 cases{way}", "ms", painted, floor, 1.6),
            Figure(f"encrypted list usable{way}", "ms", usable, floor, 2.5),
            Figure(f"memory at rest, list open (PSS){way}", "MiB", pss, rest, 1.7),
        ]
    return figures
