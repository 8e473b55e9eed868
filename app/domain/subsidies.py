"""Will it be paid? The county's subsidy rules (以案定补) for one case, and what is lacking for it.

Rules and sums are the pack's; the national ones are examples. Never a promise: the county pays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.agreements import AgreementForm, AgreementState, total_fen
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.duties import all_done
from app.domain.performances import Performance
from app.domain.review_intake import scope_is_bad, without_phone
from app.domain.review_middle import visited
from app.domain.review_sheet import FileFacts, Lacking, Place, Verdict
from app.domain.review_stages import SUCCESS, case_place

FILE_PASSES = "file_passes"  # the requirement that the review answers


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be met before a case of one of `forms` is paid at all."""

    id: str
    zh: str
    en: str
    advice_zh: str = ""
    advice_en: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """`fen` whole fen for a case that fits `when`: codes by fact, True, or a least number."""

    id: str
    zh: str
    en: str
    fen: int
    when: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubsidyRules:
    """The county's table. `example` rules are no county's: their sums are not certain."""

    requirements: tuple[Requirement, ...] = ()
    rules: tuple[SubsidyRule, ...] = ()
    example: bool = True
    warning_zh: str = ""
    warning_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """`fen` that the case is paid as it stands, None while something is lacking or no rule fits.

    `expected_fen` is what it comes to once it is performed and complete; `rule` with its words
    names the rule. Not `certain` where the county has not decided. `asked` only a person can tell.
    """

    fen: int | None = None
    expected_fen: int | None = None
    rule: str = ""
    zh: str = ""
    en: str = ""
    certain: bool = False
    warning_zh: str = ""
    warning_en: str = ""
    lacking: tuple[Lacking, ...] = ()
    asked: tuple[Lacking, ...] = ()


def subsidy(facts: FileFacts, rules: SubsidyRules, *, passes: bool) -> Subsidy:
    """What the case is paid; `passes` tells whether its file passes the review."""
    file, main = facts.file, facts.file.main_agreement()
    form = (main.form if main else AgreementForm.WRITTEN).value
    wanted = [one for one in rules.requirements if form in one.forms or not one.forms]
    unmet = [(one, _unmet(facts, one.id, passes=passes)) for one in wanted]
    lacking = tuple(_lacking(one, places) for one, places in unmet if places)
    performed = _performed(facts)
    rule = next((one for one in rules.rules if _fits(facts, one, form)), None)
    now = rule is not None and (performed or not rule.when.get("performed"))
    now = now and (passes or rule is None or not rule.when.get("files_ok"))
    paid = rule.fen if rule is not None and now and not lacking and main is not None else None
    return Subsidy(
        fen=paid,
        expected_fen=rule.fen if rule and not _never(file) else None,
        rule=rule.id if rule else "",
        zh=rule.zh if rule else "",
        en=rule.en if rule else "",
        certain=not rules.example,
        warning_zh=rules.warning_zh,
        warning_en=rules.warning_en,
        lacking=lacking,
        asked=tuple(_asked(one) for one in wanted if one.id not in (*MET, FILE_PASSES)),
    )


def _lacking(one: Requirement, places: list[Place]) -> Lacking:
    return Lacking(one.id, one.zh, one.en, one.advice_zh, one.advice_en, places=tuple(places))


def _asked(one: Requirement) -> Lacking:
    return Lacking(one.id, one.zh, one.en, one.advice_zh, one.advice_en, verdict=Verdict.ASKED)


def _never(file: CaseFile) -> bool:
    """Whether the case has ended without anything that could be paid."""
    ended = file.case.closing is not None and file.case.closing.result != SUCCESS
    return ended or file.case.stage in (Stage.NOT_ACCEPTED, Stage.MERGED_DUPLICATE)


def _performed(facts: FileFacts) -> bool:
    main = facts.file.main_agreement()
    if main is None or main.state is not AgreementState.EFFECTIVE:
        return False
    done = all_done(main, facts.file.living(Performance), facts.today)
    return main.performed_on is not None or done is not None


def _fits(facts: FileFacts, rule: SubsidyRule, form: str) -> bool:
    """Whether the case is of the kind that a rule pays, performed and complete or not yet.

    A condition that is not known here fits nothing: nobody is paid by a rule that was not
    understood.
    """
    file, main = facts.file, facts.file.main_agreement()
    values = {
        "committee_kind": file.committee.kind if file.committee else "",
        "difficulty": file.case.difficulty,
        "form": form,
        "subsidy_class": file.case.subsidy_class,
    }
    counts = {
        "min_people": len(file.living_parties),
        "min_amount_fen": total_fen(main) if main else 0,
    }
    for name, wanted in rule.when.items():
        if name in values and isinstance(wanted, (list, tuple)):
            fits = values[name] in wanted
        elif name in counts and isinstance(wanted, int):
            fits = counts[name] >= wanted
        else:
            fits = name in ("performed", "files_ok")
        if not fits:
            return False
    return True


Test = Callable[[FileFacts], list[Place]]


def _unmet(facts: FileFacts, requirement: str, *, passes: bool) -> list[Place]:
    """Where a requirement is not met yet; nowhere when it is, or when only a person can tell."""
    if requirement == FILE_PASSES:
        return [] if passes else [case_place(facts.file, "review")]
    test = MET.get(requirement)
    return test(facts) if test else []


def _recorded(facts: FileFacts) -> list[Place]:
    case = facts.file.case
    names = ("accepted_on", "dispute_type", "facts")
    return [case_place(facts.file, name) for name in names if not getattr(case, name)]


def _settled(facts: FileFacts) -> list[Place]:
    case, main = facts.file.case, facts.file.main_agreement()
    failed = case.closing is not None and case.closing.result != SUCCESS
    return [case_place(facts.file, "agreements")] if main is None or failed else []


def _effective(facts: FileFacts) -> list[Place]:
    main = facts.file.main_agreement()
    if main is None:
        return [case_place(facts.file, "agreements")]
    binds = main.state is AgreementState.EFFECTIVE
    return [] if binds else [Place("agreement", main.id, "sign_offs")]


def _performed_or_where(facts: FileFacts) -> list[Place]:
    main = facts.file.main_agreement()
    if _performed(facts):
        return []
    place = Place("agreement", main.id, "performed_on") if main else None
    return [place or case_place(facts.file, "agreements")]


def _follow_up(facts: FileFacts) -> list[Place]:
    return [] if visited(facts.file) else [case_place(facts.file, "follow_ups")]


def _registered(facts: FileFacts) -> list[Place]:
    """All who mediate are known as mediators of a committee (PML art. 13-14)."""
    ids = facts.file.case.mediator_ids
    known = bool(ids) and all(one in facts.file.mediators for one in ids)
    return [] if known else [case_place(facts.file, "mediator_ids")]


def _not_paid_before(facts: FileFacts) -> list[Place]:
    merged = facts.file.case.stage is Stage.MERGED_DUPLICATE
    return [case_place(facts.file, "stage")] if merged else []


def _in_scope(facts: FileFacts) -> list[Place]:
    return [case_place(facts.file, "scope")] if scope_is_bad(facts) else []


def _presence(facts: FileFacts) -> list[Place]:
    """Parties' hands on the register, or a photograph of the scene."""
    file, main = facts.file, facts.file.main_agreement()
    if main is None:
        return [case_place(file, "agreements")]
    signed = {one.party_id for one in main.sign_offs}
    kinds = (AttachmentKind.PHOTO, AttachmentKind.SIGNED_PAGE)
    shown = any(one.kind in kinds for one in file.living(Attachment))
    unsigned = [one for one in main.party_ids if one not in signed]
    return [] if shown else [Place("agreement", main.id, f"sign_offs.{it}") for it in unsigned]


def _no_fee(facts: FileFacts) -> list[Place]:
    return [case_place(facts.file, "fee_taken")] if facts.file.case.fee_taken else []


MET: dict[str, Test] = {
    "recorded": _recorded,
    "settled": _settled,
    "agreement_effective": _effective,
    "performed": _performed_or_where,
    "follow_up_done": _follow_up,
    "registered_mediator": _registered,
    "not_paid_before": _not_paid_before,
    "in_scope": _in_scope,
    "oral_presence_proof": _presence,
    "phone_for_callback": lambda facts: without_phone(facts.file),
    "no_fee_taken": _no_fee,
}
