"""The worked case with all that a thick file holds: agents, talks, evidence, payments, visits, a
note. People and places are made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from app.domain.casefile import CaseFile
from app.domain.cases import FileNote
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.investigations import Exchange, Investigation
from app.domain.parties import Representation, StandIn
from app.domain.performances import Performance
from tests.unit.documents.worked_case import CASE_ID, full_case, rid

TALK, LONG_TALK = rid(70), rid(71)
PAYMENT, LAST_PAYMENT, ACT = rid(90), rid(91), rid(92)
VISIT, CALL = rid(95), rid(96)

EXCHANGES = (
    Exchange(question="您和双方是什么关系？", answer="邻居，隔一条巷子。"),
    Exchange(
        question="3月4日下午您看到什么？",
        answer="答：我在门口晒谷子，听见上头响。\n抬头看见木方掉下来，砸在田家屋面上。",
    ),
    Exchange(question="还有要补充的吗？"),
)


def whole_case() -> CaseFile:
    """The full case with every paper of a thick file."""
    file = full_case()
    note = FileNote(
        situation="第3页为复印件，原件已退还。",
        filed_by="韦丽君",
        filed_on=date(2026, 5, 6),
        checked_by="罗和平",
        checked_on=date(2026, 5, 7),
    )
    closing = file.case.closing
    assert closing is not None
    closing = replace(closing, performance="PERFORMED", opinion="履行完毕，建议结案。")
    case = replace(file.case, applied_on=date(2026, 3, 4), file_note=note, closing=closing)
    talks = (talk(TALK, 1, EXCHANGES), talk(LONG_TALK, 2, EXCHANGES * 60))
    return replace(
        with_agents(file),
        case=case,
        investigations=talks,
        evidence=tuple(piece(number) for number in range(1, 4)),
        performances=performances(),
        follow_ups=visits(),
    )


def with_agents(file: CaseFile) -> CaseFile:
    """The applicant has two agents, the company one."""
    son = Representation(
        person_id=rid(12),
        kind=StandIn.AGENT,
        relation="儿子",
        agent_kind="CLOSE_RELATIVE",
        powers=("APPLY_OR_END", "DISPOSE_CLAIMS", "SIGN_DOCUMENTS"),
        given_on=date(2026, 3, 5),
        until=date(2026, 6, 5),
        proof="户口簿",
    )
    lawyer = Representation(
        person_id=rid(14),
        kind=StandIn.AGENT,
        agent_kind="LAWYER",
        powers=("EVIDENCE",),
        given_on=date(2026, 3, 5),
        licence_no="15301201010999999",
    )
    first, second, third = file.parties
    parties = (
        replace(first, representations=(son, lawyer)),
        second,
        replace(third, representations=(lawyer,)),
    )
    people = {**file.people, rid(14): replace(file.people[rid(12)], id=rid(14), name="岑律明")}
    return replace(file, parties=parties, people=people)


def talk(record_id: RecordId, ordinal: int, exchanges: tuple[Exchange, ...]) -> Investigation:
    """A talk with a neighbour."""
    return Investigation(
        id=record_id,
        case_id=CASE_ID,
        ordinal=ordinal,
        held_on=date(2026, 3, 5),
        begun_at=time(15, 0),
        ended_at=time(15, 40),
        place="罗长顺家堂屋",
        person_id=rid(12),
        relation="邻居",
        others="村民小组长",
        exchanges=exchanges,
        investigator_ids=(rid(2),),
        recorder="韦丽君",
    )


def piece(number: int) -> Evidence:
    """A photograph; the first is an original that went back."""
    original = number == 1
    return Evidence(
        id=rid(800 + number),
        case_id=CASE_ID,
        ordinal=number,
        name=f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}字{number}号材料",
        kind="DOCUMENT",
        given_by=rid(20),
        source="家里存放",
        submitted_on=date(2026, 3, 5),
        pages=2,
        original=original,
        proves=f"起{number}始屋面碎瓦四十三片末{number}尾",
        received_by=f"收{number}件",
        compared_by="" if original else "韦丽君",
        compared_on=None if original else date(2026, 3, 5),
        returned_on=date(2026, 3, 6) if original else None,
    )


def performances() -> tuple[Performance, ...]:
    """Two instalments and the clearing away."""
    payment = Performance(
        id=PAYMENT,
        case_id=CASE_ID,
        agreement_id=rid(40),
        duty=f"{rid(50)}/0",
        done_on=date(2026, 4, 1),
        fen=1_000_000,
        witness="罗长顺",
    )
    last = replace(
        payment, id=LAST_PAYMENT, duty=f"{rid(50)}/1", done_on=date(2026, 5, 1), fen=1_500_000
    )
    act = replace(
        payment,
        id=ACT,
        duty=f"{rid(51)}/text",
        done_on=date(2026, 3, 20),
        fen=None,
        payer_id=rid(21),
        payee_id=rid(20),
    )
    return (payment, last, act)


def visits() -> tuple[FollowUp, ...]:
    """A visit that found all well and a call that did not."""
    visit = FollowUp(
        id=VISIT,
        case_id=CASE_ID,
        agreement_id=rid(40),
        visited_on=date(2026, 5, 3),
        method="VISIT",
        party_id=rid(20),
        visitor="罗和平",
        performance="PERFORMED",
        satisfaction="SATISFIED",
        findings="两期款都收到了，见面打招呼。",
        next_on=date(2026, 6, 3),
    )
    call = replace(visit, id=CALL, method="PHONE", new_risk=True, party_id=None)
    return (visit, call)
