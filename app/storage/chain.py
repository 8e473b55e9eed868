"""The chain of own entries: its end, and the one way to make it longer."""

from __future__ import annotations

import json

from app.storage.cipher import Connection
from app.storage.mapping import insert_of
from app.storage.rows import JournalRow
from app.wire.journal import FIRST_PREVIOUS, Entry, SealedEntry, record_key


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last own entry; (0, zeros) before the first."""
    row = connection.execute(
        "SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)


def append(connection: Connection, entry: Entry, sealed: SealedEntry) -> None:
    """Adds the next own entry; the schema refuses any other."""
    values = {
        "seq": entry.seq,
        "device": entry.device,
        "hash": sealed.hash,
        "prev": entry.prev,
        "signature": sealed.signature,
        "act": entry.act,
        "actor": entry.actor,
        "case_id": entry.case_id,
        "at": entry.at.isoformat(),
        "size": len(sealed.raw),
        "records": json.dumps([":".join(record_key(one)) for one in entry.changes]),
        "raw": sealed.raw,
    }
    assert list(values) == list(JournalRow.model_fields)
    connection.execute(insert_of(JournalRow), tuple(values.values()))
