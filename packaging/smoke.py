"""Start the frozen program once, on an empty folder, and let it check itself.

The frozen program finds its files, fonts, keyring and libraries in other places than the sources
do; only starting it shows whether it finds them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "heshi" / ("heshi-cli.exe" if os.name == "nt" else "heshi")

# Seconds; an old laptop on a cold start stays far below.
LIMIT = 120


def check(program: Path) -> int:
    """Run ``self-check`` of a frozen program and return its exit code; 1 when it never ends."""
    if not program.is_file():
        print(f"There is no {program.name} yet: python3 packaging/dev.py freeze", file=sys.stderr)
        return 1
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        # It must stand on its own: not a word from the environment it was built in.
        for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
            environment.pop(name, None)
        command = [str(program), "self-check", "--data", folder]
        try:
            code = subprocess.run(
                command, cwd=folder, env=environment, check=False, timeout=LIMIT
            ).returncode
        except subprocess.TimeoutExpired:
            print(f"The program had not ended after {LIMIT} s.", file=sys.stderr)
            return 1
    print(f"self-check ended with {code} after {time.monotonic() - start:.1f} s")
    return code


if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1]) if len(sys.argv) > 1 else PROGRAM))
