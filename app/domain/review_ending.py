"""Review tests of the whole file: the same names, amounts and numbers everywhere, dates in order,
bound in time; and the fatal defects.

Each looks at records only and names the fields that are lacking. Points and words are the pack's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Signer,
    SignOff,
    missing_hands,
)
from app.domain.casefile import CaseFile, is_oral
from app.domain.cases import Stage
from app.domain.completeness import DocumentKind
from app.domain.duties import duties
from app.domain.parties import guardians, may_sign_for, opposed, party_capacity
from app.domain.people import Capacity
from app.domain.performances import Performance
from app.domain.printing import CameOut
from app.domain.review_intake import scope_is_bad
from app.domain.review_sheet import FileFacts, Place, Verdict
from app.domain.review_stages import (
    SUCCESS,
    Found,
    accepted,
    amounts_in,
    case_place,
    closed,
    first_session,
    judged,
)

_IN_FORCE = (Stage.PERFORMING, Stage.PERFORMED)


def _names_agree(facts: FileFacts) -> Found:
    """A frozen paper keeps its names; where the record says another, one of the two is wrong."""
    file, places = facts.file, []
    for agreement in file.living_agreements:
        for block in agreement.party_blocks:
            party = file.party(block.party_id)
            if party and file.name_of(party) != block.name:
                owner = "person" if party.person_id else "organisation"
                known = party.person_id or party.organisation_id or party.id
                places.append(Place(owner, known, "name"))
        names = agreement.frozen_names
        if names and file.committee and names.committee not in ("", file.committee.name):
            places.append(Place("agreement", agreement.id, "frozen_names"))
    return judged(places, due=True)


def _amounts_agree(facts: FileFacts) -> Found:
    """Words against figures, parts against the whole, receipts against what was owed."""
    places: list[Place] = []
    for agreement in facts.file.living_agreements:
        places += _amounts_of(agreement)
        owed = {one.key: one.fen for one in duties(agreement) if one.fen is not None}
        paid: dict[str, int] = {}
        for done in facts.file.living(Performance):
            if done.agreement_id == agreement.id and done.fen is not None:
                paid[done.duty] = paid.get(done.duty, 0) + done.fen
                if done.duty in owed and paid[done.duty] > owed[done.duty]:
                    places.append(Place("performance", done.id, "fen"))
    return judged(places, due=True)


def _amounts_of(agreement: Agreement) -> Iterator[Place]:
    for index, clause in enumerate(agreement.clauses):
        payment = clause.payment
        said = amounts_in(clause.text)
        if payment is None:
            continue
        if said and payment.fen not in said:
            yield Place("agreement", agreement.id, f"clauses.{index}.text")
        parts = [one.fen for one in payment.instalments]
        if parts and sum(parts) != payment.fen:
            yield Place("agreement", agreement.id, f"clauses.{index}.payment.instalments")


def _numbers_agree(facts: FileFacts) -> Found:
    """The file bears its agreement's number, and visits and receipts belong to an agreement that
    stands.
    """
    file, main = facts.file, facts.file.main_agreement()
    places = []
    if main and main.number and file.case.file_no not in ("", main.number):
        places.append(case_place(file, "file_no"))
    living = {one.id for one in file.living_agreements}
    for visit in file.follow_ups:
        if not visit.void_reason and visit.agreement_id not in (None, *living):
            places.append(Place("follow_up", visit.id, "agreement_id"))
    for done in file.living(Performance):
        if done.agreement_id not in living:
            places.append(Place("performance", done.id, "agreement_id"))
    return judged(places, due=True)


def _dates_in_order(facts: FileFacts) -> Found:
    """Register <= notice <= session <= agreement <= visit <= closing <= filing."""
    latest: date | None = None
    places = []
    for day, place in _milestones(facts.file):
        if latest and day < latest:
            places.append(place)
        latest = max(latest, day) if latest else day
    return judged(places, due=True)


def _milestones(file: CaseFile) -> Iterator[tuple[date, Place]]:
    case, main = file.case, file.main_agreement()
    if case.accepted_on:
        yield case.accepted_on, case_place(file, "accepted_on")
    if case.rights_notice:
        yield case.rights_notice.told_on, case_place(file, "rights_notice")
    begun = first_session(file)
    if begun:
        session = next(one for one in file.living_sessions if one.held_on == begun)
        yield begun, Place("session", session.id, "held_on")
    if main and main.made_on:
        yield main.made_on, Place("agreement", main.id, "made_on")
    visits = [
        (one.visited_on, Place("follow_up", one.id, "visited_on"))
        for one in file.follow_ups
        if one.visited_on and not one.void_reason
    ]
    yield from sorted(visits, key=lambda one: one[0])[:1]
    if case.closing:
        yield case.closing.on, case_place(file, "closing.on")
    if case.filed_on:
        yield case.filed_on, case_place(file, "filed_on")


def _cover_and_contents(facts: FileFacts) -> Found:
    """The cover says all it must, and the whole file was printed well: its pages are the
    contents'.
    """
    file = facts.file
    if is_oral(file):
        return Verdict.PASSED, ()
    covers = [one for one in facts.papers if one.kind is DocumentKind.COVER]
    places = [
        Place(one.owner, one.owner_id, one.field)
        for paper in covers
        for one in paper.missing
        if one.must
    ]
    if not any(one.whole_file and one.came_out is CameOut.WELL for one in file.printings):
        places.append(case_place(file, "printings"))
    return judged(places, due=closed(file))


def _keeping_class(facts: FileFacts) -> Found:
    places = [] if facts.file.case.retention else [case_place(facts.file, "retention")]
    return judged(places, due=closed(facts.file))


def _filed_in_time(facts: FileFacts) -> Found:
    """Late is late; a file that is not closed has no day yet."""
    case = facts.file.case
    place = case_place(facts.file, "filed_on")
    if case.closing is None:
        return Verdict.LATER, (place,)
    last = case.closing.on + timedelta(days=facts.bind_days)
    if case.filed_on:
        return (Verdict.PASSED, ()) if case.filed_on <= last else (Verdict.LOST, (place,))
    return (Verdict.LATER if facts.today <= last else Verdict.LOST), (place,)


ENDING: dict[str, Callable[[FileFacts], Found]] = {
    "names_agree": _names_agree,
    "amounts_agree": _amounts_agree,
    "numbers_agree": _numbers_agree,
    "dates_in_order": _dates_in_order,
    "cover_and_contents_complete": _cover_and_contents,
    "keeping_class_chosen": _keeping_class,
    "filed_in_time": _filed_in_time,
}


def _relied_on(file: CaseFile) -> Iterator[Agreement]:
    """Written agreements that the file treats as binding, so that no hand may be missing (PML art.
    29).
    """
    case, main = file.case, file.main_agreement()
    success = case.closing is not None and case.closing.result == SUCCESS
    for one in file.living_agreements:
        in_use = one is main and (success or case.stage in _IN_FORCE)
        binds = one.state is AgreementState.EFFECTIVE or in_use
        if one.form is AgreementForm.WRITTEN and binds:
            yield one


def _hand_missing(wanted: Callable[[Agreement, str], bool]) -> Callable[[FileFacts], list[Place]]:
    def found(facts: FileFacts) -> list[Place]:
        return [
            Place("agreement", one.id, f"sign_offs.{hand}")
            for one in _relied_on(facts.file)
            for hand in missing_hands(one)
            if wanted(one, hand)
        ]

    return found


def _hands(file: CaseFile) -> Iterator[tuple[Agreement, SignOff]]:
    for one in file.living_agreements:
        for hand in one.sign_offs:
            if hand.signer is Signer.PARTY:
                yield one, hand


def _unauthorised(facts: FileFacts) -> list[Place]:
    """Somebody else's hand for a party without a mandate that reaches so far."""
    places = []
    for one, hand in _hands(facts.file):
        party = facts.file.party(hand.party_id)
        if party is None or hand.by_person_id in (None, party.person_id):
            continue
        mandates = [it for it in party.representations if it.person_id == hand.by_person_id]
        if not any(may_sign_for(it) for it in mandates):
            places.append(Place("agreement", one.id, f"sign_offs.{party.id}"))
    return places


def _signed_alone(facts: FileFacts) -> list[Place]:
    """Who may not act alone signed without a guardian, or with the opponent as guardian."""
    file, places = facts.file, []
    for one, hand in _hands(file):
        party = file.party(hand.party_id)
        if party is None or party_capacity(party, file.people, hand.on) is Capacity.FULL:
            continue
        opponents = {it.person_id for it in file.living_parties if opposed(party, it)}
        allowed = {it.person_id for it in guardians(party)} - opponents
        if hand.by_person_id not in allowed:
            places.append(Place("agreement", one.id, f"sign_offs.{party.id}"))
    return places


def _against_refusal(facts: FileFacts) -> list[Place]:
    """Mediation went on after the day of a clear refusal (PML art. 17)."""
    refusal = facts.file.case.refusal
    if refusal is None:
        return []
    sessions = [
        Place("session", one.id, "held_on")
        for one in facts.file.living_sessions
        if one.held_on and one.held_on > refusal.on
    ]
    return sessions + [
        Place("agreement", one.id, "made_on")
        for one in facts.file.living_agreements
        if one.made_on and one.made_on > refusal.on
    ]


def _out_of_scope(facts: FileFacts) -> list[Place]:
    bad = accepted(facts.file) and scope_is_bad(facts)
    return [case_place(facts.file, "scope")] if bad else []


def _fee(facts: FileFacts) -> list[Place]:
    return [case_place(facts.file, "fee_taken")] if facts.file.case.fee_taken else []


def _claimed_twice(facts: FileFacts) -> list[Place]:
    """A case that was merged into another one and graded for payment all the same."""
    case = facts.file.case
    twice = case.stage is Stage.MERGED_DUPLICATE and bool(case.subsidy_class)
    return [case_place(facts.file, "subsidy_class")] if twice else []


FATAL: dict[str, Callable[[FileFacts], list[Place]]] = {
    "forged_or_unauthorised_signature": _unauthorised,
    "no_seal": _hand_missing(lambda _, hand: hand == Signer.COMMITTEE.value),
    "no_mediator_signature": _hand_missing(lambda _, hand: hand == Signer.MEDIATOR.value),
    "party_signature_missing": _hand_missing(lambda one, hand: hand in one.party_ids),
    "against_clear_refusal": _against_refusal,
    "out_of_scope": _out_of_scope,
    "incapable_signed_alone": _signed_alone,
    "fee_taken": _fee,
    "claimed_twice": _claimed_twice,
}
