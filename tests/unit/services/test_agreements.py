"""From draft to the last yuan: frozen, numbered, signed, performed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Payment,
    Signer,
    SignMethod,
)
from app.domain.cases import Case, Closing, PartyRefusal, Retention, Stage
from app.domain.completeness import DocumentKind
from app.domain.followups import FollowUp
from app.domain.ids import new_id
from app.domain.numbering import IssuedNumber, NumberBlock, NumberState
from app.domain.parties import PartyRole, Representation, StandIn
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.domain.reviews import Decision
from app.domain.sessions import Attendance, SessionOutcome
from app.services import (
    agreements,
    closing,
    drafts,
    followups,
    intake,
    numbers,
    papers,
    parties,
    people,
    reviews,
    sessions,
)
from app.services.newcomers import NewParty
from app.services.paper_values import Printed
from app.services.ports import Practice
from app.wire.sealing import is_intact
from tests.fakes import MemoryStore, PlainBinder, practice
from tests.unit.domain.making import COMMITTEE, MEDIATOR, codes
from tests.unit.services.village import (
    TODAY,
    accepted,
    binding,
    drafted,
    finalised,
    hands,
    newcomer,
    registered,
    with_clause,
)

FIRST_NUMBER = "〔2026〕某村人调字第001号"


def test_a_draft_holds_what_is_known(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        draft = agreements.draft_agreement(uow, case_id, AgreementForm.WRITTEN)
        parties_of = uow.records.case_file(case_id).parties
    assert draft.party_ids == tuple(one.id for one in parties_of)
    assert (draft.mediator_ids, draft.made_on) == ((MEDIATOR.id,), TODAY)


def test_a_case_has_one_main_agreement(store: MemoryStore) -> None:
    draft = drafted(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.draft_agreement(uow, draft.case_id, AgreementForm.ORAL)
    assert codes(caught.value) == [ProblemCode.ALREADY_THERE]


def test_no_agreement_without_the_notice(store: MemoryStore) -> None:
    from tests.unit.services.village import acceptance

    case_id = registered(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.draft_agreement(uow, case_id, AgreementForm.ORAL)
    assert codes(caught.value) == [ProblemCode.NOT_ACCEPTED_YET]
    with store.unit() as uow:
        intake.accept_case(uow, case_id, acceptance())
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.draft_agreement(uow, case_id, AgreementForm.ORAL)
    assert codes(caught.value) == [ProblemCode.NO_RIGHTS_NOTICE]


def test_a_refusal_leaves_a_draft_a_draft(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    with store.unit() as uow:
        refusal = PartyRefusal(party_id=draft.party_ids[0], on=TODAY)
        intake.record_refusal(uow, draft.case_id, refusal)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.finalise_agreement(uow, draft.id, county)
    assert codes(caught.value) == [ProblemCode.PARTY_REFUSED]


def test_finalising_numbers_freezes_and_moves_in_one_act(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    assert (paper.state, paper.number, paper.copies) == (AgreementState.FINAL, FIRST_NUMBER, 3)
    assert store.acts[-1] == "agreement.finalised"
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
        lines = uow.records.all(IssuedNumber)
    assert (file.case.stage, file.case.file_no) == (Stage.AGREED, FIRST_NUMBER)
    assert is_intact(file, paper)
    assert [(one.text, one.agreement_id, one.serial) for one in lines] == [
        (FIRST_NUMBER, paper.id, 1)
    ]
    assert [block.name for block in paper.party_blocks] == ["张三", "李四"]


def test_a_frozen_paper_does_not_follow_later_corrections(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    with store.unit() as uow:
        person = next(one for one in uow.records.case_file(paper.case_id).people.values())
        people.save_person(uow, replace(person, phone="13800000001"), based_on=person)
    with store.unit() as uow:
        assert is_intact(uow.records.case_file(paper.case_id), paper)


def test_a_frozen_paper_cannot_be_saved(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.save_agreement(uow, replace(paper, facts="别的"), based_on=paper)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_a_form_that_was_open_while_it_was_frozen_changes_nothing(
    store: MemoryStore, county: Practice
) -> None:
    draft = drafted(store)
    with store.unit() as uow:
        agreements.finalise_agreement(uow, draft.id, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.save_agreement(uow, replace(draft, facts="别的"), based_on=draft)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_who_is_on_a_frozen_paper_stays_there(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        parties.void_party(uow, paper.party_ids[0], "录错")
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]
    with store.unit() as uow:
        party = uow.records.case_file(paper.case_id).parties[0]
        with pytest.raises(Refused) as caught:
            parties.save_party(uow, replace(party, role=PartyRole.THIRD), based_on=party)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_a_save_never_freezes_or_signs(store: MemoryStore) -> None:
    draft = drafted(store)
    wish = replace(draft, state=AgreementState.EFFECTIVE, number="1", facts="新的")
    with store.unit() as uow:
        saved = agreements.save_agreement(uow, wish, based_on=draft)
    assert (saved.state, saved.number, saved.facts) == (AgreementState.DRAFT, "", "新的")


def test_money_runs_between_parties(store: MemoryStore) -> None:
    draft = drafted(store)
    promise = Payment(payer_id=new_id(), payee_id=draft.party_ids[0], fen=1)
    wish = replace(draft, clauses=(Clause(id=new_id(), text="", payment=promise),))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.save_agreement(uow, wish, based_on=draft)
    assert caught.value.first.field == "clauses.0.payment.payer_id"


def test_a_paper_of_tomorrow_is_not_printed(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    with store.unit() as uow:
        later = replace(draft, made_on=TODAY + timedelta(days=9))
        agreements.save_agreement(uow, later, based_on=draft)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.finalise_agreement(uow, draft.id, county)
    assert codes(caught.value) == [ProblemCode.DATE_IN_FUTURE]


def test_one_side_agrees_with_nobody(store: MemoryStore, county: Practice) -> None:
    case_id = accepted(
        store,
        newcomer("张三", PartyRole.APPLICANT),
        newcomer("张四", PartyRole.APPLICANT),
        newcomer("李四", PartyRole.RESPONDENT),
    )
    with store.unit() as uow:
        draft = agreements.draft_agreement(uow, case_id, AgreementForm.WRITTEN)
    draft = with_clause(store, draft)
    with store.unit() as uow:
        wish = replace(draft, party_ids=draft.party_ids[:2])
        agreements.save_agreement(uow, wish, based_on=draft)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.finalise_agreement(uow, draft.id, county)
    assert codes(caught.value) == [ProblemCode.TWO_SIDES_NEEDED]


def test_a_spoiled_paper_is_made_again_under_its_number(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    with store.unit() as uow:
        draft = agreements.spoil_agreement(uow, paper.id, "金额写错")
    assert (draft.state, draft.number, draft.party_blocks) == (
        AgreementState.DRAFT,
        FIRST_NUMBER,
        (),
    )
    with store.unit() as uow:
        again = agreements.finalise_agreement(uow, paper.id, county)
        assert len(uow.records.all(IssuedNumber)) == 1
    assert again.number == FIRST_NUMBER


def test_a_paper_given_up_leaves_its_number_void(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow:
        agreements.void_agreement(uow, paper.id, "双方不签了")
    with store.unit() as uow:
        line = uow.records.all(IssuedNumber)[0]
        file = uow.records.case_file(paper.case_id)
    assert (line.state, line.void_reason) == (NumberState.VOID, "双方不签了")
    assert (file.case.stage, file.main_agreement()) == (Stage.IN_SESSION, None)


def test_what_binds_is_not_given_up(store: MemoryStore, county: Practice) -> None:
    paper = binding(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.void_agreement(uow, paper.id, "后悔")
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_the_last_hand_makes_it_bind_and_moves_the_case(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    for hand in hands(paper)[:-1]:
        with store.unit() as uow:
            paper = agreements.sign_agreement(uow, paper.id, hand)
            assert paper.state is AgreementState.FINAL
    with store.unit() as uow:
        paper = agreements.sign_agreement(uow, paper.id, hands(paper)[-1])
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
    assert (paper.state, file.case.stage) == (AgreementState.EFFECTIVE, Stage.PERFORMING)
    assert is_intact(file, paper)


def test_a_child_does_not_sign(store: MemoryStore, county: Practice) -> None:
    mother = Person(id=new_id(), name="赵六", birth_date=date(1990, 1, 1))
    with store.unit() as uow:
        people.save_person(uow, mother)
    child = Person(id=new_id(), name="小明", birth_date=date(2021, 1, 1))
    guardian = Representation(person_id=mother.id, kind=StandIn.GUARDIAN)
    case_id = accepted(
        store,
        NewParty(role=PartyRole.APPLICANT, person=child, representations=(guardian,)),
        newcomer("李四", PartyRole.RESPONDENT),
    )
    with store.unit() as uow:
        draft = agreements.draft_agreement(uow, case_id, AgreementForm.WRITTEN)
    draft = with_clause(store, draft)
    with store.unit() as uow:
        paper = agreements.finalise_agreement(uow, draft.id, county)
    alone = hands(paper)[0]
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.sign_agreement(uow, paper.id, alone)
    assert codes(caught.value) == [ProblemCode.PARTY_NOT_CAPABLE]
    with store.unit() as uow:
        helped = replace(alone, by_person_id=mother.id)
        assert agreements.sign_agreement(uow, paper.id, helped).sign_offs
    assert [one.name for one in paper.party_blocks[0].stand_ins] == ["赵六"]


def test_nobody_signs_tomorrow(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    late = replace(hands(paper)[0], on=TODAY + timedelta(days=5))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.sign_agreement(uow, paper.id, late)
    assert codes(caught.value) == [ProblemCode.DATE_IN_FUTURE]


def test_performing_ends_the_debt(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.mark_performed(uow, paper.id, TODAY)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_NOT_EFFECTIVE]
    for hand in hands(paper):
        with store.unit() as uow:
            agreements.sign_agreement(uow, paper.id, hand)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.mark_performed(uow, paper.id, TODAY - timedelta(days=1))
    assert codes(caught.value) == [ProblemCode.DATE_ORDER]
    with store.unit() as uow:
        agreements.mark_performed(uow, paper.id, TODAY)
    with store.unit() as uow:
        assert uow.records.get(Case, paper.case_id).stage is Stage.PERFORMED


def test_a_change_is_a_supplement(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.draft_supplement(uow, paper.id)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_NOT_EFFECTIVE]
    for hand in hands(paper):
        with store.unit() as uow:
            agreements.sign_agreement(uow, paper.id, hand)
    with store.unit() as uow:
        supplement = agreements.draft_supplement(uow, paper.id)
    supplement = with_clause(store, supplement)
    with store.unit() as uow:
        final = agreements.finalise_agreement(uow, supplement.id, county)
        file = uow.records.case_file(paper.case_id)
    assert (final.supplement_of, final.number) == (paper.id, "〔2026〕某村人调字第002号")
    assert (file.case.stage, file.case.file_no) == (Stage.PERFORMING, FIRST_NUMBER)


def numbered(store: MemoryStore, county: Practice, number: str | None = None) -> str:
    draft = drafted(store)
    with store.unit() as uow:
        return agreements.finalise_agreement(uow, draft.id, county, number).number


def test_a_typed_number_is_taken_once_and_never_given_again(
    store: MemoryStore, county: Practice
) -> None:
    assert numbered(store, county, " 〔2026〕某村人调字第002号 ") == "〔2026〕某村人调字第002号"
    with pytest.raises(Refused) as caught:
        numbered(store, county, "〔2026〕某村人调字第002号")
    assert codes(caught.value) == [ProblemCode.NUMBER_TAKEN]
    assert numbered(store, county) == FIRST_NUMBER
    assert numbered(store, county) == "〔2026〕某村人调字第003号"


def test_a_village_goes_on_after_its_paper_register(store: MemoryStore, county: Practice) -> None:
    with store.unit() as uow:
        numbers.start_after(uow, COMMITTEE.id, 2026, 41)
    assert numbered(store, county) == "〔2026〕某村人调字第042号"
    with store.unit() as uow, pytest.raises(Refused):
        numbers.start_after(uow, COMMITTEE.id, 2026, -1)


def lend(store: MemoryStore, first: int, last: int, year: int = 2026) -> None:
    from app.domain.acts import Act

    with store.unit() as uow:
        block = NumberBlock(
            id=new_id(), committee_id=COMMITTEE.id, year=year, first=first, last=last
        )
        uow.records.put(block)
        uow.settings.put("device.id", "0000-ab12")
        uow.commit(Act.NUMBERS_LENT)


def test_lent_numbers_are_used_up_and_then_the_number_says_so(
    store: MemoryStore, county: Practice
) -> None:
    lend(store, 7, 8)
    given = [numbered(store, county) for _ in range(4)]
    assert given == [
        "〔2026〕某村人调字第007号",
        "〔2026〕某村人调字第008号",
        "〔2026〕某村人调字第临ab12-001号",
        "〔2026〕某村人调字第临ab12-002号",
    ]
    lend(store, 20, 20)
    assert numbered(store, county) == "〔2026〕某村人调字第020号"


def test_blocks_of_another_year_are_not_used(store: MemoryStore, county: Practice) -> None:
    lend(store, 1, 9, year=2025)
    assert "临" in numbered(store, county)


def test_a_pattern_without_a_block_shows_the_provisional_mark_too(store: MemoryStore) -> None:
    lend(store, 1, 1, year=2025)
    plain = practice("({year}){short}人调字第{serial}号")
    assert numbered(store, plain) == "临ab12-(2026)某村人调字第1号"


def test_success_needs_an_agreement_that_binds(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    wish = Closing(on=TODAY, result="SUCCESS")
    with store.unit() as uow, pytest.raises(Refused) as caught:
        closing.close_case(uow, paper.case_id, wish)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_NOT_EFFECTIVE]


def test_without_success_there_is_a_reason(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        intake.leave_case(uow, case_id, Stage.TERMINATED, "没谈成")
    with store.unit() as uow, pytest.raises(Refused) as caught:
        closing.close_case(uow, case_id, Closing(on=TODAY, result="NO_SUCCESS"))
    assert caught.value.first.field == "reason"
    with store.unit() as uow:
        wish = Closing(on=TODAY, result="NO_SUCCESS", reason="NO_AGREEMENT")
        assert closing.close_case(uow, case_id, wish).stage is Stage.CLOSED


def test_an_incomplete_file_is_not_bound(store: MemoryStore, county: Practice) -> None:
    paper = binding(store, county)
    with store.unit() as uow:
        closing.close_case(uow, paper.case_id, Closing(on=TODAY, result="SUCCESS"))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        closing.file_case(uow, paper.case_id, Retention.SHORT)
    assert codes(caught.value) == [ProblemCode.NOT_COMPLETE]
    facts = caught.value.first.facts
    assert int(facts["count"]) > 3
    owner, _, field = str(facts["gap"]).partition(".")
    assert (owner, field) != ("", "")
    assert facts["owner_id"]


def test_a_visit_is_kept(store: MemoryStore, county: Practice) -> None:
    paper = binding(store, county)
    visit = FollowUp(
        id=new_id(),
        case_id=paper.case_id,
        agreement_id=paper.id,
        visited_on=TODAY,
        performance="PERFORMED",
    )
    with store.unit() as uow:
        assert followups.save_follow_up(uow, visit) == visit
    with store.unit() as uow, pytest.raises(Refused):
        followups.save_follow_up(uow, replace(visit, visited_on=None), based_on=visit)


def as_supervisor(store: MemoryStore) -> None:
    with store.unit() as uow:
        uow.settings.put("actor.role", "supervisor")
        uow.settings.put("actor.name", "所长")
        uow.commit()


def as_mediator(store: MemoryStore) -> None:
    with store.unit() as uow:
        uow.settings.put("actor.role", "mediator")
        uow.commit()


def test_a_file_goes_to_and_fro_until_it_is_approved(store: MemoryStore, county: Practice) -> None:
    case_id = binding(store, county).case_id
    with store.unit() as uow:
        first = reviews.submit_file(uow, case_id)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.submit_file(uow, case_id)
    assert codes(caught.value) == [ProblemCode.ALREADY_THERE]
    as_supervisor(store)
    with store.unit() as uow:
        back = reviews.review_file(uow, case_id, Decision.RETURNED, "缺收条", "agreement")
    assert (back.answers, back.author) == (first.id, "所长")
    with store.unit() as uow, pytest.raises(Refused):
        reviews.review_file(uow, case_id, Decision.APPROVED, "")
    as_mediator(store)
    with store.unit() as uow:
        second = reviews.submit_file(uow, case_id, "已补")
    assert second.answers == back.id
    as_supervisor(store)
    with store.unit() as uow:
        done = reviews.review_file(uow, case_id, Decision.APPROVED, "")
        assert done.answers == second.id
    as_mediator(store)
    with store.unit() as uow, pytest.raises(Refused):
        reviews.submit_file(uow, case_id)


def test_only_a_supervisor_reviews_and_only_a_mediator_submits(
    store: MemoryStore, county: Practice
) -> None:
    case_id = binding(store, county).case_id
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.review_file(uow, case_id, Decision.REMARK, "好")
    assert codes(caught.value) == [ProblemCode.NOT_YOURS]
    as_supervisor(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.submit_file(uow, case_id)
    assert codes(caught.value) == [ProblemCode.NOT_YOURS]


def test_a_return_needs_words_and_a_submission(store: MemoryStore, county: Practice) -> None:
    case_id = binding(store, county).case_id
    as_supervisor(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.review_file(uow, case_id, Decision.RETURNED, "缺收条")
    assert codes(caught.value) == [ProblemCode.MOVE_NOT_ALLOWED]
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.review_file(uow, case_id, Decision.REMARK, " ")
    assert codes(caught.value) == [ProblemCode.EMPTY]


def test_a_case_without_a_result_is_not_submitted(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        reviews.submit_file(uow, case_id)
    assert codes(caught.value) == [ProblemCode.MOVE_NOT_ALLOWED]


def test_a_draft_is_kept_offered_and_dropped(store: MemoryStore) -> None:
    with store.unit() as uow:
        drafts.keep_draft(uow, "case:1", "{}")
    with store.unit() as uow:
        found = drafts.find_draft(uow, "case:1")
        assert found is not None
        assert drafts.open_drafts(uow) == (found,)
        drafts.drop_draft(uow, "case:1")
    with store.unit() as uow:
        assert drafts.find_draft(uow, "case:1") is None
    assert len(store.acts) == 1


class PaperList(PlainBinder):
    """A printshop that notes what it was asked for."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def make(self, file: object, document: str, subject_id: str, today: date) -> Printed:
        self.made.append(document)
        return Printed(pdf=b"%PDF-", pages=1, name=f"{document}.pdf")


def test_papers_are_made_in_the_order_of_the_file(store: MemoryStore, county: Practice) -> None:
    paper, shop = finalised(store, county), PaperList()
    with store.unit() as uow:
        assert len(papers.make_all(uow, shop, paper.case_id)) == len(shop.made)
        assert shop.made[0] == DocumentKind.COVER.value
        assert shop.made[-1] == DocumentKind.WRITTEN_AGREEMENT.value
        one = papers.make_paper(uow, shop, paper.case_id, DocumentKind.WRITTEN_AGREEMENT, paper.id)
        assert one.name == "written_agreement.pdf"
        with pytest.raises(Refused) as caught:
            papers.make_paper(uow, shop, paper.case_id, DocumentKind.ORAL_REGISTER, paper.id)
    assert codes(caught.value) == [ProblemCode.NOTHING_TO_PRINT]


def test_a_session_ends_and_the_case_with_it(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        session = sessions.open_session(uow, case_id)
    wish = replace(session, outcome=SessionOutcome.FAILED)
    with store.unit() as uow:
        sessions.conclude_session(uow, wish, based_on=session)
    with store.unit() as uow:
        assert uow.records.get(Case, case_id).stage is Stage.TERMINATED
        assert isinstance(session.attendance[0], Attendance)


def test_signing_needs_a_method(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        agreements.sign_agreement(uow, paper.id, replace(hands(paper)[0], methods=()))
    assert codes(caught.value) == [ProblemCode.NOTHING_CHOSEN]
    assert SignMethod.SIGNATURE in hands(paper)[0].methods
    assert hands(paper)[0].signer is Signer.PARTY
    assert isinstance(paper, Agreement)
