"""Investigation records: begin, write, void.

Never decides what the answers prove.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.cases import Stage, check_editable, move
from app.domain.ids import RecordId, new_id
from app.domain.investigations import Investigation, check_investigation
from app.domain.problems import ProblemCode, demand, refuse
from app.services.ports import UnitOfWork


def blank_investigation(uow: UnitOfWork, case_id: RecordId) -> Investigation:
    """A talk of today with what the case knows already. Nothing is stored.

    Raises `Refused` CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    earlier = file.investigations[-1] if file.investigations else None
    return Investigation(
        id=new_id(),
        case_id=case_id,
        ordinal=len(file.investigations) + 1,
        held_on=uow.today(),
        place=earlier.place if earlier else file.case.occurred_place,
        matter=file.case.matter,
        investigator_ids=file.case.mediator_ids,
        recorder=earlier.recorder if earlier else "",
    )


def save_investigation(
    uow: UnitOfWork, record: Investigation, *, based_on: Investigation | None = None
) -> Investigation:
    """The talk as written, new or corrected; the first one takes an accepted case into
    investigation.

    Raises `Refused` with problems at their fields, CASE_CLOSED.
    """
    file = uow.records.case_file(record.case_id)
    check_editable(file.case)
    demand(check_investigation(record, uow.today()))
    known = uow.records.find(Investigation, record.id)
    ordinal = known.ordinal if known else len(file.investigations) + 1
    record = replace(record, ordinal=ordinal, void_reason=known.void_reason if known else "")
    stored = uow.records.put(record, based_on=based_on)
    if known is None and file.case.stage is Stage.ACCEPTED:
        uow.records.put(move(file.case, Stage.INVESTIGATING))
    uow.commit(Act.INVESTIGATION_SAVED, record.case_id)
    assert isinstance(stored, Investigation)
    return stored


def void_investigation(uow: UnitOfWork, record_id: RecordId, reason: str) -> Investigation:
    """A record made by mistake is voided with its reason; its number stays. Raises REASON_NEEDED,
    CASE_CLOSED.
    """
    record = uow.records.get(Investigation, record_id)
    check_editable(uow.records.case_file(record.case_id).case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    voided = replace(record, void_reason=reason.strip())
    uow.records.put(voided)
    uow.commit(Act.INVESTIGATION_SAVED, record.case_id)
    return voided
