"""Numbers of papers: from the blocks that the county lent, or from the village's own register.

Never changes a number that was given.
"""

from __future__ import annotations

from app.domain.agreements import Agreement
from app.domain.committees import Committee
from app.domain.ids import RecordId, new_id
from app.domain.numbering import (
    IssuedNumber,
    NumberBlock,
    check_number,
    format_number,
    next_serial,
)
from app.domain.problems import ProblemCode, demand, refuse
from app.services.ports import Practice, UnitOfWork

LARGEST_SERIAL = 999_999


def issue_number(
    uow: UnitOfWork,
    committee_id: RecordId,
    agreement: Agreement,
    practice: Practice,
    typed: str | None = None,
) -> IssuedNumber:
    """The register's line for one agreement; puts it, the caller commits.

    An agreement that has a number keeps it. `typed` is a number from a paper register. Raises
    `Refused` NUMBER_TAKEN, TOO_LONG.
    """
    register = uow.records.all(IssuedNumber)
    given = next((one for one in register if one.agreement_id == agreement.id), None)
    if given:
        return given
    taken = {one.text for one in register}
    year = (agreement.made_on or uow.today()).year
    if typed and typed.strip():
        demand(check_number(typed.strip(), taken))
        serial, text = 0, typed.strip()
    else:
        serial, text = _next(uow, committee_id, year, practice, register)
    line = IssuedNumber(
        id=new_id(),
        committee_id=committee_id,
        year=year,
        serial=serial,
        text=text,
        agreement_id=agreement.id,
    )
    uow.records.put(line)
    return line


def _next(
    uow: UnitOfWork,
    committee_id: RecordId,
    year: int,
    practice: Practice,
    register: tuple[IssuedNumber, ...],
) -> tuple[int, str]:
    """Serial and text of the next free number; serial 0 for a provisional one."""
    committee = uow.records.find(Committee, committee_id)
    short = committee.short_name or committee.name if committee else ""
    taken = {one.text for one in register}
    own = [one for one in register if one.committee_id == committee_id and one.year == year]
    used = {one.serial for one in own}
    blocks = [one for one in uow.records.all(NumberBlock) if one.committee_id == committee_id]
    lent = [one for one in blocks if one.year == year]
    after = int(uow.settings.get(start_key(committee_id, year)) or "0")
    # Once a county lends numbers, a laptop whose blocks are used up must not invent any.
    while lent or not (blocks or uow.settings.get("county.key")):
        serial = next_serial(lent, used, after)
        if serial is None:
            break
        text = format_number(practice.number_pattern, year=year, short_name=short, serial=serial)
        if text not in taken:
            return serial, text
        used.add(serial)
    return 0, _provisional(uow, year, short, practice, taken)


def _provisional(
    uow: UnitOfWork, year: int, short: str, practice: Practice, taken: set[str]
) -> str:
    """A number that shows by 临 that it is outside the lent blocks.

    The device's sign keeps two laptops apart.
    """
    device = (uow.settings.get("device.id") or "")[-4:]
    pattern = practice.number_pattern
    mark = f"临{device}-"
    count = 0
    while True:
        count += 1
        text = format_number(pattern, year=year, short_name=short, serial=count, block=mark)
        if "{block}" not in pattern:
            text = mark + text
        if text not in taken:
            return text


def start_key(committee_id: RecordId, year: int) -> str:
    """The setting that holds the last serial of the paper register of that year."""
    return f"numbers.start.{committee_id}.{year}"


def start_after(uow: UnitOfWork, committee_id: RecordId, year: int, serial: int) -> None:
    """A village that starts in mid-year enters the last serial of its paper register.

    Raises NOT_A_NUMBER.
    """
    if not 0 <= serial <= LARGEST_SERIAL:
        raise refuse(ProblemCode.NOT_A_NUMBER, "serial", text=str(serial)[:40])
    uow.settings.put(start_key(committee_id, year), str(serial))
    uow.commit()
