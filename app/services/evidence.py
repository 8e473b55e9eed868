"""The evidence list: take in, correct, void.

Never judges what a piece proves, and keeps copies only: originals go back.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.cases import check_editable
from app.domain.evidence import Evidence, check_evidence
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.ports import UnitOfWork


def blank_evidence(uow: UnitOfWork, case_id: RecordId) -> Evidence:
    """A piece handed in today to whoever is at the keyboard. Nothing is stored.

    Raises `Refused` CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    mediators = file.mediator_names()
    return Evidence(
        id=new_id(),
        case_id=case_id,
        ordinal=len(file.evidence) + 1,
        submitted_on=uow.today(),
        received_by=uow.actor.name or (mediators[0] if mediators else ""),
    )


def save_evidence(
    uow: UnitOfWork, piece: Evidence, *, based_on: Evidence | None = None
) -> Evidence:
    """The piece as written, new or corrected.

    Raises `Refused` with problems at their fields, DATE_ORDER (given back before it was handed
    in), CASE_CLOSED.
    """
    file = uow.records.case_file(piece.case_id)
    check_editable(file.case)
    demand(check_evidence(piece, uow.today()) + _check_order(piece))
    known = uow.records.find(Evidence, piece.id)
    ordinal = known.ordinal if known else len(file.evidence) + 1
    piece = replace(piece, ordinal=ordinal, void_reason=known.void_reason if known else "")
    stored = uow.records.put(piece, based_on=based_on)
    uow.commit(Act.EVIDENCE_SAVED, piece.case_id)
    assert isinstance(stored, Evidence)
    return stored


def _check_order(piece: Evidence) -> list[Problem]:
    given, back = piece.submitted_on, piece.returned_on
    if given and back and back < given:
        facts = {"earlier": "submitted_on", "later": "returned_on"}
        return [Problem(ProblemCode.DATE_ORDER, "returned_on", facts)]
    return []


def void_evidence(uow: UnitOfWork, piece_id: RecordId, reason: str) -> Evidence:
    """A line made by mistake is voided with its reason; its place in the list stays. Raises
    REASON_NEEDED, CASE_CLOSED.
    """
    piece = uow.records.get(Evidence, piece_id)
    check_editable(uow.records.case_file(piece.case_id).case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    voided = replace(piece, void_reason=reason.strip())
    uow.records.put(voided)
    uow.commit(Act.EVIDENCE_SAVED, piece.case_id)
    return voided
