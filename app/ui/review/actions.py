"""The verbs of the review workspace: each is a function of a unit of work, to be given to
`jobs.run`. Never touches a widget.

Whether somebody may decide is the service's rule, not the button's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from app.domain.acts import Act
from app.domain.attachments import Attachment
from app.domain.completeness import documents
from app.domain.ids import RecordId
from app.domain.reviews import Decision, Review, ReviewState
from app.services.lines import CaseQuery, Delivery
from app.ui.review.view import SUPERVISOR, FileView, Queue

if TYPE_CHECKING:
    from app.services.laptops import Laptops
    from app.services.paper_values import Printed, PrintedFile
    from app.services.ports import Practice, Printshop, UnitOfWork

T = TypeVar("T")
Work = Callable[["UnitOfWork"], T]
QUEUE_LIMIT = 1_000  # lines at a time; filters and search find the rest
UNDER_REVIEW = frozenset({ReviewState.SUBMITTED, ReviewState.RETURNED, ReviewState.APPROVED})
_SLOWEST_FIRST = (
    Delivery.ATTENTION,
    Delivery.SENDING,
    Delivery.WAITING,
    Delivery.HERE,
    Delivery.RECEIVED,
    Delivery.COMPLETE,
)


def read_queue(query: CaseQuery, committee: str = "") -> Work[Queue]:
    """Files of others for a supervisor, own files for everybody else; of one committee by name, or
    of all with "".
    """

    def work(uow: UnitOfWork) -> Queue:
        role = uow.actor.role
        asked = replace(query, foreign=role == SUPERVISOR)
        lines = uow.lists.case_lines(uow.lists.case_keys(asked)[:QUEUE_LIMIT])
        committees = tuple(sorted({line.committee for line in lines if line.committee}))
        shown = tuple(line for line in lines if committee in ("", line.committee))
        status = uow.lists.status()
        return Queue(
            lines=shown,
            committees=committees,
            role=role,
            enrolled=status.enrolled,
            last_contact=status.last_contact,
        )

    return work


def read_laptops() -> Work[Laptops]:
    """The laptops of the villages, as the county told it last."""

    def work(uow: UnitOfWork) -> Laptops:
        from app.services.laptops import told_laptops

        return told_laptops(uow)

    return work


def read_file(case_id: RecordId, practice: Practice) -> Work[FileView]:
    """All that the file page shows at once. Raises `Refused` RECORD_NOT_FOUND."""

    def work(uow: UnitOfWork) -> FileView:
        from app.services.agreement_help import findings
        from app.services.file_light import document_rules, file_light
        from app.services.papers import in_file
        from app.services.reading_aloud import standing_ticks

        file, today = uow.records.case_file(case_id), uow.today()
        history = uow.lists.history(case_id)
        own = {one.delivery for one in history if one.act == Act.FILE_REVIEWED}
        agreements = file.living_agreements
        return FileView(
            file=file,
            today=today,
            history=history,
            foreign=uow.records.is_foreign(case_id),
            role=uow.actor.role,
            sending=next((one for one in _SLOWEST_FIRST if one in own), None),
            light=file_light(file, practice, today),
            papers=in_file(documents(file, document_rules(practice))),
            waived={
                one.id: tuple(it for it in findings(file, one, practice, today) if it.waived)
                for one in agreements
                if one.waivers
            },
            heard={one.id: standing_ticks(file, one) for one in agreements},
            absent=frozenset(
                one.id for one in file.living(Attachment) if not uow.files.has(one.sha256)
            ),
        )

    return work


def decide(case_id: RecordId, decision: Decision, text: str, target: str) -> Work[Review]:
    """Returns, remarks on or approves a file. Raises `Refused` NOT_YOURS for who is no supervisor,
    EMPTY at ``text``.
    """

    def work(uow: UnitOfWork) -> Review:
        from app.services.reviews import review_file

        return review_file(uow, case_id, decision, text, target)

    return work


def make_paper(
    printshop: Printshop, case_id: RecordId, kind: str, subject_id: RecordId, practice: Practice
) -> Work[Printed]:
    """One paper of the file as it prints. Raises CHARACTER_NOT_IN_FONT, TEMPLATE_BROKEN."""

    def work(uow: UnitOfWork) -> Printed:
        from app.services.file_light import document_rules
        from app.services.papers import make_paper as make

        return make(uow, printshop, case_id, kind, subject_id, rules=document_rules(practice))

    return work


def make_file(printshop: Printshop, case_id: RecordId, practice: Practice) -> Work[PrintedFile]:
    """The whole file in one PDF, to be read: the prints of somebody else's case are not logged, and
    its papers are not sealed with the reviewer's key. Raises as `make_paper`.
    """

    def work(uow: UnitOfWork) -> PrintedFile:
        from app.services.file_light import document_rules
        from app.services.papers import FileChoice
        from app.services.papers import make_file as make

        return make(uow, printshop, None, case_id, FileChoice(), rules=document_rules(practice))

    return work
