"""Drafts and settings: small values that are nobody's record and make no journal entry."""

from __future__ import annotations

from datetime import datetime

from app.domain.ids import RecordId
from app.services.lines import DraftLine
from app.services.ports import Actor, Clock
from app.storage.transaction import Transaction


class Drafts:
    """What was typed and not yet saved."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    def keep(self, key: str, body: str) -> None:
        connection, _ = self._transaction.write()
        connection.execute(
            "INSERT INTO draft (key, body, kept_at) VALUES (?, ?, ?) ON CONFLICT (key) "
            "DO UPDATE SET body = excluded.body, kept_at = excluded.kept_at",
            (key, body, self._clock.now().isoformat()),
        )
        self._transaction.kinds.add("draft")

    def find(self, key: str) -> DraftLine | None:
        found = self._lines("WHERE key = ?", (key,))
        return found[0] if found else None

    def drop(self, key: str) -> None:
        connection, _ = self._transaction.write()
        connection.execute("DELETE FROM draft WHERE key = ?", (key,))
        self._transaction.kinds.add("draft")

    def all(self) -> tuple[DraftLine, ...]:
        return self._lines("ORDER BY kept_at, key", ())

    def _lines(self, rest: str, values: tuple[str, ...]) -> tuple[DraftLine, ...]:
        rows = self._transaction.read().execute(
            f"SELECT key, body, kept_at FROM draft {rest}", values
        )
        return tuple(
            DraftLine(key=key, body=body, kept_at=datetime.fromisoformat(at))
            for key, body, at in rows
        )


class Settings:
    """Small values of this device."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._known: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        if self._known is None:
            rows = self._transaction.read().execute("SELECT key, value FROM setting")
            self._known = dict(rows.fetchall())
        return self._known.get(key)

    def put(self, key: str, value: str | None) -> None:
        connection, _ = self._transaction.write()
        self._known = None
        if value is None:
            connection.execute("DELETE FROM setting WHERE key = ?", (key,))
        else:
            connection.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )
        self._transaction.kinds.add("setting")

    def actor(self) -> Actor:
        """Who is at the keyboard, from ``actor.*``."""
        mediator, committee = self.get("actor.mediator_id"), self.get("actor.committee_id")
        return Actor(
            name=self.get("actor.name") or "",
            mediator_id=RecordId(mediator) if mediator else None,
            committee_id=RecordId(committee) if committee else None,
            role=self.get("actor.role") or "mediator",
        )
