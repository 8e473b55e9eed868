"""The table of administrative divisions, read from the packs when it is first needed.

Never read at the start of the program: it is the largest file of the packs, and the first list must
not wait for it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from app.domain.regions import Regions
from app.services.pack_reading import LATER
from app.storage.packs import pack_folders

REGIONS = "regions"
assert REGIONS in LATER


def load_regions(resources: Path) -> Regions:
    """The divisions of all packs under `resources`/packs; what a newer table says goes before an
    older one. Without any table nothing is known.

    Raises OSError and ValueError for a table that cannot be read.
    """
    tables = []
    for folder in pack_folders(resources / "packs"):
        file = folder / f"{REGIONS}.json"
        if file.is_file():
            tables.append(json.loads(file.read_text(encoding="utf-8")))
    tables.sort(key=lambda table: str(table["effective_from"]))
    names = {str(code): str(name) for table in tables for code, name in table["rows"]}
    return Regions(names, date.fromisoformat(tables[-1]["effective_from"]) if tables else None)
