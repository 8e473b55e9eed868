"""The joint application for judicial confirmation (司法确认) and what the court did with it (PML
art. 33, CPL art. 205-206).

All parties apply together within 30 days of the effective date. Never offered for status matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem
from app.domain.text import LINE_LIMIT, check_text


class ConfirmationOutcome(StrEnum):
    """How the court ended it."""

    VALID = "valid"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAddress:
    """Where a party takes the court's letters (SPC interpretation 2011 no. 5 art. 3)."""

    party_id: RecordId
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """One application about one agreement; dates are local."""

    id: RecordId
    case_id: RecordId
    agreement_id: RecordId
    court: str = ""
    applied_on: date | None = None
    addresses: tuple[ServiceAddress, ...] = ()
    property_proof: str = ""
    case_no: str = ""
    accepted_on: date | None = None
    decided_on: date | None = None
    outcome: ConfirmationOutcome | None = None
    reason: str = ""
    void_reason: str = ""


def check_confirmation(one: Confirmation, today: date) -> list[Problem]:
    """What keeps an application from being stored. Gaps are allowed and shown."""
    problems: list[Problem] = []
    for name in ("applied_on", "accepted_on", "decided_on"):
        problems += check_past(getattr(one, name), today, name)
    for name in ("court", "case_no", "property_proof"):
        problems += check_text(getattr(one, name), name, limit=LINE_LIMIT)
    problems += check_text(one.reason, "reason", limit=2000)
    for index, place in enumerate(one.addresses):
        problems += check_text(place.address, f"addresses.{index}.address", limit=LINE_LIMIT)
        problems += check_text(place.phone, f"addresses.{index}.phone", limit=LINE_LIMIT)
    return problems
