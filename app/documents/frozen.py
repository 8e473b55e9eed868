"""A frozen agreement's own view of its parties, committee and mediators: as they stood on the paper
that was signed.

People's records go on living (a telephone number is corrected, somebody moves); a second print of a
finalised agreement must equal the first. Never changes a record.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.parties import POWER_CLAIMS, POWER_SIGN, Party, PartyBlock, Representation
from app.domain.people import Organisation, Person

_SIGNING = (POWER_CLAIMS, POWER_SIGN)


def as_frozen(file: CaseFile, agreement: Agreement) -> CaseFile:
    """`file` with the parties of `agreement` as they were frozen with it; `file` itself for a
    draft.
    """
    file = _with_names(file, agreement)
    if not agreement.party_blocks:
        return file
    blocks = {block.party_id: block for block in agreement.party_blocks}
    people, organisations = dict(file.people), dict(file.organisations)
    parties = []
    for party in file.parties:
        block = blocks.get(party.id)
        parties.append(party if block is None else _frozen_party(party, block))
        if block is None:
            continue
        for one in block.stand_ins:
            people[one.person_id] = Person(
                id=one.person_id, name=one.name, phone=one.phone, address=one.address
            )
        if party.organisation_id:
            organisations[party.organisation_id] = _frozen_organisation(
                party.organisation_id, block
            )
    for party in file.parties:
        if party.id in blocks and party.person_id:  # last, should a party also stand in for another
            people[party.person_id] = _frozen_person(party.person_id, blocks[party.id], agreement)
    return replace(file, parties=tuple(parties), people=people, organisations=organisations)


def _with_names(file: CaseFile, agreement: Agreement) -> CaseFile:
    """Committee and mediators under the names that the frozen paper gives them."""
    names = agreement.frozen_names
    if names is None:
        return file
    committee = replace(file.committee, name=names.committee) if file.committee else None
    mediators = dict(file.mediators)
    for mediator_id, name in zip(agreement.mediator_ids, names.mediators, strict=False):
        if mediator_id in mediators:
            mediators[mediator_id] = replace(mediators[mediator_id], name=name)
    return replace(file, committee=committee, mediators=mediators)


def _frozen_party(party: Party, block: PartyBlock) -> Party:
    stand_ins = tuple(
        Representation(
            person_id=one.person_id,
            kind=one.kind,
            relation=one.relation,
            post=one.post,
            powers=_SIGNING if one.may_sign else (),
        )
        for one in block.stand_ins
    )
    return replace(party, role=block.role, representations=stand_ins)


def _frozen_person(person_id: RecordId, block: PartyBlock, agreement: Agreement) -> Person:
    return Person(
        id=person_id,
        name=block.name,
        sex=block.sex,
        ethnicity=block.ethnicity,
        stated_age=block.age,
        stated_age_on=agreement.made_on,
        occupation=block.occupation,
        phone=block.phone,
        address=block.address,
    )


def _frozen_organisation(organisation_id: RecordId, block: PartyBlock) -> Organisation:
    return Organisation(
        id=organisation_id,
        name=block.name,
        legal_representative=block.legal_representative,
        representative_post=block.representative_post,
        phone=block.phone,
        address=block.address,
    )
