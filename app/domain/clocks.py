"""The dates that matter on a case, counted from rules that the county may change (pack file
``clocks.json``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile


class ClockKind(StrEnum):
    """What runs out."""

    MEDIATION = "mediation"  # Decree 75 art. 33: normally within one month
    CONFIRMATION = "confirmation"  # PML art. 33: joint application within 30 days of effect
    PAYMENT = "payment"
    FIRST_VISIT = "first_visit"


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Days of each clock; the values are law or county practice, as the pack marks them."""

    mediation_days: int = 30
    mediation_warn_days: int = 20
    confirmation_days: int = 30
    first_visit_days: int = 15


class Urgency(StrEnum):
    """How near the end is."""

    CALM = "calm"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock on one case: the last local date, and how many days are left (negative when
    over).
    """

    kind: ClockKind
    due_on: date
    days_left: int
    urgency: Urgency


def readings(file: CaseFile, rules: ClockRules, today: date) -> tuple[Reading, ...]:
    """All clocks that run on the case, nearest first. `today` is the local date as far as it is
    known.
    """
    # Late: whoever starts a program needs the rules' numbers long before the first case is read.
    from app.domain.agreements import AgreementForm, effective_on
    from app.domain.cases import OPEN_STAGES, Stage

    found: list[Reading] = []
    case, agreement = file.case, file.main_agreement()
    effective = effective_on(agreement) if agreement else None
    if (
        case.accepted_on
        and case.stage in OPEN_STAGES
        and effective is None
        and case.stage not in (Stage.TERMINATED, Stage.WITHDRAWN, Stage.TRANSFERRED_OUT)
    ):
        soon = rules.mediation_days - rules.mediation_warn_days
        found.append(
            _read(
                ClockKind.MEDIATION,
                case.accepted_on + timedelta(days=rules.mediation_days),
                today,
                soon,
            )
        )
    if (
        agreement
        and effective
        and agreement.form is AgreementForm.WRITTEN
        and today <= effective + timedelta(days=rules.confirmation_days)
    ):
        found.append(
            _read(
                ClockKind.CONFIRMATION,
                effective + timedelta(days=rules.confirmation_days),
                today,
                10,
            )
        )
    if agreement and effective and agreement.performed_on is None:
        for clause in agreement.clauses:
            if clause.payment:
                dates = [part.due_on for part in clause.payment.instalments] or [
                    clause.payment.due_on
                ]
                found += [_read(ClockKind.PAYMENT, day, today, 3) for day in dates if day]
    if effective and not any(not visit.void_reason for visit in file.follow_ups):
        found.append(
            _read(
                ClockKind.FIRST_VISIT, effective + timedelta(days=rules.first_visit_days), today, 5
            )
        )
    return tuple(sorted(found, key=lambda one: one.due_on))


def _read(kind: ClockKind, due_on: date, today: date, soon_days: int) -> Reading:
    left = (due_on - today).days
    urgency = Urgency.OVER if left < 0 else Urgency.SOON if left <= soon_days else Urgency.CALM
    return Reading(kind, due_on, left, urgency)
