"""The verbs of reading a case and of its intake, its parties and sessions: each is a function of a
unit of work, to be given to `jobs.run`. Never touches a widget.

Services are imported when a verb runs, on the records worker, so that the first window paints
without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from app.domain.cases import Acceptance, Case, PartyRefusal, RightsNotice, Stage
from app.domain.committees import Mediator
from app.domain.ids import RecordId
from app.domain.parties import Party
from app.domain.people import Person
from app.domain.sessions import Session
from app.domain.settlements import Settlement
from app.ui.cases.view import CaseView

if TYPE_CHECKING:
    from app.domain.people import Organisation
    from app.services.handovers import Colleague
    from app.services.newcomers import NewParty
    from app.services.oral_card import OralCard
    from app.services.ports import Practice, UnitOfWork

T = TypeVar("T")
Work = Callable[["UnitOfWork"], T]


# --- reading ---------------------------------------------------------------------------------


def load_case(case_id: RecordId, practice: Practice) -> Work[CaseView]:
    """All that the case page shows at once, with the light that the county's rules give it. Raises
    `Refused` RECORD_NOT_FOUND.
    """

    def work(uow: UnitOfWork) -> CaseView:
        from app.services.conflicts import open_conflicts
        from app.services.file_light import file_light
        from app.services.handovers import assignment, colleagues
        from app.services.reading_aloud import standing_ticks
        from app.services.visits import proposed_visits
        from app.ui.widgets.conflict_words import conflict_names

        file = uow.records.case_file(case_id)
        status, actor = uow.lists.status(), uow.actor
        mediators = {
            one.id: one
            for one in uow.records.all(Mediator)
            if one.committee_id == file.case.committee_id
        }
        conflicts = open_conflicts(uow, case_id)
        history = uow.lists.history(case_id)
        devices = {one.device for one in history}
        for given in file.handovers:
            devices |= {given.from_device, given.to_device}
        return CaseView(
            file=file,
            today=uow.today(),
            history=history,
            foreign=uow.records.is_foreign(case_id),
            enrolled=status.enrolled,
            mediators=mediators,
            own_mediator=actor.mediator_id,
            actor=actor.name,
            drafts=frozenset(one.key for one in uow.drafts.all()),
            heard={one.id: standing_ticks(file, one) for one in file.agreements},
            light=file_light(file, practice, uow.today()),
            visits=proposed_visits(file, practice, uow.today()),
            own_devices=frozenset(one for one in devices if uow.records.is_own(one)),
            role=actor.role,
            assignment=assignment(uow, case_id),
            colleagues=colleagues(uow, case_id) if status.enrolled else (),
            conflicts=conflicts,
            names=conflict_names(uow, conflicts),
            settlements=uow.records.of_case(Settlement, case_id),
            files=uow.files.states(case_id),
        )

    return work


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Who sits at the keyboard, and what a new card can begin with."""

    today: date
    actor: str
    mediator_id: RecordId | None
    mediators: tuple[Mediator, ...]


def keyboard() -> Work[Keyboard]:
    """Today, the own mediators and who is writing."""

    def work(uow: UnitOfWork) -> Keyboard:
        actor = uow.actor
        own = tuple(
            one for one in uow.records.all(Mediator) if one.committee_id == actor.committee_id
        )
        return Keyboard(uow.today(), actor.name, actor.mediator_id, own)

    return work


# --- intake ----------------------------------------------------------------------------------


def blank_case() -> Work[Case]:
    """A new case of the own committee with what is known filled in; nothing is stored yet."""

    def work(uow: UnitOfWork) -> Case:
        from app.services.intake import blank_case as blank

        return blank(uow)

    return work


def register(case: Case, parties: Sequence[NewParty]) -> Work[Case]:
    """Stores a new lead with its first parties, in one commit."""

    def work(uow: UnitOfWork) -> Case:
        from app.services.intake import register_case

        return register_case(uow, case, parties)

    return work


def save_case(case: Case, based_on: Case) -> Work[Case]:
    def work(uow: UnitOfWork) -> Case:
        from app.services.intake import save_case as save

        return save(uow, case, based_on=based_on)

    return work


def accept(case_id: RecordId, acceptance: Acceptance) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.intake import accept_case

        return accept_case(uow, case_id, acceptance)

    return work


def decline(case_id: RecordId, scope: str, reason: str) -> Work[object]:
    """Not accepted, with the reason (Decree 75 art. 22)."""

    def work(uow: UnitOfWork) -> object:
        from app.services.intake import decline_case

        return decline_case(uow, case_id, scope, reason)

    return work


def tell_rights(case_id: RecordId, notice: RightsNotice) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.intake import tell_rights as tell

        return tell(uow, case_id, notice)

    return work


def record_refusal(case_id: RecordId, refusal: PartyRefusal) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.intake import record_refusal as record

        return record(uow, case_id, refusal)

    return work


def leave(case_id: RecordId, to: Stage, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.intake import leave_case

        return leave_case(uow, case_id, to, reason)

    return work


def resume(case_id: RecordId) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.intake import resume_case

        return resume_case(uow, case_id)

    return work


def record_oral(card: OralCard, practice: Practice) -> Work[RecordId]:
    """The whole oral case in one commit."""

    def work(uow: UnitOfWork) -> RecordId:
        from app.services.oral_card import record_oral_case

        return record_oral_case(uow, card, practice)

    return work


# --- who has it ------------------------------------------------------------------------------


def hand_over(case_id: RecordId, to: Colleague, reason: str, on: date | None) -> Work[object]:
    """Gives the case to another laptop of the committee."""

    def work(uow: UnitOfWork) -> object:
        from app.services.handovers import hand_over as give

        return give(uow, case_id, to, reason, on)

    return work


# --- parties ---------------------------------------------------------------------------------


def add_party(case_id: RecordId, party: NewParty) -> Work[Party]:
    def work(uow: UnitOfWork) -> Party:
        from app.services.parties import add_party as add

        return add(uow, case_id, party)

    return work


def save_party(party: Party, based_on: Party) -> Work[Party]:
    def work(uow: UnitOfWork) -> Party:
        from app.services.parties import save_party as save

        return save(uow, party, based_on=based_on)

    return work


def save_person(person: Person, based_on: Person | None = None) -> Work[Person]:
    def work(uow: UnitOfWork) -> Person:
        from app.services.people import save_person as save

        return save(uow, person, based_on=based_on)

    return work


def save_organisation(one: Organisation, based_on: Organisation | None = None) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.people import save_organisation as save

        return save(uow, one, based_on=based_on)

    return work


def void_party(party_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.parties import void_party as void

        return void(uow, party_id, reason)

    return work


# --- sessions --------------------------------------------------------------------------------


def open_session(case_id: RecordId) -> Work[Session]:
    def work(uow: UnitOfWork) -> Session:
        from app.services.sessions import open_session as begin

        return begin(uow, case_id)

    return work


def save_session(session: Session, based_on: Session) -> Work[Session]:
    def work(uow: UnitOfWork) -> Session:
        from app.services.sessions import save_session as save

        return save(uow, session, based_on=based_on)

    return work


def conclude_session(session: Session, based_on: Session) -> Work[Session]:
    def work(uow: UnitOfWork) -> Session:
        from app.services.sessions import conclude_session as conclude

        return conclude(uow, session, based_on=based_on)

    return work


def void_session(session_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.sessions import void_session as void

        return void(uow, session_id, reason)

    return work
