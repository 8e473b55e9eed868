"""The register book of numbers in its printed form: a committee, a year, every number from the
first to the last.

Pure. The pack names the columns (``paper_texts``, register_book); a line says nothing that the
register does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from app.documents.fixed_words import fill
from app.documents.wording import Data, day_words, inline
from app.services.pack_texts import in_force, paper_title, text_on
from app.services.paper_values import RegisterLine, RegisterState
from app.services.ports import Practice

_STATES = {RegisterState.USED: "使用", RegisterState.VOID: "作废", RegisterState.FREE: "空号"}
_REMARKS = "备注"
_PROVISIONAL = "（临时编号）"
_BLANK_ROWS = 9
_MANY_FREE = 5  # unused numbers in a row that stand in one line


def number_register(values: Mapping[str, object], practice: Practice, today: date) -> Data:
    """What the template prints of `values`: ``lines`` (RegisterLine, in order), ``committee`` (its
    name), ``year``; no lines give an empty form to write in. `today` is the day of the print.

    Raises KeyError, TypeError for a pack without the words or values that lack one of these.
    """
    pack = text_on(practice, "paper_texts", today)["papers"]["register_book"]
    labels = {one["id"]: str(one["zh"]) for one in pack["labels"]}
    wanted: Any = values["lines"]
    lines: tuple[RegisterLine, ...] = tuple(wanted)
    sums = _sums(lines) if lines else {}
    year = values["year"]
    return {
        "title": labels["title"],
        "dated": today,
        "tail": f"{year}",
        "labels": labels,
        "committee": str(values["committee"]),
        "year": str(year),
        "columns": _columns(labels),
        "lines": [_line(index, one, practice) for index, one in enumerate(_folded(lines), 1)],
        "blank_rows": 0 if lines else _BLANK_ROWS,
        "notes": [fill(str(one["text"]), sums) for one in pack["lines"] if in_force(one, today)],
        "day": day_words(today) if lines else "",
    }


def _folded(lines: Iterable[RegisterLine]) -> list[RegisterLine]:
    """The lines with each long row of unused numbers as one: a block of two hundred would bury the
    numbers that were given.
    """
    folded: list[RegisterLine] = []
    for (free, _), group in groupby(lines, lambda one: (one.state is RegisterState.FREE, one.kind)):
        row = list(group)
        if free and len(row) >= _MANY_FREE:
            whole = f"{row[0].text} 至 {row[-1].text}"
            folded.append(replace(row[0], text=whole, reason=f"共 {len(row)} 个"))
        else:
            folded += row
    return folded


def _columns(labels: Mapping[str, str]) -> list[str]:
    return [
        *(labels[name] for name in ("serial", "number", "issued_on", "paper")),
        f"{labels['parties']}（事由、纠纷类型）",
        labels["by"],
        f"{labels['state']}（{labels['reason']}）",
        labels["spoiled"],
        _REMARKS,
    ]


def _sums(lines: Iterable[RegisterLine]) -> dict[str, str]:
    states = [one.state for one in lines]
    return {
        "used": str(states.count(RegisterState.USED)),
        "void": str(states.count(RegisterState.VOID)),
        "spoiled": str(sum(one.spoiled_sheets for one in lines)),
    }


def _line(index: int, one: RegisterLine, practice: Practice) -> Data:
    kind = practice.codes.label("dispute_type", one.dispute_type) if one.dispute_type else ""
    matter = "，".join(part for part in (inline(one.matter), kind) if part)
    return {
        "serial": str(index),
        "number": one.text,
        "issued_on": day_words(one.issued_on),
        "paper": _paper(one, practice),
        "parties": one.parties,
        "matter": matter,
        "by": one.mediators,
        "state": _STATES[one.state] + (_PROVISIONAL if one.provisional else ""),
        "reason": inline(one.reason),
        "spoiled": str(one.spoiled_sheets) if one.spoiled_sheets else "",
    }


def _paper(one: RegisterLine, practice: Practice) -> str:
    day = one.issued_on or date.max
    return paper_title(practice, one.document, day) if one.document else ""


LooseMaker = Callable[[Mapping[str, object], Practice, date], Data]
"""(values, practice, today) -> the template's values, of a paper that belongs to no case."""

LOOSE: dict[str, LooseMaker] = {"number_register": number_register}
