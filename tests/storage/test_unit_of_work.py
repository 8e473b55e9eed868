"""Row and entry in one commit; three ways; what is not committed leaves no trace."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.cases import Case, RiskGrade, Stage
from app.domain.committees import Mediator
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.domain.sessions import Session, SessionStep, StepText
from app.services.lines import CaseQuery
from app.services.ports import UnitOfWork as UnitPort
from app.services.ports import Verified
from app.storage.store import Store, open_store
from app.storage.unit_of_work import UnitOfWork
from app.wire.journal import ENTRY_LIMIT_BYTES, read_entry
from tests.fakes import FixedClock
from tests.storage.village import (
    COMMITTEE,
    KEY,
    MEDIATOR,
    case,
    count,
    opened,
    party,
    person,
    put,
    quarrel,
    raw,
)


def test_it_is_what_services_ask_for(store: Store) -> None:
    def asks(unit: UnitPort) -> str:
        return unit.actor.name

    with store.unit() as unit:
        assert asks(unit) == MEDIATOR.name


def test_what_was_put_is_found_by_the_next_unit(store: Store) -> None:
    head, records = quarrel(accepted_on=date(2026, 3, 15), risk_grade=RiskGrade.RED)
    change = put(store, *records)
    assert change.kinds == {"case", "person", "party"}
    assert change.case_ids == {head.id}
    with store.unit() as unit:
        file = unit.records.case_file(head.id)
    assert file.case == head
    assert [file.name_of(one) for one in file.parties] == ["张三", "李四"]
    assert file.committee == COMMITTEE
    assert file.mediator_names() == [MEDIATOR.name]


def test_one_commit_makes_one_entry_of_all_that_changed(store: Store) -> None:
    head, records = quarrel()
    put(store, *records, act=Act.CASE_REGISTERED)
    with store.unit() as unit:
        last = read_entry(unit.journal.tail(10)[-1].raw)
    assert last.act == Act.CASE_REGISTERED
    assert last.case_id == head.id
    assert last.committee_id == COMMITTEE.id
    assert last.actor == MEDIATOR.name
    assert [one.id for one in last.changes] == [one.id for one in records]
    assert {one.base for one in last.changes} == {""}


def test_the_next_entry_names_the_version_it_is_based_on(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    put(store, replace(head, matter="采光"))
    with store.unit() as unit:
        earlier, later = (one for one in unit.journal.tail(10)[-2:])
        change = read_entry(later.raw).changes[0]
    assert change.set == {"matter": "采光"}
    assert change.base == earlier.hash


def test_leaving_without_commit_leaves_no_trace(store: Store, folder: Path) -> None:
    head, records = quarrel()
    with store.unit() as unit:
        for record in records:
            unit.records.put(record)
        unit.drafts.keep("case:new", "{}")
        unit.settings.put("ui.language", "en")
    with store.unit() as unit:
        assert unit.records.find(Case, head.id) is None
        assert unit.drafts.all() == ()
        assert unit.settings.get("ui.language") is None
    assert count(folder, "journal_entry") == 1


@pytest.mark.parametrize(
    "moment",
    [
        "BEFORE INSERT ON journal_entry",
        "AFTER INSERT ON journal_entry",
        "AFTER INSERT ON case_head",
        "BEFORE INSERT ON party",
        "AFTER INSERT ON case_list",
    ],
)
def test_a_fault_between_row_and_entry_leaves_neither(
    store: Store, folder: Path, moment: str
) -> None:
    connection = raw(folder)
    connection.execute(f"CREATE TRIGGER crash {moment} BEGIN SELECT RAISE(ABORT, 'crash'); END")
    connection.close()
    head, records = quarrel()
    with pytest.raises(Exception, match="crash"):
        put(store, *records)
    tables = ("case_head", "person", "party", "case_list")
    assert [count(folder, name) for name in tables] == [0, 0, 0, 0]
    assert count(folder, "journal_entry") == 1
    with store.unit() as unit:
        assert unit.journal.verify().broken_at is None
        assert unit.lists.case_keys(CaseQuery(text=head.matter)) == ()


def test_what_did_not_change_makes_no_entry(store: Store, folder: Path) -> None:
    head, records = quarrel()
    put(store, *records)
    change = put(store, head)
    assert change.kinds == frozenset()
    assert count(folder, "journal_entry") == 2


def test_a_unit_commits_once(store: Store) -> None:
    with store.unit() as unit:
        unit.settings.put("ui.language", "en")
        unit.commit()
        with pytest.raises(RuntimeError, match="once"):
            unit.commit()


def test_records_need_the_name_of_an_act(store: Store) -> None:
    with store.unit() as unit:
        unit.records.put(case())
        with pytest.raises(ValueError, match="act"):
            unit.commit()


def test_records_need_a_device_and_settings_do_not(folder: Path) -> None:
    store = open_store(folder, KEY, FixedClock(), app_version="0")
    with store.unit() as unit:
        unit.settings.put("device.id", "x")
        unit.commit()
    with store.unit() as unit:
        assert unit.settings.get("device.id") == "x"
        unit.records.put(COMMITTEE)
        with pytest.raises(RuntimeError, match="device"):
            unit.commit(Act.COMMITTEE_SAVED)
    store.close()


def test_a_unit_sees_what_it_has_put(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    with store.unit() as unit:
        third = person("钱七")
        unit.records.put(third)
        unit.records.put(party(head, third, PartyRole.THIRD, 3))
        unit.records.put(replace(head, matter="采光"))
        file = unit.records.case_file(head.id)
        assert list(file.names().values()) == ["张三", "李四", "钱七"]
        assert file.case.matter == "采光"
        assert len(unit.records.of_case(Party, head.id)) == 3
        assert unit.records.all(Mediator) == (MEDIATOR,)
    with store.unit() as unit:
        assert len(unit.records.of_case(Party, head.id)) == 2


def test_sessions_come_in_their_order_and_keep_times_and_flags(store: Store) -> None:
    head, records = quarrel()
    texts = (StepText(step=SessionStep.RIGHTS_TOLD, text="读了。\n\t都听明白了"),)
    second = Session(id=new_id(), case_id=head.id, ordinal=2, held_on=date(2026, 4, 1))
    first = Session(id=new_id(), case_id=head.id, ordinal=1, steps=texts, place="村委会")
    put(store, *records, second, first, person("钱七", cannot_read=True))
    with store.unit() as unit:
        assert unit.records.of_case(Session, head.id) == (first, second)


def test_unknown_record(store: Store) -> None:
    with store.unit() as unit:
        assert unit.records.find(Case, new_id()) is None
        with pytest.raises(Refused) as refused:
            unit.records.case_file(new_id())
    assert refused.value.first.code is ProblemCode.RECORD_NOT_FOUND


def test_three_ways_different_fields_merge(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    put(store, replace(head, matter="采光"))
    with store.unit() as unit:
        stored = unit.records.put(replace(head, title="张李案"), based_on=head)
        unit.commit(Act.CASE_SAVED)
    assert stored == replace(head, matter="采光", title="张李案")
    with store.unit() as unit:
        assert unit.records.get(Case, head.id) == stored


def test_three_ways_one_field_twice_is_refused_at_the_field(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    put(store, replace(head, matter="采光", title="一"))
    with store.unit() as unit, pytest.raises(Refused) as refused:
        unit.records.put(replace(head, matter="通行", title="二", facts="新"), based_on=head)
    problems = {(one.code, one.field) for one in refused.value.problems}
    assert problems == {
        (ProblemCode.CHANGED_MEANWHILE, "matter"),
        (ProblemCode.CHANGED_MEANWHILE, "title"),
    }


def test_three_ways_the_same_change_twice_is_no_conflict(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    put(store, replace(head, matter="采光"))
    with store.unit() as unit:
        stored = unit.records.put(replace(head, matter="采光"), based_on=head)
    assert stored == replace(head, matter="采光")


def test_what_was_read_must_still_be_so_when_the_writing_begins(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    with store.unit() as unit:
        seen = unit.records.get(Case, head.id)
        put(store, replace(head, stage=Stage.ACCEPTED))
        with pytest.raises(Refused) as refused:
            unit.records.put(replace(seen, matter="采光"))
    assert refused.value.first.code is ProblemCode.CHANGED_MEANWHILE


def test_nobody_signs_as_who_the_folder_is_no_more(store: Store, folder: Path) -> None:
    entries = count(folder, "journal_entry")
    with pytest.raises(Refused) as refused, store.unit() as unit:
        assert unit.settings.get("device.id") is None
        assert unit.actor.name == MEDIATOR.name
        with store.unit() as other:  # the command line enrols the folder anew
            other.settings.put("device.id", "another")
            other.commit()
        for record in quarrel()[1]:
            unit.records.put(record)
        unit.commit(Act.CASE_SAVED)
    assert refused.value.first.code is ProblemCode.CHANGED_MEANWHILE
    assert count(folder, "journal_entry") == entries


def test_other_writings_meanwhile_do_no_harm(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    with store.unit() as unit:
        seen = unit.records.get(Case, head.id)
        put(store, *quarrel("甲", "乙")[1])
        unit.records.put(replace(seen, matter="采光"))
        unit.commit(Act.CASE_SAVED)
    with store.unit() as unit:
        assert unit.records.get(Case, head.id).matter == "采光"
        assert unit.journal.verify().broken_at is None


def test_a_case_file_is_read_from_one_moment(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    with store.unit() as unit:
        unit.records.get(Case, head.id)
        put(store, party(head, person("钱七"), PartyRole.THIRD, 3))
        assert len(unit.records.case_file(head.id).parties) == 2


def test_units_on_two_threads_meet(store: Store, folder: Path) -> None:
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(15):
                put(store, *quarrel()[1])
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert count(folder, "case_head") == 45
    assert count(folder, "case_list") == 45
    with store.unit() as unit:
        assert unit.journal.verify() == Verified(entries=46, broken_at=None)


def test_drafts_survive(folder: Path) -> None:
    store = opened(folder)
    with store.unit() as unit:
        unit.drafts.keep("session:1", '{"place":"村委会"}')
        change = unit.commit()
    assert change.kinds == {"draft"}
    with store.unit() as unit:
        unit.drafts.keep("session:1", '{"place":"田头"}')
        unit.commit()
    store.close()
    again = opened(folder)
    with again.unit() as unit:
        found = unit.drafts.find("session:1")
        assert found is not None
        assert found.body == '{"place":"田头"}'
        assert found.kept_at == FixedClock().now()
        unit.drafts.drop("session:1")
        unit.commit()
    with again.unit() as unit:
        assert unit.drafts.all() == ()
    again.close()


def test_today_is_corrected_by_what_is_known_of_the_clock(store: Store) -> None:
    with store.unit() as unit:
        assert unit.today() == FixedClock().today()
        unit.settings.put("county.offset_ms", str(int(timedelta(hours=20).total_seconds() * 1000)))
        assert unit.today() == FixedClock().today() + timedelta(days=1)
        unit.settings.put("county.offset_ms", str(-int(timedelta(days=40).total_seconds() * 1000)))
        assert unit.today() == FixedClock().today() - timedelta(days=40)


def test_an_entry_that_could_never_be_sent_is_refused(store: Store, folder: Path) -> None:
    head, records = quarrel()
    put(store, *records)
    long = "屋" * (ENTRY_LIMIT_BYTES // 3 + 1)
    with pytest.raises(Refused) as refused:
        put(store, replace(head, facts=long))
    assert refused.value.first.code is ProblemCode.TOO_LONG
    assert count(folder, "journal_entry") == 2


def test_a_long_narrative_goes_in(store: Store) -> None:
    head, records = quarrel(facts="两家为屋檐滴水" * 28_000)
    put(store, *records)
    with store.unit() as unit:
        assert unit.records.get(Case, head.id) == head
        assert len(unit.lists.case_keys(CaseQuery(text="檐滴水两家"))) == 1


def test_two_hundred_parties(store: Store) -> None:
    head = case(matter="土地承包")
    people = [person(f"村民{chr(0x4E00 + n)}") for n in range(200)]
    sides = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    parties = [party(head, one, sides[n % 2], n + 1) for n, one in enumerate(people)]
    put(store, head, *people, *parties)
    with store.unit() as unit:
        file = unit.records.case_file(head.id)
        keys = unit.lists.case_keys(CaseQuery(text=people[199].name))
        (line,) = unit.lists.case_lines(keys)
    assert [file.name_of(one) for one in file.parties] == [one.name for one in people]
    assert line.applicants == f"{people[0].name}、{people[2].name}、{people[4].name}等"


def test_names_keep_their_characters(store: Store) -> None:
    names = ["张𬭬", "阿卜杜·热合曼", "㛃䶮", "一", "金\ufa00"]
    kept = [person(name) for name in names]
    put(store, *kept)
    with store.unit() as unit:
        assert [unit.records.get(Person, RecordId(one.id)) for one in kept] == kept


def test_a_closed_store_opens_no_unit(folder: Path) -> None:
    store = opened(folder)
    store.close()
    with pytest.raises(RuntimeError, match="closed"), store.unit() as unit:
        assert isinstance(unit, UnitOfWork)
