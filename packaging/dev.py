"""The one command for everybody who works on Heshi: ``python3 packaging/dev.py VERB``.

Needs a bare Python 3.11+ and makes the rest itself. It only prepares and hands over: what a verb
does stands in the file that it starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import environment
import systemlibs
from environment import ROOT


def run(arguments: list[str]) -> NoReturn:
    """start the county server on this computer and open Heshi with the demo village"""
    python = _ready()
    _hand_over([str(python), "packaging/demo_run.py", *arguments])


def test(arguments: list[str]) -> int:
    """run everything that .ci/run runs; further arguments go to pytest"""
    import checks

    _ready()
    return checks.run(arguments)


def shots(arguments: list[str]) -> NoReturn:
    """DIR [--lang zh_CN|en] [--scale 1.0|1.5|2.0] [--size narrow|wide]: a picture of every page"""
    python = _ready()
    _hand_over([str(python), "packaging/shots.py", *arguments])


def bench(arguments: list[str]) -> NoReturn:
    """[NAME ...]: measure speed and memory against a bare window, raw SQL and Typst alone"""
    python = _ready()
    _hand_over([str(python), "-m", "tests.bench", *arguments])


def faults(arguments: list[str]) -> NoReturn:
    """[--full] [NAME ...]: count what kills, power cuts, bad disks and wrong clocks cost"""
    python = _ready()
    if "--full" in arguments:
        systemlibs.ensure_fault_tools()
    _hand_over([str(python), "-m", "tests.faults", *arguments])


def translate(arguments: list[str]) -> int:
    """bring i18n/app_en.ts up to date with the sources and compile it"""
    del arguments
    _ready()
    import translate as catalogues

    catalogues.update()
    catalogues.compile_all()
    return 0


def freeze(arguments: list[str]) -> int:
    """build the client for this kind of computer into dist/heshi and start it once"""
    del arguments
    _ready()
    import freeze as freezing

    return freezing.freeze()


def lock(arguments: list[str]) -> int:
    """[--upgrade]: write requirements/*.txt from pyproject.toml"""
    import lock as locks

    locks.write(arguments)
    return 0


def clean(arguments: list[str]) -> int:
    """remove the environment, everything built, and every cache"""
    del arguments
    names = [".venv", "build", "dist", "out", "heshi.egg-info", ".hypothesis"]
    names += [".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"]
    doomed = [ROOT / name for name in names]
    for room in ("app", "packaging", "tests"):
        doomed += sorted((ROOT / room).rglob("__pycache__"))
    for path in doomed:
        # A link is removed as a link: what it points to may lie outside.
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            continue
        print(f"removed {path.relative_to(ROOT)}")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "shots": shots,
    "bench": bench,
    "faults": faults,
    "translate": translate,
    "freeze": freeze,
    "lock": lock,
    "clean": clean,
}


def main(argv: list[str]) -> int:
    """Do the verb and return the exit code; 2 when there is no such verb."""
    name, arguments = (argv[0], argv[1:]) if argv else ("help", [])
    if name in VERBS:
        return VERBS[name](arguments)
    asked = name in ("help", "-h", "--help")
    lines = ["python3 packaging/dev.py VERB", ""]
    lines += [f"  {verb:<10} {does.__doc__}" for verb, does in VERBS.items()]
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _ready() -> Path:
    """Everything a verb needs: system libraries, environment, translations."""
    systemlibs.ensure()
    python = environment.ensure()
    import translate as catalogues

    catalogues.compile_all()
    return python


def _hand_over(command: list[str]) -> NoReturn:
    """Become this command, with the project's folder as the current one."""
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    raise SystemExit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
