"""Handing a file in, and what the supervisor says of it.

A remark stands beside the record and never changes it.

Order is told by links (`answers`), never by a clock: two laptops disagree about the time.
"""

from __future__ import annotations

from app.domain.acts import Act
from app.domain.cases import Stage
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, demand, refuse
from app.domain.reviews import (
    Decision,
    Review,
    ReviewState,
    Submission,
    check_review,
    open_return,
)
from app.domain.text import check_text
from app.services.ports import UnitOfWork

# A file can be handed in once something was agreed or the mediation has ended.
SUBMITTABLE = frozenset(
    {
        Stage.AGREED,
        Stage.PERFORMING,
        Stage.PERFORMED,
        Stage.CLOSED,
        Stage.FILED,
        Stage.WITHDRAWN,
        Stage.TERMINATED,
        Stage.TRANSFERRED_OUT,
    }
)


def submit_file(uow: UnitOfWork, case_id: RecordId, note: str = "") -> Submission:
    """The mediator hands the file in, for the first time or after mending.

    Raises `Refused`: NOT_YOURS (somebody else's case, or a supervisor), MOVE_NOT_ALLOWED (nothing
    agreed yet), ALREADY_THERE (handed in and not answered, or approved).
    """
    file = uow.records.case_file(case_id)
    if uow.records.is_foreign(case_id) or uow.actor.role == "supervisor":
        raise refuse(ProblemCode.NOT_YOURS)
    if file.case.stage not in SUBMITTABLE:
        stage = file.case.stage.value
        raise refuse(ProblemCode.MOVE_NOT_ALLOWED, "stage", stage=stage, wanted="submitted")
    if file.review_state() in (ReviewState.SUBMITTED, ReviewState.APPROVED):
        raise refuse(ProblemCode.ALREADY_THERE, "", what="submission")
    demand(check_text(note, "note", limit=5000))
    returned = open_return(file.reviews, file.submissions)
    submission = Submission(
        id=new_id(),
        case_id=case_id,
        at=uow.now(),
        author=uow.actor.name,
        note=note.strip(),
        answers=returned.id if returned else None,
    )
    uow.records.put(submission)
    uow.commit(Act.FILE_SUBMITTED, case_id)
    return submission


def review_file(
    uow: UnitOfWork, case_id: RecordId, decision: Decision, text: str, target: str = ""
) -> Review:
    """The supervisor's remark, return or approval.

    `target` names a document or field such as ``agreement.clauses``.

    Raises `Refused`: NOT_YOURS (only supervisors), EMPTY, MOVE_NOT_ALLOWED (nothing was handed in
    that waits for an answer).
    """
    if uow.actor.role != "supervisor":
        raise refuse(ProblemCode.NOT_YOURS)
    file = uow.records.case_file(case_id)
    state = file.review_state()
    if decision is not Decision.REMARK and state is not ReviewState.SUBMITTED:
        raise refuse(
            ProblemCode.MOVE_NOT_ALLOWED, "decision", stage=state.value, wanted=decision.value
        )
    review = Review(
        id=new_id(),
        case_id=case_id,
        decision=decision,
        at=uow.now(),
        author=uow.actor.name,
        text=text.strip(),
        target=target,
        answers=_latest(file.reviews, file.submissions),
    )
    demand(check_review(review) + check_text(target, "target", limit=200))
    uow.records.put(review)
    uow.commit(Act.FILE_REVIEWED, case_id)
    return review


def _latest(reviews: tuple[Review, ...], submissions: tuple[Submission, ...]) -> RecordId | None:
    """The submission that no later one has replaced: the end of the chain of links."""
    mended = {one.answers for one in submissions}
    replaced = {review.answers for review in reviews if review.id in mended}
    open_ones = [one.id for one in submissions if one.id not in replaced]
    return max(open_ones, default=None)
