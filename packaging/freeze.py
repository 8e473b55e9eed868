"""Freeze the client into ``dist/heshi`` and start what came out, once.

It must never take over when something is missing: a program that does not start is not shipped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import smoke
from environment import ROOT, tool


def freeze() -> int:
    """Build with PyInstaller, then the self-check; the exit code of the first that goes wrong."""
    shutil.rmtree(ROOT / "dist" / "heshi", ignore_errors=True)
    command = [str(tool("python")), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", "dist", "--workpath", "build/pyinstaller"]
    command += ["packaging/pyinstaller/heshi.spec"]
    built = subprocess.run(command, cwd=ROOT, check=False).returncode
    return built or smoke.check(smoke.PROGRAM)


if __name__ == "__main__":
    sys.exit(freeze())
