"""From the first word to acceptance, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.cases import Case, PartyRefusal, Stage
from app.domain.ids import new_id
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.services import intake, parties, people, sessions
from app.services.committees import save_committee, save_mediator, set_up
from app.services.newcomers import NewParty
from tests.fakes import MemoryStore
from tests.unit.domain.making import COMMITTEE, MEDIATOR, codes
from tests.unit.services.village import (
    TODAY,
    acceptance,
    accepted,
    newcomer,
    notice,
    registered,
)


def test_the_first_start_is_made_once(store: MemoryStore) -> None:
    with store.unit() as uow:
        assert uow.actor.name == "王五"
        assert uow.actor.committee_id == COMMITTEE.id
        with pytest.raises(Refused) as caught:
            set_up(uow, COMMITTEE, MEDIATOR)
    assert codes(caught.value) == [ProblemCode.ALREADY_THERE]


def test_faults_of_both_are_told_at_the_first_start() -> None:
    with MemoryStore().unit() as uow, pytest.raises(Refused) as caught:
        set_up(uow, replace(COMMITTEE, name=" "), replace(MEDIATOR, name="王5"))
    assert [one.field for one in caught.value.problems] == ["committee.name", "mediator.name"]


def test_a_region_has_twelve_digits(store: MemoryStore) -> None:
    with store.unit() as uow, pytest.raises(Refused) as caught:
        save_committee(uow, replace(COMMITTEE, region_code="4503"), based_on=COMMITTEE)
    assert caught.value.first.field == "region_code"


def test_a_corrected_mediator_is_called_by_the_new_name(store: MemoryStore) -> None:
    with store.unit() as uow:
        save_mediator(uow, replace(MEDIATOR, name="王五一"), based_on=MEDIATOR)
    with store.unit() as uow:
        assert uow.actor.name == "王五一"


def test_a_blank_case_knows_what_is_known(store: MemoryStore) -> None:
    with store.unit() as uow:
        case = intake.blank_case(uow)
    assert (case.reported_on, case.registrar) == (TODAY, "王五")
    assert case.mediator_ids == (MEDIATOR.id,)
    assert "case.registered" not in store.acts


def test_without_a_committee_there_is_no_case() -> None:
    with MemoryStore().unit() as uow, pytest.raises(Refused):
        intake.blank_case(uow)


def test_a_lead_is_one_act(store: MemoryStore) -> None:
    case_id = registered(store)
    assert store.acts[1:] == ["case.registered"]
    with store.unit() as uow:
        file = uow.records.case_file(case_id)
    assert [file.name_of(one) for one in file.parties] == ["张三", "李四"]
    assert [one.side for one in file.parties] == ["A", "B"]


def test_a_lead_needs_something(store: MemoryStore) -> None:
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.register_case(uow, intake.blank_case(uow), ())
    assert (caught.value.first.code, caught.value.first.field) == (ProblemCode.EMPTY, "matter")


def test_all_faults_of_all_parties_are_told_and_nothing_is_kept(store: MemoryStore) -> None:
    wrong = [newcomer("张3", PartyRole.APPLICANT), newcomer("", PartyRole.RESPONDENT)]
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.register_case(uow, intake.blank_case(uow), wrong)
    fields = [one.field for one in caught.value.problems]
    assert fields == ["parties.0.person.name", "parties.1.person.name"]
    assert "case.registered" not in store.acts


def test_a_lead_is_registered_once(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.register_case(uow, uow.records.get(Case, case_id), ())
    assert codes(caught.value) == [ProblemCode.ALREADY_THERE]


def test_a_known_person_is_corrected_by_the_card(store: MemoryStore) -> None:
    known = Person(id=new_id(), name="张三")
    with store.unit() as uow:
        people.save_person(uow, known)
    corrected = replace(known, phone="13800000001")
    registered(
        store,
        NewParty(role=PartyRole.APPLICANT, person=corrected),
        newcomer("李四", PartyRole.RESPONDENT),
    )
    with store.unit() as uow:
        assert uow.records.get(Person, known.id).phone == "13800000001"


def test_a_form_never_moves_a_case(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        case = uow.records.get(Case, case_id)
        wish = replace(case, matter="围墙", stage=Stage.FILED, exit_reason="x")
        saved = intake.save_case(uow, wish, based_on=case)
    assert (saved.matter, saved.stage, saved.exit_reason) == ("围墙", Stage.LEAD, "")


def test_two_forms_on_one_case_keep_both(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        seen = uow.records.get(Case, case_id)
    for changes in ({"matter": "围墙"}, {"facts": "占了巷道"}):
        with store.unit() as uow:
            intake.save_case(uow, replace(seen, **changes), based_on=seen)  # type: ignore[arg-type]
    with store.unit() as uow:
        both = uow.records.get(Case, case_id)
        assert (both.matter, both.facts) == ("围墙", "占了巷道")
        with pytest.raises(Refused) as caught:
            intake.save_case(uow, replace(seen, matter="别的"), based_on=seen)
    assert codes(caught.value) == [ProblemCode.CHANGED_MEANWHILE]


def test_acceptance_needs_two_sides(store: MemoryStore) -> None:
    case_id = registered(store, newcomer("张三", PartyRole.APPLICANT))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.accept_case(uow, case_id, acceptance())
    assert codes(caught.value) == [ProblemCode.TWO_SIDES_NEEDED]


def test_nothing_is_accepted_tomorrow(store: MemoryStore) -> None:
    case_id = registered(store)
    wish = acceptance(accepted_on=TODAY + timedelta(days=3))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.accept_case(uow, case_id, wish)
    assert codes(caught.value) == [ProblemCode.DATE_IN_FUTURE]


def test_an_accepted_case_keeps_its_day_and_mediator(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        case = uow.records.get(Case, case_id)
        wish = replace(case, accepted_on=None, mediator_ids=())
        with pytest.raises(Refused) as caught:
            intake.save_case(uow, wish, based_on=case)
    assert codes(caught.value) == [ProblemCode.EMPTY, ProblemCode.MEDIATOR_NEEDED]


def test_a_declined_lead_says_why(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        case = intake.decline_case(uow, case_id, "OUT_OF_SCOPE", "法院已受理")
    assert (case.stage, case.exit_reason) == (Stage.NOT_ACCEPTED, "法院已受理")


def test_the_notice_names_parties_of_this_case(store: MemoryStore) -> None:
    case_id, other = accepted(store), registered(store)
    with store.unit() as uow:
        foreign = notice(uow, other)
        with pytest.raises(Refused) as caught:
            intake.tell_rights(uow, case_id, foreign)
    assert codes(caught.value) == [ProblemCode.NOTHING_CHOSEN]


def test_the_notice_cannot_be_moved_behind_a_session(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        sessions.open_session(uow, case_id)
    with store.unit() as uow:
        late = notice(uow, case_id, TODAY + timedelta(days=1))
        with pytest.raises(Refused) as caught:
            intake.tell_rights(uow, case_id, late)
    assert codes(caught.value) == [ProblemCode.RIGHTS_NOTICE_LATE]


def test_no_session_before_the_notice(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        intake.accept_case(uow, case_id, acceptance())
    with store.unit() as uow, pytest.raises(Refused) as caught:
        sessions.open_session(uow, case_id)
    assert codes(caught.value) == [ProblemCode.NO_RIGHTS_NOTICE]


def test_a_refusal_ends_it(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        party = uow.records.case_file(case_id).parties[1]
        refusal = PartyRefusal(party_id=party.id, on=TODAY, words="不谈")
        assert intake.record_refusal(uow, case_id, refusal).stage is Stage.TERMINATED
    with store.unit() as uow, pytest.raises(Refused) as caught:
        sessions.open_session(uow, case_id)
    assert codes(caught.value) == [ProblemCode.PARTY_REFUSED]


def test_a_suspended_case_goes_on_where_it_stood(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        intake.leave_case(uow, case_id, Stage.SUSPENDED, "等鉴定")
    with store.unit() as uow:
        assert intake.resume_case(uow, case_id).stage is Stage.ACCEPTED
    assert store.acts[-2:] == ["case.suspended", "case.resumed"]


def test_an_exit_needs_its_reason(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        intake.leave_case(uow, case_id, Stage.WITHDRAWN, "  ")
    assert codes(caught.value) == [ProblemCode.REASON_NEEDED]


def test_a_party_comes_late_and_leaves_with_a_reason(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        third = parties.add_party(uow, case_id, newcomer("孙七", PartyRole.THIRD))
    assert (third.ordinal, third.side) == (3, "C")
    with store.unit() as uow, pytest.raises(Refused):
        sessions.open_session(uow, case_id)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        parties.void_party(uow, third.id, "")
    assert codes(caught.value) == [ProblemCode.REASON_NEEDED]
    with store.unit() as uow:
        parties.void_party(uow, third.id, "录错")
    with store.unit() as uow:
        sessions.open_session(uow, case_id)


def test_nobody_stands_on_both_sides(store: MemoryStore) -> None:
    both = Person(id=new_id(), name="张三", birth_date=date(1980, 1, 1))
    case_id = registered(store, NewParty(role=PartyRole.APPLICANT, person=both))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        parties.add_party(uow, case_id, NewParty(role=PartyRole.RESPONDENT, person=both))
    assert codes(caught.value) == [ProblemCode.SAME_PERSON_BOTH_SIDES]


def test_a_party_is_corrected(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        party = uow.records.case_file(case_id).parties[0]
        saved = parties.save_party(uow, replace(party, group="一组"), based_on=party)
    assert saved.group == "一组"


def test_namesakes_are_asked_about_and_never_merged(store: MemoryStore) -> None:
    registered(store)
    with store.unit() as uow:
        twins = people.possible_twins(uow, Person(id=new_id(), name=" 张三 "))
        assert [line.name for line in twins] == ["张三"]
        assert people.possible_twins(uow, Person(id=new_id(), name="")) == ()


def test_two_hundred_parties_are_fine(store: MemoryStore) -> None:
    crowd = [newcomer(f"村民{'甲' * (n % 5)}", PartyRole.APPLICANT) for n in range(199)]
    case_id = registered(store, *crowd, newcomer("李四", PartyRole.RESPONDENT))
    with store.unit() as uow:
        assert len(uow.records.case_file(case_id).parties) == 200


def test_a_full_disk_leaves_no_trace(store: MemoryStore) -> None:
    store.refuse_commit = ProblemCode.DISK_FULL
    with pytest.raises(Refused):
        registered(store)
    store.refuse_commit = None
    with store.unit() as uow:
        assert uow.records.all(Case) == ()
