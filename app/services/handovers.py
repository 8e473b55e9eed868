"""Who has a case, and giving it to somebody else: a mediator hands over the own case, a supervisor
assigns one anew.

Never changes the case itself: the new mediator finds it as it was, with everything in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.dates import check_past
from app.domain.handovers import Handover, check_handover
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, demand, refuse
from app.services.ports import UnitOfWork

SUPERVISING = frozenset({"supervisor", "administrator"})
_COMMITTEE_SETTING = "county.committee_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A laptop that can be given a case: whose it is. `mediator_id` "" where the county did not
    say.
    """

    device: str
    name: str
    mediator_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who has a case now. `here`: this laptop; `name` is "" where nobody knows. `may_hand_over`:
    whether who is at the keyboard may give it away. `own_committee`: whoever has it is of the
    committee of who is at the keyboard. `handovers` from the first to the last.
    """

    device: str
    name: str
    here: bool
    may_hand_over: bool
    handovers: tuple[Handover, ...] = ()
    own_committee: bool = False


def assignment(uow: UnitOfWork, case_id: RecordId) -> Assignment:
    """Raises `Refused` RECORD_NOT_FOUND."""
    uow.records.get(Case, case_id)
    device = uow.records.assignee(case_id) or ""
    here = not uow.records.is_foreign(case_id)
    card = uow.journal.card(device)
    known = here or uow.actor.role in SUPERVISING
    return Assignment(
        device=device,
        name=uow.actor.name if here else card.person if card else "",
        here=here,
        may_hand_over=known and bool(uow.settings.get("county.key")),
        handovers=uow.records.of_case(Handover, case_id),
        own_committee=_committee(uow, case_id, device)
        == (uow.settings.get(_COMMITTEE_SETTING) or None),
    )


def colleagues(uow: UnitOfWork, case_id: RecordId | None = None) -> tuple[Colleague, ...]:
    """The laptops of the committee, by name: of the case's committee without the one that has it,
    or of the own committee; never one of the person's who is at this keyboard, where the own cases
    are at home anyway. Only those that the county has told of.
    """
    device = uow.records.assignee(case_id) if case_id else uow.settings.get("device.id")
    committee = _committee(uow, case_id, device)
    found = [
        Colleague(device=one.device, name=one.person, mediator_id=one.mediator_id)
        for one in uow.journal.cards()
        if one.role == "mediator" and not one.revoked and one.device != device
        if not uow.records.is_own(one.device)
        if committee and one.committee_id == committee
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.device)))


def hand_over(
    uow: UnitOfWork, case_id: RecordId, to: Colleague, reason: str, on: date | None = None
) -> Handover:
    """Gives the case to `to`, a laptop that `colleagues` names for it, on local date `on` (today
    without one). From then on it can only be read here.

    Raises `Refused`: NOT_YOURS (somebody else's case, and no supervisor), NOT_ENROLLED, EMPTY (at
    ``reason``), TOO_LONG, DATE_IN_FUTURE, ALREADY_THERE (it has the case), NOTHING_CHOSEN (no
    laptop of the committee), RECORD_NOT_FOUND.
    """
    now = assignment(uow, case_id)
    if not uow.settings.get("county.key"):
        raise refuse(ProblemCode.NOT_ENROLLED)
    if not now.may_hand_over:
        raise refuse(ProblemCode.NOT_YOURS)
    handover = Handover(
        id=new_id(),
        case_id=case_id,
        from_device=now.device,
        to_device=to.device,
        from_name=now.name,
        to_mediator_id=RecordId(to.mediator_id) if to.mediator_id else None,
        to_name=to.name,
        by_name=uow.actor.name,
        reason=reason.strip(),
        on=on or uow.today(),
    )
    demand(check_handover(handover) + check_past(handover.on, uow.today(), "on"))
    if to.device not in {one.device for one in colleagues(uow, case_id)}:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "to_device")
    uow.records.put(handover)
    uow.commit(Act.CASE_HANDED_OVER, case_id)
    return handover


def _committee(uow: UnitOfWork, case_id: RecordId | None, device: str | None) -> str:
    """The county's id of the committee that is asked about; a village that worked before it was
    enrolled knows its own by another.
    """
    card = uow.journal.card(device) if device else None
    if card and card.committee_id:
        return card.committee_id
    if case_id and uow.records.is_foreign(case_id):
        return uow.records.get(Case, case_id).committee_id
    return uow.settings.get(_COMMITTEE_SETTING) or ""
