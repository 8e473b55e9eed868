"""The clause bank: ready clauses with blanks, from data packs and from the committee itself.

Never makes up facts: what nobody filled in stays on the paper as a visible blank, which the checker
finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

BLANK_MARK = "＿＿"
ANY_TYPE = "ANY"
_BLANK = re.compile(r"\{([^{}]+)\}")


class BlankKind(StrEnum):
    """What goes into a blank."""

    PARTY = "party"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"


class ClauseKind(StrEnum):
    """What a clause does: promise money, money in parts or an act, or state something."""

    PAYMENT = "payment"
    INSTALMENTS = "instalments"
    ACT = "act"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One blank of a clause. `filled_by` names a rule that writes it (``instalments``)."""

    name: str
    zh: str
    en: str
    kind: BlankKind = BlankKind.TEXT
    required: bool = True
    filled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankClause:
    """A ready clause. `text` has blanks in braces; what stands in square brackets falls out when
    its blank is empty. `duty` names the blanks that say who owes what to whom (``by``, ``to``,
    ``amount``, ``due``, ``what``, ``start``, ``every``, ``day``). `own` is one that the committee
    wrote itself.
    """

    id: str
    zh: str
    en: str
    text: str
    kind: ClauseKind = ClauseKind.STATEMENT
    dispute_types: tuple[str, ...] = (ANY_TYPE,)
    blanks: tuple[Blank, ...] = ()
    duty: Mapping[str, str] | None = None
    on_the_spot: bool = False
    use_with: tuple[str, ...] = ()
    only_if: str = ""
    note_zh: str = ""
    note_en: str = ""
    responsibility: str = ""
    own: bool = False

    def blank(self, name: str) -> Blank | None:
        return next((one for one in self.blanks if one.name == name), None)


def bank_clause(line: Mapping[str, Any], *, own: bool = False) -> BankClause:
    """A clause as a pack or the settings hold it. KeyError and ValueError for another shape."""
    return BankClause(
        id=line["id"],
        zh=line["zh"],
        en=line["en"],
        text=line["text"],
        kind=ClauseKind(line.get("kind", ClauseKind.STATEMENT)),
        dispute_types=tuple(line.get("dispute_types", (ANY_TYPE,))),
        blanks=tuple(_blank(one) for one in line.get("blanks", ())),
        duty=line.get("duty"),
        on_the_spot=bool(line.get("on_the_spot", False)),
        use_with=tuple(line.get("use_with", ())),
        only_if=line.get("only_if", ""),
        note_zh=line.get("note_zh", ""),
        note_en=line.get("note_en", ""),
        responsibility=line.get("responsibility", ""),
        own=own,
    )


def _blank(line: Mapping[str, Any]) -> Blank:
    return Blank(
        name=line["name"],
        zh=line["zh"],
        en=line["en"],
        kind=BlankKind(line["kind"]),
        required=bool(line.get("required", True)),
        filled_by=line.get("filled_by", ""),
    )


def as_line(clause: BankClause) -> dict[str, Any]:
    """The clause in the shape of a pack, to be kept."""
    return {
        "id": clause.id,
        "zh": clause.zh,
        "en": clause.en,
        "text": clause.text,
        "kind": clause.kind.value,
        "dispute_types": list(clause.dispute_types),
        "blanks": [
            {
                "name": one.name,
                "zh": one.zh,
                "en": one.en,
                "kind": one.kind.value,
                "required": one.required,
                "filled_by": one.filled_by,
            }
            for one in clause.blanks
        ],
        "duty": dict(clause.duty) if clause.duty else None,
        "on_the_spot": clause.on_the_spot,
    }


def for_dispute(bank: Iterable[BankClause], dispute_type: str) -> tuple[BankClause, ...]:
    """The clauses of the dispute type first, then those for any; a later clause of the same id
    takes the place of an earlier one (county packs, the committee's own).
    """
    by_id = {one.id: one for one in bank}
    own = [one for one in by_id.values() if dispute_type and dispute_type in one.dispute_types]
    general = [one for one in by_id.values() if ANY_TYPE in one.dispute_types and one not in own]
    return (*own, *general)


def names_in(text: str) -> tuple[str, ...]:
    """The names of the blanks in `text`, in order, none twice."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def own_clause(
    own_id: str,
    title: str,
    text: str,
    dispute_types: tuple[str, ...],
    like: BankClause | None,
    bank: Iterable[BankClause],
) -> BankClause:
    """A clause of the committee's own.

    A blank that the bank knows by its name keeps its kind; any other is for words. It owes what the
    clause that it was made from (`like`) owes, as long as all those blanks are still in it.
    """
    known = {blank.name: blank for clause in bank for blank in clause.blanks}
    known |= {blank.name: blank for blank in like.blanks} if like else {}
    names = names_in(text)
    blanks = tuple(known.get(name) or Blank(name=name, zh=name, en=name) for name in names)
    duty = dict(like.duty) if like and like.duty else None
    if duty is not None and not _blanks_of_duty(duty) <= set(names):
        duty = None
    kind = like.kind if like and duty is not None else ClauseKind.STATEMENT
    return BankClause(
        id=own_id,
        zh=title,
        en=title,
        text=text,
        kind=kind,
        dispute_types=dispute_types or (ANY_TYPE,),
        blanks=blanks,
        duty=duty,
        on_the_spot=bool(like and like.on_the_spot),
        own=True,
    )


def _blanks_of_duty(duty: Mapping[str, str]) -> set[str]:
    return {name for use, name in duty.items() if use != "every"}
