"""What an administrator does at the desk beyond accounts: numbers of papers, sticks that come in,
the pack of the county. Each act gives back what is to be shown, and prints nothing.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.county import blocks
from app.county.clock import utc_now
from app.county.contact import take_parts
from app.county.database import reading, upgrade, writing
from app.county.exchange import County
from app.county.inbox import Inbox, State, set_aside
from app.county.keys import load_key
from app.county.number_book import number_book, spoken
from app.county.packs import PackShown, drop_pack, read_folder, set_pack, shown_pack
from app.county.settings import block_size, refill_below, set_blocks
from app.county.tables import Device
from app.county.verbs import Act, Result, Verbs, there


def _numbers(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    year = arguments.year or blocks.years_at(utc_now())[0]
    with reading(engine) as session:
        book = number_book(session, arguments.committee, year)
    return asdict(book) if arguments.json else {"book": "\n".join(spoken(book))}


def _number_blocks(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    with writing(engine) as session:
        set_blocks(session, arguments.size, arguments.refill)
        return {"size": block_size(session), "refill": refill_below(session)}


def _reclaim(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with writing(engine) as session:
        device = session.get(Device, arguments.device)
        if device is None:
            raise ValueError("no such device")
        return [
            {"year": row.year, "first": row.first, "last": row.kept, "lost_at": row.lost_at}
            for row in blocks.reclaim(session, device, utc_now())
        ]


def take_in(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    """One look. Raises ValueError where a folder is not there."""
    there(arguments.folder)
    if arguments.answers:
        there(arguments.answers)
    return [asdict(one) for one in the_inbox(arguments, engine).look()]


def advice(result: Result) -> list[str]:
    """What a person can do about parcels that could not be taken in, a line for each way."""
    rows = result if isinstance(result, list) else [result]
    states = {row["state"] for row in rows}
    return [line for state, line in _ADVICE.items() if state in states]


def _quarantine(arguments: argparse.Namespace, engine: Engine) -> Result:
    box = the_inbox(arguments, engine)
    if arguments.accept:
        return asdict(box.accept(arguments.accept))
    return [asdict(one) for one in set_aside(box.county)]


def the_inbox(arguments: argparse.Namespace, engine: Engine) -> Inbox:
    upgrade(engine)
    county = County(engine, load_key(arguments.data), utc_now, arguments.data)
    take = partial(take_parts, county)
    folder = getattr(arguments, "folder", arguments.data)
    return Inbox(county, arguments.data, take, folder, getattr(arguments, "answers", None))


def _packs_set(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    upgrade(engine)
    document = read_folder(there(arguments.folder))
    with writing(engine) as session:
        return _pack(set_pack(session, document, utc_now()))


def _packs_show(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    upgrade(engine)
    with reading(engine) as session:
        shown = shown_pack(session)
    return [_pack(shown)] if shown else []


def _packs_none(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    upgrade(engine)
    with writing(engine) as session:
        drop_pack(session)
    return []


def _pack(shown: PackShown) -> dict[str, Any]:
    return {
        "name": shown.name.zh,
        "issued_on": shown.name.issued_on,
        "files": len(shown.files),
        "packed_kb": round(shown.packed / 1000, 1),
        "set_at": shown.set_at,
        "mark": shown.mark,
    }


_ADVICE = {
    State.DAMAGED: (
        "damaged: please have the village export it again; the file was left where it is"
    ),
    State.INCOMPLETE: "not all files: please copy the other files of the parcel here as well",
}
NOTHING_THERE: dict[Act, str] = {
    _reclaim: "this laptop holds no numbers",
    _packs_show: "no pack of this county: laptops use what Heshi brings along",
    _packs_none: "no pack of this county: laptops use what Heshi brings along",
    take_in: "nothing for this county here",
    _quarantine: "nothing waits for a person",
}


def courier_verbs(verbs: Verbs) -> None:
    inbox = verbs.add("inbox", "take in what comes on sticks, and write the answers", take_in)
    inbox.add_argument("folder", type=Path, metavar="DIR", help="a stick, or a folder of copies")
    inbox.add_argument("--once", action="store_true", help="look once; else until stopped")
    inbox.add_argument("--answers", type=Path, metavar="DIR", help="not beside the parcels")
    waits = verbs.add("quarantine", "parcels of laptops that were struck off", _quarantine)
    waits.add_argument("--accept", metavar="PARCEL", help="take this one in all the same")


def pack_verbs(verbs: Verbs) -> None:
    packs = verbs.below("packs", "the data pack of this county, for all its laptops")
    take = packs.add("set", "check a folder of JSON files and hand it out", _packs_set)
    take.add_argument("folder", type=Path, metavar="DIR", help="see resources/packs/README.md")
    packs.add("show", "the pack that is handed out", _packs_show)
    packs.add("none", "hand out no pack: what Heshi brings along counts again", _packs_none)


def number_verbs(verbs: Verbs) -> None:
    numbers = verbs.below("numbers", "numbers of papers: lent, used, given back")
    show = numbers.add("show", "all numbers of a committee against what was lent", _numbers)
    show.add_argument("committee")
    show.add_argument("--year", type=int, help="this year, when not told")
    sizes = numbers.add("blocks", "show or set how many numbers are lent", _number_blocks)
    sizes.add_argument("--size", type=int, help="numbers in a block, at the least")
    sizes.add_argument("--refill", type=int, help="lend more when fewer than this are left")
    lost = numbers.add("reclaim", "a revoked laptop is lost: nobody gets its numbers", _reclaim)
    lost.add_argument("device")
