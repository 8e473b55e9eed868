"""The case document ``heshi-cases/1``.

Whole cases as a JSON file that people and programs can write.

Keys are English and named as in the domain, content is Chinese as a rule. What is not known is left
out and never invented. Amounts are text in yuan ("25000.00") or whole fen; a float is nowhere
allowed. This module only says what the file looks like: whether a case may be as the file says is
for the domain to decide.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from app.domain.agreements import AgreementForm, Signer, SignMethod
from app.domain.cases import Manner, Retention, RiskGrade, Stage
from app.domain.committees import CommitteeRole
from app.domain.confirmations import ConfirmationOutcome
from app.domain.letters import LetterKind
from app.domain.money import parse_amount
from app.domain.parties import PartyRole, StandIn
from app.domain.people import Capacity
from app.domain.problems import ProblemCode, Refused
from app.domain.sessions import ParticipantKind, SessionOutcome

FORMAT = "heshi-cases/1"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ISO_TIME = re.compile(r"(\d{2}):(\d{2})(?::00)?")


def _wrong(code: ProblemCode, **facts: str | int) -> PydanticCustomError:
    """A fault that keeps its problem code on the way through pydantic."""
    return PydanticCustomError(code.value, "{wanted}", {"wanted": "", **facts})


def _read_date(value: object) -> object:
    if isinstance(value, date):
        return value
    match = _ISO_DATE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("day", "an ISO date as text")
    try:
        found = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise _wrong(ProblemCode.DATE_IMPOSSIBLE, text=match[0]) from None
    if found.year < 1900:
        raise _wrong(ProblemCode.DATE_TOO_EARLY, date=match[0], earliest="1900-01-01")
    return found


def _read_time(value: object) -> object:
    if isinstance(value, time):
        return value
    match = _ISO_TIME.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            return time(int(match[1]), int(match[2]))
    except ValueError:
        match = None
    raise PydanticCustomError("hour", "an ISO time as text")


def _read_amount(value: object) -> object:
    """Whole fen out of text in yuan. A bare number is refused: nobody could tell yuan from fen."""
    if not isinstance(value, str):
        raise PydanticCustomError("yuan", "an amount as text")
    try:
        return parse_amount(value)
    except Refused as refused:
        raise _wrong(refused.first.code, **refused.first.facts) from None


def yuan_text(fen: int) -> str:
    """The text form of an amount: 2500000 fen -> ``25000.00``."""
    return f"{fen // 100}.{fen % 100:02d}"


Day = Annotated[
    date,
    BeforeValidator(_read_date, json_schema_input_type=str),
    Field(json_schema_extra={"type": "string", "format": "date", "examples": ["2026-03-05"]}),
]
Hour = Annotated[
    time,
    BeforeValidator(_read_time, json_schema_input_type=str),
    Field(json_schema_extra={"type": "string", "pattern": r"^\d{2}:\d{2}$", "examples": ["09:30"]}),
]
Yuan = Annotated[
    StrictInt,
    BeforeValidator(_read_amount, json_schema_input_type=str),
    Field(
        json_schema_extra={"type": "string", "examples": ["400", "25000.00"]},
        description="Amount as text in yuan, at most two decimals.",
    ),
]
Ref = Annotated[str, Field(min_length=1, max_length=100)]


class Part(BaseModel):
    """Unknown keys are refused, so that a misspelt key never loses a fact."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class CommitteePart(Part):
    """The committee that owns the case. Absent: the committee of the laptop that imports."""

    name: str = Field(description="Full name as on the seal.")
    short_name: str = Field("", description="Name as it stands in numbers.")
    kind: str = Field("VILLAGE", description="Code of committee_kind.")
    region_code: str = Field("", description="Twelve digits; decides who may see the case.")
    region_name: str = ""
    phone: str = ""
    address: str = ""


class PersonPart(Part):
    """A natural person. `ref` is a name of your own for it inside this case."""

    ref: Ref | None = None
    name: str
    sex: Literal["0", "1", "2", "9", "男", "女", ""] = Field(
        "", description="GB/T 2261.1, or 男/女."
    )
    ethnicity: str = Field("", description="Code of GB/T 3304 (01 Han), or its Chinese name.")
    birth_date: Day | None = None
    stated_age: StrictInt | None = Field(None, description="Age as the person said it.")
    stated_age_on: Day | None = Field(None, description="The day on which it was said.")
    id_kind: str = Field("", description="Kind of identity document, 111 resident card.")
    id_no: str = ""
    id_reason: str = Field("", description="Why a number that looks irregular is kept.")
    occupation: str = ""
    phone: str = ""
    address: str = ""
    region_code: str = ""
    cannot_read: StrictBool = False
    note: str = ""


class OrganisationPart(Part):
    """A legal person or another organisation."""

    ref: Ref | None = None
    name: str
    kind: str = Field("", description="Code of organisation_kind.")
    credit_code: str = ""
    credit_reason: str = Field("", description="Why a code that looks irregular is kept.")
    legal_representative: str = ""
    representative_post: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""


class RepresentationPart(Part):
    """Somebody who acts for a party: `ref` of one of `people`, or the person itself."""

    ref: Ref | None = None
    person: PersonPart | None = None
    kind: StandIn
    relation: str = ""
    post: str = ""
    agent_kind: str = ""
    powers: list[str] = Field(default_factory=list, description="Codes of agent_power.")
    proof: str = Field("", description="The paper that was shown.")
    given_on: Day | None = None


class PartyPart(Part):
    """One party. `ref` names one of `people` or `organisations`.

    Or the person or organisation stands here whole.

    Clauses, sessions and signatures name the party by `ref`, by the `ref` of its person, or by its
    name.
    """

    ref: Ref | None = None
    person: PersonPart | None = None
    organisation: OrganisationPart | None = None
    role: PartyRole
    side: str = Field("", max_length=2, description="A, B, C ...; absent: by role.")
    group: str = ""
    capacity: Capacity | None = Field(
        None, description="Only where it differs from what age presumes."
    )
    capacity_reason: str = ""
    representations: list[RepresentationPart] = Field(default_factory=list)


class NoticePart(Part):
    """That rights and duties were told (Decree 75 art. 30).

    Without it no session can have been held.
    """

    told_on: Day
    manner: Manner = Manner.ORAL
    parties: list[Ref] | None = Field(None, description="Whom; absent: all parties.")
    told_by: str = Field("", description="Name of the mediator.")


class RefusalPart(Part):
    """That a party clearly refuses mediation (PML art. 17)."""

    party: Ref
    on: Day
    words: str = ""


class AttendancePart(Part):
    """Whether a party was there, and through whom if not itself (`ref` of a person who acts for
    it).
    """

    party: Ref
    present: StrictBool = True
    through: Ref | None = None


class ParticipantPart(Part):
    """Somebody invited to help (PML art. 20)."""

    name: str
    kind: ParticipantKind = ParticipantKind.INVITED
    relation: str = ""


class StepsPart(Part):
    """What was written under the seven steps of the record."""

    rights_told: str = ""
    manner_told: str = ""
    accounts: str = ""
    facts_checked: str = ""
    risks_told: str = ""
    result: str = ""
    signed: str = ""


class SessionPart(Part):
    """One mediation session.

    In a case that was accepted, one with an outcome needs its day and who was present.
    """

    held_on: Day | None = None
    begun_at: Hour | None = None
    ended_at: Hour | None = None
    place: str = ""
    mediators: list[str] = Field(default_factory=list, description="Names.")
    recorder: str = ""
    attendance: list[AttendancePart] = Field(default_factory=list)
    participants: list[ParticipantPart] = Field(default_factory=list)
    steps: StepsPart = StepsPart()
    outcome: SessionOutcome | None = None
    outcome_text: str = ""
    next_on: Day | None = None


class InstalmentPart(Part):
    """One payment of several."""

    amount_yuan: Yuan | None = None
    fen: StrictInt | None = None
    due_on: Day | None = None
    way: str = Field("", description="Code of money_way.")


class PaymentPart(Part):
    """Money that a clause promises: exactly one of `amount_yuan` and `fen`."""

    payer: Ref
    payee: Ref
    amount_yuan: Yuan | None = None
    fen: StrictInt | None = Field(None, description="Whole fen, instead of amount_yuan.")
    due_on: Day | None = None
    way: str = Field("", description="Code of money_way.")
    instalments: list[InstalmentPart] = Field(default_factory=list)


class DutyPart(Part):
    """Something that a clause obliges a party to do, other than paying."""

    party: Ref | None = None
    what: str
    due_on: Day | None = None


class ClausePart(Part):
    """One numbered clause."""

    text: str = ""
    payment: PaymentPart | None = None
    due_on: Day | None = Field(None, description="For what is not a payment.")
    duties: list[DutyPart] = Field(default_factory=list, description="What is not a payment.")
    from_bank: str = Field("", description="The clause of the pack it was made from.")


class SignOffPart(Part):
    """One hand on the paper. `by` is the `ref` of the guardian or agent who signed for it."""

    signer: Signer
    methods: list[SignMethod]
    on: Day
    party: Ref | None = None
    mediator: str = Field("", description="Name, for the mediator's hand.")
    by: Ref | None = None


class AgreementPart(Part):
    """An agreement. With `number` (or `finalised`.

    True) it is frozen as the paper that was printed, else a draft.
    """

    form: AgreementForm
    supplement: StrictBool = Field(False, description="A supplement to the main agreement.")
    finalised: StrictBool | None = Field(
        None, description="Absent: true if there is a number. true without number: the next one."
    )
    number: str = Field("", description="As printed, e.g. 〔2026〕玉溪村人调字第001号.")
    parties: list[Ref] | None = Field(None, description="Absent: all parties.")
    mediators: list[str] | None = Field(None, description="Names; absent: those of the case.")
    recorder: str = ""
    facts: str | None = Field(None, description="Main facts; absent: the facts of the case.")
    responsibility: str = ""
    clauses: list[ClausePart] = Field(default_factory=list)
    manner: str = ""
    manner_code: str = Field("", description="Code of performance_manner.")
    deadline: str = ""
    place: str = ""
    copies: StrictInt | None = None
    for_confirmation: StrictBool = False
    made_on: Day | None = None
    sign_offs: list[SignOffPart] = Field(default_factory=list)
    performed_on: Day | None = None


class FollowUpPart(Part):
    """One visit after the agreement."""

    visited_on: Day
    agreement: StrictInt | None = Field(None, description="Place in agreements, from 1.")
    method: str = Field("", description="Code of visit_method.")
    party: Ref | None = None
    visitor: str = ""
    performance: str = Field("", description="Code of performance_status.")
    satisfaction: str = Field("", description="Code of satisfaction.")
    findings: str = ""
    new_risk: StrictBool = False
    next_on: Day | None = None


class ExchangePart(Part):
    """One question and its answer."""

    question: str
    answer: str = ""


class InvestigationPart(Part):
    """One talk with one person (PML art. 21): `person` is the `ref` of one of `people`."""

    held_on: Day | None = None
    begun_at: Hour | None = None
    ended_at: Hour | None = None
    place: str = ""
    person: Ref | None = None
    relation: str = Field("", description="What the person is to the dispute.")
    others: str = ""
    matter: str = ""
    exchanges: list[ExchangePart] = Field(default_factory=list)
    investigators: list[str] = Field(default_factory=list, description="Names of mediators.")
    recorder: str = ""


class EvidencePart(Part):
    """One line of the evidence list."""

    name: str
    kind: str = Field("", description="Code of evidence_kind.")
    given_by: Ref | None = Field(None, description="The party that handed it in.")
    source: str = ""
    submitted_on: Day | None = None
    copies: StrictInt = 1
    pages: StrictInt = 1
    original: StrictBool = False
    proves: str = ""
    received_by: str = ""
    compared_by: str = ""
    compared_on: Day | None = None
    returned_on: Day | None = None


class DeliveryPart(Part):
    """That a paper was served."""

    recipient: str
    on: Day | None = None
    way: str = ""
    by: str = ""
    refusal: str = ""


class ReplyPart(Part):
    """The receipt slip that came back."""

    on: Day
    accepted: StrictBool
    handler: str = ""
    words: str = ""


class LetterPart(Part):
    """A notice or letter. `about_letter` and `about_agreement` are places in their lists, from 1:
    what a service receipt is about.
    """

    kind: LetterKind
    number: str = Field("", description="As printed.")
    made_on: Day | None = None
    parties: list[Ref] | None = Field(None, description="Absent: all parties.")
    mediators: list[str] | None = Field(None, description="Names; absent: those of the case.")
    addressee: str = ""
    addressee_code: str = Field("", description="Code of the pack's transfer_addressees.")
    reason_code: str = Field("", description="Code of the pack's list for the kind.")
    reason: str = ""
    content: str = ""
    until: Day | None = None
    meeting_on: Day | None = None
    meeting_at: Hour | None = None
    place: str = ""
    about_letter: StrictInt | None = None
    about_agreement: StrictInt | None = None
    enclosures: list[str] = Field(default_factory=list)
    decision: str = ""
    decided_on: Day | None = None
    deliveries: list[DeliveryPart] = Field(default_factory=list)
    reply: ReplyPart | None = None


class PerformancePart(Part):
    """Proof that something agreed was done. `duty` is its place in the duties of the agreement,
    from 1: payments and instalments, then what else each clause names, in order.
    """

    agreement: StrictInt | None = Field(None, description="Place in agreements, from 1.")
    duty: StrictInt | None = None
    done_on: Day
    amount_yuan: Yuan | None = None
    payer: Ref | None = None
    payee: Ref | None = None
    way: str = Field("", description="Code of money_way.")
    what: str = ""
    witness: str = ""
    follow_up: StrictInt | None = Field(None, description="Place in follow_ups, from 1.")


class AddressPart(Part):
    """Where a party takes the court's letters."""

    party: Ref
    address: str = ""
    phone: str = ""


class ConfirmationPart(Part):
    """The joint application for judicial confirmation (PML art. 33)."""

    agreement: StrictInt | None = Field(None, description="Place in agreements, from 1.")
    court: str = ""
    applied_on: Day | None = None
    addresses: list[AddressPart] = Field(default_factory=list)
    property_proof: str = ""
    case_no: str = ""
    accepted_on: Day | None = None
    decided_on: Day | None = None
    outcome: ConfirmationOutcome | None = None
    reason: str = ""


class FileNotePart(Part):
    """The note on the state of the file."""

    situation: str = ""
    filed_by: str = ""
    filed_on: Day | None = None
    checked_by: str = ""
    checked_on: Day | None = None


class ClosingPart(Part):
    """How the case ended."""

    on: Day
    result: str = Field(description="Code of mediation_result.")
    reason: str = Field("", description="Code of termination_reason, without success.")
    performance: str = Field("", description="Code of performance_status.")
    opinion: str = ""


class MediatorPart(Part):
    """A mediator with more than a name."""

    name: str
    role: CommitteeRole = CommitteeRole.MEMBER
    full_time: StrictBool = False
    phone: str = ""


class CasePart(Part):
    """One dispute with all that belongs to it.

    Where it stands follows from its facts (see `stage`).
    """

    external_id: str = Field(
        "", max_length=200, description="Your own identity of the case: it is never taken in twice."
    )
    committee: CommitteePart | None = None
    mediators: list[str | MediatorPart] = Field(
        default_factory=list, description="Names; the first leads."
    )
    people: list[PersonPart] = Field(default_factory=list)
    organisations: list[OrganisationPart] = Field(default_factory=list)
    title: str = Field("", description="Absent: made from names and type.")
    matter: str = Field("", description="What it is about, in a few words.")
    dispute_type: str = Field("", description="Code of dispute_type.")
    dispute_tags: list[str] = Field(default_factory=list, description="Codes of dispute_tag.")
    reported_on: Day | None = None
    occurred_on: Day | None = None
    occurred_place: str = ""
    source: str = Field("", description="Code of case_source.")
    source_detail: str = ""
    facts: str = ""
    requests: list[str] = Field(default_factory=list)
    amount_claimed_yuan: Yuan | None = None
    difficulty: str = Field("", description="Code of difficulty.")
    risk_grade: RiskGrade = RiskGrade.BLUE
    risk_reason: str = ""
    special_groups: list[str] = Field(default_factory=list, description="Codes of special_group.")
    prevented_harms: list[str] = Field(default_factory=list, description="Codes of prevented_harm.")
    scope: str = Field("", description="Code of refusal_of_scope.")
    scope_reason: str = ""
    accepted_on: Day | None = Field(
        None, description="Absent: a lead. Acceptance needs two sides, source and mediator."
    )
    registrar: str = ""
    applied_on: Day | None = Field(None, description="The day of the application.")
    applied_orally: StrictBool = Field(False, description="It was filled in for the applicant.")
    subsidy_class: str = Field("", description="What the county graded the case for payment.")
    fee_taken: StrictBool = Field(False, description="PML art. 4 forbids it.")
    parties: list[PartyPart] = Field(default_factory=list)
    rights_notice: NoticePart | None = None
    sessions: list[SessionPart] = Field(default_factory=list)
    agreements: list[AgreementPart] = Field(default_factory=list)
    follow_ups: list[FollowUpPart] = Field(default_factory=list)
    investigations: list[InvestigationPart] = Field(default_factory=list)
    evidence: list[EvidencePart] = Field(default_factory=list)
    letters: list[LetterPart] = Field(default_factory=list)
    performances: list[PerformancePart] = Field(default_factory=list)
    confirmations: list[ConfirmationPart] = Field(default_factory=list)
    refusal: RefusalPart | None = None
    stage: Stage | None = Field(
        None, description="Only a stage that facts cannot tell: investigating, or a side exit."
    )
    exit_reason: str = Field("", description="Why the case left the path; needed with a side exit.")
    closing: ClosingPart | None = None
    retention: Retention | None = None
    file_no: str = ""
    filed_on: Day | None = Field(None, description="The day the complete file was bound.")
    file_note: FileNotePart | None = None
    sources: list[str] = Field(
        default_factory=list, description="Where the facts come from, one line each."
    )


class CasesFile(Part):
    """A file of cases."""

    format: Literal["heshi-cases/1"]
    cases: list[CasePart] = Field(max_length=5000)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file of cases."""
    schema = CasesFile.model_json_schema(mode="validation")
    return {"$schema": SCHEMA_DIALECT, **schema, "title": FORMAT}
