"""An invented county for measurements: people, cases, sessions and agreements from a fixed seed. No
real person, no real number.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause, Payment
from app.domain.cases import Case, Manner, RightsNotice, RiskGrade, Stage
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole
from app.domain.people import Person
from app.domain.records import Record

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "秀英桂兰玉珍建国志强春梅德福长贵金凤水生大山小满文武家和"
MATTERS = (
    "滴水檐头",
    "田埂边界",
    "借款不还",
    "牛踩了菜地",
    "水渠分水",
    "噪声扰邻",
    "赡养老人",
    "打工受伤",
    "车子剐蹭",
    "瓦片打坏",
)
TYPES = (
    "NEIGHBOUR",
    "HOUSE_HOMESTEAD",
    "CONTRACT",
    "DAMAGE_COMPENSATION",
    "FOREST_LAND",
    "MARRIAGE_FAMILY",
    "TRAFFIC",
)
STAGES = (
    Stage.LEAD,
    Stage.ACCEPTED,
    Stage.IN_SESSION,
    Stage.AGREED,
    Stage.PERFORMING,
    Stage.PERFORMED,
    Stage.CLOSED,
)
WORDS = (
    "双方因为宅基地边上的排水沟发生争吵村干部到场看过老人说这条沟是集体"
    "时候挖的后来一方盖房把沟填了一半下雨水就漫进另一家的院子墙脚也泡松了"
)


class Village:
    """Makes records from one seed, the same ones each time (but for their ids)."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.committee = Committee(
            id=new_id(),
            name="某县某镇某村人民调解委员会",
            short_name="某村",
            region_code="450327101220",
        )
        self.mediator = Mediator(id=new_id(), committee_id=self.committee.id, name="文和")

    def person(self) -> Person:
        pick = self.random.choice
        name = pick(SURNAMES) + "".join(pick(GIVEN) for _ in range(self.random.choice((1, 2, 2))))
        birth = date(1950, 1, 1) + timedelta(days=self.random.randrange(20000))
        return Person(
            id=new_id(),
            name=name,
            sex=pick("12"),
            ethnicity="01",
            birth_date=birth,
            occupation="务农",
            phone="1390000" + f"{self.random.randrange(10**4):04d}",
            address="某村某组",
        )

    def facts(self, length: int = 200) -> str:
        return "".join(self.random.choice(WORDS) for _ in range(length))

    def case(self) -> tuple[Case, tuple[Record, ...]]:
        """One case and all that belongs to it, in the order in which it may be put."""
        stage = self.random.choice(STAGES)
        accepted = date(2020, 1, 1) + timedelta(days=self.random.randrange(2200))
        people = (self.person(), self.person())
        head = Case(
            id=new_id(),
            committee_id=self.committee.id,
            stage=stage,
            matter=self.random.choice(MATTERS),
            dispute_type=self.random.choice(TYPES),
            reported_on=accepted,
            facts=self.facts(),
            source="ON_APPLICATION",
            risk_grade=self.random.choice(tuple(RiskGrade)),
            accepted_on=None if stage is Stage.LEAD else accepted,
            mediator_ids=(self.mediator.id,),
        )
        roles = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
        parties = tuple(
            Party(
                id=new_id(),
                case_id=head.id,
                ordinal=index + 1,
                role=roles[index],
                side="AB"[index],
                person_id=people[index].id,
            )
            for index in range(2)
        )
        if stage is not Stage.LEAD:
            head = replace(
                head,
                rights_notice=RightsNotice(
                    told_on=accepted, manner=Manner.ORAL, party_ids=tuple(one.id for one in parties)
                ),
            )
        return head, (*people, head, *parties)

    def case_of(self, committee_id: RecordId) -> tuple[Case, tuple[Record, ...]]:
        """The same for another committee, which has no mediator of this village."""
        self.committee = replace(self.committee, id=committee_id)
        return self.case()

    def agreement(self, head: Case, parties: tuple[Party, ...]) -> Agreement:
        """A written draft of that case with three clauses."""
        fen = self.random.randrange(100, 50_000) * 100
        payment = Payment(
            payer_id=parties[1].id, payee_id=parties[0].id, fen=fen, due_on=date(2026, 12, 31)
        )
        clauses = (
            Clause(id=new_id(), text=self.facts(60)),
            Clause(id=new_id(), text=self.facts(40), payment=payment),
            Clause(id=new_id(), text=self.facts(50)),
        )
        return Agreement(
            id=new_id(),
            case_id=head.id,
            form=AgreementForm.WRITTEN,
            state=AgreementState.DRAFT,
            party_ids=tuple(one.id for one in parties),
            mediator_ids=(self.mediator.id,),
            recorder="文书",
            facts=self.facts(),
            responsibility=self.facts(60),
            clauses=clauses,
            manner="现金一次付清",
            deadline="2026年12月31日前",
            place="村委会",
            made_on=date(2026, 11, 20),
        )
