"""Data packs on the disk: the folders under `resources`/packs, and beside them what the county
sent.

What is in them `services/pack_reading.py` puts together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from app.services.pack_reading import LATER, UNFIT, PackReader
from app.services.ports import Practice

FIRST_PACK = "national"


def load_practice(resources: Path, county: bytes | None = None) -> Practice:
    """Everything under `resources`/packs but what can wait, the national pack first and `county`
    last: the document (file name -> content) of the county's pack, which was checked when it came.

    Raises OSError and ValueError for packs that cannot be read.
    """
    reader = PackReader()
    for folder in pack_folders(resources / "packs"):
        for file in sorted(folder.glob("*.json")):
            if file.stem in LATER:
                continue
            raw = file.read_bytes()
            if folder.name == FIRST_PACK:
                reader.add_unread(file.stem, raw)
            else:
                reader.add(file.stem, json.loads(raw))
    if county:
        reader.add_document(json.loads(county))
    return reader.practice()


def practice_in_use(resources: Path, county: bytes) -> Practice:
    """As `load_practice`; without the county's pack where it does not fit this version of Heshi any
    more, because nothing may keep the program from starting.
    """
    try:
        return load_practice(resources, county)
    except UNFIT:
        return load_practice(resources)


def pack_folders(packs: Path) -> Iterable[Path]:
    """The folders of all packs, the national one first."""
    found = (one for one in packs.iterdir() if one.is_dir())
    return sorted(found, key=lambda one: (one.name != FIRST_PACK, one.name))
