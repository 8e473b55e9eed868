"""The newest prints of all cases together, for the page of prints. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import RecordId
from app.domain.moments import comparable
from app.domain.printing import Printing
from app.services.case_lines import lines_of
from app.services.lines import CaseLine
from app.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One print and its case; None where the case is no longer listed."""

    printing: Printing
    case: CaseLine | None


def recent_prints(uow: UnitOfWork, limit: int) -> tuple[PrintLine, ...]:
    """The last `limit` prints, newest first."""
    newest = sorted(
        uow.records.all(Printing), key=lambda one: (comparable(one.at), one.id), reverse=True
    )
    chosen = newest[:limit]
    cases: dict[RecordId, CaseLine] = lines_of(uow, {one.case_id for one in chosen})
    return tuple(PrintLine(one, cases.get(one.case_id)) for one in chosen)
