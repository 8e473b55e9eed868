"""One whole case that the paper tests print, and ways to vary it. People and places are made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Instalment,
    Payment,
)
from app.domain.casefile import CaseFile
from app.domain.cases import Case, Closing, Manner, Retention, RightsNotice, Stage
from app.domain.clocks import ClockRules
from app.domain.codes import Code, CodeBook, CodeTable
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId
from app.domain.parties import Party, PartyRole, Representation, StandIn
from app.domain.people import Organisation, Person
from app.domain.sessions import (
    Attendance,
    Participant,
    ParticipantKind,
    Session,
    SessionOutcome,
    SessionStep,
    StepText,
)
from app.services.ports import Practice

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
NATIONAL = RESOURCES / "packs" / "national"
TODAY = date(2026, 3, 20)
CASE_ID = RecordId("019d0000-0000-7000-8000-00000000000c")
NUMBER = "〔2026〕梨树坡村人调字第012号"

STEP_WORDS = {
    SessionStep.RIGHTS_TOLD: "调解员宣读告知书，双方表示听明白了。",
    SessionStep.MANNER_TOLD: "调解员说明：自愿、不收费。双方同意不公开调解，请罗长顺参加。",
    SessionStep.ACCOUNTS: (
        "田有根：正月十六他家装修，掉下来的木方砸坏我家屋瓦四十多片。\n"
        "石大山：木方是我家掉的，但瓦本来就旧了。"
    ),
    SessionStep.FACTS_CHECKED: (
        "到现场看过：西侧屋面碎瓦四十三片，下有木方两根。双方看过照片，没有异议。"
    ),
    SessionStep.RISKS_TOLD: "调解员说明侵权责任的规定，以及协议的效力和三十日内可以申请司法确认。",
    SessionStep.RESULT: "石大山赔偿田有根修瓦费用，分两期付清；今后装修先打招呼。",
    SessionStep.SIGNED: "以上记录已当场宣读，与各方所说一致。",
}


def rid(number: int) -> RecordId:
    """A regular, invented record id."""
    return RecordId(f"019d0000-0000-7000-8000-{number:012x}")


def practice() -> Practice:
    """The national pack's tables and texts as they lie in the repository."""
    tables: dict[str, tuple[CodeTable, ...]] = {}
    texts: dict[str, object] = {}
    for path in sorted(NATIONAL.glob("*.json")):
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if "table" in found:
            tables[found["table"]] = (_table(found),)
        elif "data" in found:
            texts[found["data"]] = found
    pattern = "〔{year}〕{short}人调字第{serial:03d}号"
    return Practice(CodeBook(tables), ClockRules(), pattern, texts)


def _table(found: dict[str, Any]) -> CodeTable:
    known = {"code", "zh", "en", "moj"}
    codes = tuple(
        Code(
            row["code"],
            row["zh"],
            row["en"],
            row.get("moj", ""),
            {key: value for key, value in row.items() if key not in known and value is not None},
        )
        for row in found["codes"]
    )
    start = date.fromisoformat(found["effective_from"])
    return CodeTable(found["table"], found["title_zh"], found["title_en"], start, None, codes)


def committee() -> Committee:
    return Committee(id=rid(1), name="清溪县白石镇梨树坡村人民调解委员会", short_name="梨树坡村")


def mediator(number: int = 2, name: str = "罗和平") -> Mediator:
    return Mediator(id=rid(number), committee_id=rid(1), name=name)


def applicant() -> Person:
    return Person(
        id=rid(10),
        name="田有根",
        sex="1",
        ethnicity="06",
        birth_date=date(1968, 3, 6),
        id_kind="111",
        id_no="110101196803061234",
        occupation="务农",
        phone="13812345670",
        address="清溪县白石镇梨树坡村三组17号",
    )


def respondent() -> Person:
    return Person(
        id=rid(11),
        name="石大山",
        sex="1",
        ethnicity="01",
        birth_date=date(1975, 11, 30),
        occupation="泥瓦匠",
        phone="13987654320",
        address="清溪县白石镇梨树坡村三组18号",
    )


def full_case() -> CaseFile:
    """A case with everything: accepted, told, one session, a final written agreement, closed and
    filed."""
    parties = (
        Party(
            id=rid(20),
            case_id=CASE_ID,
            ordinal=1,
            role=PartyRole.APPLICANT,
            side="A",
            person_id=rid(10),
            representations=(
                Representation(
                    person_id=rid(12), kind=StandIn.GROUP_REPRESENTATIVE, relation="儿子"
                ),
            ),
        ),
        Party(
            id=rid(21),
            case_id=CASE_ID,
            ordinal=2,
            role=PartyRole.RESPONDENT,
            side="B",
            person_id=rid(11),
        ),
        Party(
            id=rid(22),
            case_id=CASE_ID,
            ordinal=3,
            role=PartyRole.THIRD,
            side="B",
            organisation_id=rid(13),
        ),
    )
    son = Person(id=rid(12), name="田小满", sex="1", phone="13700001111")
    shop = Organisation(
        id=rid(13),
        name="清溪县宏远装饰有限公司",
        legal_representative="冯宏远",
        representative_post="经理",
        phone="0773-1234567",
        address="清溪县城关镇人民路5号",
    )
    return CaseFile(
        case=_case(),
        committee=committee(),
        mediators={rid(2): mediator(), rid(3): mediator(3, "韦丽君")},
        parties=parties,
        people={one.id: one for one in (applicant(), respondent(), son)},
        organisations={shop.id: shop},
        sessions=(session(),),
        agreements=(written(), oral()),
    )


def _case() -> Case:
    return Case(
        id=CASE_ID,
        committee_id=rid(1),
        stage=Stage.FILED,
        dispute_type="NEIGHBOUR",
        reported_on=date(2026, 3, 4),
        source="ON_APPLICATION",
        facts="2026年3月4日，石大山家装修时木方坠落，砸坏田有根家西侧屋瓦。\n双方为赔偿数额争执不下。",
        requests=("赔偿修瓦费用3,200元", "今后施工做好防护"),
        accepted_on=date(2026, 3, 5),
        registrar="韦丽君",
        mediator_ids=(rid(2), rid(3)),
        rights_notice=RightsNotice(
            told_on=date(2026, 3, 5),
            manner=Manner.ORAL,
            party_ids=(rid(20), rid(21), rid(22)),
            told_by=rid(2),
        ),
        retention=Retention.LONG,
        closing=Closing(on=date(2026, 3, 18), result="SUCCESS"),
        filed_on=date(2026, 3, 19),
    )


def session() -> Session:
    return Session(
        id=rid(30),
        case_id=CASE_ID,
        ordinal=1,
        held_on=date(2026, 3, 6),
        begun_at=time(9, 5),
        ended_at=time(11, 0),
        place="梨树坡村调解室",
        mediator_ids=(rid(2),),
        recorder="韦丽君",
        attendance=(
            Attendance(party_id=rid(20), through=rid(12)),
            Attendance(party_id=rid(21)),
            Attendance(party_id=rid(22), present=False),
        ),
        participants=(
            Participant(name="罗长顺", relation="双方的邻居"),
            Participant(name="蒙阿妹", kind=ParticipantKind.WITNESS),
        ),
        steps=tuple(StepText(step=step, text=words) for step, words in STEP_WORDS.items()),
        outcome=SessionOutcome.AGREED,
        outcome_text="双方达成协议，当日签订协议书。",
    )


def written() -> Agreement:
    return Agreement(
        id=rid(40),
        case_id=CASE_ID,
        form=AgreementForm.WRITTEN,
        state=AgreementState.FINAL,
        number=NUMBER,
        party_ids=(rid(20), rid(21), rid(22)),
        mediator_ids=(rid(2), rid(3)),
        recorder="韦丽君",
        facts="2026年3月4日，石大山家装修时木方坠落，砸坏田有根家西侧屋瓦四十三片。争议事项：赔偿数额。",
        responsibility="石大山施工未做防护，承担全部责任。",
        clauses=(
            Clause(
                id=rid(50),
                text="石大山赔偿田有根修瓦费用。",
                payment=Payment(
                    payer_id=rid(21),
                    payee_id=rid(20),
                    fen=2_500_000,
                    way="BANK_TRANSFER",
                    instalments=(
                        Instalment(due_on=date(2026, 4, 1), fen=1_000_000, way="CASH"),
                        Instalment(due_on=date(2026, 5, 1), fen=1_500_000),
                    ),
                ),
            ),
            Clause(id=rid(51), text="石大山清理掉落的木方和碎瓦。", due_on=date(2026, 3, 31)),
            Clause(id=rid(52), text="今后各自施工，提前一天告知邻居。"),
        ),
        manner_code="INSTALMENTS",
        manner="第一期付现金，其余转账。",
        place="梨树坡村村委会",
        copies=4,
        made_on=date(2026, 3, 6),
    )


def oral() -> Agreement:
    """An oral settlement of 400 yuan, performed on the same day."""
    day = date(2026, 3, 6)
    payment = Payment(payer_id=rid(21), payee_id=rid(20), fen=40_000, due_on=day, way="CASH")
    return Agreement(
        id=rid(41),
        case_id=CASE_ID,
        form=AgreementForm.ORAL,
        state=AgreementState.EFFECTIVE,
        number="〔2026〕梨树坡村人调字第013号",
        party_ids=(rid(20), rid(21)),
        mediator_ids=(rid(2),),
        recorder="韦丽君",
        facts="装修掉落物砸坏屋瓦。",
        clauses=(Clause(id=rid(53), text="石大山当场赔偿。", payment=payment),),
        manner_code="ON_THE_SPOT",
        deadline="当天",
        place="油茶屋调解室",
        made_on=day,
        performed_on=day,
    )


def blank_case() -> CaseFile:
    """A case of which nothing is known."""
    return CaseFile(case=Case(id=CASE_ID, committee_id=rid(1)))


def scarce_case() -> CaseFile:
    """Two names, and agreements and a session that are hardly begun."""
    file = full_case()
    people = {one: Person(id=one, name=file.people[one].name) for one in (rid(10), rid(11))}
    bare = [replace(one, representations=()) for one in file.parties[:2]]
    ids = (rid(20), rid(21))
    made = Agreement(
        id=rid(40), case_id=CASE_ID, form=AgreementForm.WRITTEN, party_ids=ids, facts="吵架。"
    )
    spoken = replace(made, id=rid(41), form=AgreementForm.ORAL)
    return CaseFile(
        case=Case(id=CASE_ID, committee_id=rid(1), facts="吵架。"),
        committee=committee(),
        parties=tuple(bare),
        people=people,
        sessions=(
            Session(
                id=rid(30),
                case_id=CASE_ID,
                ordinal=1,
                attendance=tuple(Attendance(party_id=one) for one in ids),
            ),
        ),
        agreements=(made, spoken),
    )


def crowd_case(count: int = 200) -> CaseFile:
    """`count` villagers, of whom all but the last stand on one side."""
    file = full_case()
    people = {
        rid(1000 + one): replace(applicant(), id=rid(1000 + one), name=f"田{_numeral(one)}")
        for one in range(count)
    }
    parties = tuple(
        Party(
            id=rid(3000 + one),
            case_id=CASE_ID,
            ordinal=one + 1,
            role=PartyRole.RESPONDENT if one == count - 1 else PartyRole.APPLICANT,
            side="B" if one == count - 1 else "A",
            person_id=rid(1000 + one),
        )
        for one in range(count)
    )
    return with_parties(file, parties, people)


def with_parties(
    file: CaseFile, parties: tuple[Party, ...], people: dict[RecordId, Person]
) -> CaseFile:
    """The case with other parties everywhere: attendance and agreements too. Payments stay between
    the first two."""
    ids = tuple(party.id for party in parties)
    swap = {rid(20): ids[0], rid(21): ids[-1]}
    agreements = tuple(
        replace(
            one,
            party_ids=ids,
            copies=None,
            clauses=tuple(_with_payers(clause, swap) for clause in one.clauses),
        )
        for one in file.agreements
    )
    sessions = tuple(
        replace(one, attendance=tuple(Attendance(party_id=party) for party in ids))
        for one in file.sessions
    )
    return replace(file, parties=parties, people=people, agreements=agreements, sessions=sessions)


def _with_payers(clause: Clause, swap: dict[RecordId, RecordId]) -> Clause:
    payment = clause.payment
    if payment is None:
        return clause
    swapped = replace(payment, payer_id=swap[payment.payer_id], payee_id=swap[payment.payee_id])
    return replace(clause, payment=swapped)


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    return "".join(digits[int(one)] for one in f"{number:03d}")


def named_case(first: str, second: str) -> CaseFile:
    """The full case with other names of the two people."""
    file = full_case()
    people = dict(file.people)
    people[rid(10)] = replace(people[rid(10)], name=first)
    people[rid(11)] = replace(people[rid(11)], name=second)
    return replace(file, people=people)


def long_record_case(lines: int = 270) -> CaseFile:
    """A session whose accounts fill about twenty pages."""
    file = full_case()
    talk = "\n".join(
        f"问：第{_numeral(one)}个问题，当时是怎么说的？答：他说木方是自己掉的，我说瓦是新换的，两边都有人听见。"
        for one in range(lines)
    )
    steps = tuple(
        replace(one, text=talk) if one.step is SessionStep.ACCOUNTS else one
        for one in file.sessions[0].steps
    )
    return replace(file, sessions=(replace(file.sessions[0], steps=steps),))
