"""What people sign when they come: the application, and powers of attorney.

Pure functions. What is not known stays blank; an identity number prints only where it is known and
the form asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents.fixed_words import FixedWords, fixed_words
from app.documents.making import PaperMaker, of_case
from app.documents.party_blocks import (
    hand,
    names_or_count,
    party_blocks,
    party_hands,
    person_block,
    signing,
)
from app.documents.wording import ROLES, Data, day_words, paragraphs, ticked
from app.domain.casefile import CaseFile, day_of, file_title
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.parties import POWER_CLAIMS, Party, PartyRole, Representation, StandIn
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Practice

_SIDES = (PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.THIRD)
_LICENSED = ("LAWYER", "LEGAL_WORKER")
_OTHER_POWER = "OTHER"


# --- Application ----------------------------------------------------------------------------------


def application(file: CaseFile, practice: Practice, today: date) -> Data:
    """人民调解申请书. Only the applicants sign; whoever wrote it down for them signs as well."""
    case = file.case
    day = case.applied_on or day_of(file)
    words = fixed_words(practice, DocumentKind.APPLICATION, day or today)
    applicants = [one for one in file.living_parties if one.role is PartyRole.APPLICANT]
    title = ROLES[PartyRole.APPLICANT]
    rows = party_hands(file, applicants, title=title)[: None if applicants else 1]
    oral: Data | None = None
    if case.applied_orally:
        rows.append(hand("代填人（签名）", case.registrar, finger=False))
        oral = {
            "note": words.line("oral_note", recorder=case.registrar),
            "hint": words.line("oral_hand"),
        }
    known = bool(file.living_parties)
    return {
        "dated": day,
        "labels": words.chosen("facts", "requests"),
        "sides": [_side(file, practice, role, day or (today if known else None)) for role in _SIDES]
        if known
        else [{"title": ROLES[role], "parties": [_empty(practice, role)]} for role in _SIDES[:2]],
        "facts": paragraphs(case.facts),
        "requests": [
            f"{index}．{request}" for index, request in enumerate(filter(None, case.requests), 1)
        ],
        "statement": words.line("statement"),
        "oral": oral,
        "signing": {
            **signing(file, rows, [], case.applied_on),
            "label": words.label("applicant"),
        },
    }


def _side(file: CaseFile, practice: Practice, role: PartyRole, day: date | None) -> Data:
    """All in one role. The form has a block for each side even where nobody is known yet."""
    parties = [one for one in file.living_parties if one.role is role]
    blocks = party_blocks(file, practice.codes, parties, day) if parties else []
    if not blocks and role is not PartyRole.THIRD:
        blocks = [_empty(practice, role)]
    return {"title": ROLES[role], "parties": blocks}


def _empty(practice: Practice, role: PartyRole) -> Data:
    return person_block(practice.codes, None, None, ROLES[role])


# --- Power of attorney ----------------------------------------------------------------------------


def power_of_attorney(file: CaseFile, party: Party | None, practice: Practice, today: date) -> Data:
    """授权委托书: a sheet for each agent of `party`, an empty one where none is known; for an
    organisation also the certificate of its legal representative.
    """
    agents: Sequence[Representation | None] = (
        [one for one in party.representations if one.kind is StandIn.AGENT] if party else []
    ) or [None]
    sheets = [_sheet(file, party, agent, practice, today) for agent in agents]
    words = fixed_words(practice, DocumentKind.POWER_OF_ATTORNEY, today)
    unit = _unit(file, party)
    return {
        "labels": words.chosen("relation", "licence_no", "powers", "attachments", "certificate"),
        "sheets": sheets,
        "certificate": _certificate(words, unit) if unit else None,
    }


def _sheet(
    file: CaseFile,
    party: Party | None,
    agent: Representation | None,
    practice: Practice,
    today: date,
) -> Data:
    given = agent.given_on if agent else None
    day = given or day_of(file) or (today if party else None)
    words = fixed_words(practice, DocumentKind.POWER_OF_ATTORNEY, day or today)
    person = file.people.get(agent.person_id) if agent else None
    name = person.name if person else ""
    principal = file.name_of(party) if party else ""
    title = words.label("principal")
    blocks = party_blocks(file, practice.codes, [party] if party else [], day, title)
    return {
        "principal": {**blocks[0], "stand_ins": []},
        "agent": person_block(practice.codes, person, day, words.label("agent")),
        "more": _more(agent, person, practice),
        "grant": words.line(
            "grant", principal=principal, matter=_matter(file, practice), agent=name
        ),
        "scope": _scope(agent, practice),
        "powers": _powers(agent, practice),
        "limit": words.line("limit"),
        "period": words.line("period", **_period(agent)),
        "ending": words.line("power_end"),
        "proof": agent.proof if agent else "",
        "signing": _hands(file, party, words, principal, name, given),
    }


def _matter(file: CaseFile, practice: Practice) -> str:
    known = any(map(file.name_of, file.living_parties)) or file.case.title
    return file_title(file, practice.codes) if known else file.case.matter


def _more(agent: Representation | None, person: Person | None, practice: Practice) -> Data:
    """What the form asks of an agent beside the block of a person. None stands for what this agent
    does not need.
    """
    blank = agent is None
    kind = agent.agent_kind if agent else ""
    licence = agent.licence_no if agent else ""
    id_no = person.id_no if person else ""
    return {
        "kind": practice.codes.label("agent_kind", kind) if kind else "",
        "relation": (agent.relation or agent.post) if agent else "",
        "id_kind": practice.codes.label("id_kind", person.id_kind)
        if person and person.id_kind and id_no
        else "身份证件号码",
        "id_no": id_no if id_no or blank else None,
        "licence_no": licence if licence or blank or kind in _LICENSED else None,
    }


def _period(agent: Representation | None) -> dict[str, str]:
    """From when until when; an empty sheet keeps room for both days."""
    if agent is None:
        return {}
    return {"given_on": day_words(agent.given_on), "until": day_words(agent.until)}


def _scope(agent: Representation | None, practice: Practice) -> list[Data]:
    """一般代理 or 特别代理: special with the power to dispose of claims; neither where no power is
    known.
    """
    powers = agent.powers if agent else ()
    chosen = "" if not powers else "SPECIAL" if POWER_CLAIMS in powers else "GENERAL"
    table = practice.codes.table("authority_scope")
    return ticked({one.code: one.zh for one in table.codes}, chosen)


def _powers(agent: Representation | None, practice: Practice) -> list[Data]:
    """Every power of the pack with its box; a power that no pack knows is shown by its code."""
    given = agent.powers if agent else ()
    table = practice.codes.table("agent_power")
    strange = [one for one in given if table.get(one) is None]
    return [
        *(
            {"label": one.zh, "chosen": one.code in given, "open": one.code == _OTHER_POWER}
            for one in table.codes
        ),
        *({"label": one, "chosen": True, "open": False} for one in strange),
    ]


def _hands(
    file: CaseFile,
    party: Party | None,
    words: FixedWords,
    principal: str,
    agent: str,
    given: date | None,
) -> Data:
    """Principal and agent; an organisation puts its seal beside its legal representative's name."""
    unit = _unit(file, party)
    own = hand(words.label("agent_sign"), agent)
    if unit:
        officers = [hand("法定代表人（签名）", unit.legal_representative)]
        made = signing(file, [own], officers, given)
        return {**made, "committee": unit.name, "label": words.label("legal_representative")}
    rows = [hand(words.label("principal"), principal), own]
    return {**signing(file, rows, [], given), "label": words.label("principal_sign")}


def _unit(file: CaseFile, party: Party | None) -> Organisation | None:
    unit_id = party.organisation_id if party else None
    return file.organisations.get(unit_id) if unit_id else None


def _certificate(words: FixedWords, unit: Organisation) -> Data:
    return {
        "statement": words.line(
            "certificate", name=unit.legal_representative, post=unit.representative_post
        ),
        "unit": unit.name,
        "credit_code": unit.credit_code,
        "phone": unit.phone,
        "address": unit.address,
        "attachments": words.label("certificate_attachments"),
    }


def _power(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    party = file.party(subject_id)
    if party is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    data = power_of_attorney(file, party, practice, today)
    if party is None:
        return data
    days = [one.given_on for one in party.representations if one.given_on]
    tail = names_or_count([file.name_of(party)])
    return data | {"dated": min(days, default=None) or day_of(file), "remark": tail}


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind.APPLICATION: of_case(application),
    DocumentKind.POWER_OF_ATTORNEY: _power,
}
