"""A laptop for window tests: a real store, real jobs and a desk; and a courier between laptops in
place of the county.

Everything is written by the services, as people would. No real name, no real number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import TypeVar, cast

from app.domain.agreements import AgreementForm, Clause, Payment, Signer, SignMethod, SignOff
from app.domain.cases import Acceptance, Manner, RightsNotice
from app.domain.committees import Committee, Mediator
from app.domain.identity import citizen_check_character, credit_check_character
from app.domain.ids import RecordId, new_id
from app.domain.parties import PartyRole
from app.domain.people import Organisation, Person
from app.domain.problems import Refused
from app.domain.sessions import SessionOutcome, SessionStep, StepText
from app.paths import resources
from app.services.agreements import (
    draft_agreement,
    finalise_agreement,
    save_agreement,
    sign_agreement,
)
from app.services.committees import set_up
from app.services.intake import accept_case, blank_case, register_case, tell_rights
from app.services.newcomers import NewParty
from app.services.paper_values import PageImage, Printed
from app.services.ports import Practice, UnitOfWork
from app.services.reviews import submit_file
from app.services.sessions import conclude_session, open_session
from app.storage.packs import load_practice
from app.storage.store import Store, open_store
from app.ui.runtime.changes import Changes
from app.ui.runtime.desk import Desk
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.office import Office
from app.ui.runtime.preferences import Preferences
from app.wire.journal import Entry
from tests.fakes import FakeDevice, FixedClock, PlainBinder, signature_fits
from tests.ui.desks import paper_craft

T = TypeVar("T")
KEY = bytes(range(48))
DAY = date(2026, 11, 20)
COMMITTEE = Committee(
    id=new_id(),
    name="桂北县莲花镇竹溪村人民调解委员会",
    short_name="竹溪",
    region_code="450399101001",
)
MEDIATOR = Mediator(id=new_id(), committee_id=COMMITTEE.id, name="唐禾苗")


def card_number(birth: date = date(1975, 3, 15), region: str = "450327", order: str = "001") -> str:
    """A regular number of nobody: the order says the sex (odd for men)."""
    first = f"{region}{birth:%Y%m%d}{order}"
    return first + citizen_check_character(first)


def credit_code() -> str:
    """A regular credit code of nobody."""
    first = "93450327MA0000000"
    return first + credit_check_character(first)


class Doors:
    """What came to the doors of problems."""

    def __init__(self) -> None:
        self.refusals: list[Refused] = []
        self.errors: list[BaseException] = []

    def refused(self, refusal: Refused) -> None:
        self.refusals.append(refusal)

    def broken(self, error: BaseException) -> None:
        self.errors.append(error)


class OnePage(PlainBinder):
    """A printshop and a preview that make one white page of anything."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, RecordId]] = []

    def make(self, file: object, document: str, subject_id: RecordId, today: date) -> Printed:
        del file, today
        self.asked.append((document, subject_id))
        return Printed(pdf=b"%PDF", pages=1, name=f"{document}.pdf")

    def pictures(
        self, pdf: bytes, dpi: int, first: int = 0, count: int | None = None
    ) -> tuple[PageImage, ...]:
        del pdf, dpi, first, count
        return (PageImage(width=80, height=113, stride=240, rgb=b"\xff" * 240 * 113),)


@dataclass
class Laptop:
    """One laptop. `opened` what cases were asked for, `said` what the status line said,
    `windows` keeps alive what a test has opened."""

    store: Store
    device: FakeDevice
    practice: Practice
    language: str = "zh_CN"
    opened: list[tuple[RecordId, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    doors: Doors = field(default_factory=Doors)
    shop: OnePage = field(default_factory=OnePage)
    windows: list[object] = field(default_factory=list)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        changes = Changes()
        self.desk = Desk(
            jobs=Jobs(changes, self.doors, self.store.unit),
            changes=changes,
            practice=self.practice,
            printshop=self.shop,
            preview=self.shop.pictures,
            craft=paper_craft(),
            language=self.language,
            preferences=Preferences(None),
            office=cast(Office, None),  # nothing here asks the house for anything
            open_case=self._open,
            show_problem=self.doors.refused,
            say=self.said.append,
            go=lambda key, target: None,
        )

    def do(self, work: Callable[[UnitOfWork], T]) -> T:
        """One unit of work, at once."""
        with self.store.unit() as unit:
            return work(unit)

    def close(self) -> None:
        self.desk.jobs.stop()
        self.store.close()

    def _open(self, case_id: RecordId, target: str = "") -> None:
        self.opened.append((case_id, target))


def laptop(folder: Path, name: str, *, role: str = "mediator", language: str = "zh_CN") -> Laptop:
    """A laptop after its first start; a supervisor's has no committee."""
    device = FakeDevice(name)
    store = open_store(folder / name, KEY, FixedClock(), app_version="0")
    store.attach(device, signature_fits)
    made = Laptop(
        store=store, device=device, practice=load_practice(resources()), language=language
    )
    made.do(lambda unit: _first_start(unit, role))
    return made


def _first_start(unit: UnitOfWork, role: str) -> None:
    if role == "mediator":
        set_up(unit, COMMITTEE, MEDIATOR)
        return
    unit.settings.put("actor.name", "县司法局 秦所长")
    unit.settings.put("actor.role", role)
    unit.settings.put("county.key", "of nobody")  # enrolled: what is written waits
    unit.commit()


def carry(giver: Laptop, taker: Laptop) -> None:
    """What the county does: all of one laptop's journal comes into another's mirror."""

    def give(unit: UnitOfWork) -> None:
        sealed = giver.do(lambda from_unit: from_unit.journal.own_from(1, 10_000))
        for position, one in enumerate(sealed, 1):
            unit.journal.add_foreign(position, one, Entry.model_validate_json(one.raw))
        unit.commit()

    taker.do(give)


def person(name: str, **known: object) -> Person:
    facts: dict[str, object] = {
        "sex": "1",
        "ethnicity": "01",
        "birth_date": date(1975, 3, 15),
        "occupation": "务农",
        "phone": "13800001234",
        "address": "竹溪村三组",
    }
    return Person(id=new_id(), name=name, **(facts | known))  # type: ignore[arg-type]


def organisation(name: str, **known: object) -> Organisation:
    return Organisation(id=new_id(), name=name, **known)  # type: ignore[arg-type]


def agreed_case(
    mediator: Laptop, applicant: Person, respondent: Person, *, handed_in: bool = True
) -> RecordId:
    """A whole case: accepted, told, one session with its steps, a signed agreement, handed in."""

    def register(unit: UnitOfWork) -> RecordId:
        case = replace(
            blank_case(unit),
            matter="修屋顶掉瓦，砸坏邻居的三轮车",
            dispute_type="NEIGHBOUR",
            facts="十一月初翻修屋顶时两片瓦滑落，砸坏停在墙边的三轮车车篷。",
            amount_claimed=40_000,
            occurred_on=date(2026, 11, 3),
            occurred_place="竹溪村三组村道",
        )
        parties = (
            NewParty(role=PartyRole.APPLICANT, person=applicant),
            NewParty(role=PartyRole.RESPONDENT, person=respondent),
        )
        return register_case(unit, case, parties).id

    case_id = mediator.do(register)
    mediator.do(lambda unit: _accept_and_tell(unit, case_id))
    mediator.do(lambda unit: _tell(unit, case_id))
    session = mediator.do(lambda unit: open_session(unit, case_id))
    texts = tuple(StepText(step=one, text=_STEP_WORDS[one]) for one in _STEP_WORDS)
    held = replace(
        session,
        held_on=DAY,
        begun_at=time(9, 0),
        ended_at=time(10, 20),
        place="村调解室",
        recorder="盘大姐",
        steps=texts,
        outcome=SessionOutcome.AGREED,
    )
    mediator.do(lambda unit: conclude_session(unit, held, based_on=session))
    _agree(mediator, case_id)
    if handed_in:
        mediator.do(lambda unit: submit_file(unit, case_id, "请审核。"))
    return case_id


_STEP_WORDS = {
    SessionStep.RIGHTS_TOLD: "向双方宣读了权利义务，双方表示听清楚了。",
    SessionStep.ACCOUNTS: "申请人说车篷是新换的。被申请人承认是自家的瓦，愿意赔。",
    SessionStep.FACTS_CHECKED: "到现场看过，瓦片和车篷的破口对得上。",
    SessionStep.RISKS_TOLD: "讲了相邻关系和侵权责任的规定。",
    SessionStep.RESULT: "被申请人赔四百元，当场付清。",
}


def _accept_and_tell(unit: UnitOfWork, case_id: RecordId) -> None:
    acceptance = Acceptance(
        accepted_on=DAY, source="ON_APPLICATION", registrar="盘大姐", mediator_ids=(MEDIATOR.id,)
    )
    accept_case(unit, case_id, acceptance)


def _tell(unit: UnitOfWork, case_id: RecordId) -> None:
    parties = tuple(one.id for one in unit.records.case_file(case_id).living_parties)
    notice = RightsNotice(told_on=DAY, manner=Manner.ORAL, party_ids=parties, told_by=MEDIATOR.id)
    tell_rights(unit, case_id, notice)


def _agree(mediator: Laptop, case_id: RecordId) -> None:
    draft = mediator.do(lambda unit: draft_agreement(unit, case_id, AgreementForm.WRITTEN))
    payee, payer = draft.party_ids[0], draft.party_ids[1]
    payment = Payment(payer_id=payer, payee_id=payee, fen=40_000, due_on=DAY, way="CASH")
    written = replace(
        draft,
        clauses=(
            Clause(id=new_id(), text="被申请人赔偿申请人三轮车车篷修理费。", payment=payment),
            Clause(
                id=new_id(),
                text="被申请人在两天内把屋檐松动的瓦片固定好。",
                due_on=date(2026, 11, 22),
            ),
        ),
        responsibility="被申请人负全部责任。",
        manner_code="ON_THE_SPOT",
        place="村调解室",
        made_on=DAY,
    )
    mediator.do(lambda unit: save_agreement(unit, written, based_on=draft))
    mediator.do(lambda unit: finalise_agreement(unit, draft.id, mediator.practice))
    hands = [
        SignOff(signer=Signer.PARTY, methods=_HAND, on=DAY, party_id=one) for one in draft.party_ids
    ]
    hands.append(SignOff(signer=Signer.MEDIATOR, methods=_HAND, on=DAY, mediator_id=MEDIATOR.id))
    for hand in hands:
        mediator.do(lambda unit, hand=hand: sign_agreement(unit, draft.id, hand))  # type: ignore[misc]


_HAND = (SignMethod.SIGNATURE, SignMethod.FINGERPRINT)
