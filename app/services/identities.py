"""Under which identity this folder writes, and the one that it is about to take on.

Only says what the services need of keys; keys themselves are made where secrets live.
"""

from __future__ import annotations

from typing import Protocol

from app.services.ports import DeviceKey, Settings

UPCOMING_SETTING = "upcoming.device.id"  # there while the folder is being enrolled anew


class Identities(Protocol):
    """Makes and changes this folder's keys. The caller commits."""

    def upcoming(self, settings: Settings) -> DeviceKey:
        """The identity that the folder is about to take on; made, and kept, where there is none."""
        ...

    def adopt(self, settings: Settings) -> DeviceKey:
        """Makes the upcoming identity the folder's own. Raises LookupError where there is none."""
        ...

    def drop(self, settings: Settings) -> None:
        """Forgets the upcoming identity, which the county does not know."""
        ...
