"""Where files lie in the attachments folder, how copies of them are made, and what is swept away
that no key belongs to.

Never looks into a file, and never removes one that a copy of the store might want.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.storage.backup import ATTACHMENTS, flush
from app.storage.backup import FOLDER_NAME as BACKUPS
from app.storage.cipher import Connection

UNFINISHED = ".part"
_DAY_S = 86_400
# A crash leaves files without a key. So does going back to an older copy of the store, and then the
# newer one may turn up again.
_KEPT_WITHOUT_KEY_S = 90 * _DAY_S


def place_of(folder: Path, secret: bytes) -> Path:
    """Where in `folder` the file with that secret lies."""
    name = hmac.digest(secret, b"heshi file name 1", "sha256").hex()
    return folder / name[:2] / name[2:]


def place_coming(folder: Path, secret: bytes) -> Path:
    """Where what has come of a file lies until it is whole."""
    place = place_of(folder, secret)
    return place.with_name(f".{place.name}{UNFINISHED}")


def copy_new_files(folder: Path) -> None:
    """Brings into the copies' folder what is new among the attachments of the store in `folder`.

    Files never change once written, so a second name for one costs no room. Where the disk cannot
    do that, it is copied. Raises OSError.
    """
    source, target = folder / ATTACHMENTS, folder / BACKUPS / ATTACHMENTS
    for place in _all(source):
        copy = target / place.relative_to(source)
        if place.name.endswith(UNFINISHED) or size_of(copy) == size_of(place):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        try:
            os.link(place, copy)
        except OSError:
            _copy(place, copy)


def sweep(connection: Connection, folder: Path, now: datetime) -> int:
    """Removes what no key belongs to: unfinished files after a day, whole ones after 90 days.

    `now` UTC moment. Returns how many were removed; what cannot be removed now is tried again
    another day.
    """
    rows = connection.execute("SELECT secret FROM attachment_file")
    places = {place_of(Path(), bytes(secret)) for (secret,) in rows}
    rows = connection.execute("SELECT secret FROM file_coming")
    places |= {place_coming(Path(), bytes(secret)) for (secret,) in rows}
    removed = 0
    for root in (folder / ATTACHMENTS, folder / BACKUPS / ATTACHMENTS):
        for place in _all(root):
            kept = _DAY_S if place.name.endswith(UNFINISHED) else _KEPT_WITHOUT_KEY_S
            try:
                if place.relative_to(root) in places or _age_s(place, now) < kept:
                    continue
                place.unlink()
                removed += 1
            except OSError:
                continue
    return removed


def both(folder: Path, secret: bytes) -> tuple[Path, Path]:
    """The file itself and its copy."""
    return (
        place_of(folder / ATTACHMENTS, secret),
        place_of(folder / BACKUPS / ATTACHMENTS, secret),
    )


def _all(folder: Path) -> Iterator[Path]:
    return (one for one in sorted(folder.glob("*/*")) if one.is_file() and not one.is_symlink())


def size_of(place: Path) -> int | None:
    try:
        return place.stat().st_size
    except OSError:
        return None


def _age_s(place: Path, now: datetime) -> float:
    return now.timestamp() - place.stat().st_mtime


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        unfinished.write_bytes(source.read_bytes())
        flush(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
