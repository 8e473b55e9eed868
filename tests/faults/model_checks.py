"""What must hold of the whole system (I1 to I10), after each step and when all is quiet.

Looks past the services: at the rows of every store, and at the county's own tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.county.file_cipher import is_file
from app.county.files import FOLDER
from app.county.scope import Subject, Viewer, may_see
from app.domain.agreements import Agreement
from app.domain.ids import RecordId
from app.domain.records import KINDS
from app.security.device import verify
from app.services.lines import Delivery
from app.wire.journal import FIRST_PREVIOUS, entry_hash, read_entry
from app.wire.records import from_fields, to_fields
from tests.faults.model import CANARY, NEXT_DOOR, Model, content_hash
from tests.faults.model_county import ModelCounty
from tests.faults.model_laptop import ModelLaptop
from tests.faults.model_log import Broken as Broken
from tests.faults.model_log import check_log, demand

# Lent to one laptop, or made by each laptop for itself.
_NOT_SHARED = frozenset({"number_block", "committee", "mediator"})
_MOST_CONTACTS = 3


def check_step(model: Model) -> None:
    """What holds at any moment. Looks again only at what has been written to since."""
    if _is_news(model, "county", model.county.rows):
        _check_log(model)
    for one in model.laptops:
        if _is_news(model, one.name, one.rows):
            _check_promises(one)
            _check_receipts(model, one)
            _check_sight(model, one)
            _check_seals_here(one)


def _is_news(model: Model, name: str, rows: Callable[[str], list[Any]]) -> bool:
    now = model.restores, model.lives, rows("PRAGMA data_version")[0][0]
    before, model.memory[name] = model.memory.get(name), now
    return bool(before != now)


def check_quiet(model: Model) -> None:
    """Lets the line be good and everybody speak; then what holds when all is quiet."""
    drain(model)
    check_step(model)
    _check_old_receipts(model)
    _check_agreed(model)
    _check_readable(model)


def drain(model: Model) -> None:
    """Those who were struck off are enrolled anew, or their sticks are let count; the others speak
    until nothing waits (I10).
    """
    renewing = model.marks % 2 == 0
    for who in [one for one in model.laptops if one.state or one.id in model.revoked]:
        if renewing:
            model.enrol_anew(who)
        else:
            _bring_home(model, who)
    model.usb_accept()
    for one in list(model.working):
        # What was put off for an hour is tried again.
        one.clock.moment += timedelta(hours=3)
        for _ in range(_MOST_CONTACTS):
            model.sync(one)
            if renewing and one.state:
                model.enrol_anew(one)
            elif one.state or not _waits(one):
                break
        else:
            demand(False, "I10", f"{one.name}: {_waits(one)} after {_MOST_CONTACTS} contacts")
        if one.state == "forked":
            model.replace_laptop(one)
    for _ in range(2):
        for one in model.working:
            model.sync(one)


def _bring_home(model: Model, who: ModelLaptop) -> None:
    """What a laptop that was struck off still holds goes to the county on a stick (I9)."""
    before = len(model.parcels)
    model.usb_export(who)
    if len(model.parcels) > before:
        model.usb_import(before)


def _waits(who: ModelLaptop) -> str:
    """What has no receipt although nothing stands in its way; "" for nothing."""
    with who.store.unit() as uow:
        tail = len(uow.journal.tail(1000))
        files = len(uow.files.waiting(1000, put_off=True))
    return f"{tail} entries, {files} files" if tail or files else ""


# I1, I9: what was promised is here, and in its place.


def _check_promises(who: ModelLaptop) -> None:
    here = who.journal()
    there = who.promised.entries
    demand(here[: len(there)] == there, "I1", f"{who.name} has lost what it had saved")
    for device, kept in who.promised.former.items():
        ask = "SELECT hash, raw FROM former_entry WHERE device = ? ORDER BY seq"
        held = [(mark, bytes(raw)) for mark, raw in who.rows(ask, (device,))]
        demand(held[: len(kept)] == kept, "I1", f"{who.name} has not kept a former journal")
    tail = who.rows(
        "SELECT COUNT(*) FROM journal_entry e WHERE NOT EXISTS "
        "(SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
    )[0][0]
    with who.store.unit() as uow:
        waiting = len(uow.journal.tail(10_000))
    demand(tail == waiting, "I9", f"{who.name} does not offer what has no receipt")


def _check_readable(model: Model) -> None:
    for who in model.laptops:
        with who.store.unit() as uow:
            for kind, record_id in who.promised.records:
                found = uow.records.find(KINDS[kind], RecordId(record_id))
                demand(found is not None, "I1", f"{who.name} cannot read its {kind}")
            for known in who.promised.files:
                demand(bool(uow.files.read(known)), "I1", f"{who.name} has lost a file")
            if who.state != "forked":
                demand(uow.journal.verify().broken_at is None, "I1", f"{who.name}: verify")


# I2: every receipt is true.


def _check_receipts(model: Model, who: ModelLaptop) -> None:
    """Those of the present epoch, at any moment."""
    epoch = model.county.epoch()
    held = _held_by(model.county, who.id)
    rows = who.rows("SELECT seq, entry_hash, position FROM receipt WHERE epoch = ?", (epoch,))
    for seq, mark, position in rows:
        demand(held.get(seq) == (mark, position), "I2", f"{who.name}: receipt of entry {seq}")
    files = who.rows("SELECT sha256 FROM file_receipt WHERE epoch = ?", (epoch,))
    for (known,) in files:
        demand(_has_file(model.county, known), "I2", f"{who.name}: receipt of a file")


def _check_old_receipts(model: Model) -> None:
    """Of any epoch, once there has been a contact since."""
    for who in model.working:
        held = _held_by(model.county, who.id)
        for seq, mark in who.rows("SELECT seq, entry_hash FROM receipt"):
            demand(held.get(seq, ("",))[0] == mark, "I2", f"{who.name}: old receipt of {seq}")
        complete = who.rows(
            "SELECT sha256 FROM file_receipt WHERE epoch = ?", (who.setting("county.epoch"),)
        )
        for (known,) in complete:
            demand(_is_whole(model.county, known), "I2", f"{who.name}: old receipt of a file")


def _held_by(county: ModelCounty, device: str) -> dict[int, tuple[str, int]]:
    rows = county.rows("SELECT seq, hash, position FROM entry WHERE device_id = ?", (device,))
    return {seq: (mark, position) for seq, mark, position in rows}


def _has_file(county: ModelCounty, known: str) -> bool:
    for name, size in county.rows("SELECT name, size FROM stored_file WHERE sha256 = ?", (known,)):
        place = county.folder / FOLDER / name[:2] / name[2:]
        return bool(place.exists() and place.stat().st_size == size)
    return False


def _is_whole(county: ModelCounty, known: str) -> bool:
    """The very bytes."""
    rows = county.rows("SELECT name, secret FROM stored_file WHERE sha256 = ?", (known,))
    folder = county.folder / FOLDER
    return any(is_file(folder / name[:2] / name[2:], secret, known) for name, secret in rows)


# I3, I4, I7: the county's log.


def _check_log(model: Model) -> None:
    """Each entry once, signed by its writer, chained; and the log only grows."""
    memory, county = model.memory, model.county
    if memory.get("restores") != model.restores:
        memory.update(restores=model.restores, log=[], chains={}, seals={})
    log: list[tuple[int, str]] = memory["log"]
    kept = county.rows("SELECT position, hash FROM entry ORDER BY position")
    demand(kept[: len(log)] == log, "I7", "the log has not only grown")
    devices = county.rows("SELECT id, public_key, head_seq, head_hash FROM device")
    keys = {device: key for device, key, _, _ in devices}
    fresh = county.rows(
        "SELECT position, device_id, seq, hash, raw, signature FROM entry WHERE position > ? "
        "ORDER BY position",
        (len(log),),
    )
    for position, *entry in fresh:
        demand(position == len(log) + 1, "I7", "a position is missing in the log")
        log.append((position, entry[2]))
        _check_entry(memory["chains"], keys, *entry)
    verdicts = county.rows("SELECT COUNT(*) FROM verdict")[0][0]
    demand(verdicts == len(log), "I3", "not one verdict for each entry")
    demand(len({mark for _, mark in log}) == len(log), "I3", "an entry counts twice")
    for device, _, seq, mark in devices:
        told = memory["chains"].get(device, (0, FIRST_PREVIOUS))
        demand((seq, mark) == told, "I7", "the head of a device is not its last entry")
    _check_seals_there(model)


def _check_entry(
    chains: dict[str, tuple[int, str]],
    keys: dict[str, str],
    device: str,
    seq: int,
    mark: str,
    raw: bytes,
    signature: str,
) -> None:
    entry = read_entry(raw)
    last, prev = chains.get(device, (0, FIRST_PREVIOUS))
    demand((entry.seq, entry.prev) == (last + 1, prev), "I7", "a gap in a device's chain")
    demand((entry.seq, entry.device) == (seq, device), "I4", "a row of another entry")
    demand(mark == entry_hash(raw), "I4", "not the bytes that were signed")
    demand(verify(keys[device], bytes.fromhex(mark), signature), "I4", "nobody signed an entry")
    chains[device] = seq, mark


# I6: what is sealed stays as it is.


def _check_seals_there(model: Model) -> None:
    known: dict[tuple[str, int], str] = model.memory["seals"]
    for (text,) in model.county.rows("SELECT fields FROM record_state WHERE kind = 'agreement'"):
        fields = json.loads(text)
        paper = from_fields("agreement", fields)
        assert isinstance(paper, Agreement)
        _check_seal(paper, "the county")
        if paper.content_hash and paper.state != "draft":
            before = known.setdefault((paper.id, paper.version), paper.content_hash)
            demand(before == paper.content_hash, "I6", "a sealed text was exchanged")


def _check_seals_here(who: ModelLaptop) -> None:
    with who.store.unit() as uow:
        for paper in uow.records.all(Agreement):
            _check_seal(paper, who.name)


def _check_seal(paper: Agreement, where: str) -> None:
    if paper.state != "draft":
        demand(paper.content_hash == content_hash(paper), "I6", f"{where}: the text is not sealed")


# I8: nobody holds what is not for them.


def _check_sight(model: Model, who: ModelLaptop) -> None:
    if who.side == NEXT_DOOR:
        sides = {device: one.side for one in model.laptops for device in one.ids}
        strangers = [row[0] for row in who.rows("SELECT DISTINCT device FROM foreign_entry")]
        demand(all(sides[one] == NEXT_DOOR for one in strangers), "I8", "neighbour sees a case")
        return
    canary = who.rows(
        "SELECT COUNT(*) FROM foreign_entry WHERE instr(raw, CAST(? AS BLOB)) > 0", (CANARY,)
    )[0][0]
    demand(not canary, "I8", f"{who.name} holds what the neighbours wrote")


# I5: all agree, or show the same conflicts.


def _check_agreed(model: Model) -> None:
    held = _records(model.county)
    conflicts = _conflicts(model.county)
    for who in model.working:
        sees = _sees(model, who)
        wanted = {key: fields for key, (subject, fields, _) in held.items() if sees(subject)}
        demand(not (wrong := _differing(who, wanted)), "I5", f"{who.name}: {wrong}")
        open_ones = {mark for mark, subject in conflicts.items() if sees(subject)}
        with who.store.unit() as uow:
            shown = {one.hash for one in uow.journal.set_aside()}
            demand(shown == open_ones, "I5", f"{who.name} shows {len(shown)} conflicts of "
                   f"{len(open_ones)}")  # fmt: skip
            for (kind, record_id), (subject, _, device) in held.items():
                if kind == "case" and sees(subject):
                    now = uow.records.assignee(RecordId(record_id))
                    demand(now == device, "I5", f"{who.name}: a case has two owners")
    _check_files_came(model, held)
    check_log(model)


def _check_files_came(model: Model, held: dict[tuple[str, str], Any]) -> None:
    """Who has a case has, or can have, its files."""
    for who in model.working:
        with who.store.unit() as uow:
            lacking = [one.sha256 for one in uow.files.lacking(1000)]
        for known in lacking:
            demand(not _has_file(model.county, known), "I5", f"{who.name} lacks a file")


def _sees(model: Model, who: ModelLaptop) -> Callable[[Subject], bool]:
    ask = "SELECT role, region, committee_id FROM device WHERE id = ?"
    viewer = Viewer(*model.county.rows(ask, (who.id,))[0])
    return lambda subject: may_see(viewer, subject)


def _differing(
    who: ModelLaptop, wanted: dict[tuple[str, str], dict[str, Any]]
) -> list[tuple[str, list[str]]]:
    found = []
    with who.store.unit() as uow:
        in_question = {
            line.record for line in uow.lists.waiting() if line.delivery is Delivery.ATTENTION
        }
        for (kind, record_id), fields in wanted.items():
            known = uow.records.find(KINDS[kind], RecordId(record_id))
            if known is None and kind in _NOT_SHARED:
                continue
            here = to_fields(known) if known else {}
            if here != fields and f"{kind}:{record_id}" not in in_question:
                names = [name for name in fields if here.get(name, ...) != fields[name]]
                found.append((kind, names if known else ["is not here"]))
    return found


def _records(
    county: ModelCounty,
) -> dict[tuple[str, str], tuple[Subject, dict[str, Any], str]]:
    rows = county.rows("SELECT kind, id, committee_id, region, fields, device_id FROM record_state")
    return {
        (kind, record_id): (
            Subject(committee, region),
            to_fields(from_fields(kind, json.loads(fields))),
            device,
        )
        for kind, record_id, committee, region, fields, device in rows
    }


def _conflicts(county: ModelCounty) -> dict[str, Subject]:
    """The entries that were set aside and that nobody has settled."""
    settlements = county.rows("SELECT fields FROM record_state WHERE kind = 'settlement'")
    settled = {json.loads(fields)["entry_hash"] for (fields,) in settlements}
    rows = county.rows(
        "SELECT e.hash, e.committee_id, e.region FROM entry e "
        "JOIN verdict v ON v.position = e.position WHERE v.kind = 'conflict'"
    )
    return {mark: Subject(*place) for mark, *place in rows if mark not in settled}
