"""Which papers a case needs and what each still lacks, so that it is seen before the parties leave
the room.

Which papers there are is the pack's (``document_set``); what a paper's own blanks are is the 2010
form's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreements import Agreement, AgreementForm, AgreementState, Signer, missing_hands
from app.domain.casefile import CaseFile, day_of, is_oral
from app.domain.cases import Stage
from app.domain.ids import RecordId
from app.domain.parties import Party
from app.domain.people import person_age
from app.domain.sessions import Session, SessionOutcome, SessionStep, step_text


class DocumentKind(StrEnum):
    """A paper that Heshi prints, in the order of the bound file."""

    COVER = "cover"
    CONTENTS = "contents"
    APPLICATION = "application"
    ACCEPTANCE_REGISTER = "acceptance_register"
    MEDIATION_NOTICE = "mediation_notice"
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"
    RIGHTS_NOTICE = "rights_notice"
    POWER_OF_ATTORNEY = "power_of_attorney"
    RECUSAL_APPLICATION = "recusal_application"
    INVESTIGATION_RECORD = "investigation_record"
    EVIDENCE_LIST = "evidence_list"
    MEDIATION_RECORD = "mediation_record"
    EXTENSION_CONSENT = "extension_consent"
    SUSPENSION_NOTICE = "suspension_notice"
    RESUMPTION_NOTICE = "resumption_notice"
    WRITTEN_AGREEMENT = "written_agreement"
    ORAL_REGISTER = "oral_register"
    TERMINATION_NOTICE = "termination_notice"
    TRANSFER_LETTER = "transfer_letter"
    COURT_REPLY = "court_reply"
    SERVICE_RECEIPT = "service_receipt"
    PERFORMANCE_RECEIPT = "performance_receipt"
    FOLLOW_UP_RECORD = "follow_up_record"
    CONFIRMATION_APPLICATION = "confirmation_application"
    CLOSING_REPORT = "closing_report"
    FILE_NOTE = "file_note"
    BACK_COVER = "back_cover"


class Need(StrEnum):
    """Whether the file must hold a paper."""

    MUST = "must"
    AS_NEEDED = "as_needed"
    NOT_NEEDED = "not_needed"


# What the cover can only say once the case has come to its end.
_LATE = frozenset({"file_no", "closing", "retention"})
_EARLY_STAGES = frozenset(
    {
        Stage.LEAD,
        Stage.ACCEPTED,
        Stage.INVESTIGATING,
        Stage.IN_SESSION,
        Stage.ADJOURNED,
        Stage.SUSPENDED,
        Stage.NOT_ACCEPTED,
    }
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One blank: which paper lacks it, on which record (`owner` is its kind, `owner_id` its id) and
    in which field.

    `must` is False for blanks that a reviewer may let pass (a phone number), True for those that
    fail the file.
    """

    document: DocumentKind
    owner: str
    owner_id: RecordId
    field: str
    must: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of one case: `subject_id` is the session or agreement it is about, or the case."""

    kind: DocumentKind
    subject_id: RecordId
    need: Need
    ordinal: int = 0
    missing: tuple[Missing, ...] = ()

    @property
    def ready(self) -> bool:
        return not any(one.must for one in self.missing)


def documents(file: CaseFile) -> tuple[Document, ...]:
    """All papers of the case in the order of the file, each with what it lacks."""
    case, oral = file.case, is_oral(file)
    dossier = Need.NOT_NEEDED if oral else Need.MUST
    papers = [
        Document(DocumentKind.COVER, case.id, dossier, 0, tuple(_cover(file))),
        Document(DocumentKind.ACCEPTANCE_REGISTER, case.id, dossier, 0, tuple(_register(file))),
        Document(DocumentKind.RIGHTS_NOTICE, case.id, dossier, 0, tuple(_notice(file))),
    ]
    for session in file.living_sessions:
        papers.append(
            Document(
                DocumentKind.MEDIATION_RECORD,
                session.id,
                dossier,
                session.ordinal,
                tuple(_record(file, session)),
            )
        )
    for index, agreement in enumerate(file.living_agreements, 1):
        kind = (
            DocumentKind.WRITTEN_AGREEMENT
            if agreement.form is AgreementForm.WRITTEN
            else DocumentKind.ORAL_REGISTER
        )
        papers.append(
            Document(kind, agreement.id, Need.MUST, index, tuple(_agreement(file, agreement, kind)))
        )
    return tuple(papers)


def missing(file: CaseFile) -> tuple[Missing, ...]:
    """Every blank of the papers that the file must hold, each named once (on the first paper that
    needs it).

    What a case can only have later (file number, closing, retention) is asked for from the
    agreement on; `documents` tells all blanks of each paper at any time.
    """
    early = file.case.stage in _EARLY_STAGES
    seen: set[tuple[str, RecordId, str]] = set()
    found = []
    for paper in documents(file):
        for one in paper.missing if paper.need is Need.MUST else ():
            key = (one.owner, one.owner_id, one.field)
            late = early and one.owner == "case" and one.field in _LATE
            if key not in seen and not late:
                seen.add(key)
                found.append(one)
    if (
        file.case.stage not in (Stage.LEAD, Stage.NOT_ACCEPTED)
        and not is_oral(file)
        and not file.living_sessions
    ):
        found.append(Missing(DocumentKind.MEDIATION_RECORD, "case", file.case.id, "sessions"))
    agreed = any(one.outcome is SessionOutcome.AGREED for one in file.living_sessions)
    if agreed and not file.living_agreements:
        found.append(Missing(DocumentKind.WRITTEN_AGREEMENT, "case", file.case.id, "agreements"))
    return tuple(found)


def _blank(
    document: DocumentKind, owner: str, owner_id: RecordId, **values: object
) -> Iterator[Missing]:
    for field, value in values.items():
        if value is None or value == "" or value == ():
            yield Missing(document, owner, owner_id, field)


def _party_blanks(
    file: CaseFile, document: DocumentKind, parties: tuple[Party, ...]
) -> Iterator[Missing]:
    """The party block of the 2010 form: name, sex, ethnic group, age, occupation, contact,
    address.
    """
    if len(parties) < 2:
        yield Missing(document, "case", file.case.id, "parties")
    for party in parties:
        person = file.people.get(party.person_id) if party.person_id else None
        organisation = (
            file.organisations.get(party.organisation_id) if party.organisation_id else None
        )
        if person:
            day = day_of(file)
            age = person_age(person, day) if day else person.birth_date or person.stated_age
            sex = person.sex if person.sex in ("1", "2") else ""
            yield from _blank(
                document,
                "person",
                person.id,
                name=person.name,
                sex=sex,
                ethnicity=person.ethnicity,
                age=age,
                address=person.address,
            )
            for field, value in (("occupation", person.occupation), ("phone", person.phone)):
                if not value:
                    yield Missing(document, "person", person.id, field, must=False)
        elif organisation:
            yield from _blank(
                document,
                "organisation",
                organisation.id,
                name=organisation.name,
                legal_representative=organisation.legal_representative,
                address=organisation.address,
            )


def _cover(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    committee = file.committee.name if file.committee else ""
    yield from _blank(
        DocumentKind.COVER,
        "case",
        case.id,
        committee=committee,
        dispute_type=case.dispute_type,
        file_no=case.file_no
        or next((one.number for one in file.living_agreements if one.number), ""),
        mediator_ids=tuple(file.mediator_names()),
        accepted_on=case.accepted_on,
        retention=case.retention,
        closing=case.closing,
    )


def _register(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    document = DocumentKind.ACCEPTANCE_REGISTER
    yield from _blank(
        document,
        "case",
        case.id,
        accepted_on=case.accepted_on,
        source=case.source,
        dispute_type=case.dispute_type,
        facts=case.facts,
        registrar=case.registrar,
    )
    yield from _party_blanks(file, document, file.living_parties)


def _notice(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    if case.rights_notice is None:
        yield Missing(DocumentKind.RIGHTS_NOTICE, "case", case.id, "rights_notice")
    elif any(party.id not in case.rights_notice.party_ids for party in file.living_parties):
        yield Missing(DocumentKind.RIGHTS_NOTICE, "case", case.id, "rights_notice.party_ids")


def _record(file: CaseFile, session: Session) -> Iterator[Missing]:
    document = DocumentKind.MEDIATION_RECORD
    yield from _blank(
        document,
        "session",
        session.id,
        held_on=session.held_on,
        place=session.place,
        attendance=tuple(one for one in session.attendance if one.present),
        mediator_ids=session.mediator_ids,
        recorder=session.recorder,
        outcome=session.outcome,
    )
    for step in SessionStep:
        if step is not SessionStep.SIGNED and not step_text(session, step).strip():
            yield Missing(document, "session", session.id, f"steps.{step.value}")


def _agreement(file: CaseFile, agreement: Agreement, document: DocumentKind) -> Iterator[Missing]:
    parties = tuple(party for party in file.living_parties if party.id in agreement.party_ids)
    yield from _party_blanks(file, document, parties)
    yield from _blank(
        document,
        "agreement",
        agreement.id,
        facts=agreement.facts,
        clauses=tuple(
            clause for clause in agreement.clauses if clause.text.strip() or clause.payment
        ),
        manner=agreement.manner or agreement.manner_code,
        deadline=agreement.deadline
        or next(
            (one.payment.due_on for one in agreement.clauses if one.payment and one.payment.due_on),
            None,
        ),
        made_on=agreement.made_on,
        mediator_ids=agreement.mediator_ids,
    )
    if agreement.form is AgreementForm.WRITTEN:
        yield from _blank(
            document,
            "agreement",
            agreement.id,
            responsibility=agreement.responsibility,
            place=agreement.place,
            recorder=agreement.recorder,
        )
    if agreement.state is AgreementState.FINAL:
        for hand in missing_hands(agreement):
            yield Missing(document, "agreement", agreement.id, f"sign_offs.{hand}")
    if agreement.form is AgreementForm.ORAL and not any(
        hand.signer is Signer.MEDIATOR for hand in agreement.sign_offs
    ):
        yield Missing(document, "agreement", agreement.id, "sign_offs.mediator")
