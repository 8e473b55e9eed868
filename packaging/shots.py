"""Pictures of every page and dialog with demo data: `dev.py shots DIR [--lang zh_CN|en] [--scale
1.0|1.5|2.0] [--size narrow|wide]`.

Drives the real window offscreen, one process for each laptop, since language and scale belong to a
process. Looks only; changes nothing but drafts in the demo folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from demo_world import PASSWORD, ROOT, DemoWorld

SHOTS_FOLDER = ROOT / "build" / "shots"
SIZES = {"narrow": "1024x640", "usual": "1366x768", "wide": "1680x1050"}


def take(
    folder: Path,
    world: DemoWorld,
    *,
    language: str = "zh_CN",
    scale: str = "1.0",
    size: str = "usual",
) -> int:
    """Pictures of both laptops of a built demo world into `folder`; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = {
        "mediator": world.mediator,
        "supervisor": world.supervisor,
        "newcomer": world.folder / "newcomer",
        "locked": world.mediator,
    }
    for who, home in homes.items():
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        environment.pop("HESHI_PASSWORD", None)
        if who != "locked":
            environment["HESHI_PASSWORD"] = PASSWORD
        words = [
            sys.executable,
            "packaging/photographer.py",
            who,
            str(home),
            str(folder),
            language,
            SIZES[size],
        ]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)
    return len(list(folder.glob("*.png")))


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--lang", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument("--scale", choices=("1.0", "1.5", "2.0"), default="1.0")
    parser.add_argument("--size", choices=tuple(SIZES), default="usual")
    args = parser.parse_args()
    world = DemoWorld(SHOTS_FOLDER)
    if not (SHOTS_FOLDER / "told").exists():
        from walk import walk

        papers = args.folder / "papers"
        papers.mkdir(parents=True, exist_ok=True)
        if walk(args.folder, SHOTS_FOLDER, pictures=False):
            return 1
        (SHOTS_FOLDER / "told").write_text("", encoding="utf-8")
    count = take(args.folder, world, language=args.lang, scale=args.scale, size=args.size)
    print(f"{count} pictures in {args.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
