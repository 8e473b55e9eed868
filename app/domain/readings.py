"""Reading an agreement to the parties: who said of which clause "read to me, understood, agreed".

A tick belongs to the words of a clause: when a word changes, it falls. Never a signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from app.domain.agreements import Agreement
from app.domain.dates import chinese_date
from app.domain.ids import RecordId
from app.domain.moments import comparable, day_of

BEIJING = timezone(timedelta(hours=8))


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


def heard_all(
    reading: Reading, agreement: Agreement, hashes: dict[RecordId, str]
) -> dict[RecordId, date]:
    """The parties who said it of every clause as it now stands, in the order of the paper, with the
    local date (Beijing, as all of China) of the last tick.
    """
    held = standing(reading, hashes)
    found: dict[RecordId, date] = {}
    for party_id in agreement.party_ids:
        if hashes and all((clause_id, party_id) in held for clause_id in hashes):
            last = max(
                comparable(tick.at)
                for tick in reading.ticks
                if tick.party_id == party_id and (tick.clause_id, party_id) in held
            )
            found[party_id] = day_of(last, BEIJING)
    return found


def reading_line(heard: Mapping[str, date], reader: str) -> str:
    """What the record says of it, in Chinese as the paper is; `heard` name -> local date, grouped
    by day. Empty for nobody.
    """
    days: dict[date, list[str]] = {}
    for name, day in heard.items():
        days.setdefault(day, []).append(name)
    by = f"由{reader}" if reader else ""
    said = []
    for day, names in sorted(days.items()):
        all_names = "、".join(names)
        said.append(f"{chinese_date(day)}，本协议{by}逐条读给{all_names}听，")
        said.append(f"{all_names}逐条表示听清、听懂、同意。")
    return "".join(said)
