"""Is this sealed paper the one in the records? Whom to trust, and what the store knows of a paper.

Reads only. Never needs the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreements import Agreement, AgreementState
from app.domain.ids import RecordId
from app.domain.numbering import IssuedNumber
from app.services.paper_findings import (
    PaperClaims,
    PaperFinding,
    PaperTrust,
    PaperVerdict,
    reason_of,
)
from app.services.ports import PaperKey, UnitOfWork

_OTHERWISE = frozenset({PaperVerdict.CHANGED, PaperVerdict.NOT_SIGNED, PaperVerdict.NOT_A_PDF})


class RecordMatch(StrEnum):
    """How a paper and the records of this store go together.

    NOT_ASKED: the file tells nothing that could be believed. NOT_HERE: no record with its hash or
    number. SAME: the newest text under its number. OLDER: the record was frozen again since.
    SPOILED: the record is a draft again, this print was spoiled. VOID: the agreement was given up.
    OTHER_TEXT: the number belongs to another text, or the text to another number.
    """

    NOT_ASKED = "not_asked"
    NOT_HERE = "not_here"
    SAME = "same"
    OLDER = "older"
    SPOILED = "spoiled"
    VOID = "void"
    OTHER_TEXT = "other_text"


@dataclass(frozen=True, slots=True)
class PaperReport:
    """A finding together with what the records say. `agreement_id` and `case_id` are of the record
    that the paper speaks of; `newest_version` is that record's own (None without one).
    """

    finding: PaperFinding
    match: RecordMatch
    agreement_id: RecordId | None = None
    case_id: RecordId | None = None
    newest_version: int | None = None


def reason_for(agreement: Agreement) -> str:
    """What a sealed print of this agreement says of itself (`PaperSigner.sign`)."""
    return reason_of(agreement.number, agreement.version, agreement.content_hash)


def paper_trust(uow: UnitOfWork, device_id: str, key: PaperKey | None) -> PaperTrust:
    """Whose seals this store believes: its county's, and this device's own (`key`)."""
    settings = uow.settings
    county_ca = settings.get("county.ca")
    return PaperTrust(
        county_cas=(county_ca,) if county_ca else (),
        own_key=key.public_key if key else "",
        own_device=device_id,
        own_certificate=settings.get("paper.certificate") or "",
        revoked=uow.journal.revoked_devices(),
    )


def check_against_records(uow: UnitOfWork, finding: PaperFinding) -> PaperReport:
    """What the store knows of the paper that the finding is about."""
    claims = finding.claims
    if claims is None or finding.verdict in _OTHERWISE:
        return PaperReport(finding, RecordMatch.NOT_ASKED)
    found = _spoken_of(uow, claims)
    if found is None:
        return PaperReport(finding, RecordMatch.NOT_HERE)
    return PaperReport(finding, _match(found, claims), found.id, found.case_id, found.version)


def _spoken_of(uow: UnitOfWork, claims: PaperClaims) -> Agreement | None:
    """The agreement with this very text; else the one under its number."""
    issued = [
        one.agreement_id for one in uow.records.all(IssuedNumber) if one.text == claims.number
    ]
    under = [uow.records.find(Agreement, one) for one in issued if one]
    known = [one for one in under if one is not None]
    # Cases that were taken in from a file have numbers that no register gave.
    same = known or [one for one in uow.records.all(Agreement) if _may_be(one, claims)]
    return next((one for one in same if one.content_hash == claims.content_hash), None) or next(
        iter(same), None
    )


def _may_be(record: Agreement, claims: PaperClaims) -> bool:
    return claims.number == record.number or claims.content_hash == record.content_hash


def _match(record: Agreement, claims: PaperClaims) -> RecordMatch:
    if record.number != claims.number:
        return RecordMatch.OTHER_TEXT
    if record.content_hash == claims.content_hash:
        if record.version != claims.version:
            return RecordMatch.OTHER_TEXT
        return RecordMatch.VOID if record.state is AgreementState.VOID else RecordMatch.SAME
    if record.state is AgreementState.VOID:
        return RecordMatch.VOID
    if record.state is AgreementState.DRAFT and claims.version <= record.version:
        return RecordMatch.SPOILED
    return RecordMatch.OLDER if claims.version < record.version else RecordMatch.OTHER_TEXT
