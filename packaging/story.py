"""The main job as one story: a dispute taken in without a network, on paper, at the county, sent
back, mended, approved.

The people and the quarrel are invented for practice and say so. Every step is the service that the
window calls.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.domain.agreements import AgreementForm, Clause, Payment, Signer, SignMethod, SignOff
from app.domain.cases import Acceptance, Closing, Manner, Retention, RightsNotice
from app.domain.followups import FollowUp
from app.domain.ids import RecordId, new_id
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.reviews import Decision
from app.domain.sessions import SessionOutcome, SessionStep, StepText
from app.services import agreements, closing, followups, intake, reviews, sessions
from app.services.newcomers import NewParty
from app.services.ports import UnitOfWork
from laptop import Laptop

NOTE = "演练用的虚构案件，人名、事情都是编的。"
STEPS = {
    SessionStep.RIGHTS_TOLD: "调解员向双方告知了权利和义务，双方都说听明白了。",
    SessionStep.MANNER_TOLD: "说明了自愿、平等、不收费的原则，介绍了调解员和记录人，双方没有意见。",
    SessionStep.ACCOUNTS: "王五说：雨水从赵六家新搭的棚子流到我家墙根，墙皮泡掉了一片。"
    "赵六说：棚子是去年搭的，没想到会这样。",
    SessionStep.FACTS_CHECKED: "一起到现场看了，水迹从棚檐正下方开始，"
    "墙皮脱落约两平方米，双方认可。",
    SessionStep.RISKS_TOLD: "说明了不按协议做的后果，以及可以共同申请司法确认。",
    SessionStep.RESULT: "赵六十日内装好水槽，并付给王五修墙钱六百元。",
    SessionStep.SIGNED: "笔录已向双方宣读，双方认为无误。",
}


def take_in(laptop: Laptop) -> RecordId:
    """Register, accept, tell rights, hold a session, draft and finalise the agreement."""
    today = laptop.read(lambda unit: unit.today())
    people = [
        Person(
            id=new_id(),
            name="王五",
            sex="1",
            ethnicity="01",
            stated_age=61,
            stated_age_on=today,
            occupation="务农",
            phone="13900000005",
            address="演练村一组",
            note=NOTE,
        ),
        Person(
            id=new_id(),
            name="赵六",
            sex="2",
            ethnicity="08",
            stated_age=48,
            stated_age_on=today,
            occupation="务农",
            phone="13900000006",
            address="演练村一组",
            note=NOTE,
        ),
    ]
    newcomers = [
        NewParty(role=role, person=person)
        for role, person in zip((PartyRole.APPLICANT, PartyRole.RESPONDENT), people, strict=True)
    ]
    mediator = laptop.read(lambda unit: unit.actor)
    blank = laptop.do(intake.blank_case)
    head = replace(
        blank,
        matter="棚檐滴水泡坏墙皮",
        dispute_type="NEIGHBOUR",
        facts="赵六家新搭的棚子滴水，泡坏了王五家的墙皮，两家为此争吵。" + NOTE,
        requests=("把水引开，别再滴到墙根", "赔修墙的钱"),
        occurred_on=today - timedelta(days=9),
        occurred_place="演练村一组",
        source_note=NOTE,
    )
    case = laptop.do(intake.register_case, head, newcomers)
    assert mediator.mediator_id is not None
    acceptance = Acceptance(
        accepted_on=today,
        source="ON_APPLICATION",
        registrar=mediator.name,
        mediator_ids=(mediator.mediator_id,),
    )
    laptop.do(intake.accept_case, case.id, acceptance)
    parties = laptop.read(lambda unit: unit.records.case_file(case.id).living_parties)
    told = RightsNotice(
        told_on=today,
        manner=Manner.ORAL,
        party_ids=tuple(one.id for one in parties),
        told_by=mediator.mediator_id,
    )
    laptop.do(intake.tell_rights, case.id, told)
    opened = laptop.do(sessions.open_session, case.id)
    written = replace(
        opened,
        place="村委会调解室",
        recorder=mediator.name,
        steps=tuple(StepText(step=step, text=text) for step, text in STEPS.items()),
        outcome=SessionOutcome.AGREED,
        outcome_text="双方达成协议。",
    )
    laptop.do(sessions.conclude_session, written, based_on=opened)
    _agree(laptop, case.id, today)
    return case.id


def _agree(laptop: Laptop, case_id: RecordId, today: date) -> None:
    draft = laptop.do(agreements.draft_agreement, case_id, AgreementForm.WRITTEN)
    applicant, respondent = draft.party_ids
    money = Payment(
        payer_id=respondent,
        payee_id=applicant,
        fen=60_000,
        due_on=today + timedelta(days=30),
        way="CASH",
    )
    clauses = (
        Clause(
            id=new_id(),
            text="赵六在十日内给棚檐装好水槽，把水引到路边的沟里。",
            due_on=today + timedelta(days=10),
        ),
        Clause(
            id=new_id(),
            text="赵六付给王五修墙的钱人民币600.00元（大写：陆佰元整）。",
            payment=money,
        ),
    )
    full = replace(
        draft,
        responsibility="赵六搭棚没有顾到邻家，应当负责。",
        clauses=clauses,
        manner="装水槽；现金付款",
        deadline="三十日内",
        place="村委会",
    )
    laptop.do(agreements.save_agreement, full, based_on=draft)
    laptop.do(agreements.finalise_agreement, draft.id, laptop.practice)


def sign_and_hand_in(laptop: Laptop, case_id: RecordId) -> None:
    """All hands on the paper, and the file goes to the supervisor; the visit is forgotten, as
    happens.
    """
    today = laptop.read(lambda unit: unit.today())
    agreement = laptop.read(lambda unit: unit.records.case_file(case_id).main_agreement())
    assert agreement is not None
    both = (SignMethod.SIGNATURE, SignMethod.FINGERPRINT)
    hands = [
        SignOff(signer=Signer.PARTY, methods=both, on=today, party_id=party)
        for party in agreement.party_ids
    ]
    hands.append(
        SignOff(
            signer=Signer.MEDIATOR,
            methods=(SignMethod.SIGNATURE,),
            on=today,
            mediator_id=agreement.mediator_ids[0],
        )
    )
    hands.append(SignOff(signer=Signer.COMMITTEE, methods=(SignMethod.SEAL,), on=today))
    for hand in hands:
        laptop.do(agreements.sign_agreement, agreement.id, hand)
    laptop.do(agreements.mark_performed, agreement.id, today)
    laptop.do(
        closing.close_case, case_id, Closing(on=today, result="SUCCESS", performance="PERFORMED")
    )
    laptop.do(reviews.submit_file, case_id, "请审核")


def send_back(laptop: Laptop, case_id: RecordId) -> None:
    laptop.do(
        reviews.review_file,
        case_id,
        Decision.RETURNED,
        "还没有回访，请补上回访记录再报。",
        "follow_up",
    )


def mend(laptop: Laptop, case_id: RecordId) -> None:
    """The visit is paid and written down, and the file handed in again."""
    today = laptop.read(lambda unit: unit.today())
    agreement = laptop.read(lambda unit: unit.records.case_file(case_id).main_agreement())
    assert agreement is not None
    visit = FollowUp(
        id=new_id(),
        case_id=case_id,
        agreement_id=agreement.id,
        visited_on=today,
        method="VISIT",
        party_id=agreement.party_ids[0],
        visitor=laptop.read(lambda unit: unit.actor.name),
        performance="PERFORMED",
        satisfaction="SATISFIED",
        findings="水槽装好了，钱也付清了，两家见面打招呼了。",
    )
    laptop.do(followups.save_follow_up, visit)
    laptop.do(reviews.submit_file, case_id, "补了回访记录")


def approve(laptop: Laptop, case_id: RecordId) -> None:
    laptop.do(reviews.review_file, case_id, Decision.APPROVED, "材料齐全。")


def bind(laptop: Laptop, case_id: RecordId) -> None:
    """The file is bound."""
    laptop.do(closing.file_case, case_id, Retention.SHORT)


def state(unit: UnitOfWork, case_id: RecordId) -> str:
    """Where the review stands, as the record tells."""
    return unit.records.case_file(case_id).review_state().value
