"""Which papers there are and what the county asks of each: must or as needed, in which order, how
many copies.

The rules are the pack's (``document_set``); the defaults here are the national ones. Never knows
what a paper says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.confirmations import Confirmation

REFERRED = "REFERRED"  # the codes of ``case_source`` that begin so name a referring body


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
    """Whether the file must hold a paper. AS_NEEDED papers are named only where the case has
    them.
    """

    MUST = "must"
    AS_NEEDED = "as_needed"
    NOT_NEEDED = "not_needed"


class NeedRule(StrEnum):
    """What a pack says of a paper; ORAL: it stands in the place of the written agreement; NEVER:
    the county does without it.
    """

    MUST = "must"
    AS_NEEDED = "as_needed"
    ORAL = "oral"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class CopiesRule:
    """How many originals: `fixed` + `per_party` for each party, and those that are added for a
    confirmation, a referring body, payer and payee.
    """

    fixed: int = 1
    per_party: int = 0
    for_confirmation: int = 0
    for_referral: int = 0
    for_payer: int = 0
    for_payee: int = 0


class CopyFor(StrEnum):
    """Who keeps an original. AS_WRITTEN: the agreement itself says how many there are; FILE: the
    committee's own.
    """

    PARTIES = "parties"
    PAYER = "payer"
    PAYEE = "payee"
    FILE = "file"
    CONFIRMATION = "confirmation"
    REFERRAL = "referral"
    AS_WRITTEN = "as_written"


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """One line of the pack. `one_of` names a group of which one paper is enough; of `stands_alone`
    papers no dossier is bound; `paged` papers count in the contents.
    """

    kind: DocumentKind
    order: int
    need: NeedRule = NeedRule.AS_NEEDED
    one_of: str = ""
    paged: bool = True
    stands_alone: bool = False
    copies: CopiesRule = CopiesRule()


_MUST = frozenset(
    {
        DocumentKind.COVER,
        DocumentKind.CONTENTS,
        DocumentKind.APPLICATION,
        DocumentKind.ACCEPTANCE_REGISTER,
        DocumentKind.RIGHTS_NOTICE,
        DocumentKind.MEDIATION_RECORD,
        DocumentKind.WRITTEN_AGREEMENT,
    }
)
_UNPAGED = frozenset({DocumentKind.COVER, DocumentKind.CONTENTS, DocumentKind.BACK_COVER})
_ONE_OF = {
    DocumentKind.APPLICATION: "intake",
    DocumentKind.ACCEPTANCE_REGISTER: "intake",
    DocumentKind.WRITTEN_AGREEMENT: "agreement",
    DocumentKind.ORAL_REGISTER: "agreement",
}
_EACH_PARTY = CopiesRule(fixed=1, per_party=1)
_COPIES = {
    DocumentKind.MEDIATION_NOTICE: _EACH_PARTY,
    DocumentKind.NON_ACCEPTANCE_NOTICE: _EACH_PARTY,
    DocumentKind.RIGHTS_NOTICE: _EACH_PARTY,
    DocumentKind.EXTENSION_CONSENT: _EACH_PARTY,
    DocumentKind.SUSPENSION_NOTICE: _EACH_PARTY,
    DocumentKind.RESUMPTION_NOTICE: _EACH_PARTY,
    DocumentKind.TERMINATION_NOTICE: _EACH_PARTY,
    # PML art. 29: one for each party and one for the committee; the other two are county practice.
    DocumentKind.WRITTEN_AGREEMENT: CopiesRule(
        fixed=1, per_party=1, for_confirmation=1, for_referral=1
    ),
    DocumentKind.TRANSFER_LETTER: CopiesRule(fixed=2),
    DocumentKind.COURT_REPLY: CopiesRule(fixed=2),
    DocumentKind.PERFORMANCE_RECEIPT: CopiesRule(fixed=1, for_payer=1, for_payee=1),
    DocumentKind.CONFIRMATION_APPLICATION: CopiesRule(fixed=2),
}


def _default(order: int, kind: DocumentKind) -> DocumentRule:
    need = NeedRule.MUST if kind in _MUST else NeedRule.AS_NEEDED
    oral = kind is DocumentKind.ORAL_REGISTER
    return DocumentRule(
        kind=kind,
        order=order,
        need=NeedRule.ORAL if oral else need,
        one_of=_ONE_OF.get(kind, ""),
        paged=kind not in _UNPAGED,
        stands_alone=oral,
        copies=_COPIES.get(kind, CopiesRule()),
    )


DEFAULT_RULES: tuple[DocumentRule, ...] = tuple(
    _default(order, kind) for order, kind in enumerate(DocumentKind, 1)
)


def copies_for(
    kind: DocumentKind,
    file: CaseFile,
    agreement: Agreement | None = None,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> tuple[tuple[CopyFor, int], ...]:
    """For whom originals of a paper are printed, and how many; `agreement` is the one that it is or
    belongs to. At least one in all.

    An agreement that says its number of copies has that number.
    """
    on_paper = (DocumentKind.WRITTEN_AGREEMENT, DocumentKind.ORAL_REGISTER)
    if kind in on_paper and agreement is not None and agreement.copies is not None:
        return ((CopyFor.AS_WRITTEN, agreement.copies),)
    rule = next((one.copies for one in rules if one.kind is kind), CopiesRule())
    parties = len(agreement.party_ids) if agreement else len(file.living_parties)
    confirmed = agreement is not None and _confirmed(file, agreement)
    referred = file.case.source.startswith(REFERRED)
    found = (
        (CopyFor.PARTIES, rule.per_party * parties),
        (CopyFor.PAYER, rule.for_payer),
        (CopyFor.PAYEE, rule.for_payee),
        (CopyFor.FILE, rule.fixed),
        (CopyFor.CONFIRMATION, rule.for_confirmation if confirmed else 0),
        (CopyFor.REFERRAL, rule.for_referral if referred else 0),
    )
    return tuple(one for one in found if one[1]) or ((CopyFor.FILE, 1),)


def copies_of(
    kind: DocumentKind,
    file: CaseFile,
    agreement: Agreement | None = None,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> int:
    """How many originals of a paper are printed, as `copies_for` counts them."""
    return sum(count for _, count in copies_for(kind, file, agreement, rules))


def _confirmed(file: CaseFile, agreement: Agreement) -> bool:
    """Whether judicial confirmation is wanted or already asked for."""
    asked = {one.agreement_id for one in file.living(Confirmation)}
    return agreement.for_confirmation or agreement.id in asked
