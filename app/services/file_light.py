"""The light on a case: will its file pass the review, will it be paid, and what exactly is lacking.

Reads the county's sheet and rules from the pack and hands them to the domain. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.casefile import CaseFile
from app.domain.completeness import documents
from app.domain.file_review import FileReview, Grade, ItemPoints, Lacking, Light, review
from app.domain.ids import RecordId
from app.domain.paper_kinds import (
    DEFAULT_RULES,
    CopiesRule,
    DocumentKind,
    DocumentRule,
    NeedRule,
)
from app.domain.review_sheet import (
    FatalDefect,
    FileFacts,
    ReviewSheet,
    SheetItem,
    SheetTest,
)
from app.domain.subsidies import Requirement, Subsidy, SubsidyRule, SubsidyRules, subsidy
from app.domain.visit_rules import VisitRules, plan_visits
from app.services.agreement_help import findings
from app.services.ports import Practice, UnitOfWork
from app.services.visits import visit_rules

Line = Mapping[str, Any]
_COPIES = ("fixed", "per_party", "for_confirmation", "for_referral", "for_payer", "for_payee")
_BIND = "bind_file"  # the clock from closing to binding


@dataclass(frozen=True, slots=True)
class FileLight:
    """The review of a file and what it is paid, in the county's words."""

    review: FileReview
    subsidy: Subsidy

    @property
    def light(self) -> Light:
        return self.review.light

    @property
    def points(self) -> int:
        return self.review.points

    @property
    def reachable(self) -> int:
        """Points so far and all that can still be had."""
        return self.review.reachable

    @property
    def full(self) -> int:
        return self.review.full

    @property
    def grade(self) -> Grade | None:
        return self.review.grade

    @property
    def fatal(self) -> tuple[Lacking, ...]:
        return self.review.fatal

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """What is due and can be mended."""
        return self.review.lacking

    @property
    def later(self) -> tuple[Lacking, ...]:
        return self.review.later

    @property
    def lost(self) -> tuple[Lacking, ...]:
        return self.review.lost

    @property
    def asked(self) -> tuple[Lacking, ...]:
        return self.review.asked

    @property
    def items(self) -> tuple[ItemPoints, ...]:
        return self.review.items

    @property
    def subsidy_fen(self) -> int | None:
        return self.subsidy.fen

    @property
    def subsidy_lacking(self) -> tuple[Lacking, ...]:
        return self.subsidy.lacking


def file_light(file: CaseFile, practice: Practice, today: date) -> FileLight:
    """The light on one case. `today` is the local date."""
    return _light(file, practice, _rules_of(practice), today)


def lights(
    uow: UnitOfWork, case_ids: Iterable[RecordId], practice: Practice
) -> dict[RecordId, FileLight]:
    """The lights of several cases, for the rows of a list. Raises `Refused` RECORD_NOT_FOUND."""
    rules, today = _rules_of(practice), uow.today()
    found = ((one, uow.records.case_file(one)) for one in case_ids)
    return {one: _light(file, practice, rules, today) for one, file in found}


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the pack says, read once for many cases."""

    sheet: ReviewSheet
    subsidy: SubsidyRules
    documents: tuple[DocumentRule, ...]
    visits: VisitRules
    blocked: frozenset[str]
    bind_days: int


def _rules_of(practice: Practice) -> _Rules:
    return _Rules(
        review_sheet(practice),
        subsidy_rules(practice),
        document_rules(practice),
        visit_rules(practice),
        _blocked(practice),
        _bind_days(practice),
    )


def _light(file: CaseFile, practice: Practice, rules: _Rules, today: date) -> FileLight:
    main = file.main_agreement()
    facts = FileFacts(
        file=file,
        today=today,
        papers=documents(file, rules.documents),
        visits=plan_visits(file, rules.visits, today),
        findings=findings(file, main, practice, today) if main else (),
        blocked=rules.blocked,
        bind_days=rules.bind_days,
    )
    found = review(facts, rules.sheet)
    return FileLight(found, subsidy(facts, rules.subsidy, passes=found.passes))


def _blocked(practice: Practice) -> frozenset[str]:
    """Matters that must not be mediated at all, by the newest table."""
    scopes = practice.codes.tables.get("refusal_of_scope", ())
    lines = [line for table in scopes[:1] for line in table.codes]
    return frozenset(one.code for one in lines if one.extra.get("blocks", True) is not False)


def _text(practice: Practice, name: str) -> Line:
    found = practice.texts.get(name)
    return found if isinstance(found, Mapping) else {}


def _bind_days(practice: Practice) -> int:
    lines = _text(practice, "clocks").get("clocks", ())
    days = [one["value"] for one in lines if one.get("id") == _BIND and one.get("unit") == "days"]
    return int(days[0]) if days else 30


def document_rules(practice: Practice) -> tuple[DocumentRule, ...]:
    """The papers of the county's pack; the national ones where it has no list.

    A paper whose kind this program does not know is left out: it cannot print it.
    """
    known = {kind.value for kind in DocumentKind}
    lines = _text(practice, "document_set").get("documents", ())
    found = tuple(_document_rule(one) for one in lines if one["kind"] in known)
    return found or DEFAULT_RULES


def _document_rule(line: Line) -> DocumentRule:
    copies = line.get("copies", {})
    return DocumentRule(
        kind=DocumentKind(line["kind"]),
        order=int(line["order"]),
        need=NeedRule(line["need"]),
        one_of=line.get("one_of", ""),
        paged=bool(line.get("paged", True)),
        stands_alone=bool(line.get("stands_alone", False)),
        copies=CopiesRule(**{name: int(copies.get(name, 0)) for name in _COPIES}),
    )


def review_sheet(practice: Practice) -> ReviewSheet:
    """The review sheet of the pack (``review_sheet``); an empty one where it has none."""
    sheet = _text(practice, "review_sheet")
    return ReviewSheet(
        items=tuple(
            SheetItem(
                one["id"],
                one["zh"],
                one["en"],
                int(one["points"]),
                tuple(_sheet_test(it) for it in one["tests"]),
            )
            for one in sheet.get("items", ())
        ),
        fatal=tuple(
            FatalDefect(*_words(one), computed=bool(one.get("computed", True)))
            for one in sheet.get("fatal", ())
        ),
        grades=tuple(
            Grade(one["id"], one["zh"], one["en"], int(one["min"]))
            for one in sorted(sheet.get("grades", ()), key=lambda it: -int(it["min"]))
        ),
    )


def _words(line: Line) -> tuple[str, str, str, str, str]:
    return (
        line["id"],
        line["zh"],
        line["en"],
        line.get("advice_zh", ""),
        line.get("advice_en", ""),
    )


def _sheet_test(line: Line) -> SheetTest:
    key, zh, en, advice_zh, advice_en = _words(line)
    points, applies = int(line["points"]), line.get("applies", "always")
    return SheetTest(key, points, zh, en, advice_zh, advice_en, applies)


def subsidy_rules(practice: Practice) -> SubsidyRules:
    """The subsidy rules of the pack (``subsidy_rules``); an example is certain to nobody."""
    table = _text(practice, "subsidy_rules")
    warning = table.get("warning", {})
    return SubsidyRules(
        requirements=tuple(
            Requirement(*_words(one), forms=tuple(one.get("forms", ())))
            for one in table.get("requirements", ())
        ),
        rules=tuple(
            SubsidyRule(one["id"], one["zh"], one["en"], int(one["fen"]), one.get("when", {}))
            for one in table.get("rules", ())
        ),
        example=bool(table.get("example", not table.get("rules"))),
        warning_zh=warning.get("zh", ""),
        warning_en=warning.get("en", ""),
    )
