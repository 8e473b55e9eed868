"""What a person can do that the journal remembers. Each act has a name on screen (`ui`), a house
check compares.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """The verbs of the journal, `<record>.<verb>`."""

    COMMITTEE_SAVED = "committee.saved"
    MEDIATOR_SAVED = "mediator.saved"
    PERSON_SAVED = "person.saved"
    ORGANISATION_SAVED = "organisation.saved"
    CASE_REGISTERED = "case.registered"
    CASE_SAVED = "case.saved"
    CASE_ACCEPTED = "case.accepted"
    CASE_NOT_ACCEPTED = "case.not_accepted"
    RIGHTS_TOLD = "case.rights_told"
    PARTY_REFUSED = "case.party_refused"
    CASE_LEFT = "case.left"
    CASE_SUSPENDED = "case.suspended"
    CASE_RESUMED = "case.resumed"
    CASE_CLOSED = "case.closed"
    CASE_FILED = "case.filed"
    CASE_IMPORTED = "case.imported"
    ORAL_CASE_RECORDED = "case.oral_recorded"
    PARTY_ADDED = "party.added"
    PARTY_SAVED = "party.saved"
    PARTY_VOIDED = "party.voided"
    SESSION_OPENED = "session.opened"
    SESSION_SAVED = "session.saved"
    SESSION_CONCLUDED = "session.concluded"
    AGREEMENT_DRAFTED = "agreement.drafted"
    AGREEMENT_SAVED = "agreement.saved"
    AGREEMENT_FINALISED = "agreement.finalised"
    AGREEMENT_SPOILED = "agreement.spoiled"
    AGREEMENT_SIGNED = "agreement.signed"
    AGREEMENT_PERFORMED = "agreement.performed"
    AGREEMENT_READ = "agreement.read"
    INVESTIGATION_SAVED = "investigation.saved"
    EVIDENCE_SAVED = "evidence.saved"
    LETTER_SAVED = "letter.saved"
    PERFORMANCE_SAVED = "performance.saved"
    CONFIRMATION_SAVED = "confirmation.saved"
    ATTACHMENT_ADDED = "attachment.added"
    ATTACHMENT_SAVED = "attachment.saved"
    PAPERS_PRINTED = "papers.printed"
    FOLLOW_UP_SAVED = "follow_up.saved"
    FILE_SUBMITTED = "file.submitted"
    FILE_REVIEWED = "file.reviewed"
    NUMBERS_LENT = "numbers.lent"
