"""Review tests of the beginning of a file: acceptance, notice, parties, investigation and evidence.

Each looks at records only and names the fields that are lacking. Points and words are the pack's.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile, day_of, is_oral
from app.domain.completeness import Document, DocumentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.paper_blanks import Missing, party_blanks
from app.domain.parties import Party, StandIn, guardians, may_sign_for, opposed, party_capacity
from app.domain.people import Capacity
from app.domain.review_sheet import FileFacts, Place, Verdict
from app.domain.review_stages import (
    Found,
    accepted,
    case_place,
    decided,
    first_session,
    has_evidence,
    held,
    judged,
)


def scope_is_bad(facts: FileFacts) -> bool:
    """A matter that must not be mediated, taken in without naming its admissible part (Decree 75
    art. 22).
    """
    case = facts.file.case
    return case.scope in facts.blocked and not case.scope_reason.strip()


def _scope_ok(facts: FileFacts) -> Found:
    places = [] if facts.file.case.dispute_type else [case_place(facts.file, "dispute_type")]
    if scope_is_bad(facts):
        places.append(case_place(facts.file, "scope"))
    return judged(places, due=accepted(facts.file))


def _case_field(name: str) -> Callable[[FileFacts], Found]:
    def found(facts: FileFacts) -> Found:
        filled = bool(getattr(facts.file.case, name))
        places = [] if filled else [case_place(facts.file, name)]
        return judged(places, due=accepted(facts.file))

    return found


def _application_or_register(facts: FileFacts) -> Found:
    """The application or the register is whole; of an oral case its register is enough."""
    kinds = {DocumentKind.APPLICATION, DocumentKind.ACCEPTANCE_REGISTER}
    if is_oral(facts.file):
        kinds.add(DocumentKind.ORAL_REGISTER)
    papers = [one for one in facts.papers if one.kind in kinds]
    if any(_head_ready(one) for one in papers):
        return Verdict.PASSED, ()
    lacking = [one for paper in papers for one in paper.missing if one.must]
    places = [Place(one.owner, one.owner_id, one.field) for one in lacking if one.owner == "case"]
    return judged(places or [case_place(facts.file, "accepted_on")], due=accepted(facts.file))


def _head_ready(paper: Document) -> bool:
    """Whether the paper is whole but for the parties' blocks, which have points of their own."""
    return not any(one.must and one.owner == "case" for one in paper.missing)


def _acceptance_date_ok(facts: FileFacts) -> Found:
    day, first = facts.file.case.accepted_on, first_session(facts.file)
    fits = day is not None and (first is None or day <= first)
    places = [] if fits else [case_place(facts.file, "accepted_on")]
    return judged(places, due=accepted(facts.file))


def _notice_due(file: CaseFile) -> bool:
    return bool(held(file)) or decided(file)


def _rights_notice_made(facts: FileFacts) -> Found:
    told = facts.file.case.rights_notice is not None
    places = [] if told else [case_place(facts.file, "rights_notice")]
    return judged(places, due=_notice_due(facts.file))


def _rights_notice_in_time(facts: FileFacts) -> Found:
    """A notice after the first session stays late: nothing is dated back."""
    notice = facts.file.case.rights_notice
    if notice is None:
        return judged([case_place(facts.file, "rights_notice")], due=_notice_due(facts.file))
    main = facts.file.main_agreement()
    first = first_session(facts.file) or (main.made_on if main else None)
    if first and notice.told_on > first:
        return Verdict.LOST, (case_place(facts.file, "rights_notice"),)
    return Verdict.PASSED, ()


def _rights_notice_all_parties(facts: FileFacts) -> Found:
    notice = facts.file.case.rights_notice
    told = notice.party_ids if notice else ()
    untold = [one for one in facts.file.living_parties if one.id not in told]
    whole = notice is not None and not untold
    places = [] if whole else [case_place(facts.file, "rights_notice.party_ids")]
    return judged(places, due=_notice_due(facts.file))


def _blanks(facts: FileFacts) -> list[Missing]:
    register = DocumentKind.ACCEPTANCE_REGISTER
    return list(party_blanks(facts.file, register, facts.file.living_parties))


def _parties_identified(facts: FileFacts) -> Found:
    places = [Place(one.owner, one.owner_id, one.field) for one in _blanks(facts) if one.must]
    return judged(places, due=accepted(facts.file))


def without_phone(file: CaseFile) -> list[Place]:
    """Parties that nobody can call: the person's or organisation's empty field; a child's guardian
    may be called instead.
    """
    places = []
    for party in file.living_parties:
        deputies = [file.people.get(one.person_id) for one in party.representations]
        if any(one and one.phone for one in deputies):
            continue
        person = file.people.get(party.person_id) if party.person_id else None
        unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
        if person and not person.phone:
            places.append(Place("person", person.id, "phone"))
        if unit and not unit.phone:
            places.append(Place("organisation", unit.id, "phone"))
    return places


def _parties_contactable(facts: FileFacts) -> Found:
    places = without_phone(facts.file)
    if not facts.file.living_parties:
        places = [case_place(facts.file, "parties")]
    return judged(places, due=accepted(facts.file))


def _capacity_proven(facts: FileFacts) -> Found:
    """Whoever may not act alone has a guardian with proof who is not the opponent (Civil Code art.
    19-23).
    """
    file, main = facts.file, facts.file.main_agreement()
    day = (main.made_on if main else None) or day_of(file) or facts.today
    places = []
    for party in file.living_parties:
        if party_capacity(party, file.people, day) is Capacity.FULL:
            continue
        if not guardians(party) or _guarded_by_opponent(file, party):
            places.append(Place("party", party.id, "representations"))
        for index, one in enumerate(party.representations):
            if one.kind is StandIn.GUARDIAN and not (one.proof or one.proof_id):
                places.append(Place("party", party.id, f"representations.{index}.proof"))
    return judged(places, due=accepted(file))


def _guarded_by_opponent(file: CaseFile, party: Party) -> bool:
    others = {one.person_id for one in file.living_parties if opposed(party, one)}
    return any(one.person_id in others for one in guardians(party))


def _agents_empowered(facts: FileFacts) -> Found:
    """Each agent has powers; who signed the agreement for a party has those for claims and
    signing.
    """
    signed: set[tuple[RecordId | None, RecordId | None]] = {
        (hand.party_id, hand.by_person_id)
        for one in facts.file.living_agreements
        for hand in one.sign_offs
    }
    places = []
    for party in facts.file.living_parties:
        for index, one in enumerate(party.representations):
            if one.kind is not StandIn.AGENT:
                continue
            enough = may_sign_for(one) or (one.powers and (party.id, one.person_id) not in signed)
            if not enough:
                places.append(Place("party", party.id, f"representations.{index}.powers"))
    return judged(places, due=accepted(facts.file))


def _organisation_represented(facts: FileFacts) -> Found:
    file, places = facts.file, []
    for party in file.living_parties:
        unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
        if unit is None:
            continue
        if not unit.legal_representative:
            places.append(Place("organisation", unit.id, "legal_representative"))
        for index, one in enumerate(party.representations):
            if one.kind is StandIn.ORGANISATION_REPRESENTATIVE and not one.post:
                places.append(Place("party", party.id, f"representations.{index}.post"))
    return judged(places, due=accepted(file))


def _evidence_or_investigation_present(facts: FileFacts) -> Found:
    there = facts.file.living(Investigation) or has_evidence(facts.file)
    places = [] if there else [case_place(facts.file, "evidence")]
    return judged(places, due=decided(facts.file))


def _evidence_source_and_date(facts: FileFacts) -> Found:
    places = []
    for one in facts.file.living(Evidence):
        if not (one.source or one.given_by):
            places.append(Place("evidence", one.id, "source"))
        if one.submitted_on is None:
            places.append(Place("evidence", one.id, "submitted_on"))
    return judged(places, due=True)


def _evidence_purpose_stated(facts: FileFacts) -> Found:
    pieces = facts.file.living(Evidence)
    places = [Place("evidence", one.id, "proves") for one in pieces if not one.proves.strip()]
    return judged(places, due=True)


def signed_pages(file: CaseFile, subject_id: RecordId) -> bool:
    """Whether a scan of a signed page of that record lies in the file."""
    return any(
        one.kind is AttachmentKind.SIGNED_PAGE and one.subject_id == subject_id
        for one in file.living(Attachment)
    )


def _investigation_records_signed(facts: FileFacts) -> Found:
    places = []
    for one in facts.file.living(Investigation):
        for name in ("person_id", "investigator_ids", "recorder"):
            if not getattr(one, name):
                places.append(Place("investigation", one.id, name))
        if not signed_pages(facts.file, one.id):
            places.append(Place("investigation", one.id, "attachments"))
    return judged(places, due=decided(facts.file))


INTAKE: dict[str, Callable[[FileFacts], Found]] = {
    "scope_ok": _scope_ok,
    "venue_ok": _case_field("occurred_place"),
    "application_or_register": _application_or_register,
    "acceptance_date_ok": _acceptance_date_ok,
    "source_ok": _case_field("source"),
    "facts_stated": _case_field("facts"),
    "rights_notice_made": _rights_notice_made,
    "rights_notice_in_time": _rights_notice_in_time,
    "rights_notice_all_parties": _rights_notice_all_parties,
    "parties_identified": _parties_identified,
    "parties_contactable": _parties_contactable,
    "capacity_proven": _capacity_proven,
    "agents_empowered": _agents_empowered,
    "organisation_represented": _organisation_represented,
    "evidence_or_investigation_present": _evidence_or_investigation_present,
    "evidence_source_and_date": _evidence_source_and_date,
    "evidence_purpose_stated": _evidence_purpose_stated,
    "investigation_records_signed": _investigation_records_signed,
}
