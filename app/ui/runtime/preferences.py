"""What the window must know before the store is unlocked: language, scale, theme, geometry, hidden
columns.

A small plain file beside the store. Never holds a word about a case, a person or the county.
"""

from __future__ import annotations

import json
from pathlib import Path

FILE_NAME = "window.json"
SCALES = (100, 110, 125, 150, 175, 200)


class Preferences:
    """Short texts by key, kept in one file. A missing or damaged file means the defaults; one that
    cannot be written is no harm.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._values: dict[str, str] = {}
        if file is not None:
            try:
                read = json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                read = {}
            if isinstance(read, dict):
                self._values = {
                    str(key): value for key, value in read.items() if isinstance(value, str)
                }

    def get(self, key: str, default: str = "") -> str:
        return self._values.get(key, default)

    def put(self, key: str, value: str) -> None:
        """Keeps a value at once, replacing the file whole."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if self._file is None:
            return
        part = self._file.with_suffix(".part")
        try:
            part.write_text(
                json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True),
                encoding="utf-8",
            )
            part.replace(self._file)
        except OSError:
            return  # a full or read-only disk: the window works on with what it has

    def number(self, key: str, default: int) -> int:
        value = self.get(key)
        return int(value) if value.isascii() and value.isdigit() else default
