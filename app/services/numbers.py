"""Numbers of papers: from the blocks that the county lent, or from the village's own register.

Never changes a number that was given.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.agreements import Agreement
from app.domain.committees import Committee
from app.domain.ids import RecordId, new_id
from app.domain.letters import Letter, LetterKind
from app.domain.numbering import (
    AGREEMENT_NUMBER,
    LARGEST_SERIAL,
    PAPER_REGISTER,
    IssuedNumber,
    NumberBlock,
    NumberState,
    check_number,
    format_number,
    next_serial,
    provisional_mark,
)
from app.domain.problems import ProblemCode, demand, refuse
from app.services.pack_texts import pack_lines
from app.services.ports import Practice, UnitOfWork


def issue_number(
    uow: UnitOfWork,
    committee_id: RecordId,
    agreement: Agreement,
    practice: Practice,
    typed: str | None = None,
) -> IssuedNumber:
    """The register's line for one agreement; puts it, the caller commits.

    An agreement that has a number keeps it. `typed` is a number from a paper register, given on
    the day of the paper. Raises `Refused` NUMBER_TAKEN, TOO_LONG.
    """
    register = uow.records.all(IssuedNumber)
    given = next((one for one in register if one.agreement_id == agreement.id), None)
    if given:
        return given
    taken = {one.text for one in register}
    year = (agreement.made_on or uow.today()).year
    day = uow.today()
    if typed and typed.strip():
        demand(check_number(typed.strip(), taken))
        serial, text, day = 0, typed.strip(), agreement.made_on or day
    else:
        serial, text = _next(uow, committee_id, year, practice, register)
    line = IssuedNumber(
        id=new_id(),
        committee_id=committee_id,
        year=year,
        serial=serial,
        text=text,
        agreement_id=agreement.id,
        issued_on=day,
    )
    uow.records.put(line)
    return line


def issue_letter_number(
    uow: UnitOfWork,
    committee_id: RecordId,
    letter: Letter,
    practice: Practice,
    typed: str | None = None,
) -> IssuedNumber | None:
    """The register's line for one letter; puts it, the caller commits. None for a kind that the
    pack gives no number.

    Each kind has its own sequence for each committee and year. The county lends blocks for
    agreements only: once it does, letters bear the sign of this device, which keeps two laptops of
    one committee apart. Raises `Refused` NUMBER_TAKEN, TOO_LONG.
    """
    register = uow.records.all(IssuedNumber)
    given = next((one for one in register if one.letter_id == letter.id), None)
    if given:
        return given
    kind = letter_number_kind(practice, letter.kind)
    pattern = number_patterns(practice).get(kind, "")
    wished = (typed or "").strip()
    if not pattern and not wished:
        return None
    taken = {one.text for one in register}
    year = (letter.made_on or uow.today()).year
    day = uow.today()
    if wished:
        demand(check_number(wished, taken))
        serial, text, day = 0, wished, letter.made_on or day
    else:
        serial, text = _next_letter(uow, committee_id, year, kind, pattern, register)
    line = IssuedNumber(
        id=new_id(),
        committee_id=committee_id,
        year=year,
        serial=serial,
        text=text,
        letter_id=letter.id,
        number_kind=kind or letter.kind.value,
        issued_on=day,
    )
    uow.records.put(line)
    return line


def void_number(uow: UnitOfWork, record_id: RecordId, reason: str) -> None:
    """The number of an agreement or letter that was given up stays in the register, as void with
    the reason. Puts the line, the caller commits.
    """
    for line in uow.records.all(IssuedNumber):
        if record_id in (line.agreement_id, line.letter_id):
            uow.records.put(replace(line, state=NumberState.VOID, void_reason=reason.strip()))


def add_spoiled_sheets(uow: UnitOfWork, record_id: RecordId, sheets: int) -> bool:
    """Counts sheets printed under the number of an agreement or letter and thrown away; False if
    it has no number. Puts the line, the caller commits.
    """
    for line in uow.records.all(IssuedNumber):
        if record_id in (line.agreement_id, line.letter_id):
            uow.records.put(replace(line, spoiled_sheets=line.spoiled_sheets + sheets))
            return True
    return False


def number_patterns(practice: Practice) -> dict[str, str]:
    """Number kind -> pattern, as the pack's ``number_format`` has them."""
    return {
        str(one["kind"]): str(one["pattern"])
        for one in pack_lines(practice, "number_format", "formats")
        if one.get("kind") and one.get("pattern")
    }


def letter_number_kind(practice: Practice, kind: LetterKind) -> str:
    """The number kind of a letter; "" where it bears no number."""
    for one in pack_lines(practice, "letters", "letters"):
        if one.get("kind") == kind.value:
            return str(one.get("number_kind") or "")
    return ""


def short_name(uow: UnitOfWork, committee_id: RecordId) -> str:
    """The committee's name as it stands in numbers."""
    committee = uow.records.find(Committee, committee_id)
    return committee.short_name or committee.name if committee else ""


def county_lends(uow: UnitOfWork, committee_id: RecordId) -> bool:
    """Whether a county hands out numbers to this laptop: then it must not invent any."""
    blocks = [one for one in uow.records.all(NumberBlock) if one.committee_id == committee_id]
    return bool(blocks or uow.settings.get("county.key"))


def _next(
    uow: UnitOfWork,
    committee_id: RecordId,
    year: int,
    practice: Practice,
    register: tuple[IssuedNumber, ...],
) -> tuple[int, str]:
    """Serial and text of the next free number; serial 0 for a provisional one."""
    short = short_name(uow, committee_id)
    taken = {one.text for one in register}
    own = [one for one in register if one.committee_id == committee_id and one.year == year]
    used = {one.serial for one in own if one.number_kind == AGREEMENT_NUMBER}
    # What was given back is cut off the blocks, so that it cannot be given here any more.
    blocks = [one for one in uow.records.all(NumberBlock) if one.committee_id == committee_id]
    lent = [one for one in blocks if one.year == year]
    after = start_of(uow, committee_id, year)
    while lent or not county_lends(uow, committee_id):
        serial = next_serial(lent, used, after)
        if serial is None:
            break
        text = format_number(practice.number_pattern, year=year, short_name=short, serial=serial)
        if text not in taken:
            return serial, text
        used.add(serial)
    mark = provisional_mark(_device_sign(uow))
    return 0, _first_free(practice.number_pattern, year, short, mark, taken)[1]


def _next_letter(
    uow: UnitOfWork,
    committee_id: RecordId,
    year: int,
    kind: str,
    pattern: str,
    register: tuple[IssuedNumber, ...],
) -> tuple[int, str]:
    """Serial and text of the next letter of a kind, without gaps under its sign."""
    taken = {one.text for one in register}
    mark = f"{_device_sign(uow)}-" if county_lends(uow, committee_id) else ""
    return _first_free(pattern, year, short_name(uow, committee_id), mark, taken)


def _first_free(pattern: str, year: int, short: str, mark: str, taken: set[str]) -> tuple[int, str]:
    """The lowest serial under `mark` whose text nobody has; 临 in it shows that it is outside the
    lent blocks.
    """
    serial = 0
    while True:
        serial += 1
        text = format_number(pattern, year=year, short_name=short, serial=serial, block=mark)
        if mark and "{block}" not in pattern:
            text = mark + text
        if text not in taken:
            return serial, text


def _device_sign(uow: UnitOfWork) -> str:
    """Four letters that keep two laptops apart."""
    return (uow.settings.get("device.id") or "")[-4:]


def start_of(uow: UnitOfWork, committee_id: RecordId, year: int) -> int:
    """The last serial of the paper register of that year, the highest that any laptop of the
    committee entered; 0 without one.
    """
    lines = [one for one in uow.records.all(IssuedNumber) if one.number_kind == PAPER_REGISTER]
    told = [one.serial for one in lines if (one.committee_id, one.year) == (committee_id, year)]
    if _own_start(uow, committee_id, year) is None:
        # Up to version 0.2 it stood in a setting, which nobody else ever heard of.
        told.append(int(uow.settings.get(f"numbers.start.{committee_id}.{year}") or "0"))
    return max(told, default=0)


def start_after(uow: UnitOfWork, committee_id: RecordId, year: int, serial: int) -> None:
    """A village that starts in mid-year enters the last serial of its paper register. It stands in
    the journal, so that the county lends none of the serials before it.

    Entering it again corrects what this laptop has entered. Raises NOT_A_NUMBER.
    """
    if not 0 <= serial <= LARGEST_SERIAL:
        raise refuse(ProblemCode.NOT_A_NUMBER, "serial", text=str(serial)[:40])
    line = _own_start(uow, committee_id, year) or IssuedNumber(
        id=new_id(),
        committee_id=committee_id,
        year=year,
        serial=serial,
        text="",
        number_kind=PAPER_REGISTER,
    )
    uow.records.put(replace(line, serial=serial, issued_on=uow.today()))
    uow.settings.put(_start_key(committee_id, year), line.id)
    uow.commit(Act.NUMBERS_STARTED)


def _own_start(uow: UnitOfWork, committee_id: RecordId, year: int) -> IssuedNumber | None:
    """The line by which this laptop said it; another laptop's is not ours to correct."""
    kept = uow.settings.get(_start_key(committee_id, year))
    return uow.records.find(IssuedNumber, RecordId(kept)) if kept else None


def _start_key(committee_id: RecordId, year: int) -> str:
    return f"numbers.start_line.{committee_id}.{year}"
