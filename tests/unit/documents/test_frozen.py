"""A finalised agreement prints the same for ever, whatever becomes of its people's records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import FrozenNames
from app.domain.casefile import CaseFile
from app.domain.parties import party_block
from app.domain.people import Person
from tests.unit.documents.worked_case import full_case

TODAY = date(2026, 11, 20)


def frozen(file: CaseFile) -> CaseFile:
    """The file with its agreement frozen as the service does it."""
    agreement = replace(file.agreements[0], sign_offs=())
    assert agreement.made_on is not None
    parties = [file.party(one) for one in agreement.party_ids]
    blocks = tuple(
        party_block(one, file.people, file.organisations, agreement.made_on)
        for one in parties
        if one
    )
    kept = replace(agreement, party_blocks=blocks)
    return replace(file, agreements=(kept, *file.agreements[1:]))


def moved_house(person: Person) -> Person:
    return replace(
        person, address="另一个村", phone="13900009999", name=person.name + "改", occupation="退休"
    )


def test_a_later_correction_of_people_does_not_change_a_frozen_paper(shop: PdfPrintshop) -> None:
    file = frozen(full_case())
    agreement = file.agreements[0]
    first = shop.make(file, "written_agreement", agreement.id, TODAY)
    changed = replace(file, people={key: moved_house(one) for key, one in file.people.items()})
    again = shop.make(changed, "written_agreement", agreement.id, TODAY)
    assert first.pdf == again.pdf


def test_a_draft_follows_its_people(shop: PdfPrintshop) -> None:
    file = full_case()
    draft = replace(file, agreements=(replace(file.agreements[0], party_blocks=()),))
    first = shop.make(draft, "written_agreement", draft.agreements[0].id, TODAY)
    changed = replace(draft, people={key: moved_house(one) for key, one in draft.people.items()})
    assert first.pdf != shop.make(changed, "written_agreement", draft.agreements[0].id, TODAY).pdf


def test_committee_and_mediators_keep_the_names_that_were_frozen(shop: PdfPrintshop) -> None:
    file = frozen(full_case())
    agreement = file.agreements[0]
    assert file.committee is not None
    names = FrozenNames(
        committee=file.committee.name,
        mediators=tuple(file.mediators[one].name for one in agreement.mediator_ids),
    )
    kept = replace(agreement, frozen_names=names)
    file = replace(file, agreements=(kept, *file.agreements[1:]))
    first = shop.make(file, "written_agreement", agreement.id, TODAY)
    other = replace(file.committee, name="别的委员会") if file.committee else None
    renamed = replace(
        file,
        committee=other,
        mediators={key: replace(one, name="改了名") for key, one in file.mediators.items()},
    )
    again = shop.make(renamed, "written_agreement", agreement.id, date(2027, 1, 1))
    same = first.pdf == again.pdf  # a diff of two PDFs takes minutes
    assert same
    draft = replace(renamed, agreements=(agreement, *file.agreements[1:]))
    assert first.pdf != shop.make(draft, "written_agreement", agreement.id, TODAY).pdf
