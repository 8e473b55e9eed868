"""Review tests of the mediation records, the agreement, its hands, performance and visits.

Each looks at records only and names the fields that are lacking. Points and words are the pack's.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.agreements import Agreement, Signer, effective_on, missing_hands
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile, is_oral
from app.domain.clauses import remaining_fen
from app.domain.duties import DutyState, duties, progress
from app.domain.findings import FindingCode
from app.domain.parties import PartyRole
from app.domain.performances import Performance
from app.domain.review_intake import signed_pages
from app.domain.review_sheet import FileFacts, Place, Verdict
from app.domain.review_stages import (
    Found,
    case_place,
    closed,
    decided,
    ended,
    frozen,
    held,
    judged,
)
from app.domain.sessions import Session, SessionStep, step_text
from app.domain.visit_rules import NOT_PERFORMED, ON_THE_SPOT

_UNCLEAR = frozenset(
    {
        FindingCode.BLANK_LEFT,
        FindingCode.WHO_MISSING,
        FindingCode.TO_WHOM_MISSING,
        FindingCode.WHAT_MISSING,
        FindingCode.VAGUE_WORD,
        FindingCode.NAME_ALMOST,
        FindingCode.NAME_HIDDEN,
    }
)
_UNLAWFUL = frozenset(
    {
        FindingCode.MATTER_DECIDED,
        FindingCode.FEE_CLAUSE,
        FindingCode.SELF_HELP,
        FindingCode.SUIT_WAIVED,
    }
)
_CAPITALS = frozenset(
    {
        FindingCode.CAPITALS_MISSING,
        FindingCode.CAPITALS_DIFFER,
        FindingCode.MONEY_UNTRACKED,
    }
)

Lacks = Callable[[Session, FileFacts], list[str]]
Gaps = Callable[[FileFacts, Agreement], list[str]]


def _of_sessions(lacks: Lacks) -> Callable[[FileFacts], Found]:
    """A test that every session must pass; an oral agreement's register stands for its record."""

    def found(facts: FileFacts) -> Found:
        file = facts.file
        if not held(file):
            if is_oral(file):
                return Verdict.PASSED, ()
            return judged([case_place(file, "sessions")], due=decided(file))
        places = [
            Place("session", session.id, name)
            for session in held(file)
            for name in lacks(session, facts)
        ]
        concluded = any(one.outcome is not None for one in held(file))
        return judged(places, due=concluded or decided(file))

    return found


def _step(step: SessionStep) -> Callable[[FileFacts], Found]:
    def lacks(session: Session, _: FileFacts) -> list[str]:
        return [] if step_text(session, step).strip() else [f"steps.{step.value}"]

    return _of_sessions(lacks)


def _no_record(session: Session, _: FileFacts) -> list[str]:
    empty = not any(one.text.strip() for one in session.steps)
    return ["steps.rights_told"] if empty or session.held_on is None else []


def _signers(session: Session, _: FileFacts) -> list[str]:
    present = any(one.present for one in session.attendance)
    found = [] if present else ["attendance"]
    return found + [name for name in ("mediator_ids", "recorder") if not getattr(session, name)]


def _no_scan(session: Session, facts: FileFacts) -> list[str]:
    return [] if signed_pages(facts.file, session.id) else ["attachments"]


def _of_agreement(gaps: Gaps, *, hands: bool = False) -> Callable[[FileFacts], Found]:
    """A test of the main agreement; `hands` are due only once it is frozen."""

    def found(facts: FileFacts) -> Found:
        file, agreement = facts.file, facts.file.main_agreement()
        if agreement is None:
            return judged([case_place(file, "agreements")], due=True)
        places = [Place("agreement", agreement.id, name) for name in gaps(facts, agreement)]
        return judged(places, due=not hands or frozen(agreement) or ended(file))

    return found


def _field(*names: str) -> Callable[[FileFacts], Found]:
    """One of the fields is filled."""

    def gaps(_: FileFacts, agreement: Agreement) -> list[str]:
        filled = any(str(getattr(agreement, name)).strip() for name in names)
        return [] if filled else [names[0]]

    return _of_agreement(gaps)


def _left_out(facts: FileFacts, agreement: Agreement) -> list[str]:
    sides = [one for one in facts.file.living_parties if one.role is not PartyRole.THIRD]
    whole = len(agreement.party_ids) >= 2 and all(one.id in agreement.party_ids for one in sides)
    return [] if whole else ["party_ids"]


def _told(facts: FileFacts, codes: frozenset[FindingCode]) -> list[str]:
    """Where the checker found one of these in the main agreement and nobody said why it may
    stay.
    """
    found = [one for one in facts.findings if one.code in codes and one.waived is None]
    return list(dict.fromkeys(one.place for one in found))


def _checked(codes: frozenset[FindingCode]) -> Callable[[FileFacts], Found]:
    """A test that the clauses are there and the checker has nothing of the kind to say."""

    def gaps(facts: FileFacts, agreement: Agreement) -> list[str]:
        said = any(one.text.strip() or one.payment for one in agreement.clauses)
        return _told(facts, codes) if said else ["clauses"]

    return _of_agreement(gaps)


def _undated(_: FileFacts, agreement: Agreement) -> list[str]:
    """Each duty has its day; what is done on the spot has that of the agreement."""
    if agreement.performed_on or agreement.manner_code == ON_THE_SPOT:
        return []
    lines = duties(agreement)
    if not lines:
        return [] if agreement.deadline else ["deadline"]
    if all(one.due_on for one in lines) or agreement.deadline:
        return []
    numbers = dict.fromkeys(one.clause_no - 1 for one in lines if not one.due_on)
    return [f"clauses.{number}.due_on" for number in numbers]


def _sums(_: FileFacts, agreement: Agreement) -> list[str]:
    return [
        f"clauses.{index}.payment.instalments"
        for index, one in enumerate(agreement.clauses)
        if one.payment and one.payment.instalments and remaining_fen(one.payment)
    ]


def _agreement_present(facts: FileFacts) -> Found:
    there = facts.file.main_agreement() is not None
    return judged([] if there else [case_place(facts.file, "agreements")], due=True)


def _unsigned_parties(_: FileFacts, agreement: Agreement) -> list[str]:
    return [f"sign_offs.{one}" for one in missing_hands(agreement) if one in agreement.party_ids]


def _unsigned_by(signer: Signer) -> Callable[[FileFacts], Found]:
    def gaps(_: FileFacts, agreement: Agreement) -> list[str]:
        there = any(hand.signer is signer for hand in agreement.sign_offs)
        return [] if there else [f"sign_offs.{signer.value}"]

    return _of_agreement(gaps, hands=True)


def _recorder(facts: FileFacts, agreement: Agreement) -> list[str]:
    """The recorder's hand; a mediator who kept the record has signed already."""
    if any(hand.signer is Signer.RECORDER for hand in agreement.sign_offs):
        return []
    known = facts.file.mediators
    hands = {one.mediator_id for one in agreement.sign_offs if one.signer is Signer.MEDIATOR}
    names = {known[one].name for one in hands if one is not None and one in known}
    return [] if agreement.recorder in names else ["sign_offs.recorder"]


def _copies(_: FileFacts, agreement: Agreement) -> list[str]:
    hands = [f"sign_offs.{one}" for one in missing_hands(agreement)]
    return hands + ([] if agreement.copies else ["copies"])


def _no_agreement_scan(facts: FileFacts, agreement: Agreement) -> list[str]:
    """A scan of this text: one whose mark names another does not count."""
    for one in facts.file.living(Attachment):
        own = one.kind is AttachmentKind.SIGNED_PAGE and one.subject_id == agreement.id
        if own and one.content_hash in ("", agreement.content_hash):
            return []
    return ["attachments"]


def _performance_shown(facts: FileFacts) -> Found:
    """Each duty whose day is past was done and shown, or its breach was found and urged."""
    file, agreement = facts.file, facts.file.main_agreement()
    if agreement is None:
        return Verdict.PASSED, ()
    done = [one for one in file.living(Performance) if one.agreement_id == agreement.id]
    effective = effective_on(agreement)
    if effective and agreement.performed_on and agreement.performed_on <= effective:
        return Verdict.PASSED, ()  # on the spot: the paper that all have signed shows it
    if agreement.performed_on and (done or _receipts(file)):
        return Verdict.PASSED, ()
    urged = [
        one.visited_on
        for one in file.follow_ups
        if not one.void_reason and one.visited_on and one.performance == NOT_PERFORMED
    ]
    places = [
        Place("agreement", agreement.id, f"duties.{one.duty.key}")
        for one in progress(agreement, done, facts.today)
        if one.state is DutyState.OVERDUE
        and not any(one.duty.due_on and day >= one.duty.due_on for day in urged)
    ]
    return judged(places, due=True)


def _receipts(file: CaseFile) -> bool:
    return any(one.kind is AttachmentKind.RECEIPT for one in file.living(Attachment))


def visited(file: CaseFile) -> bool:
    return any(one.visited_on and not one.void_reason for one in file.follow_ups)


def _visit_made(facts: FileFacts) -> Found:
    places = [] if visited(facts.file) else [case_place(facts.file, "follow_ups")]
    late = any(one.overdue for one in facts.visits)
    return judged(places, due=late or closed(facts.file))


def _visit_in_time(facts: FileFacts) -> Found:
    """A visit that was late, or whose day is over, stays late: nothing is dated back."""
    late = [one for one in facts.visits if one.overdue or (one.done_on and one.done_on > one.on)]
    if late:
        field = f"visits.{late[0].on.isoformat()}"
        return Verdict.LOST, (case_place(facts.file, field),)
    return judged(
        [] if visited(facts.file) else [case_place(facts.file, "follow_ups")],
        due=closed(facts.file),
    )


def _visit_recorded(facts: FileFacts) -> Found:
    if not visited(facts.file):
        return _visit_made(facts)
    places = [
        Place("follow_up", one.id, name)
        for one in facts.file.follow_ups
        if not one.void_reason
        for name in ("performance", "satisfaction")
        if not getattr(one, name)
    ]
    return judged(places, due=True)


MIDDLE: dict[str, Callable[[FileFacts], Found]] = {
    "record_present": _of_sessions(_no_record),
    "record_rights_told": _step(SessionStep.RIGHTS_TOLD),
    "record_manner_told": _step(SessionStep.MANNER_TOLD),
    "record_accounts": _step(SessionStep.ACCOUNTS),
    "record_facts_checked": _step(SessionStep.FACTS_CHECKED),
    "record_risks_told": _step(SessionStep.RISKS_TOLD),
    "record_result": _step(SessionStep.RESULT),
    "record_read_back": _step(SessionStep.SIGNED),
    "record_signers_complete": _of_sessions(_signers),
    "record_each_page_signed": _of_sessions(_no_scan),
    "agreement_present": _agreement_present,
    "agreement_parties_complete": _of_agreement(_left_out),
    "agreement_facts": _field("facts"),
    "agreement_responsibility": _field("responsibility"),
    "agreement_clauses_clear": _checked(_UNCLEAR),
    "agreement_lawful": _checked(_UNLAWFUL),
    "agreement_manner": _field("manner", "manner_code"),
    "agreement_dates": _of_agreement(_undated),
    "agreement_place": _field("place"),
    "agreement_amount_both_ways": _checked(_CAPITALS),
    "agreement_sums_agree": _of_agreement(_sums),
    "agreement_number": _of_agreement(lambda _, one: [] if one.number else ["number"], hands=True),
    "parties_signed": _of_agreement(_unsigned_parties, hands=True),
    "mediator_signed": _unsigned_by(Signer.MEDIATOR),
    "recorder_signed": _of_agreement(_recorder, hands=True),
    "committee_sealed": _unsigned_by(Signer.COMMITTEE),
    "every_copy_complete": _of_agreement(_copies, hands=True),
    "signed_scan_kept": _of_agreement(_no_agreement_scan, hands=True),
    "performance_shown": _performance_shown,
    "visit_made": _visit_made,
    "visit_in_time": _visit_in_time,
    "visit_recorded": _visit_recorded,
}
