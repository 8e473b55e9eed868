"""What only some cases of a document have: talks, evidence, letters, performance, confirmation.

By the same checks as if it were entered by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.casefile import CaseFile
from app.domain.confirmations import Confirmation, ServiceAddress, check_confirmation
from app.domain.duties import duties
from app.domain.evidence import Evidence, check_evidence
from app.domain.ids import RecordId, new_id
from app.domain.investigations import Exchange, Investigation, check_investigation
from app.domain.letters import Delivery, Letter, Reply, check_letter
from app.domain.performances import Performance, check_performance
from app.domain.problems import ProblemCode, demand, refuse
from app.services.numbers import issue_letter_number
from app.services.reading import Reading
from app.wire.case_document import (
    ConfirmationPart,
    EvidencePart,
    InvestigationPart,
    LetterPart,
    PerformancePart,
)


def with_talk(reading: Reading, file: CaseFile, part: InvestigationPart) -> CaseFile:
    """The case with one more investigation record. Raises `Refused` with places below it."""
    person = reading.people.known(part.person, "person") if part.person else None
    record = Investigation(
        id=new_id(),
        case_id=file.case.id,
        ordinal=len(file.investigations) + 1,
        person_id=person.id if person else None,
        exchanges=tuple(Exchange(question=o.question, answer=o.answer) for o in part.exchanges),
        investigator_ids=reading.people.mediators(part.investigators),
        **_same(part, "person", "exchanges", "investigators"),
    )
    demand(reading.codes.take_problems() + check_investigation(record, reading.today))
    people = {**file.people, **({person.id: person} if person else {})}
    return replace(file, people=people, investigations=(*file.investigations, record))


def with_piece(reading: Reading, file: CaseFile, part: EvidencePart) -> CaseFile:
    """The case with one more line in its evidence list."""
    piece = Evidence(
        id=new_id(),
        case_id=file.case.id,
        ordinal=len(file.evidence) + 1,
        kind=reading.codes.read("evidence_kind", part.kind, "kind"),
        given_by=reading.party(part.given_by, "given_by") if part.given_by else None,
        **_same(part, "kind", "given_by"),
    )
    demand(reading.codes.take_problems() + check_evidence(piece, reading.today))
    return replace(file, evidence=(*file.evidence, piece))


def with_letter(reading: Reading, file: CaseFile, part: LetterPart) -> CaseFile:
    """The case with one more letter; a number that it bears goes into the register."""
    everybody = tuple(party.id for party in file.living_parties)
    names = part.mediators
    letter = Letter(
        id=new_id(),
        case_id=file.case.id,
        party_ids=(
            everybody if part.parties is None else reading.party_ids(part.parties, "parties")
        ),
        mediator_ids=(file.case.mediator_ids if names is None else reading.people.mediators(names)),
        subject_id=_subject(file, part),
        enclosures=tuple(part.enclosures),
        deliveries=tuple(Delivery(**_same(one)) for one in part.deliveries),
        reply=Reply(**_same(part.reply)) if part.reply else None,
        **_same(
            part,
            *("parties", "mediators", "about_letter", "about_agreement"),
            *("enclosures", "deliveries", "reply", "number"),
        ),
    )
    letter = replace(letter, number=part.number.strip())
    demand(reading.codes.take_problems() + check_letter(letter, reading.today))
    if letter.number:
        issue_letter_number(
            reading.uow, file.case.committee_id, letter, reading.practice, letter.number
        )
    return replace(file, letters=(*file.letters, letter))


def _subject(file: CaseFile, part: LetterPart) -> RecordId | None:
    if part.about_letter is not None:
        return _at(file.letters, part.about_letter, "about_letter")
    if part.about_agreement is not None:
        return _at(file.agreements, part.about_agreement, "about_agreement")
    return None


def with_done(reading: Reading, file: CaseFile, part: PerformancePart) -> CaseFile:
    """The case with one more proof of performance."""
    agreement_id = _agreement(file, part.agreement)
    agreement = next(one for one in file.agreements if one.id == agreement_id)
    keys = [line.key for line in duties(agreement)]
    if part.duty is not None and not 1 <= part.duty <= len(keys):
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "duty")
    visit = part.follow_up
    done = Performance(
        id=new_id(),
        case_id=file.case.id,
        agreement_id=agreement_id,
        duty=keys[part.duty - 1] if part.duty is not None else "",
        fen=part.amount_yuan,
        payer_id=reading.party(part.payer, "payer") if part.payer else None,
        payee_id=reading.party(part.payee, "payee") if part.payee else None,
        way=reading.codes.read("money_way", part.way, "way"),
        follow_up_id=None if visit is None else _at(file.follow_ups, visit, "follow_up"),
        done_on=part.done_on,
        what=part.what,
        witness=part.witness,
    )
    demand(reading.codes.take_problems() + check_performance(done, reading.today))
    return replace(file, performances=(*file.performances, done))


def with_confirmation(reading: Reading, file: CaseFile, part: ConfirmationPart) -> CaseFile:
    """The case with one more application for judicial confirmation."""
    one = Confirmation(
        id=new_id(),
        case_id=file.case.id,
        agreement_id=_agreement(file, part.agreement),
        addresses=tuple(
            ServiceAddress(
                party_id=reading.party(place.party, f"addresses.{index}.party"),
                address=place.address,
                phone=place.phone,
            )
            for index, place in enumerate(part.addresses)
        ),
        **_same(part, "agreement", "addresses"),
    )
    demand(reading.codes.take_problems() + check_confirmation(one, reading.today))
    return replace(file, confirmations=(*file.confirmations, one))


def _agreement(file: CaseFile, place: int | None) -> RecordId:
    """The agreement at a place from 1; the main one without a place. Raises RECORD_NOT_FOUND."""
    if place is not None:
        return _at(file.agreements, place, "agreement")
    main = file.main_agreement()
    if main is None:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "agreement")
    return main.id


def _at(records: Sequence[Any], place: int, field: str) -> RecordId:
    if not 1 <= place <= len(records):
        raise refuse(ProblemCode.RECORD_NOT_FOUND, field)
    found: RecordId = records[place - 1].id
    return found


def _same(part: Any, *without: str) -> dict[str, Any]:
    """The values of the fields that record and document call alike."""
    names = type(part).model_fields
    return {name: getattr(part, name) for name in names if name not in without}
