"""Follow-up visits. Never changes the agreement that a visit is about."""

from __future__ import annotations

from app.domain.acts import Act
from app.domain.cases import check_editable
from app.domain.followups import FollowUp, check_follow_up
from app.domain.problems import demand
from app.services.ports import UnitOfWork


def save_follow_up(
    uow: UnitOfWork, visit: FollowUp, *, based_on: FollowUp | None = None
) -> FollowUp:
    """The visit as written, new or corrected. Raises `Refused`.

    EMPTY, DATE_IN_FUTURE, DATE_ORDER, CASE_CLOSED.
    """
    check_editable(uow.records.case_file(visit.case_id).case)
    demand(check_follow_up(visit, uow.today()))
    stored = uow.records.put(visit, based_on=based_on)
    uow.commit(Act.FOLLOW_UP_SAVED, visit.case_id)
    assert isinstance(stored, FollowUp)
    return stored
