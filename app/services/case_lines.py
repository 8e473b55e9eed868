"""Lines of cases that are known by their ids. Reads only."""

from __future__ import annotations

from collections.abc import Set

from app.domain.ids import RecordId
from app.services.lines import CaseLine, CaseQuery, CaseSort
from app.services.ports import UnitOfWork

PAGE = 500


def lines_of(uow: UnitOfWork, wanted: Set[RecordId]) -> dict[RecordId, CaseLine]:
    """Lines of the cases that are wanted, looked for from the newest on."""
    found: dict[RecordId, CaseLine] = {}
    keys = uow.lists.case_keys(CaseQuery(sort=CaseSort.TOUCHED)) if wanted else ()
    for at in range(0, len(keys), PAGE):
        lines = uow.lists.case_lines(keys[at : at + PAGE])
        found |= {line.id: line for line in lines if line.id in wanted}
        if len(found) == len(wanted):
            break
    return found
