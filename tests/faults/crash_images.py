"""Plays what a recorder wrote down, and builds the disks that a power cut could leave.

Sure is what was flushed: the bytes of a file up to its last fsync; a name since the fsync of the
thing that it names (when it was made) or of its folder. Of everything else any part may have
arrived: nothing, all, what came first, or a random choice, and of one write only some of its
sectors. Must never know what the files mean.
"""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.ui.runtime.marks import override

SECTOR = 512
_HEAD = struct.Struct("<cIQI")
# Rebuilt by whoever opens the store first; it is shared memory and never flushed.
_NEVER_KEPT = "-shm"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the tape.

    `kind` is C made, O met (it was there before), W written, T cut to a length, S flushed, R
    renamed, L linked, U unlinked, M folder made, D folder removed, A said.
    """

    kind: str
    file: int
    offset: int
    data: bytes

    @property
    def names(self) -> list[str]:
        return self.data.decode().split("\0")


def read_tape(tape: Path) -> list[Event]:
    """All of it. Raises ValueError for one that was cut."""
    raw, at, events = tape.read_bytes(), 0, []
    while at < len(raw):
        kind, file, offset, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size + length
        if at > len(raw):
            raise ValueError("the tape is cut")
        events.append(Event(kind.decode(), file, offset, raw[at - length : at]))
    return events


@dataclass(slots=True)
class _Content:
    """Bytes of one file, and how often they have changed."""

    data: bytearray = field(default_factory=bytearray)
    version: int = 0

    def write(self, offset: int, data: bytes) -> None:
        if len(self.data) < offset:
            self.data.extend(bytes(offset - len(self.data)))
        self.data[offset : offset + len(data)] = data
        self.version += 1

    def cut(self, length: int) -> None:
        del self.data[length:]
        self.data.extend(bytes(length - len(self.data)))
        self.version += 1


@dataclass(slots=True)
class _Names:
    """Path -> number of a file; and which paths are folders."""

    files: dict[str, int] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)

    def copy(self) -> _Names:
        return _Names(dict(self.files), dict(self.folders))

    def apply(self, event: Event) -> None:
        """One change of names; one whose ground is missing leaves things as they are."""
        first, *rest = event.names
        if event.kind == "C":
            self.files[first] = event.file
        elif event.kind == "M":
            self.folders[first] = event.file
        elif event.kind == "U":
            self.files.pop(first, None)
        elif event.kind == "D":
            self.folders.pop(first, None)
        elif event.kind == "R" and first in self.files:
            self.files[rest[0]] = self.files.pop(first)
        elif event.kind == "L" and first in self.files:
            self.files[rest[0]] = self.files[first]


class Disk:
    """What is surely on the disk after the events so far, and what is still on its way."""

    def __init__(self, before: Path) -> None:
        self._before = before
        self._contents: dict[int, _Content] = {}
        self._names = _Names()
        self._live = _Names()
        self._way: list[Event] = []
        self._strangers = 0
        for path in sorted(before.rglob("*")):
            name = str(path.relative_to(before))
            self._strangers -= 1
            if path.is_dir():
                self._names.folders[name] = self._strangers
            else:
                self._names.files[name] = self._strangers
                self._contents[self._strangers] = _Content(bytearray(path.read_bytes()))
        self._names.folders.setdefault("", 0)
        self._live = self._names.copy()

    def play(self, event: Event) -> None:
        """Takes the next event of the tape."""
        if event.kind == "O":
            self._meet(event)
        elif event.kind == "S":
            self._flush(event.file)
        elif event.kind != "A":
            if event.kind in "CRULMD":
                self._live.apply(event)
            self._way.append(event)

    def _meet(self, event: Event) -> None:
        """The recorder gives a number to what was there before."""
        name = event.names[0]
        for names in (self._names, self._live):
            if name in names.folders:
                names.folders[name] = event.file
            old = names.files.get(name)
            if old is not None:
                self._contents[event.file] = self._contents[old]
                for path in [one for one, number in names.files.items() if number == old]:
                    names.files[path] = event.file

    def _flush(self, file: int) -> None:
        folder = next((path for path, one in self._live.folders.items() if one == file), None)
        # What happened to the same name before is older on the disk too.
        own = max(
            (at for at, one in enumerate(self._way) if one.kind in "CM" and one.file == file),
            default=-1,
        )
        own_names = set(self._way[own].names) if own >= 0 else set()
        stays = []
        for at, event in enumerate(self._way):
            if event.kind in "WT":
                sure = event.file == file
            else:
                sure = folder in {_parent(name) for name in event.names}
                sure = sure or (at <= own and not own_names.isdisjoint(event.names))
            if sure:
                self._settle(event)
            else:
                stays.append(event)
        self._way = stays

    def _settle(self, event: Event) -> None:
        if event.kind in "WT":
            _change(self._contents.setdefault(event.file, _Content()), event)
        else:
            self._names.apply(event)

    def on_its_way(self) -> int:
        """How many changes a cut may take now."""
        return len(self._way)

    def image(self, chance: random.Random) -> Image:
        """One disk that a power cut at this moment may leave."""
        arrived = _some(self._way, chance)
        names, contents = self._names.copy(), {}
        for event in arrived:
            if event.kind not in "WT":
                names.apply(event)
                continue
            if event.file not in contents:
                sure = self._contents.get(event.file, _Content())
                # A version of its own: no two images share what was on its way.
                contents[event.file] = _Content(bytearray(sure.data), -chance.getrandbits(60) - 1)
            content, version = contents[event.file], contents[event.file].version
            _change(content, event)
            content.version = version
        return Image(names, {**self._contents, **contents})

    def everything(self) -> Image:
        """The disk if all had arrived: what the folder must look like at the end of the tape."""
        return self.image(_All())


@dataclass(slots=True)
class Image:
    """Names and contents of one disk."""

    _names: _Names
    _contents: dict[int, _Content]

    def files(self) -> Iterator[tuple[str, int, _Content]]:
        for name, number in sorted(self._names.files.items()):
            if self._reachable(name) and not name.endswith(_NEVER_KEPT):
                yield name, number, self._contents.get(number, _Content())

    def folders(self) -> list[str]:
        return sorted(one for one in self._names.folders if one and self._reachable(one))

    def _reachable(self, name: str) -> bool:
        while name := _parent(name):
            if name not in self._names.folders:
                return False
        return True

    def as_bytes(self) -> dict[str, bytes]:
        return {name: bytes(content.data) for name, _, content in self.files()}


class Bench:
    """A folder on which image after image is laid out; what did not change is not written again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lain: dict[str, tuple[int, int, int]] = {}

    def lay(self, image: Image) -> None:
        """The folder holds the image and nothing else."""
        wanted = {name: (number, content) for name, number, content in image.files()}
        folders = set(image.folders())
        for path in sorted(self._folder.rglob("*"), reverse=True):
            name = str(path.relative_to(self._folder))
            if path.is_dir():
                if name not in folders:
                    path.rmdir()
            elif name not in wanted:
                path.unlink()
        for name in sorted(folders):
            (self._folder / name).mkdir(exist_ok=True)
        for name, (number, content) in wanted.items():
            path = self._folder / name
            if self._lain.get(name) != (number, content.version, _touched(path)):
                path.unlink(missing_ok=True)  # it may be linked elsewhere
                path.touch(mode=0o600)  # a key that others may read is refused
                path.write_bytes(content.data)
                self._lain[name] = (number, content.version, _touched(path))


class _All(random.Random):
    """Chance that lets everything arrive."""

    @override
    def choice(self, seq: Any) -> Any:
        del seq
        return "all"


def _some(way: Sequence[Event], chance: random.Random) -> list[Event]:
    """What of `way` arrived."""
    how = chance.choice(("none", "all", "first", "some", "some", "sectors"))
    if how in ("none", "all"):
        return list(way) if how == "all" else []
    if how == "first":
        count = chance.randrange(len(way) + 1)
        arrived = list(way[:count])
        if arrived and arrived[-1].kind == "W":
            arrived[-1:] = _torn(arrived[-1], chance)
        return arrived
    likely = chance.random()
    kept = [event for event in way if chance.random() < likely]
    if how == "some":
        return kept
    return [piece for event in kept for piece in _torn(event, chance)]


def _torn(event: Event, chance: random.Random) -> list[Event]:
    """Some sectors of one write."""
    if event.kind != "W":
        return [event]
    pieces, at, end = [], event.offset, event.offset + len(event.data)
    while at < end:
        following = min(end, (at // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            data = event.data[at - event.offset : following - event.offset]
            pieces.append(Event("W", event.file, at, data))
        at = following
    return pieces


def _change(content: _Content, event: Event) -> None:
    if event.kind == "W":
        content.write(event.offset, event.data)
    else:
        content.cut(event.offset)


def _parent(name: str) -> str:
    return name.rpartition("/")[0]


def _touched(path: Path) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - the quickest of the three ways
    except OSError:
        return 0
