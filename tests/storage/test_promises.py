"""The store in memory that other tests use keeps the same promises as the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId
from app.domain.parties import Party
from app.domain.problems import ProblemCode, Refused
from app.domain.records import Record
from app.services.ports import OpenUnit
from app.wire.journal import read_entry
from tests.fakes import FakeDevice, MemoryStore
from tests.storage.village import COMMITTEE, opened, quarrel, receipt_for, written_by

OTHER = FakeDevice("other laptop")


@pytest.fixture(params=["real", "memory"])
def open_unit(request: pytest.FixtureRequest, folder: Path) -> Iterator[OpenUnit]:
    if request.param == "memory":
        yield MemoryStore().unit
        return
    store = opened(folder)
    yield store.unit
    store.close()


def put(open_unit: OpenUnit, *records: Record, case_id: RecordId | None = None) -> None:
    with open_unit() as unit:
        for record in records:
            unit.records.put(record)
        unit.commit(Act.CASE_SAVED, case_id)


def test_what_is_not_committed_leaves_no_trace(open_unit: OpenUnit) -> None:
    head, _ = quarrel()
    with open_unit() as unit:
        unit.records.put(head)
        unit.settings.put("ui.language", "en")
        assert unit.records.get(Case, head.id) == head
    with open_unit() as unit:
        assert unit.records.find(Case, head.id) is None
        assert unit.settings.get("ui.language") is None


def test_entries_say_what_changed_and_on_which_version(open_unit: OpenUnit) -> None:
    head, records = quarrel()
    put(open_unit, COMMITTEE, *records, case_id=head.id)
    put(open_unit, replace(head, matter="采光"), case_id=head.id)
    with open_unit() as unit:
        first, second = unit.journal.tail(10)
        change = read_entry(second.raw).changes[0]
        assert change.set == {"matter": "采光"}
        assert change.base == first.hash == read_entry(second.raw).prev
        assert len(read_entry(first.raw).changes) == 1 + len(records)
        assert unit.journal.verify().broken_at is None


def test_fields_merge_and_clash_alike(open_unit: OpenUnit) -> None:
    head, records = quarrel()
    put(open_unit, *records)
    put(open_unit, replace(head, matter="采光"))
    with open_unit() as unit:
        merged = unit.records.put(replace(head, title="张李案"), based_on=head)
        assert merged == replace(head, title="张李案", matter="采光")
        with pytest.raises(Refused) as refused:
            unit.records.put(replace(head, matter="通行"), based_on=head)
    assert refused.value.first.code is ProblemCode.CHANGED_MEANWHILE
    assert refused.value.first.field == "matter"


def test_what_came_from_others_is_theirs(open_unit: OpenUnit) -> None:
    head, records = quarrel()
    letter = written_by(OTHER, 1, *records, case_id=head.id)
    with open_unit() as unit:
        assert unit.journal.add_foreign(1, *letter)
        assert not unit.journal.add_foreign(1, *letter)
        unit.commit()
    with open_unit() as unit:
        assert unit.records.is_foreign(head.id)
        assert len(unit.records.of_case(Party, head.id)) == 2
        with pytest.raises(Refused) as refused:
            unit.records.put(replace(head, matter="改"))
    assert refused.value.first.code is ProblemCode.NOT_YOURS


def test_receipts_cover_the_tail_or_are_refused(open_unit: OpenUnit) -> None:
    put(open_unit, *quarrel()[1])
    put(open_unit, *quarrel()[1])
    own = FakeDevice().device_id
    with open_unit() as unit:
        first, second = unit.journal.tail(10)
        assert unit.journal.add_receipts([receipt_for(first, own, 1)]) == 1
        unit.commit()
    with open_unit() as unit:
        assert unit.journal.tail(10) == (second,)
        assert unit.journal.own_from(1, 1) == (first,)
        receipt, raw, signature = receipt_for(second, own, 2)
        forged = receipt.model_copy(update={"entry_hash": first.hash})
        with pytest.raises(Refused) as refused:
            unit.journal.add_receipts([(forged, raw, signature)])
    assert refused.value.first.code is ProblemCode.RECEIPT_NOT_GENUINE


def test_drafts_and_settings(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.drafts.keep("case:1", "{}")
        unit.settings.put("actor.role", "supervisor")
        unit.commit()
    with open_unit() as unit:
        assert [one.key for one in unit.drafts.all()] == ["case:1"]
        assert unit.actor.role == "supervisor"
        unit.drafts.drop("case:1")
        unit.settings.put("actor.role", None)
        unit.commit()
    with open_unit() as unit:
        assert unit.drafts.find("case:1") is None
        assert unit.actor.role == "mediator"
