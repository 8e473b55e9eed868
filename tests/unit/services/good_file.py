"""A file that lacks nothing: bound, paid for, the best grade. Tests take away from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.agreements import (
    Agreement,
    AgreementState,
    Instalment,
    Payment,
    Signer,
    SignMethod,
    SignOff,
)
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.cases import Closing, FileNote, Stage
from app.domain.duties import duties
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.performances import Performance
from app.domain.printing import CameOut, Printing
from tests.unit.documents import worked_case
from tests.unit.documents.worked_case import CASE_ID, rid

MADE_ON = date(2026, 3, 6)
PAID_ON = date(2026, 3, 20)
CLOSED_ON = date(2026, 4, 20)
TODAY = date(2026, 4, 25)


def page(number: int, subject_id: RecordId) -> Attachment:
    """A scan of a signed page."""
    return Attachment(
        id=rid(number),
        case_id=CASE_ID,
        kind=AttachmentKind.SIGNED_PAGE,
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
        subject_id=subject_id,
    )


def hands(agreement: Agreement) -> tuple[SignOff, ...]:
    """Everybody who must sign, on the day of the paper."""
    how = (SignMethod.SIGNATURE, SignMethod.FINGERPRINT)
    parties = [
        SignOff(signer=Signer.PARTY, methods=how, on=MADE_ON, party_id=one)
        for one in agreement.party_ids
    ]
    mediator = SignOff(signer=Signer.MEDIATOR, methods=how, on=MADE_ON, mediator_id=rid(3))
    recorder = SignOff(signer=Signer.RECORDER, methods=how, on=MADE_ON)
    seal = SignOff(signer=Signer.COMMITTEE, methods=(SignMethod.SEAL,), on=MADE_ON)
    return (*parties, mediator, recorder, seal)


def signed_agreement() -> Agreement:
    """Two instalments, the last one due on the day on which all was paid."""
    made = worked_case.written()
    instalments = (
        Instalment(due_on=date(2026, 3, 15), fen=1_000_000, way="CASH"),
        Instalment(due_on=PAID_ON, fen=1_500_000, way="CASH"),
    )
    payment = Payment(payer_id=rid(21), payee_id=rid(20), fen=2_500_000, instalments=instalments)
    words = "石大山赔偿田有根修瓦费用人民币25,000.00元（大写：贰万伍仟元整）。"
    clause = replace(made.clauses[0], text=words, payment=payment)
    return replace(
        made,
        state=AgreementState.EFFECTIVE,
        clauses=(clause,),
        sign_offs=hands(made),
        performed_on=PAID_ON,
    )


def good_file() -> CaseFile:
    """Filed on 2026-04-22, with everything that the national review sheet asks for."""
    file, agreement = worked_case.full_case(), signed_agreement()
    case = replace(
        file.case,
        occurred_place="梨树坡村三组",
        difficulty="ORDINARY",
        closing=Closing(on=CLOSED_ON, result="SUCCESS"),
        filed_on=date(2026, 4, 22),
        file_note=FileNote(situation="齐全", filed_by="韦丽君", filed_on=date(2026, 4, 22)),
    )
    piece = Evidence(
        id=rid(60),
        case_id=CASE_ID,
        ordinal=1,
        name="照片",
        given_by=rid(20),
        submitted_on=MADE_ON,
        proves="屋瓦碎了四十三片",
    )
    paid = tuple(
        Performance(
            id=rid(70 + number),
            case_id=CASE_ID,
            agreement_id=agreement.id,
            duty=one.key,
            done_on=one.due_on,
            fen=one.fen,
            payer_id=rid(21),
            payee_id=rid(20),
        )
        for number, one in enumerate(duties(agreement))
    )
    whole = Printing(
        id=rid(90),
        case_id=CASE_ID,
        at=datetime(2026, 4, 22, tzinfo=UTC),
        whole_file=True,
        came_out=CameOut.WELL,
    )
    return replace(
        file,
        case=case,
        agreements=(agreement,),
        evidence=(piece,),
        performances=paid,
        follow_ups=tuple(
            visit(80 + number, day)
            for number, day in enumerate((date(2026, 3, 18), date(2026, 4, 3)))
        ),
        attachments=(page(100, agreement.id), page(101, rid(30))),
        printings=(whole,),
    )


def visit(number: int, on: date, performance: str = "PERFORMED") -> FollowUp:
    """A visit at home that found how the agreement is kept."""
    return FollowUp(
        id=rid(number),
        case_id=CASE_ID,
        agreement_id=rid(40),
        visited_on=on,
        method="VISIT",
        visitor="罗和平",
        performance=performance,
        satisfaction="SATISFIED",
    )


def open_file() -> CaseFile:
    """The same case on the day on which it was signed: nothing is due yet, nothing closed."""
    file = good_file()
    case = replace(
        file.case,
        stage=Stage.PERFORMING,
        closing=None,
        filed_on=None,
        retention=None,
        file_note=None,
    )
    agreement = replace(file.agreements[0], performed_on=None)
    return replace(
        file,
        case=case,
        agreements=(agreement,),
        performances=(),
        follow_ups=(),
        printings=(),
    )
