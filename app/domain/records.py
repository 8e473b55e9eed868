"""Which kinds of record there are, by the names they bear in the journal. The one list that
storage, wire and import go by.
"""

from __future__ import annotations

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment
from app.domain.cases import Case
from app.domain.committees import Committee, Mediator
from app.domain.confirmations import Confirmation
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.handovers import Handover
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.numbering import IssuedNumber, NumberBlock
from app.domain.parties import Party
from app.domain.people import Organisation, Person
from app.domain.performances import Performance
from app.domain.printing import Printing
from app.domain.readings import Reading
from app.domain.reviews import Review, Submission
from app.domain.sessions import Session
from app.domain.settlements import Settlement

Record = (
    Committee
    | Mediator
    | Person
    | Organisation
    | Case
    | Party
    | Session
    | Agreement
    | FollowUp
    | Review
    | Submission
    | IssuedNumber
    | NumberBlock
    | Attachment
    | Investigation
    | Evidence
    | Letter
    | Performance
    | Confirmation
    | Printing
    | Reading
    | Handover
    | Settlement
)

KINDS: dict[str, type[Record]] = {
    "committee": Committee,
    "mediator": Mediator,
    "person": Person,
    "organisation": Organisation,
    "case": Case,
    "party": Party,
    "session": Session,
    "agreement": Agreement,
    "follow_up": FollowUp,
    "review": Review,
    "submission": Submission,
    "issued_number": IssuedNumber,
    "number_block": NumberBlock,
    "attachment": Attachment,
    "investigation": Investigation,
    "evidence": Evidence,
    "letter": Letter,
    "performance": Performance,
    "confirmation": Confirmation,
    "printing": Printing,
    "reading": Reading,
    "handover": Handover,
    "settlement": Settlement,
}
KIND_OF: dict[type[Record], str] = {kind: name for name, kind in KINDS.items()}


def kind_of(record: Record) -> str:
    """The journal's name for the kind of `record`."""
    return KIND_OF[type(record)]


def case_of(record: Record) -> str | None:
    """The id of the case that a record belongs to; None for people, organisations, committees,
    mediators and numbers.
    """
    return record.id if isinstance(record, Case) else getattr(record, "case_id", None)
