"""Reading an agreement to the parties: their ticks, clause by clause.

A tick is bound to the hash of the clause's words; it falls when they change, and comes back when
they do. Never a signature, and never needed for one.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, refuse
from app.domain.readings import Reading, ReadingTick, heard_all, reading_line, standing
from app.services.ports import UnitOfWork
from app.wire.sealing import clause_hash


def clause_hashes(agreement: Agreement) -> dict[RecordId, str]:
    """Clause id -> hash of what it says now."""
    return {clause.id: clause_hash(clause) for clause in agreement.clauses}


def reading_of(uow: UnitOfWork, agreement_id: RecordId) -> Reading:
    """The reading of an agreement; a new one, not stored, where nobody has been read to yet. Raises
    `Refused` RECORD_NOT_FOUND.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    found = _of(uow.records.of_case(Reading, agreement.case_id), agreement_id)
    return found or Reading(id=new_id(), case_id=agreement.case_id, agreement_id=agreement_id)


def _of(readings: tuple[Reading, ...], agreement_id: RecordId) -> Reading | None:
    return next((one for one in readings if one.agreement_id == agreement_id), None)


def tick(
    uow: UnitOfWork, agreement_id: RecordId, clause_id: RecordId, party_id: RecordId
) -> Reading:
    """The party says of the clause: read to me, understood, agreed.

    Raises `Refused`: RECORD_NOT_FOUND (no such clause), SIGNER_NOT_ON_PAPER, AGREEMENT_FROZEN (it
    was given up), CASE_CLOSED.
    """
    return _ticked(uow, agreement_id, (clause_id,), party_id)


def tick_all(uow: UnitOfWork, agreement_id: RecordId, party_id: RecordId) -> Reading:
    """The party says it of every clause. Raises as `tick` does."""
    agreement = uow.records.get(Agreement, agreement_id)
    return _ticked(uow, agreement_id, tuple(one.id for one in agreement.clauses), party_id)


def untick(
    uow: UnitOfWork, agreement_id: RecordId, clause_id: RecordId, party_id: RecordId
) -> Reading:
    """The party takes it back. Raises as `tick` does."""
    reading = reading_of(uow, agreement_id)
    _agreement_for(uow, agreement_id, party_id)
    return _put(uow, reading, _without(reading, (clause_id,), party_id))


def _ticked(
    uow: UnitOfWork, agreement_id: RecordId, clause_ids: tuple[RecordId, ...], party_id: RecordId
) -> Reading:
    agreement = _agreement_for(uow, agreement_id, party_id)
    hashes = clause_hashes(agreement)
    if not clause_ids or not set(clause_ids) <= hashes.keys():
        raise refuse(ProblemCode.RECORD_NOT_FOUND)
    reading = reading_of(uow, agreement_id)
    now = uow.now()
    new = tuple(
        ReadingTick(clause_id=one, party_id=party_id, text_hash=hashes[one], at=now)
        for one in clause_ids
    )
    return _put(uow, reading, (*_without(reading, clause_ids, party_id), *new))


def _agreement_for(uow: UnitOfWork, agreement_id: RecordId, party_id: RecordId) -> Agreement:
    agreement = uow.records.get(Agreement, agreement_id)
    check_editable(uow.records.case_file(agreement.case_id).case)
    if agreement.state is AgreementState.VOID:
        raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=agreement.number)
    if party_id not in agreement.party_ids:
        raise refuse(ProblemCode.SIGNER_NOT_ON_PAPER, "party_id")
    return agreement


def _without(
    reading: Reading, clause_ids: tuple[RecordId, ...], party_id: RecordId
) -> tuple[ReadingTick, ...]:
    return tuple(
        one for one in reading.ticks if one.party_id != party_id or one.clause_id not in clause_ids
    )


def _put(uow: UnitOfWork, reading: Reading, ticks: tuple[ReadingTick, ...]) -> Reading:
    changed = replace(reading, ticks=ticks, reader=uow.actor.name or reading.reader)
    uow.records.put(changed)
    uow.commit(Act.AGREEMENT_READ, reading.case_id)
    return changed


def standing_ticks(file: CaseFile, agreement: Agreement) -> frozenset[tuple[RecordId, RecordId]]:
    """The (clause id, party id) of ticks that still hold."""
    reading = _of(file.readings, agreement.id)
    return standing(reading, clause_hashes(agreement)) if reading else frozenset()


def reading_words(file: CaseFile, agreement: Agreement) -> str:
    """The sentence for the record and the paper: to whom the whole agreement was read and who said
    so, on which days. Empty while nobody has heard all of it.
    """
    reading = _of(file.readings, agreement.id)
    if reading is None:
        return ""
    heard = heard_all(reading, agreement, clause_hashes(agreement))
    names = file.names()
    return reading_line({names.get(one, ""): day for one, day in heard.items()}, reading.reader)
