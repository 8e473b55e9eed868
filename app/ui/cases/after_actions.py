"""The verbs of what comes after the agreement: performance, visits, letters, the court, the note on
the file, closing, the light. Each is given to `jobs.run`; none touches a widget.

Services are imported when a verb runs, on the records worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.cases import Case, FileNote
from app.domain.confirmations import Confirmation
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.performances import Performance
from app.domain.problems import ProblemCode, refuse

if TYPE_CHECKING:
    from datetime import date

    from app.domain.cases import Closing, Retention
    from app.domain.file_review import Light
    from app.domain.reviews import Submission
    from app.services.ports import Practice, UnitOfWork
    from app.ui.cases.actions import Work

# --- the light ---------------------------------------------------------------------------------


def lights(case_ids: Sequence[RecordId], practice: Practice) -> Work[dict[RecordId, Light]]:
    """The lights of some lines of a list. Raises `Refused` RECORD_NOT_FOUND."""

    def work(uow: UnitOfWork) -> dict[RecordId, Light]:
        from app.services.file_light import lights as found

        return {one: it.light for one, it in found(uow, case_ids, practice).items()}

    return work


# --- the note on the file -----------------------------------------------------------------------


def save_file_note(case_id: RecordId, note: FileNote) -> Work[Case]:
    def work(uow: UnitOfWork) -> Case:
        from app.services.closing import save_file_note as save

        return save(uow, case_id, note)

    return work


# --- performance and visits ----------------------------------------------------------------------


def blank_performance(agreement_id: RecordId, duty: str) -> Work[Performance]:
    """What would tick off a duty today, in full; nothing is stored."""

    def work(uow: UnitOfWork) -> Performance:
        from app.services.performances import blank_performance as blank

        return blank(uow, agreement_id, duty)

    return work


def record_performance(done: Performance, based_on: Performance | None) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.performances import record_performance as record

        return record(uow, done, based_on=based_on)

    return work


def mark_performed(agreement_id: RecordId, on: date) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.agreements import mark_performed as mark

        return mark(uow, agreement_id, on)

    return work


def void_performance(performance_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.performances import void_performance as void

        return void(uow, performance_id, reason)

    return work


def save_visit(visit: FollowUp, based_on: FollowUp | None) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.followups import save_follow_up

        return save_follow_up(uow, visit, based_on=based_on)

    return work


def found_done(visit: FollowUp, agreement_id: RecordId, duty: str) -> Work[object]:
    """A visit found a duty fulfilled: in full, on the day of the visit."""

    def work(uow: UnitOfWork) -> object:
        from app.services.performances import blank_performance as blank
        from app.services.performances import record_performance as record

        done = blank(uow, agreement_id, duty, follow_up_id=visit.id)
        return record(uow, replace(done, done_on=visit.visited_on))

    return work


def void_visit(visit: FollowUp, reason: str) -> Work[object]:
    """The visit was never made, or was written down twice. Raises `Refused` REASON_NEEDED."""
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    return save_visit(replace(visit, void_reason=reason.strip()), visit)


# --- letters -------------------------------------------------------------------------------------


def blank_letter(case_id: RecordId, kind: LetterKind, practice: Practice) -> Work[Letter]:
    """A letter of today with what is known; nothing is stored."""

    def work(uow: UnitOfWork) -> Letter:
        from app.services.letters import blank_letter as blank

        return blank(uow, case_id, kind, practice)

    return work


def save_letter(letter: Letter, based_on: Letter | None) -> Work[Letter]:
    def work(uow: UnitOfWork) -> Letter:
        from app.services.letters import save_letter as save

        return save(uow, letter, based_on=based_on)

    return work


def number_letter(letter_id: RecordId, practice: Practice) -> Work[Letter]:
    """The letter is ready for print: it gets its number, if its kind bears one."""

    def work(uow: UnitOfWork) -> Letter:
        from app.services.letters import number_letter as number

        return number(uow, letter_id, practice)

    return work


def void_letter(letter_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.letters import void_letter as void

        return void(uow, letter_id, reason)

    return work


def record_reply(letter_id: RecordId, reply: Reply) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.letters import record_reply as record

        return record(uow, letter_id, reply)

    return work


def add_delivery(letter_id: RecordId, delivery: Delivery) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.letters import add_delivery as add

        return add(uow, letter_id, delivery)

    return work


# --- the court -----------------------------------------------------------------------------------


def blank_confirmation(agreement_id: RecordId) -> Work[Confirmation]:
    """An application of today with the addresses that are known; nothing is stored."""

    def work(uow: UnitOfWork) -> Confirmation:
        from app.services.confirmations import blank_confirmation as blank

        return blank(uow, agreement_id)

    return work


def save_confirmation(
    one: Confirmation, based_on: Confirmation | None, practice: Practice
) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.confirmations import save_confirmation as save

        return save(uow, one, practice, based_on=based_on)

    return work


def void_confirmation(confirmation_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.confirmations import void_confirmation as void

        return void(uow, confirmation_id, reason)

    return work


# --- closing ----------------------------------------------------------------------------------


def close(case_id: RecordId, closing: Closing) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.closing import close_case

        return close_case(uow, case_id, closing)

    return work


def file_away(case_id: RecordId, retention: Retention, practice: Practice) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.closing import file_case
        from app.services.file_light import document_rules

        return file_case(uow, case_id, retention, rules=document_rules(practice))

    return work


def submit(case_id: RecordId, note: str = "") -> Work[Submission]:
    def work(uow: UnitOfWork) -> Submission:
        from app.services.reviews import submit_file

        return submit_file(uow, case_id, note)

    return work
