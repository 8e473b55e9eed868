"""Who a case document speaks of: known people are found again, others are new.

Never merges two people on a guess.

Somebody is known again by name and identity number, or by name and telephone, or by name and birth
date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from app.domain.committees import Committee, Mediator, check_committee, check_mediator
from app.domain.identity import tidy_number
from app.domain.ids import RecordId, new_id
from app.domain.parties import Representation
from app.domain.people import Organisation, Person, check_organisation, check_person
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.code_reading import Codes, read_sex
from app.services.people import tidy_organisation, tidy_person
from app.services.ports import UnitOfWork
from app.wire.case_document import (
    CasePart,
    CommitteePart,
    MediatorPart,
    OrganisationPart,
    PartyPart,
    PersonPart,
    RepresentationPart,
)

NAMESAKES = 200
K = TypeVar("K", Person, Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundParty:
    """Whom a party is made of. `ref` is the document's own name for the person or organisation."""

    person: Person | None
    organisation: Organisation | None
    ref: str | None
    representations: tuple[Representation, ...]
    stand_ins: dict[RecordId, Person] = field(default_factory=dict)

    @property
    def name(self) -> str:
        known = self.person or self.organisation
        return known.name if known else ""


class People:
    """People, organisations, mediators and committee of one case of a document."""

    def __init__(self, uow: UnitOfWork, part: CasePart, codes: Codes) -> None:
        self._uow = uow
        self._part = part
        self._codes = codes
        self._persons: dict[str, Person] = {}
        self._organisations: dict[str, Organisation] = {}
        self._mediators: dict[str, Mediator] = {}
        self._new: list[Committee | Mediator] = []
        self.home: Committee | None = None

    # committee and mediators

    def committee(self, part: CommitteePart | None) -> RecordId:
        """The id of the owning committee.

        Raises NOTHING_CHOSEN where this laptop has none and the document names none.
        """
        if part is None:
            own = self._uow.actor.committee_id
            if own is None:
                raise refuse(ProblemCode.NOTHING_CHOSEN)
            self.home = self._uow.records.find(Committee, own)
            return own
        for known in self._uow.records.all(Committee):
            if known.name == part.name.strip():
                self.home = known
                return known.id
        made = Committee(
            id=new_id(),
            name=part.name.strip(),
            short_name=part.short_name,
            kind=self._codes.read("committee_kind", part.kind, "kind"),
            region_code=part.region_code,
            region_name=part.region_name,
            phone=part.phone,
            address=part.address,
        )
        demand(self._codes.take_problems() + check_committee(made))
        self.home = made
        self._new.append(made)
        return made.id

    @property
    def case_mediators(self) -> tuple[str, ...]:
        """Names of the mediators of the case, the leading one first."""
        return tuple(one if isinstance(one, str) else one.name for one in self._part.mediators)

    def add_mediators(self, committee_id: RecordId) -> None:
        """Finds or makes every mediator that the document names."""
        self._mediators = {
            one.name: one
            for one in self._uow.records.all(Mediator)
            if one.committee_id == committee_id
        }
        named = [one for one in self._part.mediators if isinstance(one, MediatorPart)]
        full = {one.name.strip(): one for one in named}
        names = [*self.case_mediators]
        for session in self._part.sessions:
            names += session.mediators
        for agreement in self._part.agreements:
            names += [
                *(agreement.mediators or ()),
                *(hand.mediator for hand in agreement.sign_offs),
            ]
        for talk in self._part.investigations:
            names += talk.investigators
        for letter in self._part.letters:
            names += letter.mediators or ()
        notice = self._part.rights_notice
        names += [notice.told_by] if notice else []
        for name in dict.fromkeys(one.strip() for one in names):
            if name and name not in self._mediators:
                self._add_mediator(committee_id, name, full.get(name) or MediatorPart(name=name))
        demand(self._codes.take_problems())

    def _add_mediator(self, committee_id: RecordId, name: str, part: MediatorPart) -> None:
        made = Mediator(
            id=new_id(),
            committee_id=committee_id,
            name=name,
            role=part.role,
            full_time=part.full_time,
            phone=part.phone,
        )
        for problem in check_mediator(made):
            self._codes.note(problem)
        self._mediators[name] = made
        self._new.append(made)

    @property
    def known_mediators(self) -> dict[RecordId, Mediator]:
        """Mediators of the committee by id, the new ones too."""
        return {one.id: one for one in self._mediators.values()}

    def mediators(self, names: list[str]) -> tuple[RecordId, ...]:
        """Ids of mediators by name, each once."""
        ids = [self._mediators[name.strip()].id for name in names if name.strip()]
        return tuple(dict.fromkeys(ids))

    def mediator(self, name: str, place: str) -> RecordId | None:
        """The id of one mediator; None for no name."""
        if not name.strip():
            return None
        if name.strip() not in self._mediators:
            self._codes.note(Problem(ProblemCode.PERSON_UNKNOWN, place, {"name": name[:40]}))
            return None
        return self._mediators[name.strip()].id

    def put_newcomers(self) -> None:
        """Puts committee and mediators that nobody here knew before."""
        for record in self._new:
            self._uow.records.put(record)

    def place_of(self, part: PartyPart) -> str | None:
        """Where the person or organisation of a party that is only named stands in the document."""
        if part.person or part.organisation:
            return None
        places = {f"people[{index}]": one for index, one in enumerate(self._part.people)}
        units = {f"organisations[{i}]": one for i, one in enumerate(self._part.organisations)}
        known: dict[str, PersonPart | OrganisationPart] = {**places, **units}
        found = (place for place, one in known.items() if part.ref in (one.ref, one.name))
        return next(found, None)

    # parties and who acts for them

    def party(self, part: PartyPart) -> FoundParty:
        """Whom the party is made of.

        Raises PERSON_UNKNOWN, NOTHING_CHOSEN, and what the document says wrongly of a person.
        """
        if part.person and part.organisation:
            raise refuse(ProblemCode.NOTHING_CHOSEN, "person")
        person, organisation, ref = None, None, part.ref
        if part.person:
            ref = part.person.ref
            person = self._whole(part.person, "person")
        elif part.organisation:
            ref = part.organisation.ref
            organisation = self._unit(part.organisation)
        elif part.ref is None:
            raise refuse(ProblemCode.NOTHING_CHOSEN, "person")
        else:
            person, organisation = self._named(part.ref, "ref")
        stand_ins: dict[RecordId, Person] = {}
        acting = []
        for index, one in enumerate(part.representations):
            representation, helper = self._representation(one, f"representations.{index}")
            acting.append(representation)
            stand_ins[helper.id] = helper
        demand(self._codes.take_problems())
        return FoundParty(
            person=person,
            organisation=organisation,
            ref=ref,
            representations=tuple(acting),
            stand_ins=stand_ins,
        )

    def _representation(
        self, part: RepresentationPart, place: str
    ) -> tuple[Representation, Person]:
        if part.person:
            person = self._whole(part.person, f"{place}.person")
        elif part.ref:
            found = self._named(part.ref, f"{place}.ref")[0]
            if found is None:
                raise refuse(ProblemCode.PERSON_UNKNOWN, f"{place}.ref", name=part.ref)
            person = found
        else:
            raise refuse(ProblemCode.NOTHING_CHOSEN, f"{place}.person")
        problems = check_person(person, self._uow.today())
        demand([one.at(f"{place}.person") for one in problems])
        made = Representation(
            person_id=person.id,
            kind=part.kind,
            relation=part.relation,
            post=part.post,
            agent_kind=self._codes.read("agent_kind", part.agent_kind, f"{place}.agent_kind"),
            powers=self._codes.read_all("agent_power", part.powers, f"{place}.powers"),
            proof=part.proof,
            given_on=part.given_on,
        )
        return made, person

    def described_problems(self) -> list[Problem]:
        """What is wrong with anybody the document describes, a party of the case or not."""
        self._codes.take_problems()
        found: list[Problem] = []
        for place, part in self._described():
            if isinstance(part, PersonPart):
                problems = check_person(self._made_person(part, ""), self._uow.today())
            else:
                problems = check_organisation(self._made_unit(part, ""))
            own = self._codes.take_problems() + problems
            found += [Problem(one.code, f"{place}.{one.field}", one.facts) for one in own]
        return found

    def _described(self) -> Iterator[tuple[str, PersonPart | OrganisationPart]]:
        for index, known in enumerate(self._part.people):
            yield f"people.{index}", known
        for index, unit in enumerate(self._part.organisations):
            yield f"organisations.{index}", unit
        for index, party in enumerate(self._part.parties):
            if party.person:
                yield f"parties.{index}.person", party.person
            if party.organisation:
                yield f"parties.{index}.organisation", party.organisation
            for number, helper in enumerate(party.representations):
                if helper.person:
                    yield f"parties.{index}.representations.{number}.person", helper.person

    def person(self, ref: str | None, place: str) -> RecordId | None:
        """The id of somebody who is a party or acts for one, by the document's name for it or by
        its own name.
        """
        if ref is None:
            return None
        if ref not in self._persons:
            self._codes.note(Problem(ProblemCode.PERSON_UNKNOWN, place, {"name": ref[:40]}))
            return None
        return self._persons[ref].id

    def known(self, ref: str, place: str) -> Person | None:
        """Somebody of `people` or met before in this case, such as one who was asked; None for an
        organisation. Raises PERSON_UNKNOWN, and what the document says wrongly of the person.
        """
        person = self._named(ref, place)[0]
        demand(check_person(person, self._uow.today()) if person else [])
        return person

    def _named(self, ref: str, place: str) -> tuple[Person | None, Organisation | None]:
        """One of `people` or `organisations` by its `ref`, or somebody met before in this case."""
        if ref in self._persons:
            return self._persons[ref], None
        if ref in self._organisations:
            return None, self._organisations[ref]
        for person in self._part.people:
            if ref in (person.ref, person.name):
                return self._whole(person, place.removesuffix("ref") + "person"), None
        for unit in self._part.organisations:
            if ref in (unit.ref, unit.name):
                return None, self._unit(unit)
        raise refuse(ProblemCode.PERSON_UNKNOWN, place, name=ref[:40])

    def _whole(self, part: PersonPart, place: str) -> Person:
        names = [name for name in (part.ref, part.name) if name]
        if part.ref and part.ref in self._persons:
            return self._persons[part.ref]
        person = self._made_person(part, f"{place}.")
        person = self._known_person(person) or person
        for name in names:
            self._persons.setdefault(name, person)
        return person

    def _unit(self, part: OrganisationPart) -> Organisation:
        if part.ref and part.ref in self._organisations:
            return self._organisations[part.ref]
        unit = self._made_unit(part, "organisation.")
        unit = self._known_unit(unit) or unit
        for name in (part.ref, part.name):
            if name:
                self._organisations.setdefault(name, unit)
        return unit

    def _made_person(self, part: PersonPart, place: str) -> Person:
        return tidy_person(
            Person(
                id=new_id(),
                name=part.name,
                sex=read_sex(part.sex),
                ethnicity=self._codes.read("ethnicity", part.ethnicity, f"{place}ethnicity"),
                birth_date=part.birth_date,
                stated_age=part.stated_age,
                stated_age_on=part.stated_age_on,
                id_kind=self._codes.read("id_kind", part.id_kind, f"{place}id_kind"),
                id_no=part.id_no,
                id_reason=part.id_reason,
                occupation=part.occupation,
                phone=part.phone,
                address=part.address,
                region_code=part.region_code,
                cannot_read=part.cannot_read,
                note=part.note,
            )
        )

    def _made_unit(self, part: OrganisationPart, place: str) -> Organisation:
        return tidy_organisation(
            Organisation(
                id=new_id(),
                name=part.name,
                kind=self._codes.read("organisation_kind", part.kind, f"{place}kind"),
                credit_code=part.credit_code,
                credit_reason=part.credit_reason,
                legal_representative=part.legal_representative,
                representative_post=part.representative_post,
                phone=part.phone,
                address=part.address,
                note=part.note,
            )
        )

    # found again

    def _known_person(self, new: Person) -> Person | None:
        """The stored person that this is without any doubt, its gaps filled from the document."""
        if not (new.id_no or new.phone or new.birth_date):
            return None
        lines = self._uow.lists.people(new.name, NAMESAKES)
        stored = [
            self._uow.records.find(Person, line.id)
            for line in lines
            if not line.organisation and line.name == new.name
        ]
        same = [one for one in stored if one and same_person(one, new)]
        return filled(same[0], new) if len(same) == 1 else None

    def _known_unit(self, new: Organisation) -> Organisation | None:
        if not (new.credit_code or new.phone):
            return None
        lines = self._uow.lists.people(new.name, NAMESAKES)
        stored = [
            self._uow.records.find(Organisation, line.id)
            for line in lines
            if line.organisation and line.name == new.name
        ]
        same = [one for one in stored if one and same_organisation(one, new)]
        return filled(same[0], new) if len(same) == 1 else None


def same_person(one: Person, other: Person) -> bool:
    """Whether two records are one person without any doubt.

    Name, and number, telephone or birth date.

    A number or a birth date that differs says that they are two.
    """
    if one.name != other.name:
        return False
    if one.id_no and other.id_no:
        return tidy_number(one.id_no) == tidy_number(other.id_no)
    if one.birth_date and other.birth_date:
        return one.birth_date == other.birth_date
    return bool(one.phone) and one.phone == other.phone


def same_organisation(one: Organisation, other: Organisation) -> bool:
    """Whether two records are one organisation without any doubt.

    Name, and credit code or telephone.
    """
    if one.name != other.name:
        return False
    if one.credit_code and other.credit_code:
        return one.credit_code == other.credit_code
    return bool(one.phone) and one.phone == other.phone


def filled(stored: K, new: K) -> K:
    """The stored record with its empty fields taken from the new one; what is there stays."""
    gaps = {
        one.name: getattr(new, one.name)
        for one in fields(stored)
        if one.name != "id" and _is_blank(getattr(stored, one.name))
    }
    return replace(stored, **gaps)


def _is_blank(value: object) -> bool:
    """Empty as a field of a person: "0" is the sex that nobody stated, 0 years is an age."""
    return value is None or value is False or value in ("", "0")
