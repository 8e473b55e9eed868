"""What the page for reading aloud shows: words and names alone, read on the records worker.

Never a number of an identity card, a telephone or an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.agreements import Agreement, AgreementState
from app.domain.ids import RecordId

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile
    from app.domain.readings import Reading

Tick = tuple[RecordId, RecordId]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """An agreement to be read aloud. `names` party id -> name in the order of the paper; `standing`
    (clause id, party id) of ticks that hold; `fallen` of those whose words were changed since.
    """

    case_id: RecordId
    agreement: Agreement
    names: Mapping[RecordId, str]
    standing: frozenset[Tick] = frozenset()
    fallen: frozenset[Tick] = frozenset()
    may_tick: bool = True

    def open_names(self, clause_id: RecordId) -> list[str]:
        """Who has not said yes to the clause yet."""
        return [
            name for party, name in self.names.items() if (clause_id, party) not in self.standing
        ]


def reading_view(file: CaseFile, agreement: Agreement, reading: Reading) -> ReadingView:
    """What is shown of `agreement` with the ticks of `reading`."""
    from app.domain.readings import standing
    from app.services.reading_aloud import clause_hashes

    held = standing(reading, clause_hashes(agreement))
    clauses = {one.id for one in agreement.clauses}
    ticked = {(one.clause_id, one.party_id) for one in reading.ticks if one.clause_id in clauses}
    names = file.names()
    open_case = file.case.filed_on is None
    return ReadingView(
        case_id=agreement.case_id,
        agreement=agreement,
        names={one: names.get(one, "") for one in agreement.party_ids},
        standing=held,
        fallen=frozenset(ticked - held),
        may_tick=open_case and agreement.state is not AgreementState.VOID,
    )
