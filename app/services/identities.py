"""Under which identity this folder writes, and the one that it is about to take on.

Only says what the services need of keys; keys themselves are made where secrets live.
"""

from __future__ import annotations

from typing import Protocol

from app.domain.problems import ProblemCode
from app.services.ports import DeviceKey, Settings, UnitOfWork

UPCOMING_SETTING = "upcoming.device.id"  # there while the folder is being enrolled anew
# The county has taken the upcoming identity in; what is left needs no code.
TAKEN_IN_SETTING = "upcoming.taken_in"
FORMER_SETTING = "device.former"  # ids of devices, the latest first
# A restored county's log is read from its start: what it has of the former identities is noted.
LOST_SETTING = "device.former_asked"
# The county does not listen to this device any more: only a new code helps.
NO_LONGER_HEARD = frozenset(
    {ProblemCode.DEVICE_REVOKED, ProblemCode.STORE_WENT_BACK, ProblemCode.DEVICE_UNKNOWN}
)
# A restored county has not heard of this device yet, which may go on being the same.
STILL_ITSELF = frozenset({ProblemCode.DEVICE_UNKNOWN})


class Identities(Protocol):
    """Makes and changes this folder's keys. The caller commits."""

    def upcoming(self, settings: Settings) -> DeviceKey:
        """The identity that the folder is about to take on; made, and kept, where there is none."""
        ...

    def current(self, settings: Settings) -> DeviceKey:
        """The identity that the folder has."""
        ...

    def former(self, settings: Settings) -> DeviceKey | None:
        """The identity before that, None where there was none."""
        ...

    def adopt(self, settings: Settings) -> DeviceKey:
        """Makes the upcoming identity the folder's own. Raises LookupError where there is none."""
        ...

    def drop(self, settings: Settings) -> None:
        """Forgets the upcoming identity."""
        ...


def is_taken_in(uow: UnitOfWork) -> bool:
    """Whether an enrolment anew broke off after the county had taken this folder in: the next
    contact goes on with it, and no code is needed.
    """
    return uow.settings.get(TAKEN_IN_SETTING) is not None


def ask_for_lost(uow: UnitOfWork, epoch: str) -> None:
    """Before the first word of a county that is in another epoch: what it has lost of this folder's
    former identities nobody else would tell it again.
    """
    known = uow.settings.get("county.epoch")
    if known in (None, epoch) or not uow.settings.get(FORMER_SETTING):
        return
    uow.journal.forget_places()
    uow.settings.put(LOST_SETTING, "1")
