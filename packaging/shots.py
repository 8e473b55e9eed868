"""Pictures of every page and dialog with demo data: `dev.py shots DIR [--lang zh_CN|en] [--scale
1.0|1.5|2.0] [--size narrow|wide]`.

Drives the real window offscreen, one process for each laptop, since language and scale belong to a
process. Looks only; changes nothing but drafts in the demo folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from demo_world import ROOT, DemoWorld, environment

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
    newcomer = world.folder / "newcomer"
    # The two routes through the mediator's laptop follow each other: it has one window at a time.
    together = (
        {"mediator": world.mediator, "supervisor": world.supervisor, "newcomer": newcomer},
        {"locked": world.mediator},
    )
    for homes in together:
        started = [
            _photographer(who, home, folder, language, scale, size) for who, home in homes.items()
        ]
        codes = [one.wait() for one in started]
        if any(codes):
            raise RuntimeError("a page never became ready; the words above say which")
    return len(list(folder.glob("*.png")))


def _photographer(
    who: str, home: Path, folder: Path, language: str, scale: str, size: str
) -> subprocess.Popen[bytes]:
    """One laptop's pictures, begun."""
    around = {**environment(), "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    if who == "locked":
        del around["HESHI_PASSWORD"]
    route = (who, str(home), str(folder), language, SIZES[size])
    words = [sys.executable, "packaging/photographer.py", *route]
    return subprocess.Popen(words, cwd=ROOT, env=around)


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
