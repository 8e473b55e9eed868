"""People and organisations as a form, a card or a file hands them over with a party: known ones by
id, new ones whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.parties import PartyRole, Representation
from app.domain.people import Capacity, Organisation, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """A party to be added. Exactly one of `person` and `organisation`; whether it is known already
    is told by its id.

    A known one whose fields differ from the stored record is saved with them (type once: corrected
    here means corrected everywhere).
    """

    role: PartyRole
    person: Person | None = None
    organisation: Organisation | None = None
    side: str = ""
    group: str = ""
    capacity: Capacity | None = None
    capacity_reason: str = ""
    representations: tuple[Representation, ...] = ()
