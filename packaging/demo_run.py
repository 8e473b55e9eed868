"""What `dev.py run` starts: the county on loopback and Heshi with the demo village; without a
screen the same job, offscreen.

`--as supervisor` opens the supervisor's laptop, `--offscreen` walks even where there is a screen,
`--fresh` begins the demo anew.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from demo_world import ROOT, DemoWorld, environment

DEMO_FOLDER = ROOT / "build" / "demo"


def has_screen() -> bool:
    """Whether a window could be seen by somebody."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def open_window(home: Path, language: str | None) -> int:
    """Heshi's window on a demo laptop, until it is closed."""
    words = [sys.executable, "-m", "app", "--data", str(home)]
    if language:
        words += ["--lang", language]
    return subprocess.run(words, cwd=ROOT, env=environment(), check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py run", description=__doc__)
    parser.add_argument("--as", dest="who", choices=("mediator", "supervisor"), default="mediator")
    parser.add_argument("--lang", choices=("zh_CN", "en"))
    parser.add_argument("--offscreen", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    args = parser.parse_args()
    # Whoever ends this program ends the county server with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if args.offscreen or not has_screen():
        from walk import walk

        print("No screen here: doing the same job offscreen.", flush=True)
        return walk(ROOT / "out")
    if args.fresh:
        shutil.rmtree(DEMO_FOLDER, ignore_errors=True)
    world = DemoWorld(DEMO_FOLDER)
    try:
        world.start_county()
        print(f"The demo county listens on {world.url}.", flush=True)
        world.build(complete=True)
        print("Opening Heshi. (`--as supervisor` opens the supervisor's laptop.)", flush=True)
        return open_window(
            world.supervisor if args.who == "supervisor" else world.mediator, args.lang
        )
    finally:
        world.stop_county()


if __name__ == "__main__":
    raise SystemExit(main())
