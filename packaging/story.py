"""The demo's whole case, first part: from the application to the second talk at the table.

Every step is the service that the window calls. Dates lie in the weeks before today; nothing is
stored that a mediator could not have typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import drawings
import story_words as words
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.cases import Acceptance, Manner, RightsNotice
from app.domain.evidence import Evidence
from app.domain.ids import RecordId, new_id
from app.domain.investigations import Exchange
from app.domain.letters import Delivery, LetterKind
from app.domain.parties import PartyRole, Representation, StandIn
from app.domain.people import Person
from app.domain.sessions import Attendance, Session, SessionOutcome, StepText
from app.services import attachments, evidence, intake, investigations, letters, sessions
from app.services.newcomers import NewParty
from laptop import Laptop

OCCURRED, APPLIED, ACCEPTED, ASKED, FIRST_TALK = 30, 21, 20, 16, 12  # days before today


def days_ago(laptop: Laptop, days: int) -> date:
    """A local date."""
    return laptop.today() - timedelta(days=days)


def case_file(laptop: Laptop, case_id: RecordId) -> CaseFile:
    return laptop.read(lambda unit: unit.records.case_file(case_id))


def take_in(laptop: Laptop) -> RecordId:
    """Application, acceptance, the agent's power of attorney, rights and duties told."""
    mediator = laptop.read(lambda unit: unit.actor)
    assert mediator.mediator_id is not None
    blank = laptop.do(intake.blank_case)
    head = replace(
        blank,
        matter=words.MATTER,
        dispute_type="NEIGHBOUR",
        facts=words.FACTS,
        requests=words.REQUESTS,
        amount_claimed=80_000,
        difficulty="ORDINARY",
        reported_on=days_ago(laptop, APPLIED),
        applied_on=days_ago(laptop, APPLIED),
        applied_orally=True,
        occurred_on=days_ago(laptop, OCCURRED),
        occurred_place=words.VILLAGE,
        source_note=words.NOTE,
    )
    case = laptop.do(intake.register_case, head, _parties(laptop))
    acceptance = Acceptance(
        accepted_on=days_ago(laptop, ACCEPTED),
        source="ON_APPLICATION",
        registrar=mediator.name,
        mediator_ids=(mediator.mediator_id,),
    )
    laptop.do(intake.accept_case, case.id, acceptance)
    told = RightsNotice(
        told_on=days_ago(laptop, ACCEPTED),
        manner=Manner.WRITTEN,
        party_ids=tuple(one.id for one in case_file(laptop, case.id).living_parties),
        told_by=mediator.mediator_id,
    )
    laptop.do(intake.tell_rights, case.id, told)
    return case.id


def _person(name: str, born: date, order: str, phone: str) -> Person:
    man = int(order) % 2
    return Person(
        id=new_id(),
        name=name,
        sex="1" if man else "2",
        ethnicity="01",
        birth_date=born,
        id_kind="111",
        id_no=words.invented_id_number(f"{born:%Y%m%d}", order),
        occupation="务农",
        phone=phone,
        address=words.VILLAGE,
        note=words.NOTE,
    )


def _parties(laptop: Laptop) -> list[NewParty]:
    """Who asks, and who is asked; the second sends her daughter with full powers."""
    applicant = _person("王五", date(1965, 3, 9), "015", "13900000005")
    respondent = _person("赵六", date(1978, 8, 21), "024", "13900000006")
    daughter = _person("赵小禾", date(2000, 5, 2), "026", "13900000007")
    laptop.keep(daughter)
    agent = Representation(
        person_id=daughter.id,
        kind=StandIn.AGENT,
        relation="女儿",
        agent_kind="CLOSE_RELATIVE",
        powers=words.POWERS,
        proof="授权委托书",
        given_on=days_ago(laptop, ACCEPTED),
    )
    return [
        NewParty(role=PartyRole.APPLICANT, person=applicant),
        NewParty(role=PartyRole.RESPONDENT, person=respondent, representations=(agent,)),
    ]


def call_to_the_table(laptop: Laptop, case_id: RecordId) -> None:
    """The notice of mediation gets its number, is brought to both, and both sign for it."""
    made_on = days_ago(laptop, ACCEPTED)
    notice = laptop.do(letters.blank_letter, case_id, LetterKind.MEDIATION_NOTICE, laptop.practice)
    notice = replace(
        notice,
        made_on=made_on,
        meeting_on=days_ago(laptop, FIRST_TALK),
        meeting_at=time(9, 0),
        place=words.ROOM,
    )
    laptop.do(letters.save_letter, notice)
    laptop.do(letters.number_letter, notice.id, laptop.practice)
    receipt = laptop.do(letters.blank_letter, case_id, LetterKind.SERVICE_RECEIPT, laptop.practice)
    actor = laptop.read(lambda unit: unit.actor.name)
    served = tuple(
        Delivery(recipient=one.recipient, on=made_on, way="DIRECT", by=actor)
        for one in receipt.deliveries
    )
    laptop.do(letters.save_letter, replace(receipt, made_on=made_on, deliveries=served))


def look_into(laptop: Laptop, case_id: RecordId) -> None:
    """A neighbour is asked, and two photographs are taken for the evidence list."""
    on, actor = days_ago(laptop, ASKED), laptop.read(lambda unit: unit.actor.name)
    neighbour = _person("孙七", date(1959, 11, 30), "037", "13900000008")
    laptop.keep(neighbour)
    talk = laptop.do(investigations.blank_investigation, case_id)
    asked = replace(
        talk,
        held_on=on,
        begun_at=time(15, 0),
        ended_at=time(15, 40),
        place=words.VILLAGE,
        person_id=neighbour.id,
        relation="两家的邻居",
        exchanges=tuple(Exchange(question=one, answer=two) for one, two in words.ASKED),
        recorder=actor,
    )
    laptop.do(investigations.save_investigation, asked)
    applicant = case_file(laptop, case_id).living_parties[0].id
    blank: Evidence = laptop.do(evidence.blank_evidence, case_id)
    piece = replace(
        blank,
        name="现场照片",
        kind="DOCUMENT",
        given_by=applicant,
        submitted_on=on,
        pages=len(words.PHOTOS),
        proves="棚檐的水滴到墙根，墙皮因此脱落",
    )
    laptop.do(evidence.save_evidence, piece)
    for drawing, caption in words.PHOTOS:
        described = Attachment(
            id=new_id(),
            case_id=case_id,
            kind=AttachmentKind.PHOTO,
            sha256="",
            size=0,
            media_type="",
            subject_id=piece.id,
            name=caption,
            caption=caption,
            taken_on=on,
            taken_at_place=words.VILLAGE,
            taken_by=actor,
        )
        laptop.do(
            attachments.add_attachment,
            drawings.picture(drawing),
            described,
            reader=laptop.reader,
            practice=laptop.practice,
        )


def mediate(laptop: Laptop, case_id: RecordId) -> None:
    """Two talks: the first is put off, the second ends in agreement."""
    parties = case_file(laptop, case_id).living_parties
    first: Session = laptop.do(sessions.open_session, case_id)
    daughter = parties[1].representations[0].person_id
    put_off = replace(
        first,
        held_on=days_ago(laptop, FIRST_TALK),
        begun_at=time(9, 0),
        ended_at=time(10, 10),
        place=words.ROOM,
        recorder=laptop.read(lambda unit: unit.actor.name),
        attendance=(
            Attendance(party_id=parties[0].id),
            Attendance(party_id=parties[1].id, through=daughter),
        ),
        steps=tuple(StepText(step=step, text=text) for step, text in words.FIRST_TALK.items()),
        outcome=SessionOutcome.ADJOURNED,
        outcome_text="赵六一方回家商量，改天再谈。",
        next_on=laptop.today(),
    )
    laptop.do(sessions.conclude_session, put_off, based_on=first)
    second: Session = laptop.do(sessions.open_session, case_id)
    agreed = replace(
        second,
        begun_at=time(8, 30),
        ended_at=time(9, 50),
        steps=tuple(StepText(step=step, text=text) for step, text in words.SECOND_TALK.items()),
        outcome=SessionOutcome.AGREED,
        outcome_text="双方达成协议。",
    )
    laptop.do(sessions.conclude_session, agreed, based_on=second)
