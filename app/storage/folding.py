"""A record from its entries: which entries tell of it, in which order they count, and what they
make of it together.

The county's log decides the order; what it has not judged yet comes last. An entry that is in
conflict changes no record: it is shown beside it. Reads only; no clock of any device is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.services.told import Standing, Told
from app.storage.cipher import Connection
from app.storage.deliveries import settled_by_somebody
from app.wire.journal import Entry
from app.wire.records import Fields

# The newest receipt counts: a county restored from a backup may have put an entry elsewhere.
_POSITION = "(SELECT r.position FROM receipt r WHERE r.seq = e.seq ORDER BY r.rowid DESC LIMIT 1)"
_SAID = "(SELECT v.kind FROM verdict v WHERE v.seq = e.seq AND v.kind <> 'applied' LIMIT 1)"
_OWN = f"SELECT e.raw, e.hash, {_POSITION}, {_SAID} FROM journal_entry e"
_FOREIGN = "SELECT raw, hash, position, verdict FROM foreign_entry"
_ASIDE = f"""
    SELECT raw, hash, position, verdict, 0 FROM foreign_entry f WHERE verdict = 'conflict' AND {{}}
    AND NOT {settled_by_somebody("f")}
    UNION ALL
    SELECT e.raw, e.hash, {_POSITION}, 'conflict', 1 FROM verdict v
    JOIN journal_entry e ON e.seq = v.seq WHERE v.kind = 'conflict' AND {{}}
    AND NOT {settled_by_somebody("e")}
"""
_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class Folded:
    """What entries make of a record: its fields, the hash of the last entry that touched it, and
    the device that made it.
    """

    fields: Fields
    touched_by: str
    device: str


def entries_of(connection: Connection, kind: str, record_id: str) -> tuple[Told, ...]:
    """Every entry, own or of others, that tells of the record, in the order in which they count.

    Reads both journals through: for what is rare.
    """
    name = f"{kind}:{record_id}"
    own = connection.execute(f"{_OWN} WHERE instr(e.records, ?) > 0", (name,)).fetchall()
    others = connection.execute(
        f"{_FOREIGN} WHERE instr(raw, CAST(? AS BLOB)) > 0", (record_id,)
    ).fetchall()
    told = [_told(row, own=True) for row in own] + [_told(row, own=False) for row in others]
    return in_order(
        one
        for one in told
        if any((it.kind, it.id) == (kind, record_id) for it in one.entry.changes)
    )


def in_order(told: Iterable[Told]) -> tuple[Told, ...]:
    """By the county's log; what it has not seen comes last, as it was written."""
    return tuple(sorted(told, key=_place))


def _place(one: Told) -> tuple[int, int]:
    return (_LAST if one.position is None else one.position, one.entry.seq)


def _told(row: Sequence[Any], *, own: bool) -> Told:
    raw, mark, position, said = row[:4]
    if own and said is None:
        standing = Standing.UNJUDGED if position is None else Standing.APPLIED
    else:
        standing = Standing(str(said))
    return Told(
        entry=Entry.model_validate_json(bytes(raw)),
        hash=str(mark),
        standing=standing,
        position=position if isinstance(position, int) else None,
        own=own,
    )


def fold(kind: str, record_id: str, told: Sequence[Told]) -> Folded | None:
    """The record as this laptop shows it; None where the entries do not begin it.

    What was begun here in an entry that is in conflict is nowhere else, and stays to be seen.
    """
    shown = [one for one in told if one.standing is not Standing.CONFLICT]
    if not _begun(kind, record_id, shown):
        shown = [one for one in told if one.own or one.standing is not Standing.CONFLICT]
    if kind == "agreement":
        shown = _unmixed(record_id, shown)
    return _folded(kind, record_id, shown)


def _unmixed(agreement_id: str, told: Sequence[Told]) -> list[Told]:
    """Without what others wrote and this laptop had not seen when it sealed the text, as long as
    the county has not judged the seal: nothing is mixed into what stands on paper.
    """
    sealing = [
        one
        for one in told
        if one.own and one.standing is Standing.UNJUDGED and _seals(agreement_id, one)
    ]
    if not sealing:
        return list(told)
    seen = int(sealing[0].entry.seen.partition(":")[2] or 0)
    return [one for one in told if one.own or (one.position or 0) <= seen]


def _seals(agreement_id: str, one: Told) -> bool:
    return any(it.set.get("content_hash") for it in one.entry.changes if it.id == agreement_id)


def fold_accepted(kind: str, record_id: str, told: Sequence[Told]) -> Folded | None:
    """The record as the county has it, or will have it once it has judged what waits; None where it
    does not know it.
    """
    aside: set[str] = set()
    accepted = []
    for one in told:
        stands_on = {it.base for it in one.entry.changes if (it.kind, it.id) == (kind, record_id)}
        waits = one.standing is Standing.UNJUDGED and aside & stands_on
        if waits or one.standing in (Standing.CONFLICT, Standing.REFUSED):
            aside.add(one.hash)
        else:
            accepted.append(one)
    return _folded(kind, record_id, accepted) if _begun(kind, record_id, accepted) else None


def _begun(kind: str, record_id: str, told: Sequence[Told]) -> bool:
    return any(
        not change.base
        for one in told
        for change in one.entry.changes
        if (change.kind, change.id) == (kind, record_id)
    )


def _folded(kind: str, record_id: str, told: Sequence[Told]) -> Folded | None:
    if not told:
        return None
    fields: Fields = {"id": record_id}
    for one in told:
        for change in one.entry.changes:
            if (change.kind, change.id) == (kind, record_id):
                fields.update(change.set)
    return Folded(fields, told[-1].hash, told[0].entry.device)


def set_aside(connection: Connection, case_id: str | None) -> tuple[Told, ...]:
    """Entries in conflict that nobody has settled, in the order of the log; of one case, or all."""
    own, other = ("e.case_id = :id", "f.case_id = :id") if case_id else ("1", "1")
    rows = connection.execute(_ASIDE.format(other, own), {"id": case_id}).fetchall()
    return in_order(_told(row, own=bool(row[4])) for row in rows)


def any_not_taken_over(connection: Connection) -> bool:
    """Whether the county has refused or set aside any entry. The indexes alone answer it."""
    row = connection.execute(
        "SELECT 1 FROM verdict WHERE kind IN ('refused', 'conflict') UNION ALL "
        "SELECT 1 FROM foreign_entry WHERE verdict = 'conflict' LIMIT 1"
    ).fetchone()
    return row is not None


def is_not_taken_over(connection: Connection, entry_hash: str) -> bool:
    """Whether the county has refused or set aside the entry of this hash: an own one, or one that
    was written here under an earlier identity.
    """
    row = connection.execute(
        "SELECT 1 FROM verdict v JOIN journal_entry e ON e.seq = v.seq "
        "WHERE v.kind IN ('refused', 'conflict') AND e.hash = :hash UNION ALL "
        "SELECT 1 FROM foreign_entry WHERE verdict = 'conflict' AND hash = :hash",
        {"hash": entry_hash},
    ).fetchone()
    return row is not None


def told_by_us(connection: Connection, kind: str, record_id: str, case_id: str | None) -> bool:
    """Whether an own entry tells of the record, which belongs to `case_id` or to no case."""
    where = "(case_id = ? OR case_id IS NULL) AND" if case_id else ""
    values = [case_id] if case_id else []
    row = connection.execute(
        f"SELECT 1 FROM journal_entry WHERE {where} instr(records, ?) > 0 LIMIT 1",
        (*values, f"{kind}:{record_id}"),
    ).fetchone()
    return row is not None


def told_by_others(connection: Connection, record_id: str, case_id: str | None) -> bool:
    """Whether an entry of somebody else names the record, which belongs to `case_id` or to no
    case.
    """
    where = "(case_id = ? OR case_id IS NULL) AND" if case_id else ""
    values = [case_id] if case_id else []
    row = connection.execute(
        f"SELECT 1 FROM foreign_entry WHERE {where} instr(raw, CAST(? AS BLOB)) > 0 LIMIT 1",
        (*values, record_id),
    ).fetchone()
    return row is not None


def assignee_of(connection: Connection, case_id: str) -> str | None:
    """The device that has the case after all hand-overs that count; None where there was none.

    The entry of a hand-over always names its case.
    """
    told = [
        _told(row, own=own)
        for own, query in (
            (True, f"{_OWN} WHERE e.case_id = ?"),
            (False, f"{_FOREIGN} WHERE case_id = ?"),
        )
        for row in connection.execute(query, (case_id,)).fetchall()
        if b'"handover"' in bytes(row[0])
    ]
    given = [
        (one, change.set)
        for one in in_order(told)
        for change in one.entry.changes
        if change.kind == "handover" and change.set.get("case_id") == case_id
    ]
    counting = [one for one in given if one[0].standing in (Standing.APPLIED, Standing.UNJUDGED)]
    if counting:
        return str(counting[-1][1]["to_device"])
    return str(given[0][1]["from_device"]) if given else None


def records_of(connection: Connection, seq: int) -> tuple[tuple[str, str], ...]:
    """Kind and id of every record that an own entry tells of."""
    row = connection.execute("SELECT records FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    names = (str(one).partition(":") for one in json.loads(row[0])) if row else ()
    return tuple((kind, record_id) for kind, _, record_id in names)
