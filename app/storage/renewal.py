"""A store that goes on under a new identity: what the county has of the former journal becomes an
entry of another device, and what it has not is written anew, so that nothing is lost and nothing
is told twice.

Never asks anybody: what the county has was read from its log before (`note_place`). The former
journal is kept as it was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from app.services.ports import DeviceKey
from app.storage.chain import append, head
from app.storage.cipher import Connection
from app.storage.deliveries import setting
from app.storage.family import FORMER_SETTING
from app.storage.mapping import insert_of, table_of
from app.storage.rows import RECORD_ROWS, ForeignRow, FormerPlaceRow
from app.wire.journal import Change, Entry, SealedEntry, entry_bytes, entry_hash, read_entry

# What a device was lent is nobody else's business, and stands in no log that it could read.
_NOT_IN_THE_LOG = {"number_block"}
_TABLES = ("receipt", "verdict", "journal_entry")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the county has an entry of the former journal, and what it thinks of it."""

    position: int
    verdict: str


def note_place(connection: Connection, entry_hash: str, position: int, verdict: str) -> None:
    """The county's log holds this own entry at `position`."""
    connection.execute("DELETE FROM former_place WHERE hash = ?", (entry_hash,))
    connection.execute(insert_of(FormerPlaceRow), (entry_hash, position, verdict))


def forget_places(connection: Connection) -> None:
    """The county's log begins anew."""
    connection.execute("DELETE FROM former_place")


def begin_anew(connection: Connection, former: str, device: DeviceKey) -> int:
    """Makes `device` the writer of this journal, in place of `former`; returns how many entries it
    wrote anew, because the county does not have them.
    """
    rows = connection.execute("SELECT hash, position, verdict FROM former_place").fetchall()
    places = {mark: Place(position, verdict) for mark, position, verdict in rows}
    held = _received(connection)
    connection.execute(
        "INSERT INTO former_entry (device, seq, hash, signature, raw) "
        "SELECT device, seq, hash, signature, raw FROM journal_entry"
    )
    with _without_locks(connection):
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table}")
    anew: dict[str, str] = {}
    for sealed in _entries(connection, former):
        entry = read_entry(sealed.raw)
        place = places.get(sealed.hash)
        if place is not None:
            _hold(connection, entry, sealed, place)
        elif sealed.hash not in held or not _is_not_in_the_log(entry):
            anew[sealed.hash] = _write(connection, entry, sealed.hash, device, anew)
    forget_places(connection)
    _remember_former(connection, former)
    return len(anew)


def _received(connection: Connection) -> frozenset[str]:
    """The own entries of which the county, as it is now, has given its word."""
    rows = connection.execute(
        "SELECT entry_hash FROM receipt WHERE epoch = ?", (setting(connection, "county.epoch"),)
    )
    return frozenset(row[0] for row in rows.fetchall())


def _is_not_in_the_log(entry: Entry) -> bool:
    return {change.kind for change in entry.changes} <= _NOT_IN_THE_LOG


@contextmanager
def _without_locks(connection: Connection) -> Iterator[None]:
    """What forbids to delete stands back, in this transaction only."""
    marks = ", ".join("?" * len(_TABLES))
    locks = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
        _TABLES,
    ).fetchall()
    for name, _ in locks:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, text in locks:
        connection.execute(text)


def _entries(connection: Connection, device: str) -> Iterator[SealedEntry]:
    """The former journal, from its first entry, a few at a time."""
    reached = 0
    while True:
        rows = connection.execute(
            "SELECT seq, raw, signature, hash FROM former_entry WHERE device = ? AND seq > ? "
            "ORDER BY seq LIMIT 200",
            (device, reached),
        ).fetchall()
        if not rows:
            return
        reached = rows[-1][0]
        for _, raw, signature, mark in rows:
            yield SealedEntry(bytes(raw), signature, mark)


def _hold(connection: Connection, entry: Entry, sealed: SealedEntry, place: Place) -> None:
    seal = (entry.device, entry.seq, place.position, sealed.hash, sealed.signature)
    said = (entry.act, entry.actor, entry.case_id, entry.at.isoformat(), sealed.raw, place.verdict)
    connection.execute(insert_of(ForeignRow), (*seal, *said))


def _write(
    connection: Connection,
    entry: Entry,
    before: str,
    device: DeviceKey,
    anew: Mapping[str, str],
) -> str:
    """The same act under the new name, standing on what was written anew before it; its hash."""
    seq, prev = head(connection)
    changes = tuple(_moved(change, anew) for change in entry.changes)
    written = entry.model_copy(
        update={"device": device.device_id, "seq": seq + 1, "prev": prev, "changes": changes}
    )
    raw = entry_bytes(written)
    mark = entry_hash(raw)
    sealed = SealedEntry(raw, device.sign(bytes.fromhex(mark)).hex(), mark)
    append(connection, written, sealed)
    for change in changes:
        if change.kind in RECORD_ROWS:
            table = table_of(RECORD_ROWS[change.kind]).name
            connection.execute(
                f"UPDATE {table} SET touched_by = ? WHERE id = ? AND touched_by = ?",
                (mark, change.id, before),
            )
    connection.execute("UPDATE settlement SET entry_hash = ? WHERE entry_hash = ?", (mark, before))
    return mark


def _moved(change: Change, anew: Mapping[str, str]) -> Change:
    """The change with every hash that has another name now."""
    said = dict(change.set)
    if change.kind == "settlement" and str(said.get("entry_hash")) in anew:
        said["entry_hash"] = anew[str(said["entry_hash"])]
    return change.model_copy(update={"base": anew.get(change.base, change.base), "set": said})


def _remember_former(connection: Connection, former: str) -> None:
    known = setting(connection, FORMER_SETTING).split()
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (FORMER_SETTING, " ".join([former, *known])),
    )
