"""A village made up for the storage tests: records with few words, a store to put them in, and
what a county would say of them.

Nobody in it exists, and no number in it is anybody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.domain.acts import Act
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    Clause,
    Payment,
    Signer,
    SignMethod,
    SignOff,
    finalise,
)
from app.domain.cases import Case
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole, default_side
from app.domain.people import Person
from app.domain.records import Record, kind_of
from app.services.lines import Change
from app.storage.cipher import FILE_NAME, Connection, connect
from app.storage.store import Store, open_store
from app.wire.exchange import Receipt, Verdict
from app.wire.journal import Change as RecordChange
from app.wire.journal import Entry, SealedEntry, entry_bytes, entry_hash
from app.wire.records import to_fields
from tests.fakes import FakeDevice, FixedClock, signature_fits

KEY = bytes(range(48))
COMMITTEE = Committee(id=RecordId("00000000-0000-7000-8000-000000000001"), name="九溪村调委会")
MEDIATOR = Mediator(
    id=RecordId("00000000-0000-7000-8000-000000000002"), committee_id=COMMITTEE.id, name="王秀英"
)
DAY = date(2026, 3, 15)


def opened(folder: Path, device: FakeDevice | None = None, **extra: Any) -> Store:
    """A store in `folder` with a device attached."""
    store = open_store(folder, KEY, FixedClock(), app_version="0.1.0", **extra)
    store.attach(device or FakeDevice(), signature_fits)
    return store


def raw(folder: Path, *, mode: str = "rw") -> Connection:
    """A connection past the store, as an attacker or a broken program would have it."""
    return connect(folder / FILE_NAME, KEY, mode=mode)


def put(store: Store, *records: Record, act: Act = Act.CASE_SAVED) -> Change:
    """Puts all records in one unit of work."""
    with store.unit() as unit:
        for record in records:
            unit.records.put(record)
        return unit.commit(act)


def settle(store: Store) -> None:
    """Committee, mediator and who is at the keyboard."""
    with store.unit() as unit:
        unit.records.put(COMMITTEE)
        unit.records.put(MEDIATOR)
        unit.settings.put("actor.name", MEDIATOR.name)
        unit.settings.put("actor.mediator_id", MEDIATOR.id)
        unit.settings.put("actor.committee_id", COMMITTEE.id)
        unit.commit(Act.COMMITTEE_SAVED)


def enrol(store: Store) -> None:
    """The laptop has a county from now on."""
    with store.unit() as unit:
        unit.settings.put("county.key", "00" * 32)
        unit.settings.put("county.name", "九溪县司法局")
        unit.commit()


def person(name: str, **more: Any) -> Person:
    return Person(id=new_id(), name=name, **more)


def case(**more: Any) -> Case:
    given: dict[str, Any] = {"matter": "屋檐滴水", "mediator_ids": (MEDIATOR.id,)}
    return Case(id=new_id(), committee_id=COMMITTEE.id, **(given | more))


def party(of: Case, who: Person, role: PartyRole, ordinal: int, **more: Any) -> Party:
    return Party(
        id=new_id(),
        case_id=of.id,
        ordinal=ordinal,
        role=role,
        side=default_side(role),
        person_id=who.id,
        **more,
    )


def quarrel(first: str = "张三", second: str = "李四", **more: Any) -> tuple[Case, list[Record]]:
    """A case with one applicant and one respondent, and everything to be put for it."""
    head = case(**more)
    one, other = person(first), person(second)
    sides = [party(head, one, PartyRole.APPLICANT, 1), party(head, other, PartyRole.RESPONDENT, 2)]
    return head, [head, one, other, *sides]


def agreement(of: Case, parties: Sequence[Party], **more: Any) -> Agreement:
    """A draft with one clause of 400 yuan."""
    pays = Payment(payer_id=parties[1].id, payee_id=parties[0].id, fen=40_000)
    given: dict[str, Any] = {
        "form": AgreementForm.WRITTEN,
        "party_ids": tuple(one.id for one in parties),
        "mediator_ids": (MEDIATOR.id,),
        "clauses": (Clause(id=new_id(), text="赔偿瓦片四百元", payment=pays),),
        "made_on": DAY,
    }
    return Agreement(id=new_id(), case_id=of.id, **(given | more))


def finalised(draft: Agreement) -> Agreement:
    return finalise(draft, "〔2026〕九溪人调字第001号", "ab" * 32)


def signed_by(paper: Agreement, party_id: RecordId) -> Agreement:
    hand = SignOff(signer=Signer.PARTY, methods=(SignMethod.SEAL,), on=DAY, party_id=party_id)
    return replace(paper, sign_offs=(*paper.sign_offs, hand))


def receipt_for(
    sealed: SealedEntry, device: str, position: int, epoch: str = "e1"
) -> tuple[Receipt, str, str]:
    """The county's word, as if its signature had been verified."""
    seq = Entry.model_validate_json(sealed.raw).seq
    said = Receipt(
        device=device,
        seq=seq,
        entry_hash=sealed.hash,
        epoch=epoch,
        position=position,
        received_at=datetime(2026, 11, 21, 5, 0, tzinfo=UTC),
    )
    return said, said.model_dump_json(), "0" * 128


def receive_all(store: Store, device: FakeDevice | None = None) -> None:
    """The county has everything that is waiting."""
    own = (device or FakeDevice()).device_id
    with store.unit() as unit:
        tail = unit.journal.tail(10_000)
        unit.journal.add_receipts([receipt_for(one, own, i) for i, one in enumerate(tail, 1)])
        unit.commit()


def judge(store: Store, seq: int, kind: str, code: str = "", record: str = "") -> None:
    """The county judges own entry `seq`."""
    said = {"device": FakeDevice().device_id, "seq": seq, "kind": kind, "code": code}
    with store.unit() as unit:
        unit.journal.add_verdicts([Verdict.model_validate(said | {"record": record})])
        unit.commit()


def written_by(
    device: FakeDevice, seq: int, *records: Record, act: Act = Act.CASE_SAVED, **more: Any
) -> tuple[SealedEntry, Entry]:
    """An entry of another laptop, with all fields of `records`."""
    changes = []
    for one in records:
        fields = to_fields(one)
        changes.append(_change(one, {k: v for k, v in fields.items() if k != "id"}))
    return sealed_by(device, seq, changes, act=act, **more)


def _change(record: Record, fields: dict[str, Any], base: str = "") -> RecordChange:
    return RecordChange(kind=kind_of(record), id=record.id, base=base, set=fields)


def sealed_by(
    device: FakeDevice,
    seq: int,
    changes: Sequence[RecordChange],
    *,
    act: Act = Act.CASE_SAVED,
    case_id: str | None = None,
    prev: str = "0" * 64,
    actor: str = "赵六",
) -> tuple[SealedEntry, Entry]:
    entry = Entry(
        device=device.device_id,
        seq=seq,
        prev=prev,
        at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
        actor=actor,
        act=act.value,
        case_id=case_id,
        committee_id=COMMITTEE.id,
        changes=tuple(changes),
    )
    content = entry_bytes(entry)
    mark = entry_hash(content)
    return SealedEntry(content, device.sign(bytes.fromhex(mark)).hex(), mark), entry


def count(folder: Path, table: str) -> int:
    """Rows of a table, read past the store."""
    connection = raw(folder, mode="ro")
    try:
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()
