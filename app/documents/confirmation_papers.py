"""What the joint application for judicial confirmation says (PML art. 33; Fa Shi [2011] No. 5 art.
3).

All parties are applicants. Here identity numbers and addresses for service are printed, as the
court asks for them. The agreement is quoted in its own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.documents.agreement_papers import clause_words
from app.documents.letter_words import Parts, matter_words, sentences
from app.documents.making import PaperMaker
from app.documents.party_blocks import hand, names_or_count, party_hands, signing
from app.documents.wording import SEXES, STAND_INS, Data, day_words, paragraphs
from app.domain.agreements import Agreement, effective_on
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.confirmations import Confirmation, ServiceAddress
from app.domain.ids import RecordId
from app.domain.parties import Party, StandIn
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode, refuse
from app.services.pack_texts import in_force, text_on
from app.services.ports import Practice

VOID_MARK = "已作废"
_LABELS = {
    "name": "姓名",
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "occupation": "职业",
    "address": "住址",
    "id_no": "证件号码",
    "phone": "电话",
    "service_address": "送达地址",
    "service_phone": "送达电话",
    "credit_code": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "post": "职务",
}
_OF_UNITS = {"name": "名称", "address": "地址"}
_SHORT = ("name", "sex", "birth_date", "ethnicity", "phone", "legal_representative", "post")
_PERSONS, _UNITS = "person_person", "person_unit"
_ALWAYS = "must"


def confirmation_application(
    file: CaseFile, one: Confirmation | None, practice: Practice, today: date
) -> Data:
    """司法确认申请书 of `one`, or its blank form with what the case knows. Raises KeyError,
    TypeError for a pack without its texts.
    """
    day = (one.applied_on if one else None) or today
    pack = text_on(practice, "confirmation", day)
    agreement = _agreement(file, one)
    parties = _parties(file, agreement)
    values = _values(file, one, agreement, parties, practice, day)
    addresses = {place.party_id: place for place in one.addresses} if one else {}
    applicants = [_applicant(file, practice, pack, party, addresses) for party in parties]
    has_unit = any(party.organisation_id for party in parties)
    layout = _layout(pack, _UNITS if has_unit else _PERSONS)

    def said(line: Mapping[str, Any]) -> list[Parts]:
        return sentences(line["text"], pack["blanks"], values) if in_force(line, day) else []

    return {
        "dated": one.applied_on if one else None,
        "mark": VOID_MARK if one and one.void_reason else "",
        "headings": {line["id"]: str(line["zh"]) for line in pack["headings"]},
        "applicants": applicants or [_empty(pack), _empty(pack)],
        "request": said(pack["request"]),
        "reasons": [parts for line in pack["reasons"] for parts in said(line)],
        "promise": said(pack["promise"]),
        "to_court": said(pack["to_court"]),
        "signing": {
            **signing(file, _hands(file, parties), [], one.applied_on if one else None),
            "label": str(layout["signature_zh"]),
        },
        "attachments": _attachments(pack, one, parties),
        "last_day": said(pack["last_day"]) if values["last_day"] else [],
    }


def _agreement(file: CaseFile, one: Confirmation | None) -> Agreement | None:
    if one is None:
        return file.main_agreement()
    return next((made for made in file.agreements if made.id == one.agreement_id), None)


def _parties(file: CaseFile, agreement: Agreement | None) -> list[Party]:
    if agreement is None:
        return list(file.living_parties)
    return [party for party in file.parties if party.id in agreement.party_ids]


def _values(
    file: CaseFile,
    one: Confirmation | None,
    agreement: Agreement | None,
    parties: Sequence[Party],
    practice: Practice,
    day: date,
) -> dict[str, str]:
    names = [name for party in parties if (name := file.name_of(party))]
    effective = effective_on(agreement) if agreement else None
    days = practice.clocks.confirmation_days
    last = effective + timedelta(days=days) if effective else None
    mediator_ids = agreement.mediator_ids if agreement else file.case.mediator_ids
    mediators = [file.mediators[one].name for one in mediator_ids if one in file.mediators]
    facts = agreement.facts if agreement else file.case.facts
    return {
        "court": one.court.strip() if one else "",
        "committee": file.committee.name if file.committee else "",
        "parties": names_or_count(names),
        "agreement_no": agreement.number if agreement else "",
        "effective_on": day_words(effective),
        "made_on": day_words(agreement.made_on if agreement else None),
        "matter": matter_words(file, practice).removesuffix("纠纷"),
        "facts": "\n".join(paragraphs(facts)),
        "accepted_on": day_words(file.case.accepted_on),
        "mediators": "、".join(mediators),
        "clauses": "".join(f"\n{words}" for words in _clauses(file, agreement, practice)),
        "law": _law(practice, day),
        "last_day": day_words(last),
    }


def _clauses(file: CaseFile, agreement: Agreement | None, practice: Practice) -> list[str]:
    clauses = agreement.clauses if agreement else ()
    found = []
    for index, clause in enumerate(clauses, 1):
        first, *others = clause_words(file, practice.codes, clause) or [""]
        found += [f"{index}．{first}", *others]
    return found


def _law(practice: Practice, day: date) -> str:
    """The article in force on local date `day`, as the pack cites it."""
    pack = text_on(practice, "confirmation", day)
    citations = text_on(practice, "citations", day)["citations"]
    lines = (one for one in citations if one["id"] == pack["citation"])
    return next((str(one["zh"]) for one in lines if in_force(one, day)), "")


def _layout(pack: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(one for one in pack["layouts"] if one["id"] == name)
    return found


# --- Applicants -----------------------------------------------------------------------------------


def _applicant(
    file: CaseFile,
    practice: Practice,
    pack: Mapping[str, Any],
    party: Party,
    addresses: Mapping[RecordId, ServiceAddress],
) -> Data:
    """One applicant with the fields that the pack names for persons or for units."""
    place = addresses.get(party.id)
    served = {
        "service_address": place.address if place else "",
        "service_phone": place.phone if place else "",
    }
    unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
    person = file.people.get(party.person_id) if party.person_id else None
    known = (_of_unit(unit) if unit else _of_person(person, practice)) | served
    stand_ins = [
        {
            "title": STAND_INS[other.kind],
            "name": file.people[other.person_id].name if other.person_id in file.people else "",
            "relation": other.relation or other.post,
        }
        for other in party.representations
    ]
    unit_form = bool(party.organisation_id)
    return {"fields": _fields(pack, known, unit=unit_form), "known": known, "stand_ins": stand_ins}


def _empty(pack: Mapping[str, Any]) -> Data:
    known: dict[str, str] = {}
    return {"fields": _fields(pack, known, unit=False), "known": known, "stand_ins": []}


def _fields(pack: Mapping[str, Any], known: Mapping[str, str], *, unit: bool) -> list[Data]:
    labels = _LABELS | (_OF_UNITS if unit else {})
    names = _layout(pack, _UNITS if unit else _PERSONS)["applicant_fields"]
    return [
        {
            "label": known.get("id_kind", labels[name]) if name == "id_no" else labels[name],
            "value": known.get(name, ""),
            "short": name in _SHORT,
        }
        for name in names
    ]


def _of_person(person: Person | None, practice: Practice) -> dict[str, str]:
    if person is None:
        return {}
    codes = practice.codes
    known = {
        "name": person.name,
        "sex": SEXES.get(person.sex, ""),
        "birth_date": day_words(person.birth_date),
        "ethnicity": codes.label("ethnicity", person.ethnicity) if person.ethnicity else "",
        "occupation": person.occupation,
        "address": person.address,
        "id_no": person.id_no,
        "phone": person.phone,
    }
    kind = codes.label("id_kind", person.id_kind) if person.id_kind and person.id_no else ""
    return known | ({"id_kind": kind} if kind else {})


def _of_unit(unit: Organisation) -> dict[str, str]:
    return {
        "name": unit.name,
        "credit_code": unit.credit_code,
        "address": unit.address,
        "legal_representative": unit.legal_representative,
        "post": unit.representative_post,
        "phone": unit.phone,
    }


def _hands(file: CaseFile, parties: Sequence[Party]) -> list[Data]:
    """A row for each applicant; a unit's names its legal representative and keeps room for the
    seal.
    """
    rows = party_hands(file, parties, title="申请人")
    for index, party in enumerate(parties):
        unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
        if unit:
            head = f"法定代表人：{unit.legal_representative}"
            rows[index] = hand("申请人（盖章）", unit.name, [head])
    return rows


# --- Enclosures -----------------------------------------------------------------------------------


def _attachments(
    pack: Mapping[str, Any], one: Confirmation | None, parties: Sequence[Party]
) -> list[str]:
    """What must be handed in, and of the rest what this case has; all of it on a blank form."""
    kinds = {other.kind for party in parties for other in party.representations}
    proof = one.property_proof.strip() if one else ""
    wanted = {
        _ALWAYS: True,
        "as_needed": bool(proof),
        "represented": StandIn.AGENT in kinds,
        "guardian": StandIn.GUARDIAN in kinds,
    }
    lines = [line for line in pack["attachments"] if one is None or wanted.get(line["need"], True)]
    said = [
        f"{line['zh']}：{proof}" if line["need"] == "as_needed" and proof else str(line["zh"])
        for line in lines
    ]
    return [f"{index}．{words}" for index, words in enumerate(said, 1)]


def _paper(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    found = next((one for one in file.confirmations if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    return confirmation_application(file, found, practice, today)


PAPERS: dict[DocumentKind, PaperMaker] = {DocumentKind.CONFIRMATION_APPLICATION: _paper}
