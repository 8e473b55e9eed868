"""Which devices are the person's at this keyboard: this one, those that this folder was before, and
the person's other laptops, by the county's cards.

Whoever gets a new laptop goes on with the own cases. Decides nothing about what the county allows.
"""

from __future__ import annotations

from app.services.identities import FORMER_SETTING
from app.storage.cipher import Connection
from app.storage.deliveries import setting


class Family:
    """The devices that count as this one; asked once, when another is first met."""

    def __init__(self, connection: Connection, own_device: str) -> None:
        self._connection = connection
        self._own_device = own_device
        self._found: frozenset[str] | None = None

    def has(self, device: str) -> bool:
        """Whether what `device` owns is this person's own."""
        if device == self._own_device:
            return True
        if self._found is None:
            self._found = family_of(self._connection, self._own_device)
        return device in self._found


def family_of(connection: Connection, own_device: str) -> frozenset[str]:
    """The ids of all devices of the person whose device `own_device` is, with it."""
    named = connection.execute(
        "SELECT other.device FROM device_card own, device_card other WHERE own.device = ? "
        "AND json_extract(own.raw, '$.mediator_id') <> '' AND "
        "json_extract(other.raw, '$.mediator_id') = json_extract(own.raw, '$.mediator_id')",
        (own_device,),
    )
    found = {str(row[0]) for row in named.fetchall()}
    return frozenset(found | {own_device} | set(setting(connection, FORMER_SETTING).split()))
