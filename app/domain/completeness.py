"""Which papers a case needs and what each still lacks, so that it is seen before the parties leave
the room.

Which papers there are is the pack's (``document_set``); what a paper's own blanks are is the 2010
form's (`paper_blanks`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain import paper_blanks as blanks
from app.domain.agreements import AgreementForm
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile, is_oral
from app.domain.cases import Stage
from app.domain.confirmations import Confirmation
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.paper_blanks import Missing
from app.domain.paper_kinds import DEFAULT_RULES, DocumentKind, DocumentRule, Need, NeedRule
from app.domain.parties import StandIn
from app.domain.performances import Performance
from app.domain.sessions import SessionOutcome

__all__ = ["Document", "DocumentKind", "Missing", "Need", "documents", "missing"]

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
# Of records that not every case has: what is asked for where the county's rules want the paper.
_WANTED = {
    DocumentKind.INVESTIGATION_RECORD: "investigations",
    DocumentKind.EVIDENCE_LIST: "evidence",
    DocumentKind.PERFORMANCE_RECEIPT: "performances",
    DocumentKind.FOLLOW_UP_RECORD: "follow_ups",
}
# Papers that a dossier holds and an oral agreement, kept as one sheet, does without.
_DOSSIER = frozenset(
    {
        DocumentKind.COVER,
        DocumentKind.CONTENTS,
        DocumentKind.APPLICATION,
        DocumentKind.ACCEPTANCE_REGISTER,
        DocumentKind.RIGHTS_NOTICE,
        DocumentKind.MEDIATION_RECORD,
        DocumentKind.CLOSING_REPORT,
        DocumentKind.FILE_NOTE,
        DocumentKind.BACK_COVER,
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of one case: `subject_id` is the record it is about, or the case."""

    kind: DocumentKind
    subject_id: RecordId
    need: Need
    ordinal: int = 0
    missing: tuple[Missing, ...] = ()

    @property
    def ready(self) -> bool:
        return not any(one.must for one in self.missing)


def documents(
    file: CaseFile, rules: Iterable[DocumentRule] = DEFAULT_RULES
) -> tuple[Document, ...]:
    """All papers of the case in the order of the file, each with what it lacks.

    `rules` are the county's (services read them from its pack). A paper that they do not name is
    still listed, last, where the case holds a record for it; one that they do without never is.
    """
    of_kind = {rule.kind: rule for rule in rules}
    alone = DocumentKind.ORAL_REGISTER in of_kind and (
        of_kind[DocumentKind.ORAL_REGISTER].stands_alone
    )
    single_sheet = is_oral(file) and alone
    never = {kind for kind, rule in of_kind.items() if rule.need is NeedRule.NEVER}
    found = [*_of_case(file, of_kind), *_of_records(file)]
    found = [one for one in found if one.kind not in never]
    last = len(of_kind) + max((rule.order for rule in of_kind.values()), default=0)
    order = {kind: rule.order for kind, rule in of_kind.items()}
    found.sort(key=lambda one: order.get(one.kind, last))
    return tuple(replace(one, need=_need(one, of_kind, single_sheet)) for one in found)


def missing(file: CaseFile, rules: Iterable[DocumentRule] = DEFAULT_RULES) -> tuple[Missing, ...]:
    """Every blank of the papers in the file, each named once (on the first paper that needs it).

    Blanks of papers that the file need not hold are never a must. What a case can only have later
    (file number, closing, retention) is asked for from the agreement on; `documents` tells all
    blanks of each paper at any time.
    """
    rules = tuple(rules)
    papers = [one for one in documents(file, rules) if one.need is not Need.NOT_NEEDED]
    papers.sort(key=lambda one: one.need is not Need.MUST)
    early = file.case.stage in _EARLY_STAGES
    seen: dict[tuple[str, RecordId, str], Missing] = {}
    for paper in papers:
        for one in paper.missing:
            late = early and one.owner == "case" and one.field in _LATE
            if not late:
                needed = replace(one, must=one.must and paper.need is Need.MUST)
                seen.setdefault((one.owner, one.owner_id, one.field), needed)
    not_begun = () if early else _records_not_begun(file, rules, {one.kind for one in papers})
    return (*seen.values(), *_papers_not_begun(file), *not_begun)


def _records_not_begun(
    file: CaseFile, rules: Iterable[DocumentRule], held: Collection[DocumentKind]
) -> Iterator[Missing]:
    """Papers that only this county wants of every file with an agreement."""
    wanted = {one.kind for one in rules if one.need is NeedRule.MUST}
    for kind, field in _WANTED.items():
        if kind in wanted and kind not in held and file.living_agreements:
            yield Missing(kind, "case", file.case.id, field)


def _papers_not_begun(file: CaseFile) -> Iterator[Missing]:
    case = file.case
    begun = case.stage not in (Stage.LEAD, Stage.NOT_ACCEPTED)
    if begun and not is_oral(file) and not file.living_sessions:
        yield Missing(DocumentKind.MEDIATION_RECORD, "case", case.id, "sessions")
    agreed = any(one.outcome is SessionOutcome.AGREED for one in file.living_sessions)
    if agreed and not file.living_agreements:
        yield Missing(DocumentKind.WRITTEN_AGREEMENT, "case", case.id, "agreements")


def _need(one: Document, rules: dict[DocumentKind, DocumentRule], single_sheet: bool) -> Need:
    if single_sheet and one.kind in _DOSSIER:
        return Need.NOT_NEEDED
    rule = rules.get(one.kind)
    return Need.AS_NEEDED if rule is None or rule.need is NeedRule.AS_NEEDED else Need.MUST


def _of_case(file: CaseFile, rules: dict[DocumentKind, DocumentRule]) -> Iterator[Document]:
    """Papers about the case as a whole, once their time has come.

    The register is kept of every case (county practice), also of one that began with an
    application.
    """
    case = file.case
    wanted = {
        DocumentKind.COVER: True,
        DocumentKind.CONTENTS: True,
        DocumentKind.APPLICATION: case.applied_on is not None,
        DocumentKind.ACCEPTANCE_REGISTER: True,
        DocumentKind.RIGHTS_NOTICE: True,
        DocumentKind.CLOSING_REPORT: case.closing is not None or case.stage not in _EARLY_STAGES,
        DocumentKind.FILE_NOTE: case.file_note is not None or case.stage not in _EARLY_STAGES,
        DocumentKind.BACK_COVER: True,
    }
    for kind, listed in wanted.items():
        if listed and kind in rules:
            lacks = blanks.OF_CASE.get(kind)
            found = tuple(lacks(file)) if lacks else ()
            yield Document(kind, case.id, Need.MUST, 0, found)


def _of_records(file: CaseFile) -> Iterator[Document]:
    """A paper for each record that has one."""
    yield from _beside_the_table(file)
    for session in file.living_sessions:
        yield _document(
            DocumentKind.MEDIATION_RECORD, session.id, blanks.record(session), session.ordinal
        )
    for index, agreement in enumerate(file.living_agreements, 1):
        written = agreement.form is AgreementForm.WRITTEN
        kind = DocumentKind.WRITTEN_AGREEMENT if written else DocumentKind.ORAL_REGISTER
        found = blanks.agreement_blanks(file, agreement, kind)
        yield _document(kind, agreement.id, found, index)
    yield from _after_the_table(file)


def _beside_the_table(file: CaseFile) -> Iterator[Document]:
    for index, party in enumerate(file.living_parties, 1):
        if any(one.kind is StandIn.AGENT for one in party.representations):
            found = blanks.power_of_attorney(file, party)
            yield _document(DocumentKind.POWER_OF_ATTORNEY, party.id, found, index)
    for record in file.living(Investigation):
        kind = DocumentKind.INVESTIGATION_RECORD
        yield _document(kind, record.id, blanks.investigation(record), record.ordinal)
    pieces = file.living(Evidence)
    pictures = (AttachmentKind.EVIDENCE, AttachmentKind.PHOTO)
    if pieces or any(one.kind in pictures for one in file.living(Attachment)):
        found = blanks.evidence_list(pieces)
        yield _document(DocumentKind.EVIDENCE_LIST, file.case.id, found)
    counts: dict[DocumentKind, int] = {}
    for letter in file.living(Letter):
        kind = DocumentKind(letter.kind.value)
        counts[kind] = counts.get(kind, 0) + 1
        yield _document(kind, letter.id, blanks.letter_blanks(letter), counts[kind])


def _after_the_table(file: CaseFile) -> Iterator[Document]:
    for index, done in enumerate(file.living(Performance), 1):
        found = blanks.performance(done)
        yield _document(DocumentKind.PERFORMANCE_RECEIPT, done.id, found, index)
    visits = [one for one in file.follow_ups if not one.void_reason]
    for index, visit in enumerate(visits, 1):
        yield _document(DocumentKind.FOLLOW_UP_RECORD, visit.id, blanks.follow_up(visit), index)
    for index, one in enumerate(file.living(Confirmation), 1):
        found = blanks.confirmation(file, one)
        yield _document(DocumentKind.CONFIRMATION_APPLICATION, one.id, found, index)


def _document(
    kind: DocumentKind, subject_id: RecordId, lacking: Iterator[Missing], ordinal: int = 0
) -> Document:
    return Document(kind, subject_id, Need.MUST, ordinal, tuple(lacking))
