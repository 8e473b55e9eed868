"""A case as a case document, in the shape that import reads.

What was voided or given up stays in the history and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, time
from enum import Enum
from typing import Any

from app.domain.agreements import Agreement, AgreementState, Clause, Payment
from app.domain.casefile import CaseFile
from app.domain.cases import MOVES, Case, Stage
from app.domain.confirmations import Confirmation
from app.domain.duties import duties
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.parties import Party, default_side
from app.domain.people import Organisation, Person
from app.domain.performances import Performance
from app.domain.sessions import Session
from app.services.sessions import STAGE_AFTER
from app.wire.case_document import FORMAT, yuan_text

_HEAD = (
    "title",
    "matter",
    "dispute_type",
    "dispute_tags",
    "reported_on",
    "occurred_on",
    "occurred_place",
    "source",
    "source_detail",
    "facts",
    "requests",
    "difficulty",
    "risk_reason",
    "special_groups",
    "prevented_harms",
    "scope",
    "scope_reason",
    "accepted_on",
    "registrar",
    "applied_on",
    "applied_orally",
    "subsidy_class",
    "fee_taken",
    "exit_reason",
    "retention",
    "file_no",
    "filed_on",
)

_OF_CASE = ("id", "case_id", "ordinal", "void_reason")


def export_case(file: CaseFile) -> dict[str, Any]:
    """A file of cases (``heshi-cases/1``) with this one case in it.

    Plain JSON values, empty ones left out.
    """
    return {"format": FORMAT, "cases": [_Writer(file).case()]}


def _plain(value: Any) -> Any:
    """A JSON value: dates and enums as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _kept(**values: Any) -> dict[str, Any]:
    """The values that say something: nothing empty, and no tick that is not set."""
    return {
        name: _plain(value)
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", (), [], {})
    }


class _Writer:
    """Writes one case; `ref` names are p1, p2 ... for people and o1, o2 ... for organisations."""

    def __init__(self, file: CaseFile) -> None:
        self._file = file
        self._parties = file.living_parties
        people = [party.person_id for party in self._parties if party.person_id]
        people += [one.person_id for party in self._parties for one in party.representations]
        people += [one.person_id for one in file.living(Investigation) if one.person_id]
        units = [party.organisation_id for party in self._parties if party.organisation_id]
        self._people = _refs(people, "p")
        self._units = _refs(units, "o")

    def case(self) -> dict[str, Any]:
        file, case = self._file, self._file.case
        head = {name: getattr(case, name) for name in _HEAD}
        amount = case.amount_claimed
        return _kept(
            external_id=case.id,
            committee=self._committee(),
            mediators=self._mediators(case.mediator_ids),
            people=self._everybody(self._people, file.people),
            organisations=self._everybody(self._units, file.organisations),
            **head,
            amount_claimed_yuan=None if amount is None else yuan_text(amount),
            risk_grade=case.risk_grade,
            stage=self._stage(),
            parties=[self._party(party) for party in self._parties],
            rights_notice=self._notice(),
            sessions=[self._session(one) for one in file.living_sessions],
            agreements=[self._agreement(one) for one in file.living_agreements],
            follow_ups=self._visits(),
            **self._beside(),
            file_note=self._fields(case.file_note) if case.file_note else None,
            refusal=self._refusal(),
            closing=self._fields(case.closing) if case.closing else None,
            sources=case.source_note.split("\n") if case.source_note else (),
        )

    def _committee(self) -> dict[str, Any] | None:
        committee = self._file.committee
        return self._fields(committee, "id") if committee else None

    def _fields(self, record: Any, *without: str) -> dict[str, Any]:
        values = {one.name: getattr(record, one.name) for one in fields(record)}
        return _kept(**{name: value for name, value in values.items() if name not in without})

    def _everybody(
        self, refs: dict[RecordId, str], known: Mapping[RecordId, Person | Organisation]
    ) -> list[dict[str, Any]]:
        found = [(ref, known[one]) for one, ref in refs.items() if one in known]
        written = [{"ref": ref, **self._fields(record, "id")} for ref, record in found]
        for one in written:
            if one.get("sex") == "0":
                del one["sex"]
        return written

    def _mediators(self, ids: tuple[RecordId, ...]) -> list[str]:
        known = self._file.mediators
        return [known[one].name for one in ids if one in known]

    def _mediator(self, mediator_id: RecordId | None) -> str:
        known = self._file.mediators.get(mediator_id) if mediator_id else None
        return known.name if known else ""

    def _ref(self, party_id: RecordId | None) -> str | None:
        party = self._file.party(party_id)
        if party is None:
            return None
        if party.person_id:
            return self._people.get(party.person_id)
        return self._units.get(party.organisation_id) if party.organisation_id else None

    def _all_refs(self, ids: tuple[RecordId, ...]) -> list[str] | None:
        """Refs of some parties; None where it is all of them, in order."""
        if ids == tuple(party.id for party in self._parties):
            return None
        return [ref for one in ids if (ref := self._ref(one))]

    def _party(self, party: Party) -> dict[str, Any]:
        acting = [
            _kept(ref=self._people.get(one.person_id), **self._fields(one, "person_id"))
            for one in party.representations
        ]
        return _kept(
            ref=self._ref(party.id),
            role=party.role,
            side=party.side if party.side != default_side(party.role) else "",
            group=party.group,
            capacity=party.capacity,
            capacity_reason=party.capacity_reason,
            representations=acting,
        )

    def _notice(self) -> dict[str, Any] | None:
        notice = self._file.case.rights_notice
        if notice is None:
            return None
        told_by = self._mediator(notice.told_by)
        written = _kept(told_on=notice.told_on, manner=notice.manner, told_by=told_by)
        parties = self._all_refs(notice.party_ids)
        return written if parties is None else {**written, "parties": parties}

    def _refusal(self) -> dict[str, Any] | None:
        refusal = self._file.case.refusal
        if refusal is None:
            return None
        return _kept(party=self._ref(refusal.party_id), on=refusal.on, words=refusal.words)

    def _session(self, session: Session) -> dict[str, Any]:
        attendance = [
            {
                "party": self._ref(one.party_id),
                **({} if one.present else {"present": False}),
                **_kept(through=self._people.get(one.through) if one.through else None),
            }
            for one in session.attendance
            if self._ref(one.party_id)
        ]
        return _kept(
            held_on=session.held_on,
            begun_at=session.begun_at,
            ended_at=session.ended_at,
            place=session.place,
            mediators=self._mediators(session.mediator_ids),
            recorder=session.recorder,
            attendance=attendance,
            participants=[self._fields(one) for one in session.participants],
            steps={one.step.value: one.text for one in session.steps},
            outcome=session.outcome,
            outcome_text=session.outcome_text,
            next_on=session.next_on,
        )

    def _agreement(self, agreement: Agreement) -> dict[str, Any]:
        final = agreement.state is not AgreementState.DRAFT
        hands = [
            {
                **_kept(signer=hand.signer, methods=hand.methods, on=hand.on),
                **_kept(party=self._ref(hand.party_id)),
                **_kept(mediator=self._mediator(hand.mediator_id)),
                **_kept(by=self._people.get(hand.by_person_id) if hand.by_person_id else None),
            }
            for hand in agreement.sign_offs
        ]
        written = _kept(
            form=agreement.form,
            supplement=agreement.supplement_of is not None,
            number=agreement.number,
            recorder=agreement.recorder,
            responsibility=agreement.responsibility,
            clauses=[self._clause(one) for one in agreement.clauses],
            manner=agreement.manner,
            manner_code=agreement.manner_code,
            deadline=agreement.deadline,
            place=agreement.place,
            copies=agreement.copies,
            for_confirmation=agreement.for_confirmation,
            made_on=agreement.made_on,
            sign_offs=hands,
            performed_on=agreement.performed_on,
        )
        if final != bool(agreement.number):
            written["finalised"] = final
        if agreement.facts != self._file.case.facts:
            written["facts"] = agreement.facts
        if agreement.mediator_ids != self._file.case.mediator_ids:
            written["mediators"] = self._mediators(agreement.mediator_ids)
        parties = self._all_refs(agreement.party_ids)
        return written if parties is None else {**written, "parties": parties}

    def _clause(self, clause: Clause) -> dict[str, Any]:
        payment = self._payment(clause.payment) if clause.payment else None
        duties = [
            {"what": one.what, **_kept(party=self._ref(one.party_id), due_on=one.due_on)}
            for one in clause.duties
        ]
        more = _kept(
            payment=payment, due_on=clause.due_on, duties=duties, from_bank=clause.from_bank
        )
        return {"text": clause.text, **more}

    def _payment(self, payment: Payment) -> dict[str, Any]:
        parts = [
            {"amount_yuan": yuan_text(one.fen), **_kept(due_on=one.due_on, way=one.way)}
            for one in payment.instalments
        ]
        return _kept(
            payer=self._ref(payment.payer_id),
            payee=self._ref(payment.payee_id),
            amount_yuan=yuan_text(payment.fen),
            due_on=payment.due_on,
            way=payment.way,
            instalments=parts,
        )

    def _visits(self) -> list[dict[str, Any]]:
        agreements = [one.id for one in self._file.living_agreements]
        main = self._file.main_agreement()
        written = []
        for visit in self._file.follow_ups:
            if visit.void_reason:
                continue
            one = self._fields(visit, "id", "case_id", "agreement_id", "party_id", "void_reason")
            one |= _kept(party=self._ref(visit.party_id))
            about = visit.agreement_id
            if about in agreements and (main is None or about != main.id):
                one["agreement"] = agreements.index(about) + 1
            written.append(one)
        return written

    # what only some cases have; attachments, prints and readings stay on the laptop

    def _beside(self) -> dict[str, Any]:
        file = self._file
        return {
            "investigations": [self._talk(one) for one in file.living(Investigation)],
            "evidence": [self._piece(one) for one in file.living(Evidence)],
            "letters": [self._letter(one) for one in file.living(Letter)],
            "performances": [self._done(one) for one in file.living(Performance)],
            "confirmations": [self._confirmation(one) for one in file.living(Confirmation)],
        }

    def _talk(self, record: Investigation) -> dict[str, Any]:
        plain = self._fields(record, *_OF_CASE, "person_id", "exchanges", "investigator_ids")
        return plain | _kept(
            person=self._people.get(record.person_id) if record.person_id else None,
            exchanges=[
                {"question": one.question, **_kept(answer=one.answer)} for one in record.exchanges
            ],
            investigators=self._mediators(record.investigator_ids),
        )

    def _piece(self, piece: Evidence) -> dict[str, Any]:
        plain = self._fields(piece, *_OF_CASE, "given_by")
        for name in ("copies", "pages"):
            if plain.get(name) == 1:
                del plain[name]
        return plain | _kept(given_by=self._ref(piece.given_by))

    def _letter(self, letter: Letter) -> dict[str, Any]:
        without = ("party_ids", "mediator_ids", "subject_id", "deliveries", "reply")
        plain = self._fields(letter, *_OF_CASE, *without)
        plain |= _kept(
            deliveries=[self._fields(one) for one in letter.deliveries],
            about_letter=self._place(self._file.living(Letter), letter.subject_id),
            about_agreement=self._place(self._file.living_agreements, letter.subject_id),
        )
        if letter.reply:
            plain["reply"] = {"accepted": letter.reply.accepted, **self._fields(letter.reply)}
        if letter.mediator_ids != self._file.case.mediator_ids:
            plain["mediators"] = self._mediators(letter.mediator_ids)
        parties = self._all_refs(letter.party_ids)
        return plain if parties is None else {**plain, "parties": parties}

    def _done(self, done: Performance) -> dict[str, Any]:
        without = ("agreement_id", "duty", "fen", "payer_id", "payee_id", "follow_up_id")
        agreement = next(
            (one for one in self._file.agreements if one.id == done.agreement_id), None
        )
        keys = [line.key for line in duties(agreement)] if agreement else []
        visits = [one for one in self._file.follow_ups if not one.void_reason]
        return self._fields(done, *_OF_CASE, *without) | _kept(
            agreement=self._about(done.agreement_id),
            duty=keys.index(done.duty) + 1 if done.duty in keys else None,
            amount_yuan=None if done.fen is None else yuan_text(done.fen),
            payer=self._ref(done.payer_id),
            payee=self._ref(done.payee_id),
            follow_up=self._place(visits, done.follow_up_id),
        )

    def _confirmation(self, one: Confirmation) -> dict[str, Any]:
        plain = self._fields(one, *_OF_CASE, "agreement_id", "addresses")
        addresses = [
            _kept(party=self._ref(place.party_id), address=place.address, phone=place.phone)
            for place in one.addresses
            if self._ref(place.party_id)
        ]
        return plain | _kept(agreement=self._about(one.agreement_id), addresses=addresses)

    def _about(self, agreement_id: RecordId) -> int | None:
        """The place of an agreement, where it is not the main one."""
        main = self._file.main_agreement()
        if main and main.id == agreement_id:
            return None
        return self._place(self._file.living_agreements, agreement_id)

    def _place(self, records: Sequence[Any], record_id: RecordId | None) -> int | None:
        """The place of a record in its list, from 1; None where it is not there."""
        ids = [one.id for one in records]
        return ids.index(record_id) + 1 if record_id in ids else None

    def _stage(self) -> Stage | None:
        """The stage, where the facts of the document alone would not lead to it."""
        case, led = self._file.case, led_to(self._file)
        if case.stage not in (Stage.CLOSED, Stage.FILED):
            return None if case.stage is led else case.stage
        reachable = Stage.CLOSED in MOVES[led] or led is Stage.CLOSED
        return None if reachable else Stage.TERMINATED


def led_to(file: CaseFile) -> Stage:
    """The stage to which the facts of a case lead, before closing and side exits."""
    case: Case = file.case
    if case.refusal:
        return Stage.TERMINATED if case.accepted_on else Stage.NOT_ACCEPTED
    stage = Stage.ACCEPTED if case.accepted_on else Stage.LEAD
    for session in file.living_sessions if case.accepted_on else ():
        stage = (
            STAGE_AFTER.get(session.outcome, Stage.IN_SESSION)
            if session.outcome
            else Stage.IN_SESSION
        )
    agreement = file.main_agreement()
    if agreement is None or agreement.state is AgreementState.DRAFT:
        return stage
    if agreement.state is AgreementState.FINAL:
        return Stage.AGREED
    return Stage.PERFORMED if agreement.performed_on else Stage.PERFORMING


def _refs(ids: list[RecordId], letter: str) -> dict[RecordId, str]:
    return {one: f"{letter}{number}" for number, one in enumerate(dict.fromkeys(ids), 1)}
