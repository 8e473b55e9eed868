"""How far a case is, as its review sees it: what is due by now and which tests fit the case at all.

What is not due yet is never lacking. Never moves a case.
"""

from __future__ import annotations

import re
from datetime import date

from app.domain.agreements import Agreement, AgreementForm, AgreementState, total_fen
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.duties import duties
from app.domain.evidence import Evidence
from app.domain.investigations import Investigation
from app.domain.parties import StandIn
from app.domain.review_sheet import FileFacts, Place, Verdict
from app.domain.sessions import Session, SessionOutcome

Found = tuple[Verdict, tuple[Place, ...]]
SIMPLE, SUCCESS = "SIMPLE", "SUCCESS"  # codes of ``difficulty`` and ``mediation_result``
_NOT_BEGUN = frozenset({Stage.LEAD, Stage.NOT_ACCEPTED})
_ENDED = frozenset(
    {
        Stage.CLOSED,
        Stage.FILED,
        Stage.WITHDRAWN,
        Stage.TERMINATED,
        Stage.TRANSFERRED_OUT,
        Stage.MERGED_DUPLICATE,
    }
)
_AGREED = (SessionOutcome.AGREED, SessionOutcome.PARTLY_AGREED)
_AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d{1,2})?)\s*(万?)\s*元")


def case_place(file: CaseFile, field: str) -> Place:
    return Place("case", file.case.id, field)


def judged(places: list[Place], *, due: bool) -> Found:
    """PASSED without places; else LACKING, or LATER while it is not due."""
    if not places:
        return Verdict.PASSED, ()
    return (Verdict.LACKING if due else Verdict.LATER), tuple(places)


def accepted(file: CaseFile) -> bool:
    return file.case.stage not in _NOT_BEGUN


def closed(file: CaseFile) -> bool:
    return file.case.stage in (Stage.CLOSED, Stage.FILED)


def ended(file: CaseFile) -> bool:
    """Whether no more is mediated: closed, or left by a side exit."""
    return file.case.closing is not None or file.case.stage in _ENDED


def frozen(agreement: Agreement | None) -> bool:
    return agreement is not None and agreement.state in (
        AgreementState.FINAL,
        AgreementState.EFFECTIVE,
    )


def settled(file: CaseFile) -> bool:
    """Whether something was agreed, on paper or in a session."""
    result = file.case.closing.result if file.case.closing else ""
    spoken = any(one.outcome in _AGREED for one in file.living_sessions)
    return bool(file.living_agreements) or spoken or result == SUCCESS


def decided(file: CaseFile) -> bool:
    """Whether the mediation has come to its result, so that its record must be whole."""
    return ended(file) or frozen(file.main_agreement())


def first_session(file: CaseFile) -> date | None:
    return min((one.held_on for one in file.living_sessions if one.held_on), default=None)


def held(file: CaseFile) -> tuple[Session, ...]:
    """Sessions that took place."""
    return tuple(one for one in file.living_sessions if one.held_on or one.outcome)


def has_evidence(file: CaseFile) -> bool:
    pictures = (AttachmentKind.EVIDENCE, AttachmentKind.PHOTO)
    return bool(file.living(Evidence)) or any(
        one.kind in pictures for one in file.living(Attachment)
    )


def past_due(agreement: Agreement, today: date) -> bool:
    return any(one.due_on and one.due_on < today for one in duties(agreement))


def amounts_in(text: str) -> set[int]:
    """The sums in figures that a text names, in fen."""
    found = set()
    for digits, ten_thousand in _AMOUNT.findall(text):
        yuan, _, cents = re.sub("[,，]", "", digits).partition(".")
        fen = int(yuan) * 100 + int(cents.ljust(2, "0") or 0)
        found.add(fen * 10_000 if ten_thousand else fen)
    return found


def _promises_money(agreement: Agreement) -> bool:
    named = any(amounts_in(one.text) for one in agreement.clauses)
    return named or total_fen(agreement) > 0


def review_applies(facts: FileFacts, name: str) -> bool | None:
    """Whether tests marked `name` in the sheet fit the file; None while nobody can know yet.

    A name that is not known here fits every file.
    """
    file, agreement = facts.file, facts.file.main_agreement()
    open_still = None if not ended(file) else False
    if name in ("settled", "written", "money", "due") and agreement is None:
        return True if name == "settled" and settled(file) else open_still
    if name in ("represented", "organisation"):
        return _parties(file, name)
    if name == "not_simple":
        return file.case.difficulty != SIMPLE
    if name == "has_evidence":
        return True if file.living(Evidence) else None if not decided(file) else False
    if name == "has_investigation":
        return True if file.living(Investigation) else None if not decided(file) else False
    if agreement is None:
        return True
    if name == "written":
        return agreement.form is AgreementForm.WRITTEN
    if name == "money":
        return _promises_money(agreement) or (None if not frozen(agreement) else False)
    return _due(facts, agreement) if name == "due" else True


def _due(facts: FileFacts, agreement: Agreement) -> bool | None:
    if past_due(agreement, facts.today):
        return True
    still_to_come = any(one.due_on for one in duties(agreement)) and not agreement.performed_on
    return None if still_to_come and not ended(facts.file) else False


def _parties(file: CaseFile, name: str) -> bool:
    if name == "organisation":
        return any(party.organisation_id for party in file.living_parties)
    kinds = {one.kind for party in file.living_parties for one in party.representations}
    return StandIn.AGENT in kinds
