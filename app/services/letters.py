"""Notices and letters: write, number, serve, note what came back, void.

Never moves the case: the step that a letter tells of is a move of its own. A number that was given
never changes.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.ids import RecordId
from app.domain.letters import Delivery, Letter, LetterKind, Reply, check_letter
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.letter_filling import filled_letter
from app.services.numbers import issue_letter_number, void_number
from app.services.ports import Practice, UnitOfWork


def blank_letter(
    uow: UnitOfWork, case_id: RecordId, kind: LetterKind, practice: Practice
) -> Letter:
    """A letter of today with what the case knows already (`letter_filling`). Nothing is stored.

    Raises `Refused` CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    return filled_letter(file, kind, practice, uow.today())


def save_letter(uow: UnitOfWork, letter: Letter, *, based_on: Letter | None = None) -> Letter:
    """The letter as written, new or corrected. Its number is given by `number_letter` only.

    Raises `Refused` with problems at their fields, RECORD_NOT_FOUND (`party_ids`,
    `mediator_ids`), CASE_CLOSED.
    """
    file = uow.records.case_file(letter.case_id)
    check_editable(file.case)
    demand(check_letter(letter, uow.today()) + _strangers(file, letter))
    known = uow.records.find(Letter, letter.id)
    letter = replace(
        letter,
        number=known.number if known else "",
        void_reason=known.void_reason if known else "",
    )
    stored = uow.records.put(letter, based_on=based_on)
    uow.commit(Act.LETTER_SAVED, letter.case_id)
    assert isinstance(stored, Letter)
    return stored


def _strangers(file: CaseFile, letter: Letter) -> list[Problem]:
    """Parties and mediators whom the case does not know."""
    parties = {party.id for party in file.parties}
    named = (("party_ids", letter.party_ids, parties), ("mediator_ids", letter.mediator_ids, None))
    return [
        Problem(ProblemCode.RECORD_NOT_FOUND, field)
        for field, ids, known in named
        if not set(ids) <= (file.mediators.keys() if known is None else known)
    ]


def number_letter(
    uow: UnitOfWork, letter_id: RecordId, practice: Practice, typed: str | None = None
) -> Letter:
    """The letter with its number, given when it is made ready for print; a letter of a kind that
    the pack gives no number stays as it is. `typed` is a number from a paper register.

    Raises `Refused`: NUMBER_TAKEN, TOO_LONG, EMPTY (`made_on`), NOTHING_TO_PRINT (it was voided),
    CASE_CLOSED.
    """
    letter = uow.records.get(Letter, letter_id)
    file = uow.records.case_file(letter.case_id)
    check_editable(file.case)
    if letter.number:
        return letter
    if letter.void_reason:
        raise refuse(ProblemCode.NOTHING_TO_PRINT)
    if letter.made_on is None:
        raise refuse(ProblemCode.EMPTY, "made_on")
    line = issue_letter_number(uow, file.case.committee_id, letter, practice, typed)
    if line is None:
        return letter
    numbered = replace(letter, number=line.text)
    uow.records.put(numbered)
    uow.commit(Act.LETTER_SAVED, letter.case_id)
    return numbered


def void_letter(uow: UnitOfWork, letter_id: RecordId, reason: str) -> Letter:
    """A letter that is given up, with its reason; its number stays in the register as void.

    Raises `Refused` REASON_NEEDED, CASE_CLOSED.
    """
    letter = uow.records.get(Letter, letter_id)
    check_editable(uow.records.case_file(letter.case_id).case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    voided = replace(letter, void_reason=reason.strip())
    uow.records.put(voided)
    void_number(uow, letter_id, reason)
    uow.commit(Act.LETTER_SAVED, letter.case_id)
    return voided


def record_reply(uow: UnitOfWork, letter_id: RecordId, reply: Reply) -> Letter:
    """The receipt slip that came back for a transfer. Raises `Refused` DATE_IN_FUTURE, DATE_ORDER
    (before the letter was made), TOO_LONG, CASE_CLOSED.
    """
    letter = uow.records.get(Letter, letter_id)
    if letter.made_on and reply.on < letter.made_on:
        facts = {"earlier": "made_on", "later": "reply.on"}
        raise refuse(ProblemCode.DATE_ORDER, "reply.on", **facts)
    return _stored(uow, replace(letter, reply=reply))


def add_delivery(uow: UnitOfWork, letter_id: RecordId, delivery: Delivery) -> Letter:
    """That a letter was served once more. Raises `Refused` EMPTY, DATE_IN_FUTURE, DATE_ORDER,
    TOO_LONG, CASE_CLOSED.
    """
    letter = uow.records.get(Letter, letter_id)
    if letter.made_on and delivery.on and delivery.on < letter.made_on:
        place = f"deliveries.{len(letter.deliveries)}.on"
        raise refuse(ProblemCode.DATE_ORDER, place, earlier="made_on", later="deliveries.on")
    return _stored(uow, replace(letter, deliveries=(*letter.deliveries, delivery)))


def _stored(uow: UnitOfWork, letter: Letter) -> Letter:
    check_editable(uow.records.case_file(letter.case_id).case)
    demand(check_letter(letter, uow.today()))
    uow.records.put(letter)
    uow.commit(Act.LETTER_SAVED, letter.case_id)
    return letter
