"""A whole case read together: head, parties, people, sessions, agreements, visits, remarks. What
pages and papers are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.attachments import Attachment
from app.domain.cases import Case, Stage
from app.domain.codes import CodeBook
from app.domain.committees import Committee, Mediator
from app.domain.confirmations import Confirmation
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.handovers import Handover
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.parties import Party, PartyRole, party_name
from app.domain.people import Organisation, Person
from app.domain.performances import Performance
from app.domain.printing import Printing
from app.domain.readings import Reading
from app.domain.reviews import Review, ReviewState, Submission, review_state
from app.domain.sessions import Session
from app.domain.text import join_names

L = TypeVar("L", Investigation, Evidence, Letter, Performance, Confirmation, Attachment)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case with all that belongs to it, as it was at one moment. Sessions in order, agreements
    oldest first.
    """

    case: Case
    committee: Committee | None = None
    mediators: Mapping[RecordId, Mediator] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    people: Mapping[RecordId, Person] = field(default_factory=dict)
    organisations: Mapping[RecordId, Organisation] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    reviews: tuple[Review, ...] = ()
    submissions: tuple[Submission, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    letters: tuple[Letter, ...] = ()
    performances: tuple[Performance, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    printings: tuple[Printing, ...] = ()
    readings: tuple[Reading, ...] = ()
    handovers: tuple[Handover, ...] = ()

    @property
    def living_parties(self) -> tuple[Party, ...]:
        """Parties that were not voided, in order."""
        return tuple(party for party in self.parties if not party.void_reason)

    @property
    def living_sessions(self) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if not session.void_reason)

    @property
    def living_agreements(self) -> tuple[Agreement, ...]:
        return tuple(one for one in self.agreements if one.state is not AgreementState.VOID)

    def living(self, kind: type[L]) -> tuple[L, ...]:
        """What was not voided of investigations, evidence, letters, performances, confirmations or
        attachments.
        """
        found = _OF_KIND[kind](self)
        return tuple(one for one in found if not one.void_reason)

    def main_agreement(self) -> Agreement | None:
        """The agreement that is not a supplement; None if nothing was agreed yet."""
        return next((one for one in self.living_agreements if one.supplement_of is None), None)

    def name_of(self, party: Party) -> str:
        return party_name(party, self.people, self.organisations)

    def names(self) -> dict[RecordId, str]:
        """Party id -> name."""
        return {party.id: self.name_of(party) for party in self.parties}

    def party(self, party_id: RecordId | None) -> Party | None:
        return next((party for party in self.parties if party.id == party_id), None)

    def mediator_names(self) -> list[str]:
        return [self.mediators[one].name for one in self.case.mediator_ids if one in self.mediators]

    def review_state(self) -> ReviewState:
        return review_state(self.reviews, self.submissions)


_OF_KIND: Mapping[type[Any], Callable[[CaseFile], tuple[Any, ...]]] = {
    Investigation: lambda file: file.investigations,
    Evidence: lambda file: file.evidence,
    Letter: lambda file: file.letters,
    Performance: lambda file: file.performances,
    Confirmation: lambda file: file.confirmations,
    Attachment: lambda file: file.attachments,
}


def file_title(file: CaseFile, codes: CodeBook) -> str:
    """卷名: applicants 与 respondents 纠纷类型, unless the mediator gave it a title (county
    practice).
    """
    if file.case.title:
        return file.case.title
    sides = [
        join_names(
            [
                file.name_of(party)
                for party in file.living_parties
                if party.role is role and file.name_of(party)
            ]
        )
        for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    ]
    kind = codes.label("dispute_type", file.case.dispute_type) if file.case.dispute_type else "纠纷"
    return "与".join(side for side in sides if side) + kind


class PathStep(StrEnum):
    """The path that the case page shows."""

    LEAD = "lead"
    ACCEPTANCE = "acceptance"
    NOTICE = "notice"
    INVESTIGATION = "investigation"
    MEDIATION = "mediation"
    AGREEMENT = "agreement"
    PERFORMANCE = "performance"
    FOLLOW_UP = "follow_up"
    FILING = "filing"


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    SKIPPED = "skipped"


def path(file: CaseFile) -> tuple[tuple[PathStep, StepState], ...]:
    """Each step with its state; the first one that is still to be done is HERE.

    Only an investigation may be left out (then it is SKIPPED), so it is never what has to be done;
    whatever else was left out stays to be done, even if later steps are.
    """
    done = _steps_done(file)
    last_done = max((index for index, step in enumerate(PathStep) if step in done), default=-1)
    states, here_given = [], file.case.stage is Stage.FILED
    for index, step in enumerate(PathStep):
        if step in done:
            state = StepState.DONE
        elif step is PathStep.INVESTIGATION:
            state = StepState.SKIPPED if index < last_done else StepState.AHEAD
        elif not here_given:
            state, here_given = StepState.HERE, True
        else:
            state = StepState.AHEAD
        states.append((step, state))
    return tuple(states)


def _steps_done(file: CaseFile) -> set[PathStep]:
    case, agreement = file.case, file.main_agreement()
    facts = {
        PathStep.LEAD: case.stage is not Stage.LEAD or bool(file.living_parties and case.facts),
        PathStep.ACCEPTANCE: case.accepted_on is not None,
        PathStep.NOTICE: case.rights_notice is not None,
        PathStep.INVESTIGATION: bool(file.living(Investigation)),
        PathStep.MEDIATION: any(one.outcome is not None for one in file.living_sessions),
        PathStep.AGREEMENT: agreement is not None and agreement.state is AgreementState.EFFECTIVE,
        PathStep.PERFORMANCE: agreement is not None and agreement.performed_on is not None,
        PathStep.FOLLOW_UP: any(not visit.void_reason for visit in file.follow_ups),
        PathStep.FILING: case.stage is Stage.FILED,
    }
    return {step for step, is_done in facts.items() if is_done}


def is_oral(file: CaseFile) -> bool:
    """Whether the case goes the short way of an oral agreement."""
    agreement = file.main_agreement()
    return agreement is not None and agreement.form is AgreementForm.ORAL


def day_of(file: CaseFile) -> date | None:
    """The local date that ages on paper are counted for when a paper has no date of its own:
    acceptance, else report.
    """
    return file.case.accepted_on or file.case.reported_on
