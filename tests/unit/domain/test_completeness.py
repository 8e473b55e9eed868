"""Which papers stand in a file, what each lacks, and how many originals are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.agreements import AgreementForm, AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.completeness import Document, DocumentKind, Missing, Need, documents, missing
from app.domain.confirmations import Confirmation, ServiceAddress
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.investigations import Exchange, Investigation
from app.domain.letters import Letter, LetterKind
from app.domain.paper_kinds import DEFAULT_RULES, NeedRule, copies_of
from app.domain.parties import PartyRole, Representation, StandIn, party_block
from app.domain.performances import Performance
from app.services.file_light import document_rules
from tests.unit.documents import worked_case
from tests.unit.domain.making import (
    CHILD,
    LI,
    MADE_ON,
    MOTHER,
    ZHANG,
    agreement,
    case_file,
    guardian,
    party,
    rid,
)

K = DocumentKind


def kinds(file: CaseFile) -> list[DocumentKind]:
    return [one.kind for one in documents(file)]


def paper(file: CaseFile, kind: DocumentKind) -> Document:
    return next(one for one in documents(file) if one.kind is kind)


def fields(found: tuple[Missing, ...]) -> set[str]:
    return {one.field for one in found}


def rich_file() -> CaseFile:
    """One of every record that has a paper."""
    file = case_file()
    agent = Representation(person_id=MOTHER.id, kind=StandIn.AGENT)
    first = replace(file.parties[0], representations=(agent,))
    case_id, main = file.case.id, agreement(file)
    return replace(
        file,
        case=replace(file.case, applied_on=date(2026, 11, 1), stage=Stage.PERFORMED),
        parties=(first, *file.parties[1:]),
        agreements=(main,),
        investigations=(Investigation(id=rid(301), case_id=case_id, ordinal=1),),
        evidence=(Evidence(id=rid(302), case_id=case_id, ordinal=1),),
        letters=tuple(
            Letter(id=rid(310 + number), case_id=case_id, kind=kind)
            for number, kind in enumerate(LetterKind)
        ),
        performances=(Performance(id=rid(303), case_id=case_id, agreement_id=main.id, fen=1),),
        follow_ups=(FollowUp(id=rid(304), case_id=case_id),),
        confirmations=(Confirmation(id=rid(305), case_id=case_id, agreement_id=main.id),),
    )


def test_the_national_rules_are_those_of_the_pack() -> None:
    assert document_rules(worked_case.practice()) == DEFAULT_RULES


def test_every_kind_of_paper_is_listed_once_it_has_its_record_in_the_order_of_the_file() -> None:
    found = kinds(rich_file())
    assert set(K) - set(found) == {K.MEDIATION_RECORD, K.ORAL_REGISTER}
    assert found == sorted(found, key=list(K).index)


def test_each_blank_is_where_it_is_mended() -> None:
    expected = {
        K.INVESTIGATION_RECORD: ("investigation", rid(301), {"person_id", "exchanges", "held_on"}),
        K.EVIDENCE_LIST: ("evidence", rid(302), {"name", "source", "submitted_on", "proves"}),
        K.PERFORMANCE_RECEIPT: ("performance", rid(303), {"done_on", "payer_id", "payee_id"}),
        K.FOLLOW_UP_RECORD: ("follow_up", rid(304), {"visited_on", "visitor", "performance"}),
        K.CONFIRMATION_APPLICATION: ("confirmation", rid(305), {"court"}),
        K.POWER_OF_ATTORNEY: ("party", rid(101), {"representations.0.powers"}),
        K.MEDIATION_NOTICE: ("letter", rid(310), {"made_on", "party_ids", "meeting_on", "place"}),
    }
    for kind, (owner, owner_id, wanted) in expected.items():
        lacks = paper(rich_file(), kind).missing
        assert wanted <= {
            one.field for one in lacks if (one.owner, one.owner_id) == (owner, owner_id)
        }
    assert fields(paper(rich_file(), K.APPLICATION).missing) >= {"requests"}


def test_a_filled_record_lacks_nothing() -> None:
    file = case_file()
    talk = Investigation(
        id=rid(301),
        case_id=file.case.id,
        ordinal=1,
        held_on=MADE_ON,
        place="村委会",
        person_id=ZHANG.id,
        exchanges=(Exchange(question="问"),),
        investigator_ids=(rid(2),),
        recorder="王五",
    )
    main = agreement(file)
    addresses = tuple(
        ServiceAddress(party_id=one, address="某村", phone="1") for one in main.party_ids
    )
    asked = Confirmation(
        id=rid(305), case_id=file.case.id, agreement_id=main.id, court="某法院", addresses=addresses
    )
    file = replace(file, agreements=(main,), investigations=(talk,), confirmations=(asked,))
    assert paper(file, K.INVESTIGATION_RECORD).missing == ()
    assert paper(file, K.CONFIRMATION_APPLICATION).missing == ()
    half = replace(asked, addresses=addresses[:1])
    lacks = paper(replace(file, confirmations=(half,)), K.CONFIRMATION_APPLICATION)
    assert fields(lacks.missing) == {f"addresses.{main.party_ids[1]}"}


def test_voided_records_have_no_paper() -> None:
    file = rich_file()
    gone = tuple(replace(one, void_reason="重复") for one in file.letters)
    file = replace(file, letters=gone)
    assert not {one.value for one in LetterKind} & {one.value for one in kinds(file)}


def test_an_application_is_listed_once_there_is_one() -> None:
    assert K.APPLICATION not in kinds(case_file())
    assert paper(rich_file(), K.APPLICATION).need is Need.MUST


def test_papers_of_the_end_wait_for_it() -> None:
    assert not {K.CLOSING_REPORT, K.FILE_NOTE} & set(kinds(case_file()))
    assert {K.COVER, K.CONTENTS, K.BACK_COVER} <= set(kinds(case_file()))


def test_blanks_of_papers_as_needed_are_asked_for_but_never_stop_the_filing() -> None:
    found = [one for one in missing(rich_file()) if one.owner in ("investigation", "letter")]
    assert found
    assert not any(one.must for one in found)


def test_an_oral_case_keeps_what_it_has_beside_its_register() -> None:
    file = rich_file()
    file = replace(file, agreements=(agreement(file, form=AgreementForm.ORAL),))
    needs = {one.kind: one.need for one in documents(file)}
    assert needs[K.ORAL_REGISTER] is Need.MUST
    assert {needs[kind] for kind in (K.COVER, K.CONTENTS, K.CLOSING_REPORT)} == {Need.NOT_NEEDED}
    assert needs[K.PERFORMANCE_RECEIPT] is needs[K.FOLLOW_UP_RECORD] is Need.AS_NEEDED


def test_a_county_may_want_a_dossier_of_oral_cases_and_other_papers() -> None:
    rules = tuple(
        replace(one, stands_alone=False, need=NeedRule.MUST)
        for one in DEFAULT_RULES
        if one.kind is not K.BACK_COVER
    )
    file = replace(case_file(), agreements=(agreement(case_file(), form=AgreementForm.ORAL),))
    found = {one.kind: one.need for one in documents(file, rules)}
    assert found[K.COVER] is Need.MUST
    assert K.BACK_COVER not in found
    assert documents(rich_file(), rules[:2])[-1].need is Need.AS_NEEDED


def test_a_child_needs_a_guardian_with_proof() -> None:
    child = party(CHILD, 1, PartyRole.APPLICANT)
    alone = case_file(child, party(LI, 2, PartyRole.RESPONDENT))
    alone = replace(alone, agreements=(agreement(alone),))
    assert "representations" in fields(paper(alone, K.WRITTEN_AGREEMENT).missing)
    led = replace(child, representations=(guardian(MOTHER),))
    file = case_file(led, party(LI, 2, PartyRole.RESPONDENT))
    file = replace(file, agreements=(agreement(file),))
    lacks = fields(paper(file, K.WRITTEN_AGREEMENT).missing)
    assert "representations" not in lacks
    assert "representations.0.proof" in lacks
    proven = replace(led, representations=(replace(guardian(MOTHER), proof="户口簿"),))
    file = replace(file, parties=(proven, file.parties[1]))
    assert "representations.0.proof" not in fields(paper(file, K.WRITTEN_AGREEMENT).missing)


def test_a_frozen_paper_shows_what_it_was_printed_with() -> None:
    file = case_file()
    known = replace(ZHANG, ethnicity="01", sex="1", address="某村")
    people = {**file.people, known.id: known}
    blocks = tuple(party_block(one, people, {}, MADE_ON) for one in file.parties)
    frozen = agreement(file, state=AgreementState.FINAL, party_blocks=blocks)
    lacks = paper(replace(file, agreements=(frozen,)), K.WRITTEN_AGREEMENT).missing
    assert {one.owner_id for one in lacks if one.owner == "person" and one.must} == {LI.id}
    draft = replace(frozen, state=AgreementState.DRAFT, party_blocks=())
    lacks = paper(replace(file, agreements=(draft,)), K.WRITTEN_AGREEMENT).missing
    assert ZHANG.id in {one.owner_id for one in lacks if one.must}


@pytest.mark.parametrize(
    ("kind", "count"),
    [(K.WRITTEN_AGREEMENT, 3), (K.RIGHTS_NOTICE, 3), (K.COVER, 1), (K.PERFORMANCE_RECEIPT, 3)],
)
def test_copies_are_counted_by_the_rule(kind: DocumentKind, count: int) -> None:
    file = case_file()
    assert copies_of(kind, file, agreement(file)) == count


def test_court_and_referring_body_get_a_copy_of_the_agreement() -> None:
    file = case_file()
    wanted = agreement(file, for_confirmation=True)
    referred = replace(file, case=replace(file.case, source="REFERRED_COURT"))
    assert copies_of(K.WRITTEN_AGREEMENT, file, wanted) == 4
    assert copies_of(K.WRITTEN_AGREEMENT, referred, wanted) == 5
    assert copies_of(K.RIGHTS_NOTICE, referred, wanted) == 3
    asked = Confirmation(id=rid(1), case_id=file.case.id, agreement_id=rid(200))
    later = replace(file, confirmations=(asked,))
    assert copies_of(K.WRITTEN_AGREEMENT, later, agreement(file)) == 4
    assert copies_of(K.WRITTEN_AGREEMENT, referred, replace(wanted, copies=7)) == 7
