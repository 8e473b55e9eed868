"""Reading an agreement to the parties: who said of which clause "read to me, understood, agreed".

A tick belongs to the words of a clause: when a word changes, it falls. Never a signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.agreements import Agreement
from app.domain.ids import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTick:
    """One party's word about one clause at a UTC moment; `text_hash` is that of the words that were
    read (`wire.sealing.clause_hash`).
    """

    clause_id: RecordId
    party_id: RecordId
    text_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All ticks of one agreement; its id is a record's own, one for each agreement."""

    id: RecordId
    case_id: RecordId
    agreement_id: RecordId
    reader: str = ""
    ticks: tuple[ReadingTick, ...] = ()


def standing(reading: Reading, hashes: dict[RecordId, str]) -> frozenset[tuple[RecordId, RecordId]]:
    """The (clause id, party id) of ticks whose words are still those of the clause; `hashes` clause
    id -> hash of its present words.
    """
    return frozenset(
        (tick.clause_id, tick.party_id)
        for tick in reading.ticks
        if hashes.get(tick.clause_id) == tick.text_hash
    )


def all_read(reading: Reading | None, agreement: Agreement, hashes: dict[RecordId, str]) -> bool:
    """Whether every party of the agreement said it of every clause as it now stands."""
    held = standing(reading, hashes) if reading else frozenset()
    clauses = [clause.id for clause in agreement.clauses]
    wanted = {(clause, party) for clause in clauses for party in agreement.party_ids}
    return bool(wanted) and wanted <= held
