"""A store that goes on under a new identity: what the county has of the former journal becomes an
entry of another device, and what it has not is written anew, so that nothing is lost and nothing
is told twice.

Never asks anybody: what the county has was read from its log before (`note_place`). The former
journal is kept as it was signed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.services.identities import FORMER_SETTING
from app.services.ports import DeviceKey
from app.storage.chain import append, head
from app.storage.cipher import Connection
from app.storage.deliveries import setting
from app.storage.folding import told_by_others
from app.storage.mapping import insert_of, table_of
from app.storage.projection import BESIDE_CASES, OF_A_CASE, Projection
from app.storage.rows import RECORD_ROWS, ForeignRow, FormerPlaceRow
from app.wire.journal import (
    Change,
    Entry,
    SealedEntry,
    entry_bytes,
    entry_hash,
    read_entry,
    record_key,
)

# What a device was lent is nobody else's business, and stands in no log that it could read.
_NOT_IN_THE_LOG = {"number_block"}
_OWN = ("receipt", "verdict", "journal_entry")


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


def begin_anew(
    connection: Connection,
    former: str,
    device: DeviceKey,
    projection: Projection,
    lent: Collection[tuple[str, int]],
) -> int:
    """Makes `device` the writer of this journal, in place of `former`; returns how many entries it
    wrote anew, because the county does not have them. `projection`, the new device's, is asked for
    the records whose entries stand elsewhere now; the caller finishes it.

    `lent` are the number blocks (id and year) that the county says are this device's: another copy
    of this folder may have taken those that are not among them.
    """
    places, received = _places(connection), _received(connection)
    connection.execute(
        "INSERT INTO former_entry (device, seq, hash, signature, raw) "
        "SELECT device, seq, hash, signature, raw FROM journal_entry"
    )
    for sealed in _entries(connection, former):
        before, place = received.get(sealed.hash), places.get(sealed.hash)
        if before != place:
            _make_anew(connection, projection, read_entry(sealed.raw), before, place)
    gone = _blocks_gone(connection, lent)
    with _without_locks(connection, (*_OWN, "number_block")):
        for table in _OWN:
            connection.execute(f"DELETE FROM {table}")
        for block_id in gone:
            connection.execute("DELETE FROM number_block WHERE id = ?", (block_id,))
    telling = _Telling(connection, former, device)
    for sealed in _entries(connection, former):
        entry = read_entry(sealed.raw)
        place, before = places.get(sealed.hash), received.get(sealed.hash)
        if place is not None:
            _hold(connection, entry, sealed, place)
        elif not _is_not_in_the_log(entry) or (
            before is None and gone.isdisjoint(change.id for change in entry.changes)
        ):
            telling.tell(entry, sealed.hash)
    forget_places(connection)
    _remember_former(connection, former)
    return len(telling.anew)


def tell_lost(connection: Connection, device: DeviceKey, projection: Projection) -> int:
    """Writes anew, as `device`, what this folder told under its former identities and a restored
    county has lost: what of it the log, read from its start (`note_place`), does not have. Nobody
    else would tell it again. Returns how many entries those are.
    """
    places = _places(connection)
    told = 0
    for former in reversed(setting(connection, FORMER_SETTING).split()):
        telling = _Telling(connection, former, device)
        for sealed in _held(connection, former):
            if sealed.hash in places:
                continue
            entry = read_entry(sealed.raw)
            row = (former, entry.seq, sealed.hash, sealed.signature, sealed.raw)
            connection.execute(
                "INSERT OR IGNORE INTO former_entry (device, seq, hash, signature, raw) "
                "VALUES (?, ?, ?, ?, ?)",
                row,
            )
            with _without_locks(connection, ("foreign_entry",)):
                connection.execute("DELETE FROM foreign_entry WHERE hash = ?", (sealed.hash,))
            telling.tell(entry, sealed.hash)
            for change in entry.changes:
                projection.make_anew(*record_key(change))
        told += len(telling.anew)
    forget_places(connection)
    return told


def _places(connection: Connection) -> dict[str, Place]:
    rows = connection.execute("SELECT hash, position, verdict FROM former_place").fetchall()
    return {mark: Place(position, verdict) for mark, position, verdict in rows}


def _make_anew(
    connection: Connection,
    projection: Projection,
    entry: Entry,
    before: Place | None,
    place: Place | None,
) -> None:
    """Asks for the records that the entry's new place makes others: where somebody else tells of
    them too, or what counts has changed.
    """
    judged = (before.verdict if before else "applied") != (place.verdict if place else "applied")
    for change in entry.changes:
        handed = change.kind == "handover"
        if judged or handed or told_by_others(connection, change.id, entry.case_id):
            projection.make_anew(*record_key(change))


def _blocks_gone(connection: Connection, lent: Collection[tuple[str, int]]) -> frozenset[str]:
    """The blocks here that the county does not call this device's, of years of which it told."""
    listed, years = {one for one, _ in lent}, {year for _, year in lent}
    rows = connection.execute("SELECT id, year FROM number_block").fetchall()
    return frozenset(one for one, year in rows if year in years and one not in listed)


def _held(connection: Connection, former: str) -> list[SealedEntry]:
    """What stands here as a former device's entries, as it was written."""
    rows = connection.execute(
        "SELECT raw, signature, hash FROM foreign_entry WHERE device = ? ORDER BY seq", (former,)
    )
    return [SealedEntry(bytes(raw), signature, mark) for raw, signature, mark in rows.fetchall()]


def _received(connection: Connection) -> dict[str, Place]:
    """The own entries of which the county, as it is now, has given its word, and what it said."""
    rows = connection.execute(
        "SELECT r.entry_hash, r.position, COALESCE((SELECT v.kind FROM verdict v "
        "WHERE v.seq = r.seq AND v.kind <> 'applied' LIMIT 1), 'applied') "
        "FROM receipt r WHERE r.epoch = ?",
        (setting(connection, "county.epoch"),),
    )
    return {mark: Place(position, verdict) for mark, position, verdict in rows.fetchall()}


def _is_not_in_the_log(entry: Entry) -> bool:
    return {change.kind for change in entry.changes} <= _NOT_IN_THE_LOG


@contextmanager
def _without_locks(connection: Connection, tables: tuple[str, ...]) -> Iterator[None]:
    """What forbids to delete stands back, in this transaction only."""
    marks = ", ".join("?" * len(tables))
    locks = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
        tables,
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


@dataclass(slots=True)
class _Telling:
    """Writes entries anew as `device`; `anew` are the hashes of the earlier ones, and what became
    of them.
    """

    connection: Connection
    former: str
    device: DeviceKey
    anew: dict[str, str] = field(default_factory=dict)
    _cases: set[str] = field(default_factory=set)

    def tell(self, entry: Entry, before: str) -> None:
        """The same act under the new name, standing on what was written anew before it."""
        seq, prev = head(self.connection)
        changes = tuple(self._moved(change) for change in entry.changes)
        written = entry.model_copy(
            update={
                "device": self.device.device_id,
                "seq": seq + 1,
                "prev": prev,
                "changes": changes,
            }
        )
        raw = entry_bytes(written)
        mark = entry_hash(raw)
        sealed = SealedEntry(raw, self.device.sign(bytes.fromhex(mark)).hex(), mark)
        append(self.connection, written, sealed)
        self.anew[before] = mark
        for change in changes:
            self._follow(change, before, mark)
        self.connection.execute(
            "UPDATE settlement SET entry_hash = ? WHERE entry_hash = ?", (mark, before)
        )

    def _moved(self, change: Change) -> Change:
        """The change with every hash and every device that has another name now."""
        said = dict(change.set)
        if change.kind == "case" and not change.base:
            self._cases.add(change.id)
        if change.kind == "settlement" and str(said.get("entry_hash")) in self.anew:
            said["entry_hash"] = self.anew[str(said["entry_hash"])]
        given = change.kind == "handover" and said.get("case_id") in self._cases
        if given and said.get("from_device") == self.former:
            # The county hears of the case from the new device, which gives it away.
            said["from_device"] = self.device.device_id
        base = self.anew.get(change.base, change.base)
        return change.model_copy(update={"base": base, "set": said})

    def _follow(self, change: Change, before: str, mark: str) -> None:
        """The row of the record knows by whom it was touched, and who has it."""
        if change.kind not in RECORD_ROWS:
            return
        table = table_of(RECORD_ROWS[change.kind]).name
        self.connection.execute(
            f"UPDATE {table} SET touched_by = ? WHERE id = ? AND touched_by = ?",
            (mark, change.id, before),
        )
        own = (self.device.device_id, change.id, self.former)
        if not change.base:
            self.connection.execute(
                f"UPDATE {table} SET owner_device = ? WHERE id = ? AND owner_device = ?", own
            )
        if change.id in self._cases:
            for kind in OF_A_CASE - BESIDE_CASES:
                hanging = table_of(RECORD_ROWS[kind]).name
                self.connection.execute(
                    f"UPDATE {hanging} SET owner_device = ? WHERE case_id = ? AND owner_device = ?",
                    own,
                )
        if change.kind == "handover":
            self.connection.execute(
                "UPDATE handover SET from_device = ? WHERE id = ?",
                (change.set.get("from_device"), change.id),
            )


def _remember_former(connection: Connection, former: str) -> None:
    known = setting(connection, FORMER_SETTING).split()
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (FORMER_SETTING, " ".join([former, *known])),
    )
