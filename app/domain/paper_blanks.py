"""What each paper of a case still lacks, field by field, at the record that holds the field.

What a paper's own blanks are is the 2010 form's and, for local papers, county practice's. Never
says whether a paper is needed: that is `completeness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Signer,
    missing_hands,
)
from app.domain.casefile import CaseFile, day_of
from app.domain.confirmations import Confirmation
from app.domain.duties import duties
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter, LetterKind
from app.domain.paper_kinds import DocumentKind
from app.domain.parties import Party, PartyBlock, StandIn, guardians, party_capacity
from app.domain.people import Capacity, Person, person_age
from app.domain.performances import Performance
from app.domain.sessions import Session, SessionStep, step_text


@dataclass(frozen=True, slots=True)
class Missing:
    """One blank: which paper lacks it, on which record (`owner` is its kind, `owner_id` its id) and
    in which field.

    `must` is False for blanks that a reviewer may let pass (a phone number), True for those that
    fail the file.
    """

    document: DocumentKind
    owner: str
    owner_id: RecordId
    field: str
    must: bool = True


def blank(
    document: DocumentKind, owner: str, owner_id: RecordId, *, must: bool = True, **values: object
) -> Iterator[Missing]:
    """A `Missing` for each value that is not there."""
    for field, value in values.items():
        if value is None or value == "" or value == ():
            yield Missing(document, owner, owner_id, field, must)


def cover(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    committee = file.committee.name if file.committee else ""
    yield from blank(
        DocumentKind.COVER,
        "case",
        case.id,
        committee=committee,
        dispute_type=case.dispute_type,
        file_no=case.file_no
        or next((one.number for one in file.living_agreements if one.number), ""),
        mediator_ids=tuple(file.mediator_names()),
        accepted_on=case.accepted_on,
        retention=case.retention,
        closing=case.closing,
    )


def application(file: CaseFile) -> Iterator[Missing]:
    case, document = file.case, DocumentKind.APPLICATION
    yield from blank(document, "case", case.id, facts=case.facts, requests=case.requests)
    yield from party_blanks(file, document, file.living_parties)


def register(file: CaseFile) -> Iterator[Missing]:
    case, document = file.case, DocumentKind.ACCEPTANCE_REGISTER
    yield from blank(
        document,
        "case",
        case.id,
        accepted_on=case.accepted_on,
        source=case.source,
        dispute_type=case.dispute_type,
        facts=case.facts,
        registrar=case.registrar,
    )
    yield from party_blanks(file, document, file.living_parties)


def notice(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    if case.rights_notice is None:
        yield Missing(DocumentKind.RIGHTS_NOTICE, "case", case.id, "rights_notice")
    elif any(party.id not in case.rights_notice.party_ids for party in file.living_parties):
        yield Missing(DocumentKind.RIGHTS_NOTICE, "case", case.id, "rights_notice.party_ids")


def power_of_attorney(file: CaseFile, party: Party) -> Iterator[Missing]:
    """Who is appointed, with which powers, since when."""
    document = DocumentKind.POWER_OF_ATTORNEY
    for index, one in enumerate(party.representations):
        if one.kind is not StandIn.AGENT:
            continue
        if not one.powers:
            yield Missing(document, "party", party.id, f"representations.{index}.powers")
        if one.given_on is None:
            yield Missing(document, "party", party.id, f"representations.{index}.given_on", False)
        agent = file.people.get(one.person_id)
        if agent is None or not agent.name:
            yield Missing(document, "person", one.person_id, "name")
        elif not agent.phone:
            yield Missing(document, "person", agent.id, "phone", must=False)


def investigation(record: Investigation) -> Iterator[Missing]:
    yield from blank(
        DocumentKind.INVESTIGATION_RECORD,
        "investigation",
        record.id,
        held_on=record.held_on,
        place=record.place,
        person_id=record.person_id,
        exchanges=tuple(one for one in record.exchanges if one.question.strip() or one.answer),
        investigator_ids=record.investigator_ids,
        recorder=record.recorder,
    )


def evidence_list(pieces: Iterable[Evidence]) -> Iterator[Missing]:
    document = DocumentKind.EVIDENCE_LIST
    for piece in pieces:
        yield from blank(
            document,
            "evidence",
            piece.id,
            name=piece.name,
            source=piece.source or piece.given_by,
            submitted_on=piece.submitted_on,
        )
        yield from blank(document, "evidence", piece.id, must=False, proves=piece.proves)


def record(session: Session) -> Iterator[Missing]:
    document = DocumentKind.MEDIATION_RECORD
    yield from blank(
        document,
        "session",
        session.id,
        held_on=session.held_on,
        place=session.place,
        attendance=tuple(one for one in session.attendance if one.present),
        mediator_ids=session.mediator_ids,
        recorder=session.recorder,
        outcome=session.outcome,
    )
    for step in SessionStep:
        if step is not SessionStep.SIGNED and not step_text(session, step).strip():
            yield Missing(document, "session", session.id, f"steps.{step.value}")


def agreement_blanks(
    file: CaseFile, agreement: Agreement, document: DocumentKind
) -> Iterator[Missing]:
    """What the agreement lacks; of a frozen one, what stood blank on the paper as well."""
    blocks = {one.party_id: one for one in agreement.party_blocks}
    parties = tuple(party for party in file.living_parties if party.id in agreement.party_ids)
    yield from party_blanks(file, document, parties, blocks)
    yield from _stand_in_blanks(file, document, parties, agreement)
    deadline = agreement.deadline or next(
        (one.due_on for one in duties(agreement) if one.due_on), None
    )
    yield from blank(
        document,
        "agreement",
        agreement.id,
        facts=agreement.facts,
        clauses=tuple(one for one in agreement.clauses if one.text.strip() or one.payment),
        manner=agreement.manner or agreement.manner_code,
        deadline=deadline,
        made_on=agreement.made_on,
        mediator_ids=agreement.mediator_ids,
    )
    if agreement.form is AgreementForm.WRITTEN:
        yield from blank(
            document,
            "agreement",
            agreement.id,
            responsibility=agreement.responsibility,
            place=agreement.place,
            recorder=agreement.recorder,
        )
    if agreement.state is AgreementState.FINAL:
        for hand in missing_hands(agreement):
            yield Missing(document, "agreement", agreement.id, f"sign_offs.{hand}")
    if agreement.form is AgreementForm.ORAL and not any(
        hand.signer is Signer.MEDIATOR for hand in agreement.sign_offs
    ):
        yield Missing(document, "agreement", agreement.id, "sign_offs.mediator")


def _stand_in_blanks(
    file: CaseFile, document: DocumentKind, parties: Iterable[Party], agreement: Agreement
) -> Iterator[Missing]:
    """A guardian for whoever may not act alone, with proof (Civil Code art. 19-23)."""
    day = agreement.made_on or day_of(file)
    for party in parties:
        incapable = day and party_capacity(party, file.people, day) is not Capacity.FULL
        if incapable and not guardians(party):
            yield Missing(document, "party", party.id, "representations")
        for index, one in enumerate(party.representations):
            if one.kind is StandIn.GUARDIAN and not (one.proof or one.proof_id):
                field = f"representations.{index}.proof"
                yield Missing(document, "party", party.id, field, must=False)


_LETTER_FIELDS: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.MEDIATION_NOTICE: ("party_ids", "meeting_on", "place"),
    LetterKind.NON_ACCEPTANCE_NOTICE: ("party_ids", "reason"),
    LetterKind.TERMINATION_NOTICE: ("party_ids", "reason"),
    LetterKind.EXTENSION_CONSENT: ("party_ids", "reason", "until"),
    LetterKind.RECUSAL_APPLICATION: ("party_ids", "reason"),
    LetterKind.SUSPENSION_NOTICE: ("party_ids", "reason"),
    LetterKind.RESUMPTION_NOTICE: ("party_ids",),
    LetterKind.TRANSFER_LETTER: ("addressee", "reason"),
    LetterKind.COURT_REPLY: ("addressee",),
    LetterKind.SERVICE_RECEIPT: ("subject_id", "deliveries"),
}


def letter_blanks(letter: Letter) -> Iterator[Missing]:
    """What a letter of its kind must name. Its number is given when it is printed."""
    values = {name: getattr(letter, name) for name in _LETTER_FIELDS[letter.kind]}
    if "reason" in values:
        values["reason"] = letter.reason or letter.reason_code
    document = DocumentKind(letter.kind.value)
    yield from blank(document, "letter", letter.id, made_on=letter.made_on, **values)


def performance(done: Performance) -> Iterator[Missing]:
    document = DocumentKind.PERFORMANCE_RECEIPT
    yield from blank(document, "performance", done.id, done_on=done.done_on)
    if done.fen is None:
        yield from blank(document, "performance", done.id, what=done.what)
    else:
        yield from blank(
            document, "performance", done.id, payer_id=done.payer_id, payee_id=done.payee_id
        )


def follow_up(visit: FollowUp) -> Iterator[Missing]:
    document = DocumentKind.FOLLOW_UP_RECORD
    yield from blank(
        document,
        "follow_up",
        visit.id,
        visited_on=visit.visited_on,
        visitor=visit.visitor,
        performance=visit.performance,
    )
    yield from blank(document, "follow_up", visit.id, must=False, satisfaction=visit.satisfaction)


def confirmation(file: CaseFile, one: Confirmation) -> Iterator[Missing]:
    """Court and each party's address for service (SPC interpretation 2011 no. 5 art. 3)."""
    document = DocumentKind.CONFIRMATION_APPLICATION
    yield from blank(document, "confirmation", one.id, court=one.court)
    agreement = next((it for it in file.agreements if it.id == one.agreement_id), None)
    known = {it.party_id for it in one.addresses if it.address and it.phone}
    for party_id in agreement.party_ids if agreement else ():
        if party_id not in known:
            yield Missing(document, "confirmation", one.id, f"addresses.{party_id}")


def closing_report(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    yield from blank(
        DocumentKind.CLOSING_REPORT,
        "case",
        case.id,
        closing=case.closing,
        mediator_ids=tuple(file.mediator_names()),
        source=case.source,
        facts=case.facts,
    )


def file_note(file: CaseFile) -> Iterator[Missing]:
    """Who bound the file and when, once somebody has begun the note."""
    note = file.case.file_note
    if note is not None:
        fields: dict[str, object] = {"filed_by": note.filed_by, "filed_on": note.filed_on}
        for name, value in fields.items():
            if not value:
                document = DocumentKind.FILE_NOTE
                yield Missing(document, "case", file.case.id, f"file_note.{name}", must=False)


def party_blanks(
    file: CaseFile,
    document: DocumentKind,
    parties: tuple[Party, ...],
    frozen: Mapping[RecordId, PartyBlock] | None = None,
) -> Iterator[Missing]:
    """The party block of the 2010 form: name, sex, ethnic group, age, occupation, contact, address.

    What a frozen paper shows is there, whatever became of the person's record.
    """
    if len(parties) < 2:
        yield Missing(document, "case", file.case.id, "parties")
    for party in parties:
        block = (frozen or {}).get(party.id)
        found = _own_blanks(file, document, party)
        yield from (one for one in found if block is None or not _shown(block, one.field))


def _shown(block: PartyBlock, field: str) -> bool:
    value = getattr(block, field, "")
    return value in ("1", "2") if field == "sex" else bool(value) or value == 0


def _own_blanks(file: CaseFile, document: DocumentKind, party: Party) -> Iterator[Missing]:
    person = file.people.get(party.person_id) if party.person_id else None
    unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
    if person:
        yield from _person_blanks(document, person, _age(file, person))
    elif unit:
        yield from blank(
            document,
            "organisation",
            unit.id,
            name=unit.name,
            legal_representative=unit.legal_representative,
            address=unit.address,
        )


def _age(file: CaseFile, person: Person) -> object:
    day = day_of(file)
    return person_age(person, day) if day else person.birth_date or person.stated_age


def _person_blanks(document: DocumentKind, person: Person, age: object) -> Iterator[Missing]:
    yield from blank(
        document,
        "person",
        person.id,
        name=person.name,
        sex=person.sex if person.sex in ("1", "2") else "",
        ethnicity=person.ethnicity,
        age=age,
        address=person.address,
    )
    yield from blank(
        document,
        "person",
        person.id,
        must=False,
        occupation=person.occupation,
        phone=person.phone,
    )


OF_CASE: Mapping[DocumentKind, Callable[[CaseFile], Iterator[Missing]]] = {
    DocumentKind.COVER: cover,
    DocumentKind.APPLICATION: application,
    DocumentKind.ACCEPTANCE_REGISTER: register,
    DocumentKind.RIGHTS_NOTICE: notice,
    DocumentKind.CLOSING_REPORT: closing_report,
    DocumentKind.FILE_NOTE: file_note,
}
