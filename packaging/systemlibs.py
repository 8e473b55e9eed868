"""The system libraries that Qt opens at run time and that no wheel brings along.

Runs under a bare Python. It installs only as root on Debian and its kin; everybody else gets the
exact line to type.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

# Library as the loader knows it -> Debian package; found by starting Qt in a bare Debian 12.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2",
}

# What the full tier of the fault trials needs besides; the short one does with less.
FAULT_TOOLS = {"cc": ["gcc", "libc6-dev"], "mount": ["mount"]}
FAKETIME = "faketime/libfaketime.so.1"


def missing() -> dict[str, str]:
    """Library -> package, for each library that this machine cannot load."""
    if not sys.platform.startswith("linux"):
        return {}
    return {name: package for name, package in LIBRARIES.items() if not _loads(name)}


def ensure() -> None:
    """See to it that every library is there, or stop with the line that brings it."""
    lacking = missing()
    if lacking:
        install(list(lacking.values()))
        still = missing()
        if still:
            _stop(f"These libraries are still not found: {' '.join(still)}")


def ensure_fault_tools() -> None:
    """See to it that the full tier of the fault trials has a compiler and a lying clock."""
    if not sys.platform.startswith("linux"):
        return
    lacking = [one for tool, some in FAULT_TOOLS.items() if not shutil.which(tool) for one in some]
    places = [*Path("/usr/lib").glob(FAKETIME), *Path("/usr/lib").glob(f"*/{FAKETIME}")]
    lacking += [] if places else ["libfaketime"]
    if lacking:
        install(lacking)


def install(packages: list[str]) -> None:
    """Install Debian packages, or stop (exit code 2) with the exact line for a person to type."""
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        _stop(f"These packages (by their Debian names) are missing: {' '.join(packages)}")
    if os.geteuid() != 0:
        _stop(f"This computer lacks some packages. Please run:\n  sudo {line}")
    print(f"Installing with apt: {' '.join(packages)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-y"]
    # An old package list is good enough when the refresh does not get through.
    subprocess.run([*quiet, "update"], env=environment, check=False)
    command = [*quiet, "install", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        _stop(f"apt did not get these. Please run:\n  {line}")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _stop(sentence: str) -> NoReturn:
    print(f"heshi: {sentence}", file=sys.stderr)
    raise SystemExit(2)
