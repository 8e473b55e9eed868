"""People and organisations as they are known in the village: written once, used in every case.
Never a judgement about a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.dates import age_on, check_past
from app.domain.identity import RESIDENT_CARD, card_facts, check_citizen_number, check_credit_code
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, check_name, check_person_name, check_text


class Capacity(StrEnum):
    """Capacity for civil conduct (Civil Code art. 17-24)."""

    FULL = "full"
    LIMITED = "limited"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A natural person. What is not known stays empty and is shown as missing.

    `sex` is a code of GB/T 2261.1; `ethnicity` of GB/T 3304; `id_kind` of the pack's table.
    `stated_age` is what the person said on the local date `stated_age_on`, used where no birth date
    is known. `id_reason` is why an irregular number was kept.
    """

    id: RecordId
    name: str
    sex: str = "0"
    ethnicity: str = ""
    birth_date: date | None = None
    stated_age: int | None = None
    stated_age_on: date | None = None
    id_kind: str = ""
    id_no: str = ""
    id_reason: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    region_code: str = ""
    cannot_read: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A legal person or another organisation. `kind` is a code of the pack's table
    ``organisation_kind``.
    """

    id: RecordId
    name: str
    kind: str = ""
    credit_code: str = ""
    credit_reason: str = ""
    legal_representative: str = ""
    representative_post: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""


_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8}(?:\d{1,6})?|\d{5,8}")


def person_age(person: Person, day: date) -> int | None:
    """Age in full years on local date `day`; None where neither a birth date nor a stated age is
    known.
    """
    if person.birth_date:
        return age_on(person.birth_date, day)
    if person.stated_age is not None:
        since = day.year - person.stated_age_on.year if person.stated_age_on else 0
        return person.stated_age + max(0, since)
    return None


def capacity_by_age(age: int | None) -> Capacity:
    """Capacity presumed from age alone: under 8 none, 8-17 limited (Civil Code art. 19, 20);
    unknown ages count as grown up.

    A person of 16 or 17 who lives on own work is fully capable (art. 18): set on the party with a
    reason.
    """
    if age is None or age >= 18:
        return Capacity.FULL
    return Capacity.LIMITED if age >= 8 else Capacity.NONE


def check_phone(phone: str, field: str = "phone") -> list[Problem]:
    """Problems of one or several telephone numbers, divided by spaces, commas or 、. Letters are a
    mistake.
    """
    for one in re.split(r"[\s,，、;；/]+", phone.strip()):
        if one and not _PHONE.fullmatch(re.sub(r"[-()（）]", "", one)):
            return [Problem(ProblemCode.NOT_A_PHONE, field)]
    return []


def check_person(person: Person, today: date) -> list[Problem]:
    """What keeps a person from being stored (impossible values), fields named as in `Person`."""
    problems = check_person_name(person.name, "name")
    problems += check_text(person.address, "address", limit=500) + check_text(
        person.occupation, "occupation", limit=LINE_LIMIT
    )
    problems += check_text(person.note, "note", limit=5000) + check_text(
        person.id_no, "id_no", limit=40
    )
    problems += check_text(person.id_reason, "id_reason", limit=LINE_LIMIT) + check_phone(
        person.phone
    )
    problems += check_text(person.region_code, "region_code", limit=12)
    problems += check_past(person.birth_date, today, "birth_date")
    if person.stated_age is not None and not 0 <= person.stated_age <= 150:
        problems.append(
            Problem(ProblemCode.NOT_A_NUMBER, "stated_age", {"text": str(person.stated_age)})
        )
    if warn_person(person, today) and not person.id_reason.strip():
        problems += [*warn_person(person, today), Problem(ProblemCode.REASON_NEEDED, "id_reason")]
    return problems


def warn_person(person: Person, today: date) -> list[Problem]:
    """What looks wrong but may be kept with a reason: the card number, and card against birth date
    and sex.
    """
    if not person.id_no or person.id_kind not in ("", RESIDENT_CARD):
        return []
    warnings = check_citizen_number(person.id_no, today)
    facts = card_facts(person.id_no)
    if facts and person.birth_date and person.birth_date != facts.birth_date:
        warnings.append(Problem(ProblemCode.ID_BIRTH_DIFFERS, "birth_date"))
    if facts and person.sex in ("1", "2") and person.sex != facts.sex:
        warnings.append(Problem(ProblemCode.ID_SEX_DIFFERS, "sex"))
    return warnings


def check_organisation(organisation: Organisation) -> list[Problem]:
    """What keeps an organisation from being stored; an irregular credit code may be kept with a
    reason.
    """
    problems = check_name(organisation.name, "name") + check_phone(organisation.phone)
    problems += check_text(organisation.address, "address", limit=500) + check_text(
        organisation.note, "note", limit=5000
    )
    problems += check_text(
        organisation.legal_representative, "legal_representative", limit=LINE_LIMIT
    )
    problems += check_text(
        organisation.representative_post, "representative_post", limit=LINE_LIMIT
    )
    if organisation.credit_code and not organisation.credit_reason.strip():
        warnings = check_credit_code(organisation.credit_code)
        problems += warnings + (
            [Problem(ProblemCode.REASON_NEEDED, "credit_reason")] if warnings else []
        )
    return problems


def filled_from_card(person: Person) -> Person:
    """The person with sex and birth date taken from a regular card number where they are empty
    (type once).
    """
    facts = card_facts(person.id_no) if person.id_kind in ("", RESIDENT_CARD) else None
    if not facts:
        return person
    return replace(
        person,
        id_kind=RESIDENT_CARD,
        birth_date=person.birth_date or facts.birth_date,
        sex=facts.sex if person.sex in ("", "0", "9") else person.sex,
    )
