"""The main button says the one right thing at every turn of a case's life, and what forbids it
before it is pressed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause, Payment
from app.domain.casefile import CaseFile
from app.domain.cases import Case, Manner, PartyRefusal, Retention, RightsNotice, Stage
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.parties import Party, PartyRole
from app.domain.problems import ProblemCode
from app.domain.reviews import Decision, Review, Submission
from app.domain.sessions import Session, SessionOutcome
from app.ui.cases.next_step import SECTION_OF, NextStep, next_step, stops
from tests.ui.cases.village import COMMITTEE, LEAD, moment, person, person_id

TODAY = date(2026, 3, 15)
CASE = Case(id=RecordId("k"), committee_id=COMMITTEE.id)
PARTIES = (
    Party(
        id=RecordId("a"),
        case_id=CASE.id,
        ordinal=1,
        role=PartyRole.APPLICANT,
        side="A",
        person_id=person_id(1),
    ),
    Party(
        id=RecordId("b"),
        case_id=CASE.id,
        ordinal=2,
        role=PartyRole.RESPONDENT,
        side="B",
        person_id=person_id(2),
    ),
)
NOTICE = RightsNotice(told_on=TODAY, manner=Manner.ORAL, party_ids=(RecordId("a"), RecordId("b")))
SESSION = Session(id=RecordId("s"), case_id=CASE.id, ordinal=1, held_on=TODAY)
AGREEMENT = Agreement(
    id=RecordId("g"), case_id=CASE.id, form=AgreementForm.WRITTEN, party_ids=NOTICE.party_ids
)


def file(stage: Stage, **more: object) -> CaseFile:
    accepted = None if stage is Stage.LEAD else TODAY
    head = {
        name: more.pop(name)
        for name in list(more)
        if name in ("rights_notice", "refusal", "retention")
    }
    case = replace(CASE, stage=stage, accepted_on=accepted, **head)  # type: ignore[arg-type]
    people = {one.id: one for one in (person(1, "唐某"), person(2, "文某"))}
    facts: dict[str, object] = {"parties": PARTIES, "people": people, "committee": COMMITTEE}
    return CaseFile(case=case, **(facts | more))  # type: ignore[arg-type]


def told(stage: Stage = Stage.IN_SESSION, **more: object) -> CaseFile:
    return file(stage, rights_notice=NOTICE, **more)


def agreed(state: AgreementState, **more: object) -> CaseFile:
    fields = {name: more.pop(name) for name in list(more) if name in ("clauses", "performed_on")}
    agreement = replace(AGREEMENT, state=state, **fields)  # type: ignore[arg-type]
    return told(Stage.AGREED, agreements=(agreement,), **more)


LATER = Clause(
    id=RecordId("c"),
    text="",
    payment=Payment(
        payer_id=RecordId("b"),
        payee_id=RecordId("a"),
        fen=40_000,
        due_on=TODAY + timedelta(days=3),
    ),
)
VISIT = FollowUp(id=RecordId("v"), case_id=CASE.id, visited_on=TODAY)


@pytest.mark.parametrize(
    ("case", "step"),
    [
        (file(Stage.LEAD, parties=PARTIES[:1]), NextStep.ADD_PARTIES),
        (file(Stage.LEAD), NextStep.ACCEPT),
        (file(Stage.ACCEPTED), NextStep.TELL_RIGHTS),
        (told(Stage.ACCEPTED), NextStep.OPEN_SESSION),
        (told(sessions=(SESSION,)), NextStep.CONCLUDE_SESSION),
        (
            told(sessions=(replace(SESSION, outcome=SessionOutcome.ADJOURNED),)),
            NextStep.OPEN_SESSION,
        ),
        (
            told(sessions=(replace(SESSION, outcome=SessionOutcome.AGREED),)),
            NextStep.DRAFT_AGREEMENT,
        ),
        (agreed(AgreementState.DRAFT), NextStep.FINALISE),
        (agreed(AgreementState.FINAL), NextStep.SIGN),
        (agreed(AgreementState.EFFECTIVE), NextStep.PERFORM),
        (agreed(AgreementState.EFFECTIVE, clauses=(LATER,)), NextStep.VISIT),
        (
            agreed(AgreementState.EFFECTIVE, clauses=(LATER,), follow_ups=(VISIT,)),
            NextStep.PERFORM,
        ),
        (agreed(AgreementState.EFFECTIVE, performed_on=TODAY), NextStep.VISIT),
        (
            agreed(AgreementState.EFFECTIVE, performed_on=TODAY, follow_ups=(VISIT,)),
            NextStep.CLOSE,
        ),
        (told(Stage.TERMINATED), NextStep.CLOSE),
        (told(Stage.SUSPENDED), NextStep.RESUME),
        (told(Stage.CLOSED), NextStep.FILE),
        (told(Stage.FILED, retention=Retention.LONG), NextStep.SUBMIT),
        (file(Stage.NOT_ACCEPTED), NextStep.NOTHING),
    ],
)
def test_the_next_step(case: CaseFile, step: NextStep) -> None:
    assert next_step(case, TODAY) is step
    assert SECTION_OF[step]


def test_a_returned_file_is_mended_first() -> None:
    returned = Review(
        id=RecordId("r"),
        case_id=CASE.id,
        decision=Decision.RETURNED,
        at=moment(),
        author="某司法所",
        text="缺一方电话",
    )
    assert next_step(told(Stage.FILED, reviews=(returned,)), TODAY) is NextStep.RESUBMIT
    answer = Submission(
        id=RecordId("u"), case_id=CASE.id, at=moment(), author=LEAD.name, answers=returned.id
    )
    mended = told(Stage.FILED, reviews=(returned,), submissions=(answer,))
    assert next_step(mended, TODAY) is NextStep.NOTHING


def test_no_session_before_the_notice_and_the_law_stands_beside_it() -> None:
    (stop,) = stops(NextStep.OPEN_SESSION, file(Stage.ACCEPTED), TODAY)
    assert stop.problem.code is ProblemCode.NO_RIGHTS_NOTICE
    assert (stop.law, stop.cure) == ("DECREE75-30", "notice")
    assert not stops(NextStep.OPEN_SESSION, told(Stage.ACCEPTED), TODAY)


def test_a_refusal_stops_session_and_agreement() -> None:
    refused = told(Stage.TERMINATED, refusal=PartyRefusal(party_id=RecordId("b"), on=TODAY))
    for step in (NextStep.OPEN_SESSION, NextStep.DRAFT_AGREEMENT):
        (stop,) = stops(step, refused, TODAY)
        assert stop.problem.code is ProblemCode.PARTY_REFUSED
        assert stop.problem.facts["name"] == "文某"
        assert stop.law == "PML-17"


def test_what_a_draft_lacks_is_said_before_it_is_printed() -> None:
    codes = {
        one.problem.code for one in stops(NextStep.FINALISE, agreed(AgreementState.DRAFT), TODAY)
    }
    assert {ProblemCode.CLAUSE_NEEDED, ProblemCode.MEDIATOR_NEEDED} <= codes
