"""The numbers of one committee and year set against what was lent: every number and every hole is
explained, or stands here as a question. Reads only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.county.blocks import blocks_of, floor_of, free_again, runs
from app.county.number_lines import Given, given_numbers, paper_register
from app.county.tables import (
    Account,
    CommitteeRow,
    Device,
    EntryRow,
    NumberBlockRow,
    NumberFloor,
    RecordState,
)
from app.domain.numbering import (
    AGREEMENT_NUMBER,
    PAPER_REGISTER,
    NumberState,
    is_provisional,
    serials_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LentBlock:
    """One block: `first` to `last` as lent, of which `returned` came back at UTC moment
    `returned_at`. `skipped` are unused serials below the highest used one. `holder` is "active",
    "revoked" or "lost".
    """

    device: str
    person: str
    holder: str
    lent_at: datetime
    first: int
    last: int
    used: int
    void: int
    free: int
    returned: int
    returned_at: datetime | None
    skipped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One number of an agreement or letter that asks for a look. `paper` is the id of its
    agreement or letter.
    """

    number: str
    serial: int
    state: str
    issued_on: date | None
    person: str
    device: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberBook:
    """`typed` came from paper; `outside` are serials that their laptop was not lent, or had given
    back; `twice` holds all papers of one number together. Ranges are written ``12-17, 20``:
    `free_again` came back and goes out next; `left_out` nobody was given because the county was
    restored from a backup; `gaps` no block and no paper register explains.
    """

    committee: str
    year: int
    paper_register: int
    blocks: tuple[LentBlock, ...]
    provisional: tuple[BookLine, ...]
    typed: tuple[BookLine, ...]
    outside: tuple[BookLine, ...]
    twice: tuple[tuple[BookLine, ...], ...]
    free_again: str
    left_out: str
    gaps: str


def number_book(session: Session, committee_id: str, year: int) -> NumberBook:
    """Raises ValueError for an unknown committee."""
    committee = session.get(CommitteeRow, committee_id)
    if committee is None:
        raise ValueError("no such committee")
    of_all_years = given_numbers(session, committee_id)
    after = paper_register(committee, of_all_years, year)
    given = [
        one
        for one in of_all_years
        if one.line.year == year and one.line.number_kind != PAPER_REGISTER
    ]
    rows = blocks_of(session, committee_id, year)
    agreements = [one for one in given if one.line.number_kind == AGREEMENT_NUMBER]
    by_hand = [one for one in agreements if not one.line.serial]
    provisional = [one for one in by_hand if is_provisional(one.line)]
    whose = committee_id, year
    floor = session.get(NumberFloor, whose)
    left_out = range(floor.after + 1, floor.last + 1) if floor else range(0)
    gaps = _gaps(rows, agreements, after)
    names = _names(session, {one.device for one in given} | {row.device_id for row in rows})
    return NumberBook(
        committee=committee.name,
        year=year,
        paper_register=after,
        blocks=tuple(_block(session, row, agreements, names, after) for row in rows),
        provisional=_lines(provisional, names),
        typed=_lines([one for one in by_hand if one not in provisional], names),
        outside=_lines([one for one in agreements if _is_outside(one, rows)], names),
        twice=tuple(_lines(group, names) for group in _twice(given)),
        free_again=_ranges(free_again(rows, given, max(after, floor_of(session, *whose)))),
        left_out=_ranges(one for one in gaps if one in left_out),
        gaps=_ranges(one for one in gaps if one not in left_out),
    )


def spoken(book: NumberBook) -> list[str]:
    """The book for people, a line for each thing."""
    said = [f"{book.committee}  {book.year}  paper register up to {book.paper_register}"]
    for one in book.blocks:
        came = f"{one.returned_at:%Y-%m-%d}" if one.returned_at else "-"
        said.append(
            f"block {one.first}-{one.last}  {one.person}  {one.device}  {one.holder}"
            f"  lent {one.lent_at:%Y-%m-%d}  used {one.used}  void {one.void}  free {one.free}"
            f"  returned {one.returned} ({came})" + (f"  skipped {one.skipped}" * bool(one.skipped))
        )
    for words, lines in (
        ("provisional", book.provisional),
        ("typed from paper", book.typed),
        ("outside every block", book.outside),
    ):
        said += [f"{words}  {_said(line)}" for line in lines]
    said += [f"given twice  {_said(line)}" for group in book.twice for line in group]
    if book.free_again:
        said.append(f"returned and lent to nobody  {book.free_again}")
    if book.left_out:
        said.append(f"left out after a restore  {book.left_out}")
    said.append(f"unexplained  {book.gaps or 'nothing'}")
    return said


def _said(line: BookLine) -> str:
    day = line.issued_on.isoformat() if line.issued_on else "-"
    return f"{line.number}  {line.state}  {day}  {line.person}  {line.device}  {line.paper or '-'}"


def _names(session: Session, devices: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Who sits at each device, and whether it may still write."""
    found = {}
    for device_id in devices:
        device = session.get_one(Device, device_id)
        person = session.get_one(Account, device.account_id).name
        found[device_id] = person, device.revoked_at is None
    return found


def _block(
    session: Session,
    row: NumberBlockRow,
    agreements: Sequence[Given],
    names: Mapping[str, tuple[str, bool]],
    after: int,
) -> LentBlock:
    there = [one for one in agreements if row.first <= one.line.serial <= row.kept]
    serials = {one.line.serial for one in there}
    unused = [one for one in range(max(row.first, after + 1), row.kept + 1) if one not in serials]
    states = [one.line.state for one in there if one.device == row.device_id]
    person, active = names[row.device_id]
    return LentBlock(
        device=row.device_id,
        person=person,
        holder="lost" if row.lost_at else "active" if active else "revoked",
        lent_at=row.lent_at,
        first=row.first,
        last=row.last,
        used=states.count(NumberState.USED),
        void=states.count(NumberState.VOID),
        free=len(unused),
        returned=row.last - row.kept,
        returned_at=_returned_at(session, row),
        skipped=_ranges(one for one in unused if one < max(serials, default=0)),
    )


def _returned_at(session: Session, row: NumberBlockRow) -> datetime | None:
    if row.kept == row.last:
        return None
    state = session.get_one(RecordState, ("number_block", row.id))
    return session.get_one(EntryRow, json.loads(state.touched)["last"]).received_at


def _is_outside(one: Given, rows: Iterable[NumberBlockRow]) -> bool:
    return one.line.serial > 0 and not any(
        row.device_id == one.device and row.first <= one.line.serial <= row.kept for row in rows
    )


def _twice(given: Iterable[Given]) -> list[list[Given]]:
    """Papers that bear one number: by its text, and by the serial of agreements, because the name
    in it may have been written in two ways.
    """
    groups: dict[tuple[str, str | int], list[Given]] = defaultdict(list)
    for one in given:
        line = one.line
        by_serial = line.number_kind == AGREEMENT_NUMBER and line.serial
        groups[(line.number_kind, line.serial) if by_serial else ("", line.text)].append(one)
        if by_serial:
            groups["", line.text].append(one)
    many = [group for group in groups.values() if len(group) > 1]
    once: dict[frozenset[str], list[Given]] = {}
    for group in many:
        once.setdefault(frozenset(one.line.id for one in group), group)
    return list(once.values())


def _gaps(rows: Iterable[NumberBlockRow], agreements: Sequence[Given], after: int) -> list[int]:
    explained = serials_of([one.line for one in agreements])
    highest = {row.last for row in rows} | {one.line.serial for one in agreements}
    for row in rows:
        explained.update(range(row.first, row.last + 1))
    return [one for one in range(after + 1, max(highest, default=0) + 1) if one not in explained]


def _lines(given: Iterable[Given], names: Mapping[str, tuple[str, bool]]) -> tuple[BookLine, ...]:
    ordered = sorted(given, key=lambda one: (one.line.serial, one.line.text, one.position))
    return tuple(
        BookLine(
            number=one.line.text,
            serial=one.line.serial,
            state=one.line.state.value,
            issued_on=one.line.issued_on,
            person=names[one.device][0],
            device=one.device,
            paper=one.line.agreement_id or one.line.letter_id or "",
        )
        for one in ordered
    )


def _ranges(serials: Iterable[int]) -> str:
    return ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in runs(serials)
    )
