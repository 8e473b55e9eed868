"""The own journal cannot be changed, receipts must fit it, what others wrote is applied once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.cases import Case, Stage
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.domain.reviews import Decision, Review, ReviewState
from app.services.lines import CaseQuery, Delivery
from app.services.ports import Verified
from app.storage.store import Store
from app.wire.exchange import DeviceCard, Receipt
from app.wire.journal import Change, SealedEntry, read_entry
from tests.fakes import FakeDevice
from tests.storage.village import (
    agreement,
    case,
    count,
    enrol,
    finalised,
    judge,
    opened,
    party,
    person,
    put,
    quarrel,
    raw,
    receipt_for,
    receive_all,
    sealed_by,
    written_by,
)

OWN = FakeDevice()
OTHER = FakeDevice("other laptop")


@pytest.mark.parametrize("table", ["journal_entry", "receipt", "foreign_entry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 1", "DELETE FROM {}"])
def test_what_was_written_stays(store: Store, folder: Path, table: str, statement: str) -> None:
    put(store, *quarrel()[1])
    receive_all(store)
    pull(store, 1, *written_by(OTHER, 1, person("甲")))
    connection = raw(folder)
    with pytest.raises(Exception, match=r"stays|deleted"):
        connection.execute(statement.format(table))
    connection.close()


def test_an_entry_is_not_replaced(store: Store, folder: Path) -> None:
    columns = "seq, device, hash, prev, signature, act, actor, case_id, at, size, records, raw"
    connection = raw(folder)
    for seq in ("seq", "seq + 2"):
        with pytest.raises(Exception, match="goes on at its end only"):
            connection.execute(
                f"INSERT OR REPLACE INTO journal_entry ({columns}) "
                f"SELECT {columns.replace('seq', seq, 1)} FROM journal_entry"
            )
    connection.close()


@pytest.mark.parametrize("table", ["case_head", "person", "party", "committee", "mediator"])
def test_no_record_is_deleted(store: Store, folder: Path, table: str) -> None:
    put(store, *quarrel()[1])
    connection = raw(folder)
    with pytest.raises(Exception, match="nothing is deleted"):
        connection.execute(f"DELETE FROM {table}")
    connection.close()


def test_entries_are_chained_and_signed(store: Store) -> None:
    put(store, *quarrel()[1])
    put(store, *quarrel()[1])
    with store.unit() as unit:
        entries = [read_entry(one.raw) for one in unit.journal.tail(10)]
        marks = [one.hash for one in unit.journal.tail(10)]
        assert unit.journal.verify() == Verified(entries=3, broken_at=None)
    assert [one.seq for one in entries] == [1, 2, 3]
    assert [one.prev for one in entries] == ["0" * 64, *marks[:2]]


def test_the_chain_goes_on_after_a_restart(store: Store, folder: Path) -> None:
    put(store, *quarrel()[1])
    store.close()
    again = opened(folder)
    put(again, *quarrel()[1])
    with again.unit() as unit:
        assert unit.journal.verify() == Verified(entries=3, broken_at=None)
    again.close()


def _unlocked(folder: Path) -> None:
    """Takes the triggers away, as somebody with the key could."""
    connection = raw(folder)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE journal_entry SET raw = CAST(replace(raw, '屋', '房') AS BLOB) WHERE seq = 2", 2),
        ("UPDATE journal_entry SET actor = '别人' WHERE seq = 3", 3),
        ("UPDATE journal_entry SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2", 2),
        ("UPDATE journal_entry SET signature = replace(signature, '0', '1') WHERE seq = 2", 2),
        ("UPDATE journal_entry SET hash = replace(hash, 'a', 'b') WHERE seq = 2", 2),
        ("UPDATE journal_entry SET prev = printf('%064d', 0) WHERE seq = 3", 3),
        ("DELETE FROM journal_entry WHERE seq = 2", 2),
        ("DELETE FROM journal_entry WHERE seq = 3", 3),
        ("UPDATE case_head SET matter = '别的' WHERE key = 1", 2),
        ("UPDATE person SET cannot_read = 1 WHERE name = '李四'", 2),
        ("UPDATE party SET touched_by = '' WHERE key = 4", 3),
        ("DELETE FROM party WHERE key = 1", 2),
        ("INSERT INTO mediator SELECT 9, 'x', touched_by, owner_device, committee_id, name, role, "
         "full_time, phone FROM mediator", 4),
    ],
)  # fmt: skip
def test_tampering_is_found_where_it_is(
    store: Store, folder: Path, tampering: str, broken_at: int
) -> None:
    put(store, *quarrel("甲", "李四")[1])
    put(store, *quarrel("乙", "丙")[1])
    _unlocked(folder)
    connection = raw(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(tampering)
    assert connection.execute("SELECT changes()").fetchone()[0] == 1
    connection.close()
    with store.unit() as unit:
        assert unit.journal.verify().broken_at == broken_at


def test_the_tail_is_what_no_receipt_covers(store: Store) -> None:
    put(store, *quarrel()[1])
    put(store, *quarrel()[1])
    with store.unit() as unit:
        first, second, third = unit.journal.tail(10)
        assert unit.journal.add_receipts([receipt_for(second, OWN.device_id, 7)]) == 1
        assert unit.journal.tail(10) == (first, third)
        assert unit.journal.tail(1) == (first,)
        assert unit.journal.own_from(2, 10) == (second, third)
        assert unit.journal.own_from(2, 1) == (second,)
        unit.commit()
    with store.unit() as unit:
        assert unit.journal.add_receipts([receipt_for(second, OWN.device_id, 7)]) == 0
        assert unit.journal.add_receipts([receipt_for(second, OWN.device_id, 1, epoch="e2")]) == 1
        unit.commit()


def _said(**other: object) -> Receipt:
    given: dict[str, object] = {"device": OWN.device_id, "seq": 1, "entry_hash": "ab" * 32}
    given |= {"epoch": "e1", "position": 1, "received_at": datetime(2026, 11, 21, tzinfo=UTC)}
    return Receipt.model_validate(given | other)


def test_a_receipt_for_something_else_is_refused(store: Store, folder: Path) -> None:
    with store.unit() as unit:
        mark = unit.journal.tail(1)[0].hash
    wrong = [
        _said(),
        _said(seq=9, entry_hash=mark),
        _said(device=OTHER.device_id, entry_hash=mark),
    ]
    for receipt in wrong:
        with store.unit() as unit, pytest.raises(Refused) as refused:
            unit.journal.add_receipts([(receipt, "", "")])
        assert refused.value.first.code is ProblemCode.RECEIPT_NOT_GENUINE
    assert count(folder, "receipt") == 0


def test_what_is_received_can_be_offered_again(store: Store) -> None:
    enrol(store)
    receive_all(store)
    with store.unit() as unit:
        assert unit.journal.tail(10) == ()
        assert len(unit.journal.own_from(1, 10)) == 1


def test_cards_are_kept_and_renewed(store: Store) -> None:
    given = {"device": OTHER.device_id, "public_key": OTHER.public_key, "person": "赵六"}
    card = DeviceCard.model_validate(given | {"role": "supervisor", "region": "5329"})
    for one in (card, card.model_copy(update={"revoked": True})):
        with store.unit() as unit:
            unit.journal.add_cards([(one, one.model_dump_json(), "0" * 128)])
            unit.commit()
        with store.unit() as unit:
            assert unit.journal.card(OTHER.device_id) == one
            assert unit.journal.card(OWN.device_id) is None


def pull(store: Store, position: int, sealed: SealedEntry, entry: object) -> bool:
    """One entry of somebody else comes in."""
    with store.unit() as unit:
        new = unit.journal.add_foreign(position, sealed, read_entry(sealed.raw))
        unit.commit()
    assert entry == read_entry(sealed.raw)
    return new


def test_a_case_of_somebody_else_is_mirrored(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    assert pull(store, 5, *written_by(OTHER, 1, *records, case_id=head.id))
    with store.unit() as unit:
        file = unit.records.case_file(head.id)
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery(foreign=True)))
        assert unit.records.is_foreign(head.id)
        assert unit.lists.people("zb")[0].name == "周八"
        assert unit.lists.case_keys(CaseQuery(text="wj")) == (line.key,)
    assert list(file.names().values()) == ["周八", "吴九"]
    assert (line.applicants, line.delivery) == ("周八", Delivery.FOREIGN)


def test_the_same_entry_again_changes_nothing(store: Store, folder: Path) -> None:
    head, records = quarrel()
    letter = written_by(OTHER, 1, *records, case_id=head.id)
    assert pull(store, 5, *letter)
    assert pull(store, 6, *written_by(OTHER, 2, replace(head, stage=Stage.ACCEPTED)))
    assert not pull(store, 5, *letter)
    assert count(folder, "foreign_entry") == 2
    with store.unit() as unit:
        assert unit.records.get(Case, head.id).stage is Stage.ACCEPTED


def test_the_own_entry_coming_back_changes_nothing(store: Store, folder: Path) -> None:
    with store.unit() as unit:
        sealed = unit.journal.tail(1)[0]
    assert not pull(store, 1, sealed, read_entry(sealed.raw))
    assert count(folder, "foreign_entry") == 0


def test_one_number_given_twice_is_refused(store: Store) -> None:
    pull(store, 1, *written_by(OTHER, 1, person("甲")))
    sealed, entry = written_by(OTHER, 1, person("乙"))
    with store.unit() as unit, pytest.raises(Refused) as refused:
        unit.journal.add_foreign(2, sealed, entry)
    assert refused.value.first.code is ProblemCode.JOURNAL_BROKEN


def test_what_is_ours_is_not_overwritten_by_others(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    stranger = replace(head, matter="别人说的")
    pull(store, 1, *written_by(OTHER, 1, stranger, case_id=head.id))
    with store.unit() as unit:
        assert unit.records.get(Case, head.id) == head
        assert not unit.records.is_foreign(head.id)
        assert [one.actor for one in unit.lists.history(head.id)].count("赵六") == 1
        assert unit.journal.verify().broken_at is None


def test_what_is_theirs_cannot_be_put(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    pull(store, 1, *written_by(OTHER, 1, *records, case_id=head.id))
    new = party(head, person("钱七"), PartyRole.THIRD, 3)
    for record in (replace(head, matter="改"), new):
        with store.unit() as unit, pytest.raises(Refused) as refused:
            unit.records.put(record)
        assert refused.value.first.code is ProblemCode.NOT_YOURS


def test_a_remark_stands_beside_the_case_of_somebody_else(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    pull(store, 1, *written_by(OTHER, 1, *records, case_id=head.id))
    with store.unit() as unit:
        unit.settings.put("actor.committee_id", new_id())
        unit.commit()
    change = put(store, remark(head, Decision.RETURNED), act=Act.FILE_REVIEWED)
    assert change.case_ids == {head.id}
    with store.unit() as unit:
        assert unit.records.case_file(head.id).review_state() is ReviewState.RETURNED
        assert read_entry(unit.journal.tail(9)[-1].raw).committee_id == head.committee_id
        assert unit.lists.status().returned == 0


def remark(head: Case, decision: Decision) -> Review:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    return Review(
        id=new_id(), case_id=head.id, decision=decision, at=at, author="赵六", text="缺电话"
    )


def test_the_supervisors_remark_comes_to_the_mediator(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    said = remark(head, Decision.RETURNED)
    with store.unit() as unit:
        letter = written_by(OTHER, 1, said, act=Act.FILE_REVIEWED, case_id=head.id)
        unit.journal.add_foreign(3, *letter)
        change = unit.commit()
    assert change.case_ids == {head.id}
    assert {"review", "journal"} <= change.kinds
    with store.unit() as unit:
        assert unit.records.case_file(head.id).reviews == (said,)
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        assert line.review_state is ReviewState.RETURNED
        assert unit.lists.status().returned == 1
        with pytest.raises(Refused):
            unit.records.put(replace(said, text="改了"))


def test_changes_that_cannot_be_applied_do_not_stop_the_rest(store: Store, folder: Path) -> None:
    lonely = party(case(), person("甲"), PartyRole.APPLICANT, 1)
    unknown = Change(kind="case", id=new_id(), set={"matter": "只有一句"})
    later = Change(kind="drone", id=new_id(), set={"speed": 9})
    good = person("周八")
    sealed, entry = written_by(OTHER, 1, lonely, good)
    sealed, entry = sealed_by(OTHER, 1, [unknown, later, *entry.changes])
    assert pull(store, 1, sealed, entry)
    assert (count(folder, "party"), count(folder, "case_head")) == (0, 0)
    with store.unit() as unit:
        assert unit.records.get(Person, good.id) == good


def test_another_laptop_cannot_change_its_sealed_paper_here(store: Store) -> None:
    head, records = quarrel("周八", "吴九")
    parties = [one for one in records if isinstance(one, Party)]
    draft = agreement(head, parties)
    final = finalised(draft)
    pull(store, 1, *written_by(OTHER, 1, *records, draft, case_id=head.id))
    pull(store, 2, *written_by(OTHER, 2, final, case_id=head.id))
    forged = replace(final, facts="另一回事")
    assert pull(store, 3, *written_by(OTHER, 3, forged, case_id=head.id))
    with store.unit() as unit:
        kept = unit.records.get(Agreement, RecordId(final.id))
    assert kept == final
    assert kept.state is AgreementState.FINAL


def test_a_newer_writer_may_add_fields(store: Store) -> None:
    known = person("周八")
    change = written_by(OTHER, 1, known)[1].changes[0]
    wider = Change(kind=change.kind, id=change.id, set={**change.set, "nickname": "老八"})
    assert pull(store, 1, *sealed_by(OTHER, 1, [wider]))
    with store.unit() as unit:
        assert unit.records.get(Person, known.id) == known


def test_history_is_ordered_by_the_log_and_not_by_clocks(store: Store) -> None:
    head, records = quarrel()
    enrol(store)
    put(store, *records, act=Act.CASE_REGISTERED)
    receive_all(store)
    pull(store, 3, *written_by(OTHER, 1, remark(head, Decision.RETURNED), case_id=head.id))
    put(store, replace(head, matter="采光"))
    with store.unit() as unit:
        lines = unit.lists.history(head.id)
    assert [one.delivery for one in lines] == [
        Delivery.WAITING,
        Delivery.FOREIGN,
        Delivery.COMPLETE,
    ]
    assert lines[0].fields == ("case.matter",)
    assert lines[2].act == Act.CASE_REGISTERED


def test_history_of_a_new_record_names_only_what_was_written(store: Store) -> None:
    head, records = quarrel()
    put(store, *records, act=Act.CASE_REGISTERED)
    put(store, replace(head, matter="采光"))
    put(store, replace(head, matter=""))
    with store.unit() as unit:
        emptied, written, made = unit.lists.history(head.id)
    assert {"person.name", "case.committee_id"} <= set(made.fields)
    assert not {"case.accepted_on", "case.closing", "case.amount_claimed", "person.void_reason"} & {
        *made.fields
    }
    assert written.fields == emptied.fields == ("case.matter",)


def test_a_refusal_needs_a_person_until_a_later_entry_is_applied(store: Store) -> None:
    head, records = quarrel()
    enrol(store)
    put(store, *records)
    receive_all(store)
    judge(store, 2, "refused", "verdict_scope", f"case:{head.id}")
    with store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        (waits,) = unit.lists.waiting()
        assert (line.delivery, waits.delivery) == (Delivery.ATTENTION, Delivery.ATTENTION)
        assert (waits.seq, waits.problem) == (2, "verdict_scope")
        assert unit.lists.status().attention == 1
    put(store, *quarrel("甲", "乙")[1])
    receive_all(store)
    put(store, replace(head, matter="采光"))
    with store.unit() as unit:
        assert unit.lists.status().attention == 1
    # The county tells only what it has not applied.
    receive_all(store)
    with store.unit() as unit:
        assert unit.lists.status().attention == 0
        assert unit.lists.waiting() == ()


def test_a_verdict_of_the_same_entry_that_came_round_clears_it(store: Store) -> None:
    enrol(store)
    receive_all(store)
    judge(store, 1, "conflict")
    with store.unit() as unit:
        assert [one.problem for one in unit.lists.waiting()] == ["verdict_conflict"]
    judge(store, 1, "applied")
    with store.unit() as unit:
        assert unit.lists.waiting() == ()


def test_verdicts_of_strangers_are_left_out(store: Store, folder: Path) -> None:
    judge(store, 99, "refused")
    assert count(folder, "verdict") == 0
