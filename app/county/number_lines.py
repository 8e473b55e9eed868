"""The register lines of one committee as its laptops have sent them in. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlmodel import Session, col, select

from app.county.tables import CommitteeRow, RecordState
from app.domain.numbering import AGREEMENT_NUMBER, PAPER_REGISTER, IssuedNumber
from app.wire.records import from_fields


@dataclass(frozen=True, slots=True)
class Given:
    """One line, the device that wrote it, and the log position at which the number stood in it."""

    line: IssuedNumber
    device: str
    position: int


def given_numbers(session: Session, committee_id: str) -> list[Given]:
    """All lines of a committee that were applied, of all years."""
    rows = session.exec(
        select(RecordState).where(
            col(RecordState.kind) == "issued_number", col(RecordState.committee_id) == committee_id
        )
    )
    return [
        Given(
            cast(IssuedNumber, from_fields(row.kind, json.loads(row.fields))),
            row.device_id,
            json.loads(row.touched).get("text", 0),
        )
        for row in rows
    ]


def lent_serials(given: Iterable[Given], year: int) -> set[int]:
    """Serials of agreements that came out of a block or a village's own sequence; what was typed by
    hand has none.
    """
    return {
        one.line.serial
        for one in given
        if one.line.year == year and one.line.number_kind == AGREEMENT_NUMBER and one.line.serial
    }


def paper_register(committee: CommitteeRow, given: Iterable[Given], year: int) -> int:
    """The last serial of the village's paper register, as the county or a laptop of it entered it;
    0 without one.
    """
    told = [
        one.line.serial
        for one in given
        if one.line.year == year and one.line.number_kind == PAPER_REGISTER
    ]
    entered = committee.numbers_after if committee.numbers_year == year else 0
    return max([entered, *told])
