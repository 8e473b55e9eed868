"""What the checker says of an agreement before it is printed: a code, a place to jump to, facts.

Sentences live in `ui/runtime/findings.py`. A STOP is against the law or cannot be performed at all
and nobody overrides it; a WARN may be overridden with a reason, which is kept with the agreement.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from app.domain.agreements import Agreement, Clause, Waiver
from app.domain.problems import Fact


class Level(StrEnum):
    """How hard a finding is."""

    STOP = "stop"
    WARN = "warn"


class FindingCode(StrEnum):
    """Everything the checker can say; each has a sentence in two languages, a house check
    compares.
    """

    # the paper as a whole
    FACTS_MISSING = "facts_missing"
    RESPONSIBILITY_MISSING = "responsibility_missing"  # PML art. 29
    PLACE_MISSING = "place_missing"  # Decree 75 art. 35
    MANNER_MISSING = "manner_missing"
    DEADLINE_MISSING = "deadline_missing"
    PARTY_LEFT_OUT = "party_left_out"  # facts: name
    COPIES_TOO_FEW = "copies_too_few"  # PML art. 29; facts: copies, wanted
    # a clause: who, to whom, what, how much, when, where, how
    BLANK_LEFT = "blank_left"
    WHO_MISSING = "who_missing"
    TO_WHOM_MISSING = "to_whom_missing"  # facts: name
    WHAT_MISSING = "what_missing"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNSAID = "amount_unsaid"  # facts: fen
    AMOUNT_DIFFERS = "amount_differs"  # facts: sum, total (fen)
    CAPITALS_DIFFER = "capitals_differ"  # facts: figures, capitals
    CAPITALS_MISSING = "capitals_missing"
    MONEY_UNTRACKED = "money_untracked"
    INSTALMENT_SUM = "instalment_sum"  # facts: sum, total (fen)
    INSTALMENT_ORDER = "instalment_order"
    DUE_MISSING = "due_missing"
    DUE_BEFORE_AGREEMENT = "due_before_agreement"  # facts: due, made
    DATE_IMPOSSIBLE = "date_impossible"  # facts: text
    DATE_DIFFERS = "date_differs"  # facts: due
    WAY_MISSING = "way_missing"
    VAGUE_WORD = "vague_word"  # facts: word, ask_zh, ask_en
    NAME_ALMOST = "name_almost"  # facts: text, name
    NAME_HIDDEN = "name_hidden"  # facts: text
    NO_FURTHER_ONE_SIDED = "no_further_one_sided"  # facts: word
    # matters (domain: Decree 75 art. 22)
    MATTER_DECIDED = "matter_decided"  # facts: text, matter_*, advice_*
    MATTER_HINTED = "matter_hinted"  # facts: word, matter_*, advice_*
    FEE_CLAUSE = "fee_clause"  # PML art. 4; facts: text
    FEE_TAKEN = "fee_taken"  # PML art. 4
    SELF_HELP = "self_help"  # facts: text
    SUIT_WAIVED = "suit_waived"  # PML art. 3; facts: text
    # judicial confirmation
    NOT_CONFIRMABLE = "not_confirmable"  # facts: word, matter_*
    ID_MISSING = "id_missing"  # facts: name
    CONFIRMATION_LATE = "confirmation_late"  # PML art. 33; facts: days
    # people
    GUARDIAN_MISSING = "guardian_missing"  # Civil Code art. 19-23; facts: name, capacity
    GUARDIAN_IS_OPPONENT = "guardian_is_opponent"  # facts: name
    GUARDIAN_UNPROVEN = "guardian_unproven"  # facts: name
    ONE_PARENT = "one_parent"  # facts: name
    ON_BOTH_SIDES = "on_both_sides"  # facts: name
    AGENT_WITHOUT_POWER = "agent_without_power"  # facts: name, party
    AGENT_CANNOT_SIGN = "agent_cannot_sign"  # facts: name, party
    AGENT_UNPROVEN = "agent_unproven"  # facts: name, party
    MANDATE_OVER = "mandate_over"  # facts: name, party, until
    MEDIATOR_IS_PARTY = "mediator_is_party"  # facts: name
    MEDIATOR_SHARES_NAME = "mediator_shares_name"  # facts: name
    CANNOT_READ = "cannot_read"  # facts: name
    UNIT_UNREPRESENTED = "unit_unrepresented"  # facts: name
    ONLY_UNITS = "only_units"


STOPS = frozenset(
    {
        FindingCode.INSTALMENT_SUM,
        FindingCode.MATTER_DECIDED,
        FindingCode.FEE_CLAUSE,
        FindingCode.SELF_HELP,
        FindingCode.GUARDIAN_MISSING,
        FindingCode.GUARDIAN_IS_OPPONENT,
        FindingCode.ON_BOTH_SIDES,
        FindingCode.AGENT_WITHOUT_POWER,
        FindingCode.MEDIATOR_IS_PARTY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the checker found.

    `place` is a path in the agreement (``clauses.2.payment.due_on``, ``responsibility``), or
    ``party:<id>``, ``case:<field>``, or "" for the whole. `mark` is what a waiver is bound to: the
    place by identity and the words that stand there. `waived` is the waiver that covers it.
    """

    code: FindingCode
    place: str = ""
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    mark: str = ""
    waived: Waiver | None = None

    @property
    def level(self) -> Level:
        return Level.STOP if self.code in STOPS else Level.WARN


def marked(found: Iterable[Finding], agreement: Agreement) -> tuple[Finding, ...]:
    """`found` with their marks and waivers, stops first, none twice.

    A mark holds a hash of what stands at the place, so a waiver falls when the words change and
    stays when clauses are moved. Stops are never waived, whatever is stored.
    """
    waivers = {(one.finding, one.place): one for one in agreement.waivers if one.reason.strip()}
    seen: dict[tuple[FindingCode, str], Finding] = {}
    for one in found:
        mark = _mark(one, agreement)
        waiver = None if one.level is Level.STOP else waivers.get((one.code.value, mark))
        seen.setdefault((one.code, mark), replace(one, mark=mark, waived=waiver))
    return tuple(sorted(seen.values(), key=lambda one: one.level is not Level.STOP))


def open_stops(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in found if one.level is Level.STOP)


def open_warnings(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Warnings that nobody has overridden with a reason."""
    return tuple(one for one in found if one.level is Level.WARN and one.waived is None)


def waiver_of(finding: Finding, reason: str) -> Waiver:
    """The waiver that would cover `finding`."""
    return Waiver(finding=finding.code.value, place=finding.mark, reason=reason)


def _mark(finding: Finding, agreement: Agreement) -> str:
    parts = finding.place.split(".")
    if parts[0] == "clauses" and len(parts) > 1:
        clause = agreement.clauses[int(parts[1])]
        place, words = ".".join((f"clause:{clause.id}", *parts[2:])), _said(clause)
    else:
        place, words = finding.place, str(getattr(agreement, parts[0], "")) if parts[0] else ""
    facts = sorted((name, str(fact)) for name, fact in finding.facts.items())
    return f"{place}#{sha256(f'{words}{facts}'.encode()).hexdigest()[:16]}"


def _said(clause: Clause) -> str:
    return f"{clause.text}|{clause.payment!r}|{clause.due_on}|{clause.duties!r}"
