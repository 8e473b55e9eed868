"""What supervisors say of a file, and the mediator's answer. A remark stands beside the record and
never changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import check_text


class Decision(StrEnum):
    """What a remark decides."""

    REMARK = "remark"
    RETURNED = "returned"
    APPROVED = "approved"


class ReviewState(StrEnum):
    """Where the review of a file stands."""

    NONE = "none"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One remark. `at` UTC moment by the supervisor's clock; `target` names a document or field
    such as ``agreement.clauses``;
    `answers` is the id of the submission that it judges: order is told by links, never by clocks.
    """

    id: RecordId
    case_id: RecordId
    decision: Decision
    at: datetime
    author: str
    text: str = ""
    target: str = ""
    answers: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The mediator hands the file in, for the first time or again; `answers` is the review that
    asked for mending.
    """

    id: RecordId
    case_id: RecordId
    at: datetime
    author: str
    note: str = ""
    answers: RecordId | None = None


def review_state(reviews: tuple[Review, ...], submissions: tuple[Submission, ...]) -> ReviewState:
    """The state that the links tell: a return stands until a submission answers it; an approval
    stands from then on.
    """
    if any(one.decision is Decision.APPROVED for one in reviews):
        return ReviewState.APPROVED
    answered = {one.answers for one in submissions}
    if any(one.decision is Decision.RETURNED and one.id not in answered for one in reviews):
        return ReviewState.RETURNED
    return ReviewState.SUBMITTED if submissions else ReviewState.NONE


def open_return(reviews: tuple[Review, ...], submissions: tuple[Submission, ...]) -> Review | None:
    """The return that still waits for mending, the newest by id; None if there is none."""
    answered = {one.answers for one in submissions}
    waiting = [
        one for one in reviews if one.decision is Decision.RETURNED and one.id not in answered
    ]
    return max(waiting, key=lambda one: one.id, default=None)


def in_order(
    reviews: tuple[Review, ...], submissions: tuple[Submission, ...]
) -> tuple[Review | Submission, ...]:
    """Hand-ins and remarks in the order in which they answer each other, told by links and never by
    clocks.

    What answers something stands after it; what is not linked keeps the order of its id, which its
    own device made.
    """
    waiting: list[Review | Submission] = sorted([*submissions, *reviews], key=lambda one: one.id)
    known = {one.id for one in waiting}
    said: list[Review | Submission] = []
    spoken: set[str] = set()
    while waiting:
        ready = [
            one
            for one in waiting
            if one.answers is None or one.answers in spoken or one.answers not in known
        ]
        following = (
            ready[0] if ready else waiting[0]
        )  # a ring of answers cannot be put in order; it is shown all the same
        waiting.remove(following)
        said.append(following)
        spoken.add(following.id)
    return tuple(said)


def check_review(review: Review) -> list[Problem]:
    """What keeps a remark from being stored: one that returns or remarks needs words."""
    problems = check_text(review.text, "text", limit=20_000)
    if review.decision is not Decision.APPROVED and not review.text.strip():
        problems.append(Problem(ProblemCode.EMPTY, "text"))
    return problems
