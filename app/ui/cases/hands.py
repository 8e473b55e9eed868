"""Every place on the paper of an agreement where a hand belongs, and what stands there. No widget.

It says what was signed on paper; a signature is never made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.agreements import Agreement, Signer, SignMethod, SignOff
from app.domain.ids import RecordId
from app.domain.parties import Party, guardians, party_capacity
from app.domain.people import Capacity
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import STAND_IN_NAMES, name_of

if TYPE_CHECKING:
    from app.ui.cases.view import CaseView

METHODS = (SignMethod.SIGNATURE, SignMethod.SEAL, SignMethod.FINGERPRINT)


@dataclass(frozen=True)
class Hand:
    """One line.

    A place on the paper, and what stands there. `stand_ins` are people who may sign for the party.
    """

    signer: Signer
    name: str
    party_id: RecordId | None = None
    mediator_id: RecordId | None = None
    methods: frozenset[SignMethod] = frozenset()
    on: date | None = None
    by: RecordId | None = None
    stand_ins: Mapping[RecordId, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.signer}:{self.party_id or self.mediator_id or ''}"

    def sign_off(self) -> SignOff | None:
        """The hand as the record holds it; None while nothing was put to paper."""
        if not self.methods or self.on is None:
            return None
        return SignOff(
            signer=self.signer,
            methods=tuple(one for one in METHODS if one in self.methods),
            on=self.on,
            party_id=self.party_id,
            mediator_id=self.mediator_id,
            by_person_id=self.by,
        )


def hands_of(desk: Desk, view: CaseView, agreement: Agreement) -> tuple[Hand, ...]:
    """Every place on the paper, with what was signed already."""
    signed = {(one.signer, one.party_id, one.mediator_id): one for one in agreement.sign_offs}

    def filled(hand: Hand) -> Hand:
        there = signed.get((hand.signer, hand.party_id, hand.mediator_id))
        if there is None:
            return hand
        methods = frozenset(there.methods)
        return replace(hand, methods=methods, on=there.on, by=there.by_person_id)

    parties = [view.file.party(one) for one in agreement.party_ids]
    hands = [_hand_of(desk, view, one) for one in parties if one is not None]
    mediators = {**view.file.mediators, **view.mediators}
    for one in agreement.mediator_ids:
        name = mediators[one].name if one in mediators else ""
        hands.append(Hand(Signer.MEDIATOR, name, mediator_id=one))
    if agreement.recorder:
        hands.append(Hand(Signer.RECORDER, agreement.recorder))
    committee = view.file.committee.name if view.file.committee else ""
    hands.append(Hand(Signer.COMMITTEE, committee))
    return tuple(filled(one) for one in hands)


def _hand_of(desk: Desk, view: CaseView, party: Party) -> Hand:
    """A party's place.

    Who cannot sign alone is offered with the guardian (Civil Code art. 19-23).
    """
    people = view.file.people
    stand_ins = {}
    for one in party.representations:
        name = people[one.person_id].name if one.person_id in people else ""
        kind = name_of(STAND_IN_NAMES, one.kind, desk.language)
        stand_ins[one.person_id] = f"{name}（{kind}）"
    capable = party_capacity(party, people, view.today) is Capacity.FULL
    guardian = None if capable else next((one.person_id for one in guardians(party)), None)
    name = view.file.name_of(party)
    return Hand(Signer.PARTY, name, party_id=party.id, by=guardian, stand_ins=stand_ins)


def restored(hand: Hand, kept: Any) -> Hand:
    """The hand as a draft kept it."""
    if not isinstance(kept, dict):
        return hand
    methods = frozenset(SignMethod(one) for one in kept.get("methods", ()))
    on = date.fromisoformat(kept["on"]) if kept.get("on") else None
    by = RecordId(kept["by"]) if kept.get("by") else None
    return replace(hand, methods=methods, on=on, by=by)


def may_put(hand: Hand, method: SignMethod) -> bool:
    """The committee only seals."""
    return hand.signer is not Signer.COMMITTEE or method is SignMethod.SEAL
