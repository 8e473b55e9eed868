"""The county's data pack in the store: the one in use, and what has come of the next one.

Takes bytes as they are; `services/county_pack.py` decides which may be used.
"""

from __future__ import annotations

from typing import Any

from app.storage.cipher import Connection
from app.storage.transaction import Transaction


class Packs:
    """Satisfies `services.ports.Packs`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def mark(self) -> str:
        return self._found("SELECT mark FROM county_pack WHERE ready = 1") or ""

    def document(self) -> bytes:
        return pack_in_use(self._transaction.read())

    def coming(self) -> tuple[str, int]:
        query = "SELECT mark, length(body) FROM county_pack WHERE ready = 0"
        row = self._transaction.read().execute(query).fetchone()
        return (row[0], row[1]) if row else ("", 0)

    def add(self, mark: str, offset: int, data: bytes) -> bytes:
        held = self._found("SELECT body FROM county_pack WHERE mark = ? AND ready = 0", mark) or b""
        if offset > len(held) or offset + len(data) <= len(held):
            return held
        whole = held[:offset] + data
        self._put(mark, whole, ready=False)
        return whole

    def use(self, mark: str, document: bytes) -> None:
        self._put(mark, document, ready=True)

    def drop(self) -> bool:
        connection, _ = self._transaction.write()
        gone = connection.execute("DELETE FROM county_pack").rowcount
        self._transaction.kinds.add("setting")
        return bool(gone)

    def forget_coming(self) -> None:
        connection, _ = self._transaction.write()
        connection.execute("DELETE FROM county_pack WHERE ready = 0")
        self._transaction.kinds.add("setting")

    def _put(self, mark: str, body: bytes, *, ready: bool) -> None:
        connection, _ = self._transaction.write()
        # What has come of another pack is not wanted any more; the one in use stays until the next
        # one can take its place.
        connection.execute("DELETE FROM county_pack WHERE ready = 0 OR ready = ?", (ready,))
        connection.execute(
            "INSERT INTO county_pack (mark, ready, body) VALUES (?, ?, ?)", (mark, ready, body)
        )
        self._transaction.kinds.add("setting")

    def _found(self, query: str, *values: str) -> Any:
        row = self._transaction.read().execute(query, values).fetchone()
        return row[0] if row else None


def pack_in_use(connection: Connection) -> bytes:
    """The document (file name -> content) of the county's pack; empty where there is none."""
    row = connection.execute("SELECT body FROM county_pack WHERE ready = 1").fetchone()
    return bytes(row[0]) if row else b""
