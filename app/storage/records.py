"""Domain records by identity within one unit of work: found, staged, merged.

Nothing is written before the unit commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import Any, TypeVar, cast

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.committees import Committee, Mediator
from app.domain.confirmations import Confirmation
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.handovers import Handover
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.numbering import IssuedNumber
from app.domain.parties import Party
from app.domain.people import Organisation, Person
from app.domain.performances import Performance
from app.domain.printing import Printing
from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.domain.readings import Reading
from app.domain.records import KIND_OF, Record, case_of, kind_of
from app.domain.reviews import Review, Submission
from app.domain.sessions import Session
from app.domain.settlements import Settlement
from app.storage.family import Family
from app.storage.mapping import table_text
from app.storage.transaction import Transaction
from app.wire.records import from_fields

R = TypeVar("R", bound=Record)
Key = tuple[str, str]

_ORDERED = ("party", "session", "investigation", "evidence", "attachment")
_IN_ORDER = dict.fromkeys(_ORDERED, "ordinal, key")
# Field of `CaseFile` -> what only some cases have.
_BESIDE_CASES: dict[str, type[Any]] = {
    "investigations": Investigation,
    "evidence": Evidence,
    "letters": Letter,
    "performances": Performance,
    "confirmations": Confirmation,
    "attachments": Attachment,
    "printings": Printing,
    "readings": Reading,
    "handovers": Handover,
}
_WHICH = "SELECT " + ", ".join(
    f"EXISTS (SELECT 1 FROM {KIND_OF[kind]} WHERE case_id = ?)" for kind in _BESIDE_CASES.values()
)
# What may be added to a case of somebody else: it stands beside the record and never changes it.
_BESIDE = (Review, Submission, Handover, Settlement)
# What all laptops of a committee write together; their changes are merged field by field.
_SHARED = (Committee, Mediator, Person, Organisation, IssuedNumber)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it is in the store, with the hash of the entry that touched it last and its
    owner.
    """

    record: Record
    touched_by: str
    owner: str


def _name(kind: type[R]) -> str:
    return KIND_OF[cast("type[Record]", kind)]


class Records:
    """The records of one unit of work. `own_device` "" until a device is attached."""

    def __init__(self, transaction: Transaction, own_device: str) -> None:
        self._transaction = transaction
        self._own_device = own_device
        self._family: Family | None = None
        self._stored: dict[Key, Stored | None] = {}
        self.staged: dict[Key, Record] = {}

    def find(self, kind: type[R], record_id: RecordId) -> R | None:
        key = _name(kind), str(record_id)
        if key in self.staged:
            return cast(R, self.staged[key])
        stored = self.stored(*key)
        return cast(R, stored.record) if stored else None

    def get(self, kind: type[R], record_id: RecordId) -> R:
        found = self.find(kind, record_id)
        if found is None:
            raise refuse(ProblemCode.RECORD_NOT_FOUND)
        return found

    def put(self, record: Record, *, based_on: Record | None = None) -> Record:
        self._take_lock()
        key = kind_of(record), str(record.id)
        stored = self.stored(*key)
        self._check_owner(record, stored)
        current = self.staged.get(key) or (stored.record if stored else None)
        if based_on is not None and current is not None:
            record = merged(record, based_on, current)
        self.staged[key] = record
        return record

    def of_case(self, kind: type[R], case_id: RecordId) -> tuple[R, ...]:
        name = _name(kind)
        order = _IN_ORDER.get(name, "key")
        found = self._where(kind, f"case_id = ? ORDER BY {order}", (case_id,))
        new = [one for key, one in self._staged_new(name, found) if case_of(one) == case_id]
        whole = [*found, *cast("list[R]", new)]
        if name in _IN_ORDER:
            whole.sort(key=lambda one: cast("Party | Session", one).ordinal)
        return tuple(whole)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        found = self._where(kind, "1 ORDER BY key", ())
        new = [one for _, one in self._staged_new(_name(kind), found)]
        return (*found, *cast("list[R]", new))

    def case_file(self, case_id: RecordId) -> CaseFile:
        case = self.get(Case, case_id)
        parties = self.of_case(Party, case_id)
        sessions = self.of_case(Session, case_id)
        agreements = self.of_case(Agreement, case_id)
        mediators = {*case.mediator_ids}
        mediators.update(one for session in sessions for one in session.mediator_ids)
        mediators.update(one for agreement in agreements for one in agreement.mediator_ids)
        people = {party.person_id for party in parties}
        people |= {one.person_id for party in parties for one in party.representations}
        people |= {hand.by_person_id for one in agreements for hand in one.sign_offs}
        beside = self._beside(case_id)
        people |= {one.person_id for one in beside.get("investigations", ())}
        return CaseFile(
            case=case,
            committee=self.find(Committee, case.committee_id),
            mediators={
                **{o.id: o for o in self.all(Mediator) if o.committee_id == case.committee_id},
                **self._by_id(Mediator, mediators),
            },
            parties=parties,
            people=self._by_id(Person, people),
            organisations=self._by_id(Organisation, {party.organisation_id for party in parties}),
            sessions=sessions,
            agreements=agreements,
            follow_ups=self.of_case(FollowUp, case_id),
            reviews=self.of_case(Review, case_id),
            submissions=self.of_case(Submission, case_id),
            **beside,
        )

    def _beside(self, case_id: RecordId) -> dict[str, Any]:
        """What only some cases have; one question tells which, so that a plain case costs one
        statement.
        """
        there = self._transaction.read().execute(_WHICH, (case_id,) * len(_BESIDE_CASES)).fetchone()
        staged = {name for name, _ in self.staged}
        return {
            field: self.of_case(kind, case_id)
            for (field, kind), found in zip(_BESIDE_CASES.items(), there, strict=True)
            if found or KIND_OF[kind] in staged
        }

    def is_foreign(self, case_id: RecordId) -> bool:
        device = self.assignee(case_id)
        return device is not None and not self.is_own(device)

    def is_own(self, device: str) -> bool:
        if self._family is None:
            self._family = Family(self._transaction.read(), self._own_device)
        return self._family.has(device)

    def assignee(self, case_id: RecordId) -> str | None:
        ask = "SELECT owner_device FROM case_head WHERE id = ?"
        row = self._transaction.read().execute(ask, (case_id,)).fetchone()
        return str(row[0]) if row else None

    def stored(self, kind: str, record_id: str) -> Stored | None:
        """The record as the store holds it, whatever is staged."""
        key = kind, record_id
        if key not in self._stored:
            ask = table_text(kind).by_id
            row = self._transaction.read().execute(ask, (record_id,)).fetchone()
            if row is None:
                self._stored[key] = None
            else:
                self._remember(kind, row)
        return self._stored[key]

    def _by_id(self, kind: type[R], ids: Iterable[str | None]) -> dict[RecordId, R]:
        wanted = sorted({one for one in ids if one})
        where = "id IN (SELECT value FROM json_each(?))"
        found = {RecordId(one.id): one for one in self._where(kind, where, (json.dumps(wanted),))}
        for (name, record_id), one in self.staged.items():
            if name == _name(kind) and record_id in wanted:
                found[RecordId(record_id)] = cast(R, one)
        return found

    def _where(self, kind: type[R], where: str, values: tuple[object, ...]) -> list[R]:
        name = _name(kind)
        rows = self._transaction.read().execute(f"{table_text(name).select} WHERE {where}", values)
        found = [self._remember(name, row) for row in rows.fetchall()]
        return [cast(R, self.staged.get((name, one.record.id), one.record)) for one in found]

    def _staged_new(self, name: str, found: Iterable[Record]) -> list[tuple[Key, Record]]:
        there = {one.id for one in found}
        return [
            (key, one) for key, one in self.staged.items() if key[0] == name and one.id not in there
        ]

    def _remember(self, kind: str, row: tuple[Any, ...]) -> Stored:
        text = table_text(kind)
        fields = text.fields(row)
        key = kind, str(fields["id"])
        known = self._stored.get(key)
        if known is None:
            extra = dict(zip(text.columns, row, strict=True))
            known = Stored(from_fields(kind, fields), extra["touched_by"], extra["owner_device"])
            self._stored[key] = known
        return known

    def _take_lock(self) -> None:
        """From here on nobody else writes; what this unit read before must still be so."""
        connection, moved_on = self._transaction.write()
        if not moved_on:
            return
        for (kind, record_id), stored in self._stored.items():
            table = table_text(kind).select.rsplit(" ", 1)[1]
            ask = f"SELECT touched_by FROM {table} WHERE id = ?"
            row = connection.execute(ask, (record_id,)).fetchone()
            if (row and row[0]) != (stored and stored.touched_by):
                raise refuse(ProblemCode.CHANGED_MEANWHILE)

    def _check_owner(self, record: Record, stored: Stored | None) -> None:
        case_id = case_of(record)
        if isinstance(record, _SHARED):
            if stored and not self.is_own(stored.owner) and self._is_supervising():
                raise refuse(ProblemCode.NOT_YOURS)
        elif case_id and not isinstance(record, _BESIDE):
            if self.is_foreign(RecordId(case_id)):
                raise refuse(ProblemCode.NOT_YOURS)
        elif stored and not self.is_own(stored.owner):
            raise refuse(ProblemCode.NOT_YOURS)

    def _is_supervising(self) -> bool:
        ask = "SELECT 1 FROM setting WHERE key = 'actor.role' AND value <> 'mediator'"
        return self._transaction.read().execute(ask).fetchone() is not None


def merged(wanted: Record, based_on: Record, current: Record) -> Record:
    """`current` with what `wanted` changed since `based_on`.

    Raises `Refused` CHANGED_MEANWHILE at fields that both changed differently.
    """
    mine: dict[str, Any] = {}
    problems = []
    for field in fields_of(wanted):
        new, old, now = (getattr(one, field.name) for one in (wanted, based_on, current))
        if new == old:
            continue
        if now not in (old, new):
            problems.append(Problem(ProblemCode.CHANGED_MEANWHILE, field.name))
        mine[field.name] = new
    if problems:
        raise Refused(*problems)
    return replace(current, **mine)
