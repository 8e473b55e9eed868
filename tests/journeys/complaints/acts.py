"""A dozen things that a mediator does to one case, each as the program does it, and a case that is
ripe for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from app.domain.acts import Act
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Payment,
    Signer,
    SignMethod,
    SignOff,
)
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Acceptance, Case, Manner, RightsNotice
from app.domain.followups import FollowUp
from app.domain.ids import RecordId, new_id
from app.domain.letters import LetterKind
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.printing import PrintedPaper, Printing
from app.domain.records import Record, kind_of
from app.domain.sessions import Session, SessionOutcome
from app.services import agreements, evidence, intake, letters, parties, print_log, sessions
from app.services.attachments import add_attachment
from app.services.followups import save_follow_up
from app.services.newcomers import NewParty
from app.services.people import save_person
from app.services.ports import Practice, UnitOfWork
from app.services.reviews import submit_file
from app.wire.records import from_fields, to_fields
from tests.county.village import Village
from tests.faults.places import NO_PICTURES
from tests.journeys.complaints.contacts import put

PDF = b"%PDF-1.4 a letter from the forestry office"


@dataclass(frozen=True, slots=True)
class Ripe:
    """A case that was accepted, with an open session and a draft that could be frozen."""

    case: Case
    people: tuple[Person, Person]
    session_id: RecordId
    draft_id: RecordId

    def again(self, village: Village) -> Ripe:
        """Another case like it, with ids of its own, in one commit."""
        with village.store.unit() as uow:
            file = uow.records.case_file(self.case.id)
        own: tuple[Record, ...] = (
            file.case,
            *file.people.values(),
            *file.parties,
            *file.sessions,
            *file.agreements,
        )
        ids = {str(one.id): str(new_id()) for one in own}
        for draft in file.agreements:
            ids |= {str(clause.id): str(new_id()) for clause in draft.clauses}

        def copied(record: Record) -> Record:
            text = json.dumps(to_fields(record))
            for before, after in ids.items():
                text = text.replace(before, after)
            return from_fields(kind_of(record), json.loads(text))

        put(village, *map(copied, own), act=Act.CASE_IMPORTED, case_id=RecordId(ids[self.case.id]))
        one, other = (copied(person) for person in self.people)
        case = copied(self.case)
        assert isinstance(one, Person) and isinstance(other, Person) and isinstance(case, Case)
        return Ripe(
            case, (one, other), RecordId(ids[self.session_id]), RecordId(ids[self.draft_id])
        )


Do = Callable[[UnitOfWork, Ripe, Practice], object]


def ripen(village: Village) -> Ripe:
    """A new case on the laptop, as far as it goes before anything is agreed."""
    people = tuple(
        Person(id=new_id(), name=name, birth_date=date(1980, 1, 1)) for name in ("张三", "李四")
    )
    with village.store.unit() as uow:
        mediator = uow.actor.mediator_id
        assert mediator
        case = intake.register_case(
            uow,
            replace(intake.blank_case(uow), matter="屋檐滴水", facts="瓦片砸坏了车篷。"),
            [
                NewParty(role=role, person=person)
                for role, person in zip(
                    (PartyRole.APPLICANT, PartyRole.RESPONDENT), people, strict=True
                )
            ],
        )
    with village.store.unit() as uow:
        intake.accept_case(
            uow,
            case.id,
            Acceptance(
                accepted_on=uow.today(),
                source="ON_APPLICATION",
                registrar="王五",
                mediator_ids=(mediator,),
            ),
        )
    with village.store.unit() as uow:
        ids = tuple(one.id for one in uow.records.case_file(case.id).living_parties)
        intake.tell_rights(
            uow,
            case.id,
            RightsNotice(told_on=uow.today(), manner=Manner.ORAL, party_ids=ids, told_by=mediator),
        )
    with village.store.unit() as uow:
        session = sessions.open_session(uow, case.id)
    with village.store.unit() as uow:
        draft = agreements.draft_agreement(uow, case.id, AgreementForm.WRITTEN)
    with village.store.unit() as uow:
        payee, payer = draft.party_ids
        pays = Payment(payer_id=payer, payee_id=payee, fen=40_000, due_on=uow.today(), way="CASH")
        written = replace(draft, clauses=(Clause(id=new_id(), text="赔四百元。", payment=pays),))
        agreements.save_agreement(uow, written, based_on=draft)
    return Ripe(case, (people[0], people[1]), session.id, draft.id)


def _save_case(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    now = uow.records.get(Case, ripe.case.id)
    return intake.save_case(uow, replace(now, difficulty="SIMPLE"), based_on=now)


def _correct_person(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    now = uow.records.get(Person, ripe.people[0].id)
    return save_person(uow, replace(now, phone="13800001234"), based_on=now)


def _add_party(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    third = Person(id=new_id(), name="王五", birth_date=date(1981, 1, 1))
    return parties.add_party(uow, ripe.case.id, NewParty(role=PartyRole.RESPONDENT, person=third))


def _conclude(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    now = uow.records.get(Session, ripe.session_id)
    held = replace(
        now,
        held_on=uow.today(),
        begun_at=time(9, 0),
        ended_at=time(10, 0),
        place="村调解室",
        outcome=SessionOutcome.AGREED,
    )
    return sessions.conclude_session(uow, held, based_on=now)


def _add_evidence(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    piece = replace(evidence.blank_evidence(uow, ripe.case.id), name="收条")
    return evidence.save_evidence(uow, piece)


def _add_file(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    described = Attachment(
        id=new_id(), case_id=ripe.case.id, kind=AttachmentKind.OTHER, sha256="", size=0,
        media_type="", name="林业站来函",
    )  # fmt: skip
    data = PDF + new_id().encode()
    return add_attachment(uow, data, described, reader=NO_PICTURES, practice=practice)


def _write_letter(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    blank = letters.blank_letter(uow, ripe.case.id, LetterKind.MEDIATION_NOTICE, practice)
    return letters.save_letter(uow, replace(blank, made_on=uow.today()))


def _freeze(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    now = uow.records.get(Agreement, ripe.draft_id)
    if now.state is not AgreementState.DRAFT:
        return agreements.spoil_agreement(uow, ripe.draft_id, "打印时缺了一行")
    return agreements.finalise_agreement(uow, ripe.draft_id, practice)


def _sign(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    now = uow.records.get(Agreement, ripe.draft_id)
    if now.state is AgreementState.DRAFT:
        agreements.finalise_agreement(uow, ripe.draft_id, practice)
        return None
    signed = {one.party_id for one in now.sign_offs}
    party_id = next(one for one in now.party_ids if one not in signed)
    hand = SignOff(
        signer=Signer.PARTY, methods=(SignMethod.SIGNATURE,), on=uow.today(), party_id=party_id
    )
    return agreements.sign_agreement(uow, ripe.draft_id, hand)


def _print(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    paper = PrintedPaper(kind="written_agreement", subject_id=ripe.draft_id, digest="ab" * 32)
    printing = Printing(id=new_id(), case_id=ripe.case.id, at=uow.now(), papers=(paper,), copies=3)
    return print_log.log_print(uow, printing)


def _visit(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    visit = FollowUp(
        id=new_id(),
        case_id=ripe.case.id,
        visited_on=uow.today(),
        visitor="王五",
        findings="没有再漏。",
    )
    return save_follow_up(uow, visit)


def _hand_in(uow: UnitOfWork, ripe: Ripe, practice: Practice) -> object:
    return submit_file(uow, ripe.case.id, "请审核。")


HAND_IN, FREEZE = "hand the file in", "freeze or spoil the agreement"
SIGN = "freeze or sign the agreement"
ACTS: Mapping[str, Do] = {
    "save the case": _save_case,
    "correct a person": _correct_person,
    "add a party": _add_party,
    "conclude the session": _conclude,
    "add evidence": _add_evidence,
    "add a file": _add_file,
    "write a letter": _write_letter,
    FREEZE: _freeze,
    SIGN: _sign,
    "print": _print,
    "visit": _visit,
    HAND_IN: _hand_in,
}
