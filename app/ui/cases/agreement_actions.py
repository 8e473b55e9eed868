"""The verbs of the agreement: drafted, checked, read aloud, frozen, signed. Each is a function of a
unit of work, to be given to `jobs.run`. Never touches a widget.

Services are imported when a verb runs, as in `actions.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.agreements import Agreement, AgreementForm, SignOff, Waiver
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId, new_id
from app.ui.cases.reading_view import ReadingView, reading_view

if TYPE_CHECKING:
    from app.domain.clause_bank import BankClause
    from app.services.number_blocks import NumbersLeft
    from app.services.ports import Practice, UnitOfWork
    from app.ui.cases.actions import Work
    from app.ui.runtime.desk import PaperCraft


def draft_agreement(case_id: RecordId, form: AgreementForm) -> Work[Agreement]:
    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreements import draft_agreement as draft

        return draft(uow, case_id, form)

    return work


def draft_supplement(agreement_id: RecordId) -> Work[Agreement]:
    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreements import draft_supplement as draft

        return draft(uow, agreement_id)

    return work


def save_agreement(agreement: Agreement, based_on: Agreement) -> Work[Agreement]:
    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreements import save_agreement as save

        return save(uow, agreement, based_on=based_on)

    return work


def numbers_for(agreement: Agreement) -> Work[NumbersLeft]:
    """What is left of the numbers from which this agreement gets its own."""

    def work(uow: UnitOfWork) -> NumbersLeft:
        from app.domain.cases import Case
        from app.services.number_blocks import numbers_left

        year = (agreement.made_on or uow.today()).year
        return numbers_left(uow, uow.records.get(Case, agreement.case_id).committee_id, year)

    return work


def finalise(agreement_id: RecordId, practice: Practice, number: str = "") -> Work[Agreement]:
    """Gives the number and freezes the text, once nothing speaks against it that nobody answered.

    `number` typed from a paper register, or empty for the next one.
    """

    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreements import finalise_agreement

        return finalise_agreement(
            uow, agreement_id, practice, number or None, accept_warnings=False
        )

    return work


def spoil(agreement_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.agreements import spoil_agreement

        return spoil_agreement(uow, agreement_id, reason)

    return work


def sign(agreement_id: RecordId, hand: SignOff) -> Work[Agreement]:
    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreements import sign_agreement

        return sign_agreement(uow, agreement_id, hand)

    return work


# --- the checker -----------------------------------------------------------------------------


def waive(agreement_id: RecordId, waiver: Waiver, practice: Practice) -> Work[Agreement]:
    """A warning of the checker may stay, for a reason."""

    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreement_help import waive as put

        return put(uow, agreement_id, waiver, practice)

    return work


def unwaive(agreement_id: RecordId, waiver: Waiver) -> Work[Agreement]:
    def work(uow: UnitOfWork) -> Agreement:
        from app.services.agreement_help import unwaive as take_back

        return take_back(uow, agreement_id, waiver)

    return work


# --- own clauses -----------------------------------------------------------------------------


def own_clauses() -> Work[tuple[BankClause, ...]]:
    """The committee's own ready clauses."""

    def work(uow: UnitOfWork) -> tuple[BankClause, ...]:
        from app.services.agreement_help import own_clauses as own

        return own(uow)

    return work


def save_own_clause(
    practice: Practice,
    title: str,
    text: str,
    *,
    dispute_types: tuple[str, ...] = (),
    like: str = "",
    own_id: str = "",
) -> Work[BankClause]:
    """A ready clause of the committee's own, new or written anew."""

    def work(uow: UnitOfWork) -> BankClause:
        from app.services.agreement_help import clause_bank
        from app.services.agreement_help import save_own_clause as save

        return save(
            uow,
            clause_bank(practice),
            title,
            text,
            dispute_types=dispute_types,
            like=like,
            own_id=own_id,
        )

    return work


def drop_own_clause(own_id: str) -> Work[None]:
    def work(uow: UnitOfWork) -> None:
        from app.services.agreement_help import drop_own_clause as drop

        drop(uow, own_id)

    return work


# --- reading aloud, and what is drawn on the screen ------------------------------------------


def load_reading(agreement_id: RecordId) -> Work[ReadingView]:
    """What is read aloud, with the ticks as they stand."""

    def work(uow: UnitOfWork) -> ReadingView:
        from app.services.reading_aloud import reading_of

        agreement = uow.records.get(Agreement, agreement_id)
        file = uow.records.case_file(agreement.case_id)
        return reading_view(file, agreement, reading_of(uow, agreement_id))

    return work


def tick_clause(
    agreement_id: RecordId, clause_id: RecordId, party_id: RecordId, on: bool
) -> Work[object]:
    """A party says of a clause: read to me, understood, agreed; or takes it back."""

    def work(uow: UnitOfWork) -> object:
        from app.services.reading_aloud import tick, untick

        return (tick if on else untick)(uow, agreement_id, clause_id, party_id)

    return work


def handwritten(
    agreement: Agreement, party_id: RecordId, png: bytes, craft: PaperCraft, practice: Practice
) -> Work[Attachment]:
    """Keeps what a party drew on the screen as a picture with the agreement."""

    def work(uow: UnitOfWork) -> Attachment:
        from app.services.attachments import add_attachment

        described = Attachment(
            id=new_id(),
            case_id=agreement.case_id,
            kind=AttachmentKind.HANDWRITING,
            sha256="",
            size=0,
            media_type="",
            subject_id=agreement.id,
            party_id=party_id,
            taken_on=uow.today(),
        )
        return add_attachment(uow, png, described, reader=craft.scans, practice=practice)

    return work


def handwriting(attachments: Sequence[Attachment]) -> Work[dict[RecordId, bytes]]:
    """The pictures by their ids."""

    def work(uow: UnitOfWork) -> dict[RecordId, bytes]:
        from app.services.attachments import attachment_bytes

        return {one.id: attachment_bytes(uow, one) for one in attachments}

    return work
