"""One connection's transaction: read from one moment, write under the lock, all or nothing.

Reads begin a snapshot; the first write takes the write lock at once, so that what is checked
afterwards cannot change before the commit.
"""

from __future__ import annotations

from app.storage.cipher import Connection


class Transaction:
    """The state of a unit's work on its connection.

    Attributes: `kinds` and `case_ids`, what was written so far, for the announcement after the
    commit.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reading = False
        self._writing = False
        self._seen_version = 0
        self.kinds: set[str] = set()
        self.case_ids: set[str] = set()

    def read(self) -> Connection:
        """The connection, with everything read from one moment."""
        if not self._reading and not self._writing:
            self._connection.execute("BEGIN")
            self._seen_version = self._version()
            self._reading = True
        return self._connection

    def write(self) -> tuple[Connection, bool]:
        """The connection under the write lock, and whether somebody else has written since the
        first read.

        The second value is True at most once, for the call that took the lock.
        """
        if self._writing:
            return self._connection, False
        was_reading = self._reading
        if was_reading:
            self._connection.execute("COMMIT")
            self._reading = False
        self._connection.execute("BEGIN IMMEDIATE")
        self._writing = True
        return self._connection, was_reading and self._version() != self._seen_version

    def commit(self) -> None:
        """Makes everything durable, or raises and leaves the caller to roll back."""
        if self._reading or self._writing:
            self._connection.execute("COMMIT")
        self._reading = self._writing = False

    def roll_back(self) -> None:
        """Forgets what was not committed."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._reading = self._writing = False

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
