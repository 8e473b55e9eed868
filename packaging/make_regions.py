"""Rebuild resources/packs/national/regions.json from its published package.

For developers only: the finished table is kept in the repository, and neither the window, the
server nor the tests need this file to run. It wants npm (to fetch the package).

It must never run at start or in a build: the table changes when somebody decides so. The same
package gives the same file, byte for byte.

    python packaging/make_regions.py              fetch, rebuild
    python packaging/make_regions.py --from DIR   use the package already unpacked in DIR
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACK = Path(__file__).resolve().parent.parent / "resources/packs/national/regions.json"
PACKAGE, VERSION, AS_OF = "china-division", "2.7.0", "2023-06-30"
# Townships and villages stay away: they are 20 MB, and a county's own pack may bring its own.
LEVELS = {"provinces": 2, "cities": 4, "areas": 6}
HEAD = {
    "data": "regions",
    "title_zh": "县级以上行政区划",
    "title_en": "Administrative divisions down to counties",
    "effective_from": AS_OF,
    "effective_to": None,
    "source": (
        f"{PACKAGE} {VERSION} (npm; MIT by its package.json, WTFPL 2 by its LICENSE): statistical "
        "division codes of the National Bureau of Statistics, published 2023-09-11"
    ),
    "mark": "S",
}


def rows(package: Path) -> list[tuple[str, str]]:
    """Code and own name of every division, each after the one that it belongs to.

    Raises ValueError for a code of a wrong length, twice the same, or without its parent.
    """
    found: dict[str, str] = {}
    for level, digits in LEVELS.items():
        for line in json.loads((package / "dist" / f"{level}.json").read_text(encoding="utf-8")):
            code = line["code"]
            parent = code[: digits - 2]
            if len(code) != digits or code in found or (parent and parent not in found):
                raise ValueError(f"{level}: {code}")
            found[code] = line["name"]
    return sorted(found.items())


def text_of(lines: list[tuple[str, str]]) -> str:
    """The pack as JSON, one division a line."""
    head = json.dumps(HEAD, ensure_ascii=False, indent=1).removesuffix("\n}")
    body = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    return f'{head},\n "rows": [\n{body}\n]}}\n'


@contextmanager
def unpacked(given: Path | None) -> Iterator[Path]:
    """The folder of the unpacked package."""
    if given is not None:
        yield given
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the package.")
    with tempfile.TemporaryDirectory() as name:
        command = [npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        done = subprocess.run(command, cwd=name, check=True, capture_output=True, text=True)
        with tarfile.open(Path(name) / done.stdout.split()[-1]) as archive:
            wanted = [f"package/dist/{level}.json" for level in LEVELS]
            archive.extractall(name, [one for one in archive if one.name in wanted], filter="data")
        yield Path(name) / "package"


def main(arguments: list[str] | None = None) -> int:
    """Writes the pack."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=True)
    parser.add_argument("--from", dest="given", type=Path, help="folder of the unpacked package")
    with unpacked(parser.parse_args(arguments).given) as package:
        lines = rows(package)
    PACK.write_text(text_of(lines), encoding="utf-8")
    print(f"{len(lines)} divisions")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
