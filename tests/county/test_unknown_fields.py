"""A newer program writes fields that this one does not know: they travel through the county to
others byte by byte, and whoever does not know a field never erases it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.county.tables import RecordState
from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.handovers import Handover
from app.domain.ids import new_id
from app.domain.people import Person
from app.security.device import verify
from app.services.exchange import exchange_once
from app.services.ports import CountyLine
from app.storage.cipher import FILE_NAME, connect
from app.wire.canonical import canonical
from app.wire.exchange import NONCE_HEADER, SIGNATURE_HEADER, message_digest
from app.wire.exchange2 import (
    ANSWER2_PURPOSE,
    Answer,
    SpanReceipt,
    answer_body,
    read_answer,
    span_message,
)
from app.wire.journal import Change, Entry, SealedEntry, entry_bytes, read_entry
from app.wire.words import WORDS
from tests.county.conftest import NewLaptop
from tests.county.laptop import AT, RawLaptop, change_of
from tests.county.server import RunningCounty
from tests.county.streaming import Stream
from tests.county.village import KEY, Village
from tests.county.village import Answer as Brought

# Names and a shape that no version has.
NEW_FIELD = "x_weather"
NEW_VALUE: dict[str, Any] = {"sky": "雨", "degrees": 12, "more": ["a", None, True]}


def newer_entry(laptop: RawLaptop, case_id: str, *changes: Change) -> SealedEntry:
    """The next entry of a laptop whose version knows more: new fields in the entry, in a change and
    in the record.
    """
    plain = laptop.write(*changes, case_id=case_id)
    laptop.journal.pop()
    value = json.loads(plain.raw)
    value[NEW_FIELD] = NEW_VALUE
    for change in value["changes"]:
        change[NEW_FIELD] = NEW_VALUE
        change["set"][NEW_FIELD] = NEW_VALUE
    sealed = laptop.seal(canonical(value))
    laptop.journal.append(sealed)
    return sealed


def fields_there(county: RunningCounty, kind: str, record_id: str) -> dict[str, Any]:
    with county.session() as session:
        return dict(json.loads(session.get_one(RecordState, (kind, record_id)).fields))


def raw_here(village: Village) -> set[bytes]:
    """The entries of others as they lie on the disk."""
    connection = connect(village.folder / FILE_NAME, KEY, mode="ro")
    try:
        return {bytes(raw) for (raw,) in connection.execute("SELECT raw FROM foreign_entry")}
    finally:
        connection.close()


@pytest.fixture
def newer(county: RunningCounty, enrolled: NewLaptop) -> Stream:
    return Stream(enrolled(county.mediator(county.committee())), county.address)


@pytest.fixture
def village(county: RunningCounty, newer: Stream, tmp_path: Path) -> Iterator[Village]:
    """A laptop of today, of the same committee."""
    one = Village(tmp_path / "village", county.address)
    one.enrol(county.code(county.mediator(newer.laptop.committee, "赵调解")))
    one.sync()
    yield one
    one.close()


def test_an_entry_with_more_in_it_keeps_every_byte(
    county: RunningCounty, newer: Stream, village: Village
) -> None:
    laptop = newer.laptop
    case = Case(id=new_id(), committee_id=laptop.committee, matter="屋檐滴水")
    sealed = newer_entry(laptop, case.id, change_of(case))
    answer = newer.contact(laptop.journal)
    assert (answer.have, [one.kind for one in answer.verdicts]) in [(1, ["applied"]), (1, [])]
    assert [row.raw for row in county.held(laptop.id)] == [sealed.raw]
    assert village.sync().pulled == 1
    assert sealed.raw in raw_here(village)
    with village.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case
    # A third laptop, from the county.
    other = Stream(laptop, county.address)
    again = other.contact()
    assert again.have == 1
    first = read_entry(sealed.raw)
    assert entry_bytes(first) == sealed.raw
    assert (first.model_extra or {})[NEW_FIELD] == NEW_VALUE
    assert fields_there(county, "case", case.id)[NEW_FIELD] == NEW_VALUE


def test_who_does_not_know_a_field_does_not_erase_it(
    county: RunningCounty, newer: Stream, village: Village
) -> None:
    """The case is handed over to a laptop that does not know the field, which then writes to it."""
    laptop = newer.laptop
    case = Case(id=new_id(), committee_id=laptop.committee, matter="屋檐滴水")
    person = Person(id=new_id(), name="张三")
    newer_entry(laptop, case.id, change_of(case), change_of(person))
    handover = Handover(
        id=new_id(),
        case_id=case.id,
        from_device=laptop.id,
        to_device=village.id,
        from_name="王调解",
        to_name="赵调解",
        by_name="王调解",
        reason="住院",
        on=AT.date(),
    )
    laptop.write(change_of(handover), case_id=case.id)
    newer.contact(laptop.journal)
    village.sync()
    with village.store.unit() as uow:
        assert not uow.records.is_foreign(case.id)
        uow.records.put(replace(uow.records.get(Case, case.id), matter="田埂"))
        uow.records.put(replace(uow.records.get(Person, person.id), phone="13800000000"))
        uow.commit(Act.CASE_SAVED, case.id)
    assert village.sync().attention == 0

    for record, name, value in ((case, "matter", "田埂"), (person, "phone", "13800000000")):
        kind = "case" if record is case else "person"
        there = fields_there(county, kind, record.id)
        assert (there[name], there[NEW_FIELD]) == (value, NEW_VALUE)
    # The newer laptop reads what was written: its field is not in it, so it stays what it was.
    newer.contact()
    theirs = [
        change
        for line in newer.mirror.values()
        for change in read_entry(line.sealed.raw).changes
        if change.id in (case.id, person.id)
    ]
    assert {name for one in theirs for name in one.set} == {"matter", "phone"}
    # And writes it again, on top.
    base = next(
        line.sealed.hash
        for line in newer.mirror.values()
        if any(one.id == person.id for one in read_entry(line.sealed.raw).changes)
    )
    laptop.write(Change(kind="person", id=person.id, base=base, set={NEW_FIELD: "晴"}))
    newer.contact(laptop.journal[2:])
    village.sync()
    assert fields_there(county, "person", person.id)[NEW_FIELD] == "晴"
    with village.store.unit() as uow:
        assert uow.records.get(Person, person.id).phone == "13800000000"
    assert village.is_whole()


def test_a_kind_of_record_that_nobody_knows_holds_up_nothing(
    county: RunningCounty, newer: Stream, village: Village
) -> None:
    laptop = newer.laptop
    unknown = laptop.write(Change(kind="x_forecast", id=str(new_id()), set={"a": 1}))
    case = laptop.new_case()
    answer = newer.contact(laptop.journal)
    assert answer.have == 2
    assert [(one.seq, one.kind) for one in answer.verdicts if one.kind != "applied"] == [
        (1, "refused")
    ]
    assert county.held(laptop.id)[0].raw == unknown.raw
    village.sync()
    with village.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case


def test_a_hello_may_hold_more(county: RunningCounty, newer: Stream) -> None:
    newer.laptop.new_case()
    answer = newer.contact(newer.laptop.journal, x_weather=NEW_VALUE)
    assert (answer.have, answer.trouble) == (1, "")


class Newer:
    """A line to a county of a later version: everything that it says holds more."""

    def __init__(self, good: CountyLine, county: RunningCounty) -> None:
        self._good, self._key = good, county.key

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Brought:
        raise AssertionError("the first protocol is over")

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Brought:
        body, _ = self._good.stream(path, parts, headers)
        answer, lines, pack = read_answer(body, WORDS)
        receipts = [self._more(one.raw) for one in answer.receipts]
        told = {**answer.model_dump(mode="json"), NEW_FIELD: NEW_VALUE, "receipts": receipts}
        for one in [*told["files"], *told["verdicts"], *told["laptops"]]:
            one[NEW_FIELD] = NEW_VALUE
        body = answer_body(Answer.model_validate(told), lines, WORDS, pack)
        message = message_digest(ANSWER2_PURPOSE, path, headers[NONCE_HEADER], body)
        return body, {SIGNATURE_HEADER: self._key.sign(message)}

    def _more(self, raw: str) -> dict[str, str]:
        text = canonical({**json.loads(raw), NEW_FIELD: NEW_VALUE}).decode()
        return {"raw": text, "signature": self._key.sign(span_message(text)), NEW_FIELD: ""}


def test_an_answer_may_hold_more_and_a_receipt_is_kept_as_it_was_signed(
    county: RunningCounty, village: Village
) -> None:
    village.new_case()
    line = Newer(village.line, county)
    done = exchange_once(village.store.unit, line, village.device, verify)
    assert done.received == 1
    connection = connect(village.folder / FILE_NAME, KEY, mode="ro")
    raw, signature = connection.execute(
        "SELECT raw, signature FROM receipt WHERE raw != '' ORDER BY seq DESC"
    ).fetchone()
    connection.close()
    assert json.loads(raw)[NEW_FIELD] == NEW_VALUE
    assert verify(county.key.public, span_message(raw), signature)
    assert SpanReceipt.model_validate_json(raw).entry_hash == county.held(village.id)[-1].hash
    assert village.waiting() == 0


def test_an_entry_that_was_read_is_written_as_it_was() -> None:
    value: dict[str, Any] = {
        "v": 1, "device": str(new_id()), "seq": 1, "prev": "0" * 64, "at": "2026-03-15T02:30:00Z",
        "offset_ms": None, "actor": "", "act": "case_saved", "case_id": None,
        "committee_id": None, "app": "9.0", NEW_FIELD: NEW_VALUE,
        "changes": [{"kind": "case", "id": str(new_id()), "base": "", "set": {NEW_FIELD: None},
                     NEW_FIELD: NEW_VALUE}],
    }  # fmt: skip
    raw = canonical(value)
    assert entry_bytes(read_entry(raw)) == raw
    assert isinstance(read_entry(raw), Entry)
