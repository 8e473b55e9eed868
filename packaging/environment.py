"""The project's own Python environment: made once, brought up to date when the lock changes.

Runs under a bare Python with the standard library alone. It must never install a package that
``requirements/dev.txt`` does not name together with its hash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import systemlibs

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "heshi-stamp"

# PySide6 6.9.3 has wheels for these and for nothing newer.
OLDEST, NEWEST = (3, 11), (3, 13)


def stop(sentence: str, code: int = 2) -> NoReturn:
    """End with one plain sentence on the error stream."""
    print(f"heshi: {sentence}", file=sys.stderr)
    raise SystemExit(code)


def tool(name: str) -> Path:
    """Where a program of the environment lies (``python``, ``ruff``, ``pyside6-lupdate``)."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def ensure() -> Path:
    """Make the environment match the lock and return its Python; at once when it does already."""
    wanted = _fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and tool("python").exists():
        return tool("python")
    if not _works(tool("python")):
        _create()
    print("Installing the locked packages (only when the lock changed) ...", flush=True)
    _install(["--require-hashes", "-r", str(LOCK)], "The locked packages could not be installed.")
    _install(
        ["--no-deps", "--no-build-isolation", "--config-settings=editable_mode=compat", "-e", "."],
        "Heshi itself could not be put into the environment.",
    )
    STAMP.write_text(wanted, encoding="utf-8")
    return tool("python")


def _fingerprint() -> str:
    """Changes when the lock, the project file or the place of the project does."""
    digest = hashlib.sha256(str(ROOT).encode())
    for file in (LOCK, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _works(python: Path) -> bool:
    """Whether this Python starts and is of a version that the packages are made for."""
    code = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    try:
        return subprocess.run([python, "-c", code], check=False).returncode == 0
    except OSError:
        return False


def _a_python() -> str:
    """The running Python if it fits, else another one of this machine that does."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and _works(Path(found)):
            return found
    here = ".".join(str(part) for part in sys.version_info[:2])
    stop(f"Python 3.11, 3.12 or 3.13 is needed; this one is {here} and no other was found.")


def _create() -> None:
    python = _a_python()
    print(f"Making the environment in {VENV.name} ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if uv and _run([uv, "venv", "--quiet", "--python", python, str(VENV)]):
        return
    if python == sys.executable and importlib.util.find_spec("ensurepip") is None:
        # Debian ships Python without it.
        systemlibs.install(["python3-venv"])
    if not _run([python, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "Python could not make an environment. On Debian: sudo apt-get install python3-venv "
            "and then the same command again."
        )


def _install(arguments: list[str], sentence: str) -> None:
    """Install with uv where it is there (seconds), else with pip (a minute or two)."""
    python = str(tool("python"))
    uv = shutil.which("uv")
    if uv and _run([uv, "pip", "install", "--quiet", "--python", python, *arguments]):
        return
    if not _run([python, "-c", "import pip"], quiet=True):
        _run([python, "-m", "ensurepip", "--upgrade"], quiet=True)
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if not _run([*pip, *arguments]):
        stop(f"{sentence} The lines above say why; then the same command again.", code=1)


def _run(command: list[str], *, quiet: bool = False) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, check=False, stdout=sink, stderr=sink).returncode == 0
