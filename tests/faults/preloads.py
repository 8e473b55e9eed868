"""Our own small libraries that are loaded before everything else, compiled when they are needed."""

from __future__ import annotations

import functools
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.trials import NotHere

HERE = Path(__file__).resolve().parent


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Lives as long as the process."""
    return tempfile.TemporaryDirectory(prefix="heshi-preload-")


@functools.cache
def compiled(name: str) -> Path:
    """The library of ``NAME.c`` in this folder. Raises `NotHere`."""
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc":
        raise NotHere("needs Linux with glibc")
    if compiler is None:
        raise NotHere("needs a C compiler (cc)")
    target = Path(_folder().name) / f"{name}.so"
    flags = ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-pthread"]
    subprocess.run([compiler, *flags, "-o", target, HERE / f"{name}.c"], check=True)
    return target


def environment(name: str, **more: str) -> dict[str, str]:
    """What a child's environment needs so that the library is loaded. Raises `NotHere`."""
    return {"LD_PRELOAD": str(compiled(name)), **more}
