"""A record is the same whatever the order in which its entries came in, and however many hands
wrote it.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.cases import Case
from app.domain.handovers import Handover
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.domain.records import Record, kind_of
from app.domain.settlements import Settlement
from app.services.lines import CaseQuery, Delivery
from app.services.told import Standing
from app.storage.store import Store
from app.wire.exchange import Receipt, Verdict
from app.wire.journal import Change, Entry, SealedEntry, seen_mark
from app.wire.records import to_fields
from tests.fakes import FakeDevice
from tests.storage.village import (
    agreement,
    enrol,
    finalised,
    opened,
    person,
    put,
    quarrel,
    receipt_for,
    sealed_by,
    settle,
    written_by,
)

OWN, OTHER, THIRD = FakeDevice(), FakeDevice("other laptop"), FakeDevice("third laptop")
FIELDS = ("title", "facts", "registrar")
# What is written next: by whom, which field, and (of own ones) how far it is on its way.
STEP = st.tuples(
    st.sampled_from(["own", "other", "third"]),
    st.sampled_from(FIELDS),
    st.sampled_from(["applied", "conflict"]),
)


def altered(record: Record, **fields: Any) -> Record:
    return replace(cast(Any, record), **fields)  # type: ignore[no-any-return]  # of the same kind


def take(
    store: Store,
    letters: list[tuple[int, tuple[SealedEntry, Entry], str]],
) -> None:
    with store.unit() as unit:
        for position, letter, verdict in letters:
            unit.journal.add_foreign(position, *letter, verdict=verdict)
        unit.commit()


def answer(store: Store, seq: int, position: int, kind: str) -> None:
    """The county has stored and judged own entry `seq`."""
    with store.unit() as unit:
        (own,) = unit.journal.own_from(seq, 1)
        unit.journal.add_receipts([receipt_for(own, OWN.device_id, position)])
        unit.journal.add_verdicts([verdict(seq, kind)])
        unit.commit()


def verdict(seq: int, kind: str) -> Verdict:
    return Verdict.model_validate({"device": OWN.device_id, "seq": seq, "kind": kind})


@given(st.lists(STEP, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_row(
    steps: list[tuple[str, str, str]], chance: Any
) -> None:
    """The row is the fold of what was applied, in the order of the log, whoever wrote it and
    whenever it was heard of.
    """
    with tempfile.TemporaryDirectory() as place:
        store = opened(Path(place))
        settle(store)
        head, records = quarrel()
        put(store, *records)
        arrivals: list[Any] = [lambda: answer(store, 2, 2, "applied")]
        expected, numbers = to_fields(head), {"other": 0, "third": 0}
        for position, (who, field, kind) in enumerate(steps, 3):
            text = f"{who} {position}"
            if who == "own":
                with store.unit() as unit:
                    now = unit.records.get(Case, head.id)
                put(store, altered(now, **{field: text}))
                with store.unit() as unit:
                    seq = unit.journal.own_head()
                arrivals.append(_answer(store, seq, position, kind))
            else:
                numbers[who] += 1
                change = Change(kind="case", id=head.id, base="1" * 64, set={field: text})
                device = OTHER if who == "other" else THIRD
                letter = sealed_by(device, numbers[who], [change], case_id=head.id)
                arrivals.append(_letter(store, position, letter, kind))
            if kind == "applied":
                expected[field] = text
        chance.shuffle(arrivals)
        for arrive in arrivals:
            arrive()
        with store.unit() as unit:
            assert to_fields(unit.records.get(Case, head.id)) == expected
            assert unit.journal.verify().broken_at is None
            aside = unit.journal.set_aside(head.id)
        assert len(aside) == sum(kind == "conflict" for _, _, kind in steps)
        store.close()


def _answer(store: Store, seq: int, position: int, kind: str) -> Any:
    return lambda: answer(store, seq, position, kind)


def _letter(store: Store, position: int, letter: tuple[SealedEntry, Entry], kind: str) -> Any:
    return lambda: take(store, [(position, letter, kind)])


@given(st.permutations(range(4)))
def test_a_case_of_others_may_come_in_any_order(order: list[int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        store = opened(Path(place))
        settle(store)
        head, records = quarrel("周八", "吴九")
        people = [one for one in records if isinstance(one, Person)]
        sides = [one for one in records if isinstance(one, Party)]
        later = Change(kind="case", id=head.id, base="1" * 64, set={"facts": "后来"})
        letters = [
            written_by(OTHER, 1, head, case_id=head.id),
            written_by(OTHER, 2, *people, case_id=head.id),
            written_by(OTHER, 3, *sides, case_id=head.id),
            sealed_by(THIRD, 1, [later], case_id=head.id),
        ]
        for at in order:
            take(store, [(at + 5, letters[at], "applied")])
        with store.unit() as unit:
            file = unit.records.case_file(head.id)
            assert file.case == replace(head, facts="后来")
            assert [one.id for one in file.parties] == [one.id for one in sides]
            (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
            assert (line.applicants, line.delivery) == ("周八", Delivery.FOREIGN)
        store.close()


def test_what_was_begun_in_a_conflict_stays_to_be_seen_and_is_told_again(store: Store) -> None:
    known = person("张三")
    put(store, known)
    head, records = quarrel("周八", "吴九")
    put(store, *records, replace(known, phone="1"))
    answer(store, 2, 2, "applied")
    answer(store, 3, 3, "conflict")
    with store.unit() as unit:
        assert unit.records.get(Case, head.id) == head
        assert unit.records.get(Person, known.id).phone == ""
    # What hangs on the case takes the case with it: without it nobody could know where it belongs.
    put(store, altered(records[-1], group="甲组"))
    with store.unit() as unit:
        entry = Entry.model_validate_json(unit.journal.tail(9)[-1].raw)
    told = {change.kind: change for change in entry.changes}
    assert set(told) == {"case", "party"}
    assert {change.base for change in told.values()} == {""}
    assert told["case"].set["matter"] == head.matter


def test_what_was_refused_is_told_again_with_the_next_change(store: Store) -> None:
    known = person("张三")
    put(store, known)
    answer(store, 2, 2, "applied")
    put(store, replace(known, phone="1"))
    answer(store, 3, 3, "refused")
    put(store, replace(known, phone="1", address="村东"))
    with store.unit() as unit:
        entries = unit.journal.entries_of("person", known.id)
        assert unit.records.get(Person, known.id).phone == "1"
    assert [one.standing for one in entries] == [
        Standing.APPLIED,
        Standing.REFUSED,
        Standing.UNJUDGED,
    ]
    (change,) = entries[-1].entry.changes
    assert change.base == entries[0].hash
    assert change.set == {"phone": "1", "address": "村东"}


def test_nothing_is_mixed_into_what_this_laptop_has_sealed(store: Store) -> None:
    enrol(store)
    with store.unit() as unit:
        unit.settings.put("county.epoch", "e1")
        unit.settings.put("county.cursor", "2")
        unit.commit()
    head, records = quarrel()
    draft = agreement(head, [one for one in records if isinstance(one, Party)])
    put(store, *records, draft)
    answer(store, 2, 2, "applied")
    final = finalised(draft)
    put(store, final, act=Act.AGREEMENT_FINALISED)
    change = Change(kind="agreement", id=final.id, base="1" * 64, set={"facts": "别人写的"})
    take(store, [(3, sealed_by(OTHER, 1, [change], case_id=head.id), "applied")])
    with store.unit() as unit:
        assert unit.records.get(Agreement, RecordId(final.id)) == final
        assert unit.journal.verify().broken_at is None
    answer(store, 3, 4, "conflict")
    with store.unit() as unit:
        now = unit.records.get(Agreement, RecordId(final.id))
        assert (now.state, now.facts) == (AgreementState.DRAFT, "别人写的")
        assert [one.hash for one in unit.journal.set_aside(head.id)]
        assert unit.journal.verify().broken_at is None


def test_a_restored_county_may_judge_anew(store: Store) -> None:
    known = person("张三")
    put(store, known)
    put(store, replace(known, phone="1"))
    answer(store, 2, 2, "applied")
    answer(store, 3, 3, "conflict")
    theirs = sealed_by(
        OTHER, 1, [Change(kind="person", id=known.id, base="1" * 64, set={"phone": "2"})]
    )
    take(store, [(4, theirs, "applied")])
    with store.unit() as unit:
        assert unit.records.get(Person, known.id).phone == "2"
        (own,) = unit.journal.own_from(3, 1)
        said: tuple[Receipt, str, str] = receipt_for(own, OWN.device_id, 3, epoch="e2")
        unit.journal.add_receipts([said])
        unit.journal.add_verdicts([verdict(3, "applied")])
        unit.journal.add_foreign(4, *theirs, verdict="conflict")
        unit.commit()
    with store.unit() as unit:
        assert unit.records.get(Person, known.id).phone == "1"
        assert [one.own for one in unit.journal.set_aside()] == [False]


def handover(head: Case, before: FakeDevice, after: FakeDevice) -> Handover:
    return Handover(
        id=new_id(),
        case_id=head.id,
        from_device=before.device_id,
        to_device=after.device_id,
        reason="住院",
    )


def test_a_case_handed_over_can_only_be_read(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    put(store, handover(head, OWN, OTHER), act=Act.CASE_HANDED_OVER)
    with store.unit() as unit:
        assert unit.records.is_foreign(head.id)
        assert unit.records.case_file(head.id).handovers[0].to_device == OTHER.device_id
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery(foreign=True)))
        assert line.delivery is Delivery.FOREIGN
        for one in (replace(head, matter="改"), records[-1]):
            with pytest.raises(Refused) as refused:
                unit.records.put(one)
            assert refused.value.first.code is ProblemCode.NOT_YOURS
    # People are the whole committee's.
    put(store, altered(records[1], phone="13800000001"))
    # The county did not take it over: the case is here again, and writable.
    answer(store, 3, 3, "refused")
    with store.unit() as unit:
        assert not unit.records.is_foreign(head.id)
    put(store, replace(head, matter="改"))


def test_a_case_taken_over_is_writable_with_all_that_hangs_on_it(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    given = handover(head, OTHER, OWN)
    take(store, [(1, written_by(OTHER, 1, *records, case_id=head.id), "applied")])
    letter = written_by(OTHER, 2, given, act=Act.CASE_HANDED_OVER, case_id=head.id)
    take(store, [(2, letter, "applied")])
    side = records[-1]
    assert kind_of(side) == "party"
    put(store, altered(side, group="甲组"), replace(head, matter="改"))
    # What its first laptop wrote before it heard of it is merged all the same.
    late = Change(kind="case", id=head.id, base="1" * 64, set={"facts": "晚到"})
    take(store, [(3, sealed_by(OTHER, 3, [late], case_id=head.id), "applied")])
    with store.unit() as unit:
        now = unit.records.get(Case, head.id)
        assert (now.matter, now.facts) == ("改", "晚到")
        assert unit.records.assignee(head.id) == OWN.device_id
        assert unit.journal.verify().broken_at is None


def test_the_last_hand_over_of_the_log_counts(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    take(store, [(1, written_by(OTHER, 1, *records, case_id=head.id), "applied")])
    second = written_by(THIRD, 1, handover(head, THIRD, OWN), case_id=head.id)
    first = written_by(OTHER, 2, handover(head, OTHER, THIRD), case_id=head.id)
    aside = written_by(OTHER, 3, handover(head, OTHER, OTHER), case_id=head.id)
    take(store, [(3, second, "applied"), (2, first, "applied"), (4, aside, "conflict")])
    with store.unit() as unit:
        assert unit.records.assignee(head.id) == OWN.device_id


def test_a_conflict_is_open_until_somebody_settles_it(store: Store) -> None:
    enrol(store)
    head, records = quarrel()
    put(store, *records)
    answer(store, 2, 2, "applied")
    theirs = sealed_by(
        OTHER,
        1,
        [Change(kind="case", id=head.id, base="1" * 64, set={"title": "乙"})],
        case_id=head.id,
    )
    take(store, [(3, theirs, "conflict")])
    with store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        attention = CaseQuery(deliveries=frozenset({Delivery.ATTENTION}))
        assert line.delivery is Delivery.ATTENTION
        assert unit.lists.case_keys(attention) == (line.key,)
        assert unit.lists.status().conflicts == 1
        assert unit.lists.history(head.id)[0].delivery is Delivery.ATTENTION
    said = Settlement(
        id=new_id(), entry_hash=theirs[0].hash, record=f"case:{head.id}", case_id=head.id
    )
    put(store, said, act=Act.CONFLICT_SETTLED)
    with store.unit() as unit:
        assert unit.lists.status().conflicts == 0
        assert unit.journal.set_aside() == ()
    # One that the county did not take over settles nothing.
    answer(store, 3, 4, "refused")
    with store.unit() as unit:
        assert unit.lists.status().conflicts == 1


def test_what_was_seen_of_the_log_is_told(store: Store) -> None:
    put(store, person("甲"))
    with store.unit() as unit:
        unit.settings.put("county.epoch", "e1")
        unit.settings.put("county.cursor", "17")
        unit.commit()
    put(store, person("乙"))
    with store.unit() as unit:
        before, after = [Entry.model_validate_json(one.raw) for one in unit.journal.tail(9)[-2:]]
    assert (before.seen, after.seen) == ("", seen_mark("e1", 17))
