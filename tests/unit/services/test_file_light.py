"""The light on a case: one thing taken away from a good file is named and costs its points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import AgreementState, Signer, Waiver
from app.domain.casefile import CaseFile
from app.domain.cases import PartyRefusal, Stage
from app.domain.file_review import TESTS, Light
from app.domain.findings import FindingCode
from app.domain.investigations import Investigation
from app.domain.parties import Representation, StandIn
from app.domain.people import Capacity
from app.domain.printing import CameOut
from app.domain.review_ending import FATAL
from app.domain.review_stages import amounts_in
from app.domain.sessions import SessionStep
from app.domain.subsidies import FILE_PASSES, MET
from app.services.agreement_help import findings
from app.services.file_light import (
    FileLight,
    document_rules,
    file_light,
    lights,
    review_sheet,
    subsidy_rules,
)
from app.services.ports import Practice
from tests.fakes import MemoryStore
from tests.unit.documents import worked_case
from tests.unit.documents.worked_case import CASE_ID, rid
from tests.unit.services.good_file import MADE_ON, TODAY, good_file, open_file, visit

COUNTY = worked_case.practice()
Change = Callable[[CaseFile], CaseFile]


def light(file: CaseFile, today: date = TODAY) -> FileLight:
    return file_light(file, COUNTY, today)


def closed(file: CaseFile) -> CaseFile:
    """The good file before it is bound, so that it can still be mended."""
    return replace(file, case=replace(file.case, stage=Stage.CLOSED))


def case_with(**changes: Any) -> Change:
    return lambda file: replace(file, case=replace(file.case, **changes))


def agreement_with(**changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        changed = replace(file.agreements[0], **changes)
        return replace(file, agreements=(changed,))

    return change


def session_with(**changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        changed = replace(file.sessions[0], **changes)
        return replace(file, sessions=(changed,))

    return change


def person_with(number: int, **changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        changed = replace(file.people[rid(number)], **changes)
        return replace(file, people={**file.people, changed.id: changed})

    return change


def party_with(index: int, **changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        parties = list(file.parties)
        parties[index] = replace(parties[index], **changes)
        return replace(file, parties=tuple(parties))

    return change


def clause_with(**changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        clause = replace(file.agreements[0].clauses[0], **changes)
        return agreement_with(clauses=(clause,))(file)

    return change


def without_step(step: SessionStep) -> Change:
    def change(file: CaseFile) -> CaseFile:
        steps = tuple(one for one in file.sessions[0].steps if one.step is not step)
        return session_with(steps=steps)(file)

    return change


def unsigned(signer: Signer) -> Change:
    def change(file: CaseFile) -> CaseFile:
        kept = tuple(one for one in file.agreements[0].sign_offs if one.signer is not signer)
        return agreement_with(sign_offs=kept)(file)

    return change


def without_payment_in(words: str) -> Change:
    def change(file: CaseFile) -> CaseFile:
        return agreement_with(
            clauses=(replace(file.agreements[0].clauses[0], text=words, payment=None),)
        )(file)

    return change


def unpaid_part(file: CaseFile) -> CaseFile:
    payment = file.agreements[0].clauses[0].payment
    assert payment is not None
    short = replace(payment, instalments=payment.instalments[:1])
    return clause_with(payment=short)(file)


def undated(file: CaseFile) -> CaseFile:
    clause = file.agreements[0].clauses[0]
    assert clause.payment is not None
    loose = replace(clause.payment, instalments=(), due_on=None)
    return agreement_with(clauses=(replace(clause, payment=loose),), performed_on=None)(file)


def with_evidence(**changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        return replace(file, evidence=(replace(file.evidence[0], **changes),))

    return change


def visits_with(**changes: Any) -> Change:
    def change(file: CaseFile) -> CaseFile:
        made = tuple(replace(one, **changes) for one in file.follow_ups)
        return replace(file, follow_ups=made)

    return change


def frozen_name(file: CaseFile) -> CaseFile:
    from app.domain.parties import party_block

    blocks = tuple(
        party_block(one, file.people, file.organisations, MADE_ON) for one in file.parties
    )
    return person_with(10, name="田有跟")(agreement_with(party_blocks=blocks)(file))


def asked_without_hand(file: CaseFile) -> CaseFile:
    talk = Investigation(
        id=rid(300),
        case_id=CASE_ID,
        ordinal=1,
        person_id=rid(10),
        investigator_ids=(rid(2),),
        recorder="韦丽君",
    )
    return replace(file, investigations=(talk,))


def empty_agent(file: CaseFile) -> CaseFile:
    agent = Representation(person_id=rid(12), kind=StandIn.AGENT)
    return party_with(0, representations=(agent,))(file)


def unperformed(file: CaseFile) -> CaseFile:
    return replace(agreement_with(performed_on=None)(file), performances=())


def overpaid(file: CaseFile) -> CaseFile:
    first, *others = file.performances
    return replace(file, performances=(replace(first, fen=1_000_001), *others))


def without_whole_print(file: CaseFile) -> CaseFile:
    spoiled = replace(file.printings[0], came_out=CameOut.SPOILED)
    return replace(file, printings=(spoiled,))


def without(name: str) -> Change:
    nothing: dict[str, Any] = {name: ()}
    return lambda file: replace(file, **nothing)


NOTICE = worked_case.full_case().case.rights_notice
assert NOTICE is not None
BROKEN: dict[str, Change] = {
    "scope_ok": case_with(dispute_type=""),
    "venue_ok": case_with(occurred_place=""),
    "application_or_register": case_with(registrar=""),
    "acceptance_date_ok": case_with(accepted_on=date(2026, 3, 7)),
    "source_ok": case_with(source=""),
    "facts_stated": case_with(facts=""),
    "rights_notice_made": case_with(rights_notice=None),
    "rights_notice_in_time": case_with(rights_notice=replace(NOTICE, told_on=date(2026, 3, 7))),
    "rights_notice_all_parties": case_with(
        rights_notice=replace(NOTICE, party_ids=NOTICE.party_ids[:1])
    ),
    "parties_identified": person_with(10, ethnicity=""),
    "parties_contactable": person_with(11, phone=""),
    "capacity_proven": party_with(1, capacity=Capacity.LIMITED),
    "agents_empowered": empty_agent,
    "organisation_represented": lambda file: replace(
        file,
        organisations={
            one.id: replace(one, legal_representative="") for one in file.organisations.values()
        },
    ),
    "evidence_or_investigation_present": without("evidence"),
    "evidence_source_and_date": with_evidence(submitted_on=None),
    "evidence_purpose_stated": with_evidence(proves=""),
    "investigation_records_signed": asked_without_hand,
    "record_present": session_with(held_on=None),
    "record_rights_told": without_step(SessionStep.RIGHTS_TOLD),
    "record_manner_told": without_step(SessionStep.MANNER_TOLD),
    "record_accounts": without_step(SessionStep.ACCOUNTS),
    "record_facts_checked": without_step(SessionStep.FACTS_CHECKED),
    "record_risks_told": without_step(SessionStep.RISKS_TOLD),
    "record_result": without_step(SessionStep.RESULT),
    "record_read_back": without_step(SessionStep.SIGNED),
    "record_signers_complete": session_with(recorder=""),
    "record_each_page_signed": lambda file: replace(file, attachments=file.attachments[:1]),
    "agreement_present": without("agreements"),
    "agreement_parties_complete": agreement_with(party_ids=(rid(20), rid(22))),
    "agreement_facts": agreement_with(facts=""),
    "agreement_responsibility": agreement_with(responsibility=""),
    "agreement_clauses_clear": clause_with(text="石大山尽快赔偿。"),
    "agreement_lawful": clause_with(text="双方离婚，解除婚姻关系。"),
    "agreement_manner": agreement_with(manner="", manner_code=""),
    "agreement_dates": undated,
    "agreement_place": agreement_with(place=""),
    "agreement_amount_both_ways": without_payment_in("石大山赔偿田有根修瓦费用25,000元。"),
    "agreement_sums_agree": unpaid_part,
    "agreement_number": agreement_with(number=""),
    "parties_signed": unsigned(Signer.PARTY),
    "mediator_signed": unsigned(Signer.MEDIATOR),
    "recorder_signed": lambda file: agreement_with(recorder="冯四")(
        unsigned(Signer.RECORDER)(file)
    ),
    "committee_sealed": unsigned(Signer.COMMITTEE),
    "every_copy_complete": agreement_with(copies=None),
    "signed_scan_kept": lambda file: replace(file, attachments=file.attachments[1:]),
    "performance_shown": unperformed,
    "visit_made": without("follow_ups"),
    "visit_in_time": visits_with(visited_on=date(2026, 4, 19)),
    "visit_recorded": visits_with(satisfaction=""),
    "names_agree": frozen_name,
    "amounts_agree": overpaid,
    "numbers_agree": case_with(file_no="〔2026〕别村人调字第001号"),
    "dates_in_order": agreement_with(made_on=date(2026, 3, 5)),
    "cover_and_contents_complete": without_whole_print,
    "keeping_class_chosen": case_with(retention=None),
    "filed_in_time": case_with(filed_on=date(2026, 6, 1)),
}


def test_the_sheet_of_the_pack_and_the_tests_are_the_same() -> None:
    sheet = review_sheet(COUNTY)
    named = [one.id for item in sheet.items for one in item.tests]
    assert sorted(named) == sorted(TESTS) == sorted(BROKEN)
    assert {one.id for one in sheet.fatal if one.computed} == set(FATAL)
    wanted = {one.id for one in subsidy_rules(COUNTY).requirements}
    assert wanted - {*MET, FILE_PASSES} == {"mediator_may_be_paid"}
    assert {*MET, FILE_PASSES} <= wanted


def test_a_whole_file_passes_and_is_paid() -> None:
    found = light(good_file())
    assert (found.light, found.points, found.full) == (Light.GREEN, 100, 100)
    assert found.grade is not None
    assert found.grade.id == "excellent"
    assert found.lacking == found.later == found.lost == found.fatal == ()
    assert (found.subsidy_fen, found.subsidy_lacking) == (3000, ())
    assert not found.subsidy.certain  # the sums that ship are an example


@pytest.mark.parametrize("test", BROKEN)
def test_what_is_taken_away_is_named_and_costs_its_points(test: str) -> None:
    before = light(closed(good_file()))
    after = light(BROKEN[test](closed(good_file())))
    short = {one.code: one for one in (*after.lacking, *after.lost)}
    assert test in short
    assert after.points <= before.points - short[test].points
    assert short[test].places
    assert after.light is not Light.GREEN or short[test] in after.lost
    assert test not in {one.code for one in (*before.lacking, *before.lost, *before.later)}


def test_a_bound_file_cannot_be_mended_any_more() -> None:
    found = light(case_with(occurred_place="")(good_file()))
    assert found.lacking == ()
    assert [one.code for one in found.lost] == ["venue_ok"]
    assert found.light is Light.GREEN  # it passes all the same
    assert found.reachable == found.points == 99


def test_what_is_not_due_yet_is_not_lacking() -> None:
    found = light(open_file(), MADE_ON)
    assert found.lacking == ()
    assert found.light is Light.GREEN
    assert {"performance_shown", "visit_made", "keeping_class_chosen"} <= {
        one.code for one in found.later
    }
    assert found.reachable == 100 > found.points
    overdue = light(open_file(), MADE_ON + timedelta(days=30))
    assert {"visit_made", "performance_shown"} <= {one.code for one in overdue.lacking}
    assert overdue.light is Light.YELLOW


def test_a_new_lead_lacks_nothing_yet() -> None:
    found = light(worked_case.blank_case())
    # Nothing is due, and still it does not pass with what is there.
    assert (found.light, found.lacking, found.fatal) == (Light.YELLOW, (), ())
    assert found.subsidy_fen is None
    assert {"settled", "recorded"} <= {one.code for one in found.subsidy_lacking}


def test_a_closed_file_below_the_lowest_pass_is_red() -> None:
    file = closed(good_file())
    bare = replace(file, sessions=(), evidence=(), attachments=(), follow_ups=())
    bare = case_with(rights_notice=None)(bare)
    assert light(bare).light is Light.RED
    assert light(bare).fatal == ()
    assert light(bare).subsidy_fen is None


def as_limited(file: CaseFile) -> CaseFile:
    return party_with(1, capacity=Capacity.LIMITED, capacity_reason="病历")(file)


def signed_by_a_stranger(file: CaseFile) -> CaseFile:
    hands = tuple(
        replace(one, by_person_id=rid(12)) if one.party_id == rid(21) else one
        for one in file.agreements[0].sign_offs
    )
    return agreement_with(sign_offs=hands)(file)


DEADLY: dict[str, Change] = {
    "forged_or_unauthorised_signature": signed_by_a_stranger,
    "no_seal": unsigned(Signer.COMMITTEE),
    "no_mediator_signature": unsigned(Signer.MEDIATOR),
    "party_signature_missing": unsigned(Signer.PARTY),
    "against_clear_refusal": case_with(refusal=PartyRefusal(party_id=rid(21), on=date(2026, 3, 5))),
    "out_of_scope": case_with(scope="STATUS"),
    "incapable_signed_alone": as_limited,
    "fee_taken": case_with(fee_taken=True),
    "claimed_twice": case_with(stage=Stage.MERGED_DUPLICATE, subsidy_class="A"),
}


@pytest.mark.parametrize("defect", DEADLY)
def test_a_fatal_defect_fails_the_best_file(defect: str) -> None:
    found = light(DEADLY[defect](good_file()))
    assert defect in {one.code for one in found.fatal}
    assert found.light is Light.RED
    assert found.subsidy_fen is None
    assert all(one.place for one in found.fatal)


def test_the_opponent_is_nobodys_guardian() -> None:
    child = {"capacity": Capacity.LIMITED, "capacity_reason": "病历"}
    for guardian, bad in ((rid(10), True), (rid(12), False)):
        deputy = Representation(person_id=guardian, kind=StandIn.GUARDIAN, proof="户口簿")
        file = party_with(1, **child, representations=(deputy,))(good_file())
        hands = tuple(
            replace(one, by_person_id=guardian) if one.party_id == rid(21) else one
            for one in file.agreements[0].sign_offs
        )
        found = light(agreement_with(sign_offs=hands)(closed(file)))
        assert ("incapable_signed_alone" in {one.code for one in found.fatal}) is bad
        assert ("capacity_proven" in {one.code for one in found.lacking}) is bad


def test_a_scan_of_another_text_is_no_proof() -> None:
    file = closed(agreement_with(content_hash="a" * 64)(good_file()))
    for mark, counts in (("a" * 64, True), ("b" * 64, False)):
        pages = (replace(file.attachments[0], content_hash=mark), file.attachments[1])
        found = light(replace(file, attachments=pages))
        assert ("signed_scan_kept" not in {one.code for one in found.lacking}) is counts


def test_a_breach_that_was_found_and_urged_is_shown() -> None:
    late, day = open_file(), date(2026, 3, 30)
    assert "performance_shown" in {one.code for one in light(late, day).lacking}
    urged = replace(late, follow_ups=(visit(80, date(2026, 3, 25), "NOT_PERFORMED"),))
    assert "performance_shown" not in {one.code for one in light(urged, day).lacking}


def test_every_fatal_defect_was_tried() -> None:
    assert set(DEADLY) == set(FATAL)


def test_an_unsigned_paper_on_the_table_is_not_fatal_yet() -> None:
    file = open_file()
    waiting = agreement_with(state=AgreementState.FINAL, sign_offs=())(file)
    waiting = case_with(stage=Stage.AGREED)(waiting)
    assert light(waiting, MADE_ON).fatal == ()
    assert light(waiting, MADE_ON).light is Light.YELLOW
    assert "parties_signed" in {one.code for one in light(waiting, MADE_ON).lacking}
    draft = agreement_with(state=AgreementState.DRAFT, sign_offs=())(file)
    draft = case_with(stage=Stage.IN_SESSION)(draft)
    assert "parties_signed" in {one.code for one in light(draft, MADE_ON).later}


def test_a_session_after_a_clear_refusal_is_named() -> None:
    refused = PartyRefusal(party_id=rid(21), on=date(2026, 3, 5))
    file = case_with(refusal=refused)(replace(good_file(), agreements=()))
    assert [one.place.owner for one in light(file).fatal if one.place] == ["session"]
    same_day = replace(refused, on=MADE_ON)
    assert light(case_with(refusal=same_day)(good_file())).fatal == ()


def test_the_part_that_may_be_mediated_is_within_scope() -> None:
    file = case_with(scope="STATUS", scope_reason="只调解抚养费")(good_file())
    assert light(file).fatal == ()


def test_a_warning_that_was_overridden_with_a_reason_costs_nothing() -> None:
    file = closed(clause_with(text="石大山尽快赔偿田有根修瓦费用。")(good_file()))
    found = findings(file, file.agreements[0], COUNTY, TODAY)
    vague = next(one for one in found if one.code is FindingCode.VAGUE_WORD)
    waiver = Waiver(finding=vague.code.value, place=vague.mark, reason="各方都清楚")
    waived = agreement_with(waivers=(waiver,))(file)
    assert "agreement_clauses_clear" in {one.code for one in light(file).lacking}
    assert "agreement_clauses_clear" not in {one.code for one in light(waived).lacking}


def test_an_unsettled_case_is_judged_without_an_agreement() -> None:
    file = closed(good_file())
    assert file.case.closing is not None
    closing = replace(file.case.closing, result="NO_SUCCESS", reason="NO_AGREEMENT")
    file = case_with(closing=closing, file_no="1")(replace(file, agreements=(), performances=()))
    file = session_with(outcome=None)(replace(file, follow_ups=()))
    found = light(file)
    assert found.points == 100
    assert (found.subsidy.fen, found.subsidy.expected_fen) == (None, None)


def oral_file() -> CaseFile:
    """A spoken agreement, kept on the spot and visited, without any session."""
    made = worked_case.oral()
    spoken = replace(
        made,
        clauses=(replace(made.clauses[0], text="石大山当场赔偿田有根。"),),
        sign_offs=tuple(
            one
            for one in good_file().agreements[0].sign_offs
            if one.party_id in (None, rid(20), rid(21))
        ),
    )
    file = replace(good_file(), agreements=(spoken,), sessions=(), performances=(), printings=())
    file = visits_with(agreement_id=spoken.id, visited_on=date(2026, 3, 10))(file)
    return replace(file, attachments=(replace(file.attachments[0], subject_id=spoken.id),))


def test_an_oral_case_needs_its_register_only() -> None:
    found = light(oral_file())
    assert found.lost == ()
    assert found.points == 100
    assert found.subsidy_fen == 1500


@pytest.mark.parametrize(
    ("change", "requirement"),
    [
        (case_with(accepted_on=None), "recorded"),
        (without("agreements"), "settled"),
        (agreement_with(state=AgreementState.FINAL), "agreement_effective"),
        (unperformed, "performed"),
        (without("follow_ups"), "follow_up_done"),
        (unsigned(Signer.COMMITTEE), "file_passes"),
        (case_with(mediator_ids=(rid(999),)), "registered_mediator"),
        (case_with(stage=Stage.MERGED_DUPLICATE), "not_paid_before"),
        (case_with(scope="STATUS"), "in_scope"),
        (person_with(11, phone=""), "phone_for_callback"),
        (case_with(fee_taken=True), "no_fee_taken"),
    ],
)
def test_what_is_lacking_for_payment_is_named(change: Change, requirement: str) -> None:
    found = light(change(good_file()))
    assert found.subsidy_fen is None
    named = {one.code: one for one in found.subsidy_lacking}
    assert named[requirement].place
    assert named[requirement].advice_zh


def test_an_oral_case_needs_proof_that_the_parties_were_there() -> None:
    file = oral_file()
    hands = tuple(one for one in file.agreements[0].sign_offs if one.party_id is None)
    absent = replace(agreement_with(sign_offs=hands)(file), attachments=())
    assert "oral_presence_proof" in {one.code for one in light(absent).subsidy_lacking}


def test_the_first_rule_that_fits_is_paid() -> None:
    hard = case_with(difficulty="HARD")(good_file())
    assert light(hard).subsidy_fen == 8000
    clause = hard.agreements[0].clauses[0]
    assert clause.payment is not None
    large = replace(clause.payment, fen=10_000_000, instalments=())
    rich = agreement_with(clauses=(replace(clause, payment=large),))(hard)
    assert light(rich).subsidy.expected_fen == 15_000


def test_nobody_is_paid_by_a_rule_that_was_not_understood() -> None:
    rule = {"id": "x", "zh": "", "en": "", "fen": 1, "when": {"moon": ["full"]}}
    shipped: Any = COUNTY.texts["subsidy_rules"]
    table = {**shipped, "rules": [rule], "example": False}
    county = replace(COUNTY, texts={**COUNTY.texts, "subsidy_rules": table})
    found = file_light(good_file(), county, TODAY)
    assert (found.subsidy_fen, found.subsidy.rule, found.subsidy.certain) == (None, "", True)


def test_a_county_without_a_sheet_shows_no_grade() -> None:
    bare = Practice(COUNTY.codes, COUNTY.clocks, COUNTY.number_pattern, {})
    found = file_light(good_file(), bare, TODAY)
    assert (found.grade, found.full, found.light) == (None, 0, Light.GREEN)
    assert found.subsidy_fen is None
    assert document_rules(bare)


def test_a_test_that_only_people_can_make_is_asked() -> None:
    item = {
        "id": "local",
        "zh": "",
        "en": "",
        "points": 5,
        "tests": [{"id": "tidy", "points": 5, "zh": "整洁", "en": "Tidy"}],
    }
    county = replace(COUNTY, texts={"review_sheet": {"items": [item]}})
    found = file_light(good_file(), county, TODAY)
    assert [one.code for one in found.asked] == ["tidy"]
    assert (found.points, found.reachable, found.lacking) == (0, 5, ())


def test_sums_in_words_are_read() -> None:
    assert amounts_in("赔1,200.5元，另付3万元和 7 元") == {120_050, 3_000_000, 700}
    assert amounts_in("赔四百元") == set()


def test_words_and_figures_of_one_clause_must_agree() -> None:
    file = closed(clause_with(text="石大山赔偿24,000.00元（大写：贰万肆仟元整）。")(good_file()))
    assert "amounts_agree" in {one.code for one in light(file).lacking}


def test_the_rows_of_a_list_have_their_lights() -> None:
    store = MemoryStore()
    file = good_file()
    with store.unit() as uow:
        uow.records.put(file.case)
        found = lights(uow, [file.case.id], COUNTY)
    assert list(found) == [file.case.id]


LINES = st.sets(st.sampled_from(sorted(BROKEN)), max_size=8)
FILLING = [  # blanks within records; whole records that are taken away are another matter
    *("scope_ok", "venue_ok", "application_or_register", "source_ok", "facts_stated"),
    *("rights_notice_made", "rights_notice_all_parties", "parties_identified"),
    *("parties_contactable", "evidence_source_and_date", "evidence_purpose_stated"),
    *("record_rights_told", "record_manner_told", "record_accounts", "record_facts_checked"),
    *("record_risks_told", "record_result", "record_read_back", "record_signers_complete"),
    *("agreement_facts", "agreement_responsibility", "agreement_manner", "agreement_place"),
    *("agreement_number", "parties_signed", "mediator_signed", "committee_sealed"),
    *("every_copy_complete", "visit_recorded", "keeping_class_chosen"),
    *("cover_and_contents_complete", "record_each_page_signed", "signed_scan_kept"),
]
STAGES = st.sampled_from([Stage.ACCEPTED, Stage.AGREED, Stage.PERFORMED, Stage.CLOSED])


def broken(file: CaseFile, names: set[str]) -> CaseFile:
    for name in sorted(names):
        file = BROKEN[name](file)
    return file


@given(st.sets(st.sampled_from(FILLING)), st.sets(st.sampled_from(FILLING)), STAGES)
def test_filling_a_blank_never_costs_points(some: set[str], more: set[str], stage: Stage) -> None:
    file = case_with(stage=stage)(good_file())
    fuller, emptier = broken(file, some), broken(file, some | more)
    assert light(emptier).points <= light(fuller).points
    assert light(emptier).reachable <= light(fuller).reachable


@given(st.sampled_from(sorted(DEADLY)), st.sets(st.sampled_from(FILLING), max_size=6), STAGES)
def test_no_file_with_a_fatal_defect_is_green(defect: str, gaps: set[str], stage: Stage) -> None:
    file = DEADLY[defect](broken(case_with(stage=stage)(good_file()), gaps))
    found = light(file)
    assert found.light is Light.RED or not found.fatal
    assert found.subsidy_fen is None or not found.fatal
    assert 0 <= found.points <= found.reachable <= found.full
