"""Parties as papers show them: the block of the 2010 form, and the rows in which hands are put to
paper.

Order and labels are the form's. Never prints an identity number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents.wording import ROLES, SEXES, STAND_INS, Data, day_words
from app.domain.casefile import CaseFile
from app.domain.codes import CodeBook
from app.domain.ids import RecordId
from app.domain.parties import Party, PartyRole, Representation, may_sign_for
from app.domain.people import Organisation, Person, person_age
from app.domain.text import join_names

CROWD = 6  # from the next party on they are listed in a table, one row each
OFFICERS_BESIDE_SEAL = 3


def party_blocks(
    file: CaseFile, codes: CodeBook, parties: Sequence[Party], day: date | None, title: str = ""
) -> list[Data]:
    """One block for each party, ages counted on local date `day`; two empty ones for a blank form.

    `title` stands before each block; by default it is the party's role.
    """
    if not parties:
        blank = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
        return [_block(title or ROLES[role]) for role in blank]
    return [_party_block(file, codes, party, day, title or ROLES[party.role]) for party in parties]


def _block(title: str, **values: object) -> Data:
    empty = dict.fromkeys(("name", "sex", "ethnicity", "age", "occupation", "phone", "address"), "")
    return {"title": title, "organisation": False, "stand_ins": [], **empty, **values}


def _party_block(
    file: CaseFile, codes: CodeBook, party: Party, day: date | None, title: str
) -> Data:
    stand_ins = [_stand_in(file, one) for one in party.representations]
    if party.organisation_id and party.organisation_id in file.organisations:
        organisation = file.organisations[party.organisation_id]
        return {**_organisation_block(title, organisation), "stand_ins": stand_ins}
    person = file.people.get(party.person_id) if party.person_id else None
    return {**person_block(codes, person, day, title), "stand_ins": stand_ins}


def person_block(codes: CodeBook, person: Person | None, day: date | None, title: str) -> Data:
    """The block of one person, who need not be a party; an empty one where nobody is known."""
    if person is None:
        return _block(title)
    age = person_age(person, day) if day else None
    return _block(
        title,
        name=person.name,
        sex=SEXES.get(person.sex, ""),
        ethnicity=codes.label("ethnicity", person.ethnicity) if person.ethnicity else "",
        age="" if age is None or age < 0 else str(age),
        occupation=person.occupation,
        phone=person.phone,
        address=person.address,
    )


def _organisation_block(title: str, organisation: Organisation) -> Data:
    return {
        "title": title,
        "organisation": True,
        "name": organisation.name,
        "representative": organisation.legal_representative,
        "post": organisation.representative_post,
        "phone": organisation.phone,
        "address": organisation.address,
    }


def _stand_in(file: CaseFile, one: Representation) -> Data:
    person = file.people.get(one.person_id)
    return {
        "title": STAND_INS[one.kind],
        "name": person.name if person else "",
        "relation": one.relation or one.post,
        "phone": person.phone if person else "",
        "address": person.address if person else "",
    }


def party_hands(
    file: CaseFile,
    parties: Sequence[Party],
    through: dict[RecordId, RecordId] | None = None,
    title: str = "当事人",
) -> list[Data]:
    """One row for each party to sign in, with the name of who may sign for it; two empty rows for a
    blank form.

    `through` tells for each party id which person came for it; otherwise all stand-ins who may sign
    are named.
    """
    if not parties:
        return [hand(title), hand(title)]
    rows = []
    for party in parties:
        acting = [one for one in party.representations if may_sign_for(one)]
        if through is not None:
            acting = [one for one in acting if one.person_id == through.get(party.id)]
        names = [f"{STAND_INS[one.kind]}：{_name(file, one.person_id)}" for one in acting]
        rows.append(hand(title, file.name_of(party), names))
    return rows


def hand(title: str, name: str = "", through: Sequence[str] = (), *, finger: bool = True) -> Data:
    """One row to sign in; `finger` keeps room for a fingerprint."""
    return {"title": title, "name": name, "through": list(through), "finger": finger}


def mediator_hands(file: CaseFile, mediator_ids: Sequence[RecordId], recorder: str) -> list[Data]:
    """Rows for the mediators (at least one) and the recorder."""
    names = [file.mediators[one].name for one in mediator_ids if one in file.mediators] or [""]
    rows = [hand("人民调解员（签名）", name) for name in names]
    return [*rows, hand("记录人（签名）", recorder)]


def signing(file: CaseFile, parties: list[Data], officers: list[Data], day: date | None) -> Data:
    """The place for hands: rows for the parties, the committee's people beside its seal, the date
    of the paper.

    More officers than have room beside the seal sign in rows of their own.
    """
    beside = officers[-OFFICERS_BESIDE_SEAL:]
    others = [{**one, "finger": False} for one in officers[:-OFFICERS_BESIDE_SEAL]]
    committee = file.committee.name if file.committee else "人民调解委员会"
    return {
        "rows": [*parties, *others],
        "officers": beside,
        "committee": committee,
        "day": day_words(day),
    }


def side_names(file: CaseFile, role: PartyRole) -> str:
    """The names in one role; of many the first three and how many they are (all stand in the table
    of parties)."""
    parties = [party for party in file.living_parties if party.role is role]
    return names_or_count([name for party in parties if (name := file.name_of(party))])


def names_or_count(names: list[str], limit: int = CROWD) -> str:
    """Names joined by 、; of more than `limit` the first three and the count."""
    if len(names) <= limit:
        return "、".join(names)
    return f"{join_names(names[:3])}等{len(names)}人"


def _name(file: CaseFile, person_id: RecordId) -> str:
    return file.people[person_id].name if person_id in file.people else ""
