"""`heshi blank ...` and `heshi register ...`."""

from __future__ import annotations

import argparse
import json
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from app.cli.cases import known_document, targets, write_paper
from app.cli.finding import find_case
from app.cli.house import House, in_house, practice, printshop
from app.cli.words import Say, Speaker
from app.domain.completeness import DocumentKind
from app.domain.problems import ProblemCode, refuse
from app.services.number_register import register_lines
from app.services.paper_values import RegisterLine, RegisterState
from app.services.papers import make_blank

_STATES = {
    RegisterState.USED: Say.NUMBER_USED,
    RegisterState.VOID: Say.NUMBER_VOID,
    RegisterState.FREE: Say.NUMBER_FREE,
}


def blank(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Writes a blank form as PDF, with what a case knows when one is named."""
    if not known_document(arguments.document, speaker):
        return 2

    def work(house: House) -> int:
        with house.unit() as uow:
            case_id = None
            if arguments.case:
                case_id = find_case(uow, arguments.case, speaker)
                if case_id is None:
                    return 2
            shop = printshop(practice(uow))
            made = make_blank(uow, shop, DocumentKind(arguments.document), case_id)
        for path, paper in targets(arguments.out, (made,)):
            write_paper(path, paper, speaker)
        return 0

    return in_house(arguments, speaker, work)


def register(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """The register book of one year: every number used, void or free."""

    def work(house: House) -> int:
        with house.unit() as uow:
            committee_id = uow.actor.committee_id
            if committee_id is None:
                raise refuse(ProblemCode.NOTHING_CHOSEN, "committee_id")
            year = arguments.year or uow.today().year
            lines = register_lines(uow, committee_id, year, practice(uow))
        if arguments.json:
            plain = [_values(line) for line in lines]
            speaker.out(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                speaker.out(_text(line, speaker))
        return 0

    return in_house(arguments, speaker, work)


def _values(line: RegisterLine) -> dict[str, Any]:
    """A line as plain JSON values."""
    return {one.name: _plain(getattr(line, one.name)) for one in fields(line)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _text(line: RegisterLine, speaker: Speaker) -> str:
    spoiled = line.spoiled_sheets
    parts = (
        line.text,
        speaker.words(_STATES[line.state]),
        speaker.words(Say.NUMBER_PROVISIONAL) if line.provisional else "",
        line.issued_on.isoformat() if line.issued_on else "",
        line.parties,
        line.matter,
        line.reason,
        speaker.words(Say.SPOILED_SHEETS, count=spoiled) if spoiled else "",
    )
    return "  ".join(part for part in parts if part)


VERBS = {"blank": blank, "register": register}
