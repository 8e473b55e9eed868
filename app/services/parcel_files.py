"""Parcels as files in a folder: written so that they are there or not, and found again among
whatever else lies on a stick.

Never writes outside the folder it is given, never follows a link, never takes a name from inside a
file, and calls nothing written before it was read back. A death at any point leaves files that end
in ``.part`` and nothing that looks finished.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from app.domain.problems import ProblemCode, Refused, refuse
from app.wire.parcel import HEAD_SIZE as PARCEL_HEAD_SIZE
from app.wire.parcel import MARK as PARCEL_MARK
from app.wire.parcel import ParcelHead, read_head
from app.wire.volumes import (
    ENDING,
    HEAD_SIZE,
    SUM_SIZE,
    VOLUME_BYTES,
    VolumeHead,
    VolumeSum,
    read_volume_head,
    volume_name,
)

PART_ENDING = ".part"
CHUNK = 256 * 1024
_AROUND = HEAD_SIZE + SUM_SIZE
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EINVAL, errno.EISDIR})

# Bytes gone by, and whether they are being read back.
Progress = Callable[[int, bool], None]


def write_parcel(
    stream: Iterable[bytes],
    folder: Path,
    name: str,
    parcel_id: str,
    *,
    owner: str,
    progress: Progress | None = None,
    volume_bytes: int = VOLUME_BYTES,
    replace: bool = False,
) -> tuple[Path, ...]:
    """Writes a parcel's bytes as ``name.heshi``, or as several volumes of at most `volume_bytes`.

    Everything is on the stick and was read back from it before any file gets its name; volume 1
    gets it last. `owner` marks what is unfinished, so that the next time takes it away; `replace`
    allows names that are taken. What `stream` or `progress` raises ends it without a trace.

    Raises `Refused` USB_FULL, USB_GONE, USB_UNRELIABLE, OUTPUT_UNWRITABLE.
    """
    writer = _Writer(folder, name, parcel_id, owner, volume_bytes, progress)
    try:
        writer.clear_unfinished()
        for chunk in stream:
            writer.write(chunk)
        return writer.finish(replace=replace)
    except OSError as error:
        raise _refusal(error, folder) from None
    finally:
        writer.clear_unfinished()


@dataclass(slots=True)
class _Volume:
    part: Path
    sum: VolumeSum = field(default_factory=VolumeSum)
    size: int = 0


class _Writer:
    def __init__(
        self,
        folder: Path,
        name: str,
        parcel_id: str,
        owner: str,
        volume_bytes: int,
        progress: Progress | None,
    ) -> None:
        if volume_bytes <= _AROUND:
            raise ValueError("a volume too small to hold anything")
        self._folder = folder
        self._name = name
        self._parcel_id = parcel_id
        self._owner = owner
        self._room = volume_bytes - _AROUND
        self._progress = progress or (lambda done, checking: None)
        self._volumes: list[_Volume] = []
        self._file: IO[bytes] | None = None
        self._done = 0

    def write(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        while view:
            if self._file is None or self._volumes[-1].size == self._room:
                self._begin()
            volume = self._volumes[-1]
            assert self._file is not None
            piece = view[: self._room - volume.size]
            self._file.write(piece)
            volume.sum.add(piece)
            volume.size += len(piece)
            view = view[len(piece) :]
            self._done += len(piece)
            self._progress(self._done, False)

    def finish(self, *, replace: bool) -> tuple[Path, ...]:
        """Everything under its name."""
        self._end()
        count = len(self._volumes)
        heads = [VolumeHead(self._parcel_id, number, count) for number in range(1, count + 1)]
        for head, volume in zip(heads, self._volumes, strict=True):
            self._complete(head, volume)
        self._done = 0
        for head, volume in zip(heads, self._volumes, strict=True):
            self._read_back(head, volume)
        targets = [self._folder / volume_name(self._name, one.number, count) for one in heads]
        if not replace and any(os.path.lexists(one) for one in targets):
            raise refuse(ProblemCode.OUTPUT_UNWRITABLE)
        self._give_names(targets)
        return tuple(targets)

    def _give_names(self, targets: Sequence[Path]) -> None:
        """All of them, or none where the stick does not let it. The name of volume 1 is written to
        the stick after the others': a stick that is pulled out may else keep it alone.
        """
        pairs = list(zip(self._volumes, targets, strict=True))
        named: list[Path] = []
        try:
            for volume, target in reversed(pairs):
                if target == targets[0] and named:
                    flush_folder(self._folder)
                volume.part.replace(target)
                named.append(target)
            flush_folder(self._folder)
            if any(one.stat().st_size != volume.size + _AROUND for volume, one in pairs):
                raise refuse(ProblemCode.USB_UNRELIABLE)
        except (OSError, Refused):
            for one in reversed(named):  # volume 1 first
                with suppress(OSError):
                    one.unlink()
            raise

    def clear_unfinished(self) -> None:
        """Takes away what this owner left unfinished here, now or at an earlier time."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
        self._file = None
        with suppress(OSError):
            for left in list(self._folder.iterdir()):
                if left.name.startswith(f"{self._owner}~") and left.name.endswith(PART_ENDING):
                    left.unlink()

    def _begin(self) -> None:
        self._end()
        number = len(self._volumes) + 1
        part = self._folder / f"{self._owner}~{self._name}.{number}{PART_ENDING}"
        self._volumes.append(_Volume(part))
        self._file = part.open("xb")
        self._file.write(bytes(HEAD_SIZE))

    def _end(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        with file:
            file.flush()
            # Now, not all at the end: progress must tell what the stick has, not what waits here.
            os.fsync(file.fileno())

    def _complete(self, head: VolumeHead, volume: _Volume) -> None:
        """The head could not be written before the number of volumes was known."""
        with volume.part.open("r+b") as file:
            file.write(head.raw)
            file.seek(0, os.SEEK_END)
            file.write(volume.sum.close(head))
            file.flush()
            os.fsync(file.fileno())

    def _read_back(self, head: VolumeHead, volume: _Volume) -> None:
        """From the stick itself, where the system lets its own memory be passed by."""
        try:
            found = _Reading(volume.part, fresh=True)
            for chunk in found.chunks():
                self._done += len(chunk)
                self._progress(self._done, True)
        except Refused:
            raise refuse(ProblemCode.USB_UNRELIABLE) from None
        if found.head != head or found.sum != volume.sum.close(head):
            raise refuse(ProblemCode.USB_UNRELIABLE)


class _Reading:
    """One volume, read from its beginning to its sum."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._path = path
        self._fresh = fresh
        self.head: VolumeHead | None = None
        self.sum = b""

    def chunks(self) -> Iterator[bytes]:
        """The part of the parcel that lies in it. Raises `Refused` PARCEL_DAMAGED at the end where
        the sum is not right, and as `read_volume_head`; OSError.
        """
        with _opened(self._path) as file:
            if self._fresh and hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            self.head = read_volume_head(file.read(HEAD_SIZE))
            left = os.fstat(file.fileno()).st_size - _AROUND
            found = VolumeSum()
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                found.add(chunk)
                yield chunk
            self.sum = file.read(SUM_SIZE)
        if left or self.sum != found.close(self.head):
            raise refuse(ProblemCode.PARCEL_DAMAGED)


@dataclass(frozen=True, slots=True)
class FoundVolume:
    """A file that says it is a volume; `stamp` changes when the file does."""

    path: Path
    head: VolumeHead
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundParcel:
    """The files in one folder that say they are one parcel: volume number -> files, because a copy
    may lie beside it under another name.
    """

    parcel_id: str
    count: int
    volumes: dict[int, tuple[FoundVolume, ...]]

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the volumes that are not here."""
        return tuple(one for one in range(1, self.count + 1) if one not in self.volumes)

    @property
    def first(self) -> FoundVolume:
        """The file with the lowest number."""
        return self.volumes[min(self.volumes)][0]

    @property
    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Changes when one of the files does."""
        found = (one for several in self.volumes.values() for one in several)
        return tuple(sorted((one.path.name, *one.stamp) for one in found))

    def head(self) -> ParcelHead:
        """What the parcel says of itself. Raises as `chunks`, and as `wire.parcel.read_head`."""
        taken = bytearray()
        for chunk in self.chunks():
            taken += chunk
            if len(taken) >= PARCEL_HEAD_SIZE:
                break
        if not taken.startswith(PARCEL_MARK):
            # The volume says that it is ours; then this was one.
            raise refuse(ProblemCode.PARCEL_DAMAGED)
        return read_head(bytes(taken[:PARCEL_HEAD_SIZE]))

    def head_if_any(self) -> ParcelHead | None:
        """What the parcel says of itself; None for one that cannot be read."""
        try:
            return self.head()
        except Refused:
            return None

    def chunks(self) -> Iterator[bytes]:
        """The parcel's bytes; may be asked for again.

        Raises `Refused` PARCEL_INCOMPLETE; PARCEL_DAMAGED once a volume turns out to be; USB_GONE,
        FILE_UNREADABLE.
        """
        for number in self.missing[:1]:
            raise refuse(ProblemCode.PARCEL_INCOMPLETE, volume=number, count=self.count)
        try:
            for number in range(1, self.count + 1):
                yield from _Reading(_best(self.volumes[number])).chunks()
        except OSError as error:
            gone = error.errno not in _FORBIDDEN
            code = ProblemCode.USB_GONE if gone else ProblemCode.FILE_UNREADABLE
            raise refuse(code) from None


def find_parcels(folder: Path) -> tuple[FoundParcel, ...]:
    """Every parcel of which something lies in the folder, whole or not; other files are passed
    over. Raises OSError.
    """
    found: dict[tuple[str, int], dict[int, list[FoundVolume]]] = {}
    for path in sorted(folder.iterdir()):
        if not path.name.lower().endswith(ENDING):
            continue
        try:
            volume = _find(path)
        except (OSError, Refused):
            continue
        same = found.setdefault((volume.head.parcel_id, volume.head.count), {})
        same.setdefault(volume.head.number, []).append(volume)
    return tuple(
        FoundParcel(parcel, count, {number: tuple(each) for number, each in volumes.items()})
        for (parcel, count), volumes in found.items()
    )


def parcel_in(path: Path) -> FoundParcel:
    """The parcel that the file belongs to, with the other volumes that lie beside it.

    Raises `Refused` as `read_volume_head`; USB_GONE, FILE_UNREADABLE.
    """
    try:
        volume = _find(path)
        same = [
            one
            for one in find_parcels(path.parent)
            if (one.parcel_id, one.count) == (volume.head.parcel_id, volume.head.count)
        ]
    except OSError as error:
        gone = error.errno not in _FORBIDDEN | {errno.ENOENT, errno.ELOOP}
        raise refuse(ProblemCode.USB_GONE if gone else ProblemCode.FILE_UNREADABLE) from None
    return same[0] if same else FoundParcel(volume.head.parcel_id, 1, {1: (volume,)})


def _find(path: Path) -> FoundVolume:
    with _opened(path) as file:
        about = os.fstat(file.fileno())
        head = read_volume_head(file.read(HEAD_SIZE))
    return FoundVolume(path, head, (about.st_size, about.st_mtime_ns))


def _best(volumes: Sequence[FoundVolume]) -> Path:
    """The one that is whole, where there are several with one number."""
    for one in volumes[:-1]:
        try:
            for _ in _Reading(one.path).chunks():
                pass
        except (OSError, Refused):
            continue
        return one.path
    return volumes[-1].path


def _opened(path: Path) -> IO[bytes]:
    """A plain file; a link, a pipe or a device on a stick is nothing of ours."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refuse(ProblemCode.PARCEL_FOREIGN)
    return os.fdopen(descriptor, "rb")


def flush_folder(folder: Path) -> None:
    """Puts names of new files onto the disk. Windows has no such thing for folders, and needs
    none.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(error: OSError, folder: Path) -> Refused:
    if error.errno in _FULL:
        return refuse(ProblemCode.USB_FULL)
    if error.errno in _FORBIDDEN and folder.is_dir():
        return refuse(ProblemCode.OUTPUT_UNWRITABLE)
    return refuse(ProblemCode.USB_GONE)
