"""Notices and letters of a case: what was told or asked in writing, to whom, and what came back
(PML art. 17, 26; local forms).

Their texts are the pack's; here stands what is known. Never changes the case: the step that a
letter tells of is a move of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, NAME_LIMIT, check_text

SATURDAY = 5  # as `date.weekday` counts


class LetterKind(StrEnum):
    """Which letter; the values are those of `DocumentKind`."""

    MEDIATION_NOTICE = "mediation_notice"
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"
    TERMINATION_NOTICE = "termination_notice"
    EXTENSION_CONSENT = "extension_consent"
    RECUSAL_APPLICATION = "recusal_application"
    SUSPENSION_NOTICE = "suspension_notice"
    RESUMPTION_NOTICE = "resumption_notice"
    TRANSFER_LETTER = "transfer_letter"
    COURT_REPLY = "court_reply"
    SERVICE_RECEIPT = "service_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The receipt slip that came back: whether the matter was taken, by whom, on which local
    date.
    """

    on: date
    accepted: bool
    handler: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """That a paper was served: to whom, on which local date, how, by whom; `refusal` says why it
    was not taken.
    """

    recipient: str
    on: date | None = None
    way: str = ""
    by: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `made_on`, `until`, `meeting_on`, `decided_on` local dates.

    `party_ids` are the parties it is for, `addressee` an office or person outside (`addressee_code`
    of ``transfer_addressees``). `reason_code` is a code of the pack's list for the kind, `reason`
    the words. `until` is the new or expected date. `subject_id` names the paper that a service
    receipt is about, `enclosures` what goes with it.
    """

    id: RecordId
    case_id: RecordId
    kind: LetterKind
    number: str = ""
    made_on: date | None = None
    party_ids: tuple[RecordId, ...] = ()
    addressee: str = ""
    addressee_code: str = ""
    reason_code: str = ""
    reason: str = ""
    content: str = ""
    until: date | None = None
    meeting_on: date | None = None
    meeting_at: time | None = None
    place: str = ""
    mediator_ids: tuple[RecordId, ...] = ()
    subject_id: RecordId | None = None
    enclosures: tuple[str, ...] = ()
    decision: str = ""
    decided_on: date | None = None
    deliveries: tuple[Delivery, ...] = ()
    reply: Reply | None = None
    void_reason: str = ""


def receipt_due(letter: Letter, working_days: int) -> date | None:
    """The local date by which the slip of a transfer should be back: `working_days` after it went
    out, Saturdays and Sundays left out (county practice). None for any other letter, and once the
    slip is there.
    """
    if letter.kind is not LetterKind.TRANSFER_LETTER or letter.made_on is None or letter.reply:
        return None
    day, left = letter.made_on, working_days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def check_letter(letter: Letter, today: date) -> list[Problem]:
    """What keeps a letter from being stored. Gaps are allowed and shown."""
    problems = check_past(letter.made_on, today, "made_on")
    problems += check_past(letter.decided_on, today, "decided_on")
    for name in ("addressee", "place", "number"):
        problems += check_text(getattr(letter, name), name, limit=LINE_LIMIT)
    for name in ("reason", "decision"):
        problems += check_text(getattr(letter, name), name, limit=2000)
    problems += check_text(letter.content, "content")
    if letter.made_on and letter.until and letter.until < letter.made_on:
        facts = {"earlier": "made_on", "later": "until"}
        problems.append(Problem(ProblemCode.DATE_ORDER, "until", facts))
    for index, one in enumerate(letter.enclosures):
        problems += check_text(one, f"enclosures.{index}", limit=LINE_LIMIT)
    for index, served in enumerate(letter.deliveries):
        place = f"deliveries.{index}"
        problems += check_past(served.on, today, f"{place}.on")
        problems += check_text(
            served.recipient, f"{place}.recipient", limit=NAME_LIMIT, required=True
        )
        problems += check_text(served.refusal, f"{place}.refusal", limit=2000)
    if letter.reply:
        problems += check_past(letter.reply.on, today, "reply.on")
        problems += check_text(letter.reply.words, "reply.words", limit=2000)
    return problems
