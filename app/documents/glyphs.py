"""Which characters the printed font has, and what of a text can be printed at all.

A rare character that the font lacks must be told loudly, with its place on the paper, before a page
with a box instead of a name is signed. Never replaces a visible character by another.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Nothing to see and nothing to print: zero-width and direction marks, soft hyphens, variation
# selectors, tags, and
# controls that only an import could bring. Direction marks would show a text in another order than
# it was written.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\t\n\v\f\r\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
# A run without a place to break would leave the page: it may break anywhere.
_LONG_RUN = re.compile(r"[!-~\u00a1-\u024f]{24,}")
_BREAK = "\u200b"


def printable(text: str) -> str:
    """The text as it is printed: invisible characters taken out, other white space made a space,
    long runs breakable."""
    plain = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _LONG_RUN.sub(lambda run: _BREAK.join(run[0]), plain)


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that the font lacks, and the path to the value that holds it."""

    character: str
    codepoint: str
    path: tuple[str | int, ...]


class Coverage:
    """The characters of one font, as ranges: `starts` and `ends` (inclusive) in order."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self._starts, self._ends = starts, ends
        self._known: set[str] = set()

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        place = bisect_right(self._starts, code) - 1
        return place >= 0 and code <= self._ends[place]

    def lacks(self, text: str) -> str | None:
        """The first character of `text` that the font lacks."""
        strange = set(text) - self._known
        absent = {one for one in strange if one != _BREAK and one not in self}
        self._known |= strange - absent
        return next((one for one in text if one in absent), None) if absent else None


def read_coverage(font: Path) -> Coverage:
    """The characters of a TrueType or OpenType font, out of its format 12 character map.

    Reads that one table only (under a millisecond; the whole font through a font library takes 0.3
    s on a fast machine). Raises OSError, and ValueError for a file that is no such font.
    """
    with font.open("rb") as stream:
        head = stream.read(12)
        if len(head) < 12:
            raise ValueError("not a font")
        tables = stream.read(16 * struct.unpack(">H", head[4:6])[0])
        places = {
            tables[at : at + 4]: struct.unpack(">II", tables[at + 8 : at + 16])
            for at in range(0, len(tables), 16)
        }
        if b"cmap" not in places:
            raise ValueError("not a font")
        offset, length = places[b"cmap"]
        stream.seek(offset)
        table = stream.read(length)
    return _ranges(table)


def _ranges(table: bytes) -> Coverage:
    for index in range(struct.unpack(">H", table[2:4])[0]):
        _, _, at = struct.unpack(">HHI", table[4 + 8 * index : 12 + 8 * index])
        if struct.unpack(">H", table[at : at + 2])[0] != 12:
            continue
        count = struct.unpack(">I", table[at + 12 : at + 16])[0]
        groups = struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * count])
        starts, ends = [], []
        for start, end, _ in groups:
            starts.append(start)
            ends.append(end)
        return Coverage(starts, ends)
    raise ValueError("font without a full character map")


def strings(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string in plain data with the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, (*path, index))


def prepared(value: object) -> object:
    """The same plain data with every string made `printable`."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: prepared(inner) for key, inner in value.items()}
    return [prepared(inner) for inner in value] if isinstance(value, list) else value


def first_missing(data: object, coverage: Coverage) -> Missing | None:
    """The first character in the data that the font lacks."""
    for path, text in strings(data):
        absent = coverage.lacks(text)
        if absent is not None:
            lone = unicodedata.category(absent) == "Cs"
            return Missing("\ufffd" if lone else absent, f"U+{ord(absent):04X}", path)
    return None
