"""The county's own data pack: taken from a folder, looked over as a laptop looks it over, and
handed out in pieces to whoever holds another one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, delete, select

from app import paths
from app.county.tables import CountyPackRow
from app.services.county_pack import PackName, pack_name
from app.services.pack_reading import ENDING, LATER, check_pack
from app.wire.canonical import canonical
from app.wire.exchange2 import NO_PACK, Hello
from app.wire.parts import PACK_LIMIT, PackPiece, pack_text

FIRST_PACK = "national"
# However small the room that a bad line leaves: something must come.
LEAST_PIECE = 4 * 1024


@dataclass(frozen=True, slots=True)
class PackShown:
    """The pack that is handed out. `mark` is the SHA-256 of its canonical JSON; sizes in bytes,
    `set_at` UTC.
    """

    mark: str
    name: PackName
    files: tuple[str, ...]
    size: int
    packed: int
    set_at: datetime


def read_folder(folder: Path) -> bytes:
    """The files of a county's pack as one canonical JSON document: file name -> content.

    Raises ValueError, with a sentence that names the file, for what a laptop would refuse; OSError.
    """
    document: dict[str, Any] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix == ENDING and file.is_file():
            document[file.name] = _content(file)
    check_pack(document)
    try:
        return canonical(document)
    except ValueError as fault:
        raise ValueError(f"{folder.name}: {fault}") from None


def set_pack(session: Session, document: bytes, now: datetime) -> PackShown:
    """From now on laptops get this pack. Raises ValueError for one that is too large."""
    try:
        packed = pack_text(document)
    except ValueError:
        packed = b""
    if not 0 < len(packed) <= PACK_LIMIT:
        raise ValueError("the pack is larger than 1 MiB packed")
    mark = sha256(document).hexdigest()
    drop_pack(session)
    row = CountyPackRow(mark=mark, document=document, packed=packed, set_at=now)
    session.add(row)
    session.flush()
    return _shown(row)


def drop_pack(session: Session) -> None:
    """From now on laptops use what Heshi brings along."""
    session.exec(delete(CountyPackRow))


def shown_pack(session: Session) -> PackShown | None:
    """The pack that is handed out, None for none."""
    row = session.exec(select(CountyPackRow)).first()
    return _shown(row) if row else None


def pack_mark(session: Session) -> str:
    """What an answer says of the pack."""
    return session.exec(select(CountyPackRow.mark)).first() or NO_PACK


def next_piece(session: Session, hello: Hello, mark: str, room: int) -> PackPiece | None:
    """What a laptop lacks of the pack, at most about `room` bytes."""
    if mark in (NO_PACK, hello.pack) or hello.rest or not hello.room:
        return None
    packed = session.exec(select(CountyPackRow.packed).where(col(CountyPackRow.mark) == mark)).one()
    start = hello.pack_have if hello.pack_coming == mark else 0
    start = start if start < len(packed) else 0
    some = packed[start : start + max(room, LEAST_PIECE)]
    return PackPiece(mark, start, len(packed), some)


def _content(file: Path) -> Mapping[str, Any]:
    stem = file.name.removesuffix(ENDING)
    if stem in LATER:
        raise ValueError(f"{file.name}: this table stays the national one")
    try:
        content = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_without_doubles)
    except ValueError as fault:
        raise ValueError(f"{file.name}: {fault}") from None
    if not isinstance(content, dict):
        raise ValueError(f"{file.name}: not a file of a pack")
    if (
        "table" not in content
        and not (paths.resources() / "packs" / FIRST_PACK / file.name).exists()
    ):
        raise ValueError(f"{file.name}: no table, and no text of this name is known")
    return content


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _shown(row: CountyPackRow) -> PackShown:
    return PackShown(
        mark=row.mark,
        name=pack_name(row.document),
        files=tuple(json.loads(row.document)),
        size=len(row.document),
        packed=len(row.packed),
        set_at=row.set_at,
    )
