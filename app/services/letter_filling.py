"""What a new letter can say already: date, parties, mediators, reason, addressee, dates to come.

Pure. Takes words and codes from the case and the pack, and never makes up any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.domain.agreements import AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.ids import RecordId, new_id
from app.domain.letters import Delivery, Letter, LetterKind
from app.domain.parties import PartyRole
from app.domain.sessions import SessionOutcome
from app.services.pack_texts import pack_lines
from app.services.ports import Practice

_Fill = Callable[[CaseFile, Letter, Practice, date], Letter]
# Why a case left its path, in the codes of the domain -> in those of the packs' letters.
_ENDS = {
    SessionOutcome.FAILED.value: "NO_AGREEMENT",
    SessionOutcome.WITHDRAWN.value: "WITHDRAWN",
}
_STAGE_ENDS = {
    Stage.WITHDRAWN: "WITHDRAWN",
    Stage.TRANSFERRED_OUT: "TRANSFERRED",
}


def filled_letter(file: CaseFile, kind: LetterKind, practice: Practice, today: date) -> Letter:
    """The letter of local date `today` with all that the case knows."""
    letter = Letter(
        id=new_id(),
        case_id=file.case.id,
        kind=kind,
        made_on=today,
        party_ids=tuple(party.id for party in file.living_parties),
        mediator_ids=file.case.mediator_ids,
    )
    fill = _FILLS.get(kind)
    return fill(file, letter, practice, today) if fill else letter


def _meeting(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    last = file.living_sessions[-1] if file.living_sessions else None
    day = last.next_on if last and last.next_on and last.next_on >= today else None
    committee = file.committee.address if file.committee else ""
    return replace(letter, meeting_on=day, place=last.place if last else committee)


def _not_accepted(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    """For those who asked; the reason is what acceptance found."""
    case = file.case
    code = case.scope or ("PARTY_REFUSES" if case.refusal else case.exit_reason)
    letter = replace(letter, party_ids=_applicants(file) or letter.party_ids)
    return _with_reason(letter, practice, code)


def _ended(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    return _with_reason(letter, practice, _end(file))


def _end(file: CaseFile) -> str:
    """Why mediation ended, as a code or in the words that were written."""
    case = file.case
    if case.closing and case.closing.reason:
        return case.closing.reason
    if case.refusal:
        return "PARTY_REFUSED"
    return _ENDS.get(case.exit_reason, case.exit_reason) or _STAGE_ENDS.get(case.stage, "")


def _suspended(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    reason = file.case.exit_reason if file.case.stage is Stage.SUSPENDED else ""
    return _with_reason(letter, practice, reason)


def _extended(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    """The end of the period after the usual extension; both are the pack's clocks."""
    accepted = file.case.accepted_on
    if accepted is None:
        return letter
    days = practice.clocks.mediation_days + _clock_days(practice, "mediation_extension")
    until = accepted + timedelta(days=days)
    return replace(letter, until=until if until > today else None)


def _recusal(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    """A form for one party about the mediator who leads."""
    return replace(letter, party_ids=letter.party_ids[:1], mediator_ids=letter.mediator_ids[:1])


def _transfer(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    """To whom it goes follows from why it is no matter for mediation, where that is known."""
    case = file.case
    code = _addressee(practice, case.scope)
    name = _label(practice, "transfer_addressees", "addressees", code)
    letter = replace(letter, addressee_code=code if name else "", addressee=name)
    reason = "OUT_OF_SCOPE" if case.scope else _end(file)
    return _with_reason(letter, practice, reason)


def _to_court(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    agreement = file.main_agreement()
    agreed = agreement is not None and agreement.state is AgreementState.EFFECTIVE
    court = file.case.source_detail if file.case.source == "REFERRED_COURT" else ""
    letter = replace(letter, addressee=court)
    return _with_reason(letter, practice, "AGREED" if agreed else _end(file))


def _receipt(file: CaseFile, letter: Letter, practice: Practice, today: date) -> Letter:
    """One line for each party; about the newest letter, else about the agreement."""
    served = [one for one in file.living(Letter) if one.kind is not LetterKind.SERVICE_RECEIPT]
    agreement = file.main_agreement()
    subject: RecordId | None = agreement.id if agreement else None
    parties = letter.party_ids
    if served:
        subject, parties = served[-1].id, served[-1].party_ids or parties
    names = file.names()
    lines = tuple(Delivery(recipient=names[one]) for one in parties if names.get(one))
    return replace(letter, subject_id=subject, party_ids=parties, deliveries=lines)


_FILLS: Mapping[LetterKind, _Fill] = {
    LetterKind.MEDIATION_NOTICE: _meeting,
    LetterKind.RESUMPTION_NOTICE: _meeting,
    LetterKind.NON_ACCEPTANCE_NOTICE: _not_accepted,
    LetterKind.TERMINATION_NOTICE: _ended,
    LetterKind.SUSPENSION_NOTICE: _suspended,
    LetterKind.EXTENSION_CONSENT: _extended,
    LetterKind.RECUSAL_APPLICATION: _recusal,
    LetterKind.TRANSFER_LETTER: _transfer,
    LetterKind.COURT_REPLY: _to_court,
    LetterKind.SERVICE_RECEIPT: _receipt,
}


def _applicants(file: CaseFile) -> tuple[RecordId, ...]:
    return tuple(one.id for one in file.living_parties if one.role is PartyRole.APPLICANT)


def _with_reason(letter: Letter, practice: Practice, reason: str) -> Letter:
    """The reason as a code of the pack with its words; words that are no code stand as they are."""
    for one in pack_lines(practice, "letters", "letters"):
        if one.get("kind") != letter.kind.value:
            continue
        reasons = one.get("reasons")
        for line in reasons if isinstance(reasons, list) else ():
            if reason and reason in (line.get("code"), line.get("scope")):
                words = str(line.get("zh", ""))
                return replace(letter, reason_code=str(line["code"]), reason=words)
    is_code = reason.isascii() and reason.replace("_", "").isalnum() and reason.isupper()
    return letter if is_code else replace(letter, reason=reason)


def _addressee(practice: Practice, scope: str) -> str:
    """Where the pack sends matters of a scope that must not be mediated; the first of several."""
    for one in pack_lines(practice, "not_to_mediate", "matters"):
        where = one.get("where")
        if scope and one.get("scope") == scope and isinstance(where, list) and where:
            return str(where[0])
    return ""


def _label(practice: Practice, text: str, name: str, code: str) -> str:
    found = (one for one in pack_lines(practice, text, name) if code and one.get("code") == code)
    return next((str(one.get("zh", "")) for one in found), "")


def _clock_days(practice: Practice, clock: str) -> int:
    for one in pack_lines(practice, "clocks", "clocks"):
        value = one.get("value")
        if one.get("id") == clock and one.get("unit") == "days" and isinstance(value, int):
            return value
    return 0
