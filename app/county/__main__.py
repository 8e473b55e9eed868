"""``heshi-county``: sets up and runs a county server, and is its administrator's desk.

Prints what was asked for and nothing else; with ``--json`` so that other programs can read it. A
one-time code is printed once.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from app.county import accounts, laptops
from app.county.clock import utc_now
from app.county.database import open_database, reading, sqlite_url, upgrade, writing
from app.county.desk_verbs import (
    NOTHING_THERE,
    advice,
    courier_verbs,
    number_verbs,
    pack_verbs,
    take_in,
    the_inbox,
)
from app.county.enrolment import CODE_LIVES, new_code, revoke
from app.county.inbox import LOOK_EVERY_SECONDS
from app.county.keys import KEY_FILE, load_key, make_key
from app.county.restoring import begin_again
from app.county.serving import serve
from app.county.settings import county_name, epoch, set_up
from app.county.tables import Account, CommitteeRow, Device
from app.county.verbs import Act, Result, Verbs, spoken_error
from app.domain.committees import CommitteeRole
from app.wire.exchange2 import LaptopState
from app.wire.journal import read_entry

PORT = 8440
GOOD, BROKEN, REFUSED = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    """Does what the command line says; returns the exit code: 0 done, 2 refused with a sentence (a
    wrong command line too), 1 a fault of the program.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    # Key and records are the server's own business.
    os.umask(0o077)
    if arguments.data is None:
        parser.error("--data is needed")
    try:
        if arguments.act is not _init and not (arguments.data / KEY_FILE).is_file():
            raise ValueError(f"no county server in {arguments.data}: begin with init")
        if arguments.act is None:
            serve(arguments, _url(arguments), partial(print, flush=True))
            return GOOD
        if arguments.act is take_in and not arguments.once:
            return _watch(arguments)
        engine = open_database(_url(arguments))
        try:
            result = arguments.act(arguments, engine)
        finally:
            engine.dispose()
        _show(arguments, result)
    except OSError as error:
        print(spoken_error(error), file=sys.stderr)
        return REFUSED
    except ValueError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OperationalError as error:
        # Its own text may quote an address with a password.
        print(f"the database does not answer: {type(error).__name__}", file=sys.stderr)
        return REFUSED
    except Exception as error:
        print(f"heshi-county made a mistake: {_where(error)}", file=sys.stderr)
        return BROKEN
    return GOOD


def _init(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    if not arguments.name.strip():
        raise ValueError("a county needs a name")
    arguments.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (arguments.data / KEY_FILE).exists():
        load_key(arguments.data)
    else:
        make_key(arguments.data)
    upgrade(engine)
    with writing(engine) as session:
        set_up(session, arguments.name)
        return {"name": county_name(session), "epoch": epoch(session)}


def _committee(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    with writing(engine) as session:
        committee_id = accounts.add_committee(
            session,
            name=arguments.name,
            short_name=arguments.short,
            region=arguments.region,
            region_name=arguments.region_name,
            kind=arguments.kind,
            numbers_year=arguments.numbers_year,
            numbers_after=arguments.numbers_after,
        )
    return {"committee": committee_id}


def _committees(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        rows = session.exec(select(CommitteeRow).order_by(col(CommitteeRow.region)))
        return [{"committee": row.id, "region": row.region, "name": row.name} for row in rows]


def _mediator(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    with writing(engine) as session:
        account = accounts.add_mediator(
            session,
            committee_id=arguments.committee,
            name=arguments.name,
            place=arguments.place,
            now=utc_now(),
        )
    return {"account": account}


def _supervisor(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    role = "administrator" if arguments.administrator else "supervisor"
    with writing(engine) as session:
        account = accounts.add_supervisor(
            session, name=arguments.name, region=arguments.region, role=role, now=utc_now()
        )
    return {"account": account}


def _people(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        rows = session.exec(select(Account).order_by(col(Account.created_at)))
        return [{"account": row.id, "role": row.role, "name": row.name} for row in rows]


def _enrol(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    with writing(engine) as session:
        account = session.get(Account, arguments.account)
        if account is None:
            raise ValueError("no such account")
        code = new_code(session, account, utc_now())
    return {"code": f"{code[:5]}-{code[5:]}", "hours": int(CODE_LIVES.total_seconds() // 3600)}


def _revoke(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    key = load_key(arguments.data)
    with writing(engine) as session:
        device = session.get(Device, arguments.device)
        if device is None:
            raise ValueError("no such device")
        revoke(session, key, device, utc_now())
    return {"revoked": arguments.device}


def _watch(arguments: argparse.Namespace) -> int:
    """Looks again and again until it is told to stop; a folder that is gone may come back."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if not arguments.folder.is_dir():
        print(f"no such folder yet, waiting for it: {arguments.folder}", file=sys.stderr)
    engine = open_database(_url(arguments))
    try:
        box = the_inbox(arguments, engine)
        while not stop.wait(LOOK_EVERY_SECONDS):
            with suppress(OSError):
                for outcome in box.look(settled=True):
                    _show(arguments, asdict(outcome))
                    sys.stdout.flush()
    finally:
        engine.dispose()
    return GOOD


def _ca(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    return {"county_ca": load_key(arguments.data).papers.certificate}


def _status(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        return [asdict(laptop) for laptop in accounts.laptops(session)]


def _laptops(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        return [_laptop(one) for one in laptops.all_laptops(session)]


def _laptop(state: LaptopState) -> dict[str, Any]:
    """One laptop as the administrator reads it. A contact that began and did not end is told by its
    beginning.
    """
    began, last, waiting = state.began_at, state.last_contact, state.waiting
    unfinished = began if began and (last is None or began > last) else None
    clock = state.clock_offset_ms
    return {
        "device": state.device,
        "person": state.person,
        "committee": state.committee,
        "state": state.state,
        "last_contact": last,
        "unfinished": unfinished,
        "oldest_waiting": waiting.oldest_at,
        "waiting": waiting.entries + waiting.files,
        "waiting_mb": round((waiting.entry_bytes + waiting.file_bytes) / 1_000_000, 1),
        "clock_error_s": None if clock is None else round(clock / 1000),
        "entries": state.entries,
        "refused": state.refused,
        "app": state.app,
    }


def _refused(arguments: argparse.Namespace, engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        if session.get(Device, arguments.device) is None:
            raise ValueError("no such device")
        return [
            {"seq": entry.seq, "act": read_entry(entry.raw).act, "kind": row.kind, "code": row.code}
            for entry, row in laptops.refused_entries(session, arguments.device)
        ]


def _new_epoch(arguments: argparse.Namespace, engine: Engine) -> dict[str, Any]:
    upgrade(engine)
    with writing(engine) as session:
        return {"epoch": begin_again(session, utc_now())}


_NOTHING_YET: dict[Act, str] = {
    **NOTHING_THERE,
    _committees: "no committee yet",
    _people: "nobody yet",
    _status: "no laptop yet",
    _laptops: "no laptop yet",
    _refused: "nothing of this laptop was refused",
}
_HEADINGS = {
    "enrolled_at": "enrolled at (UTC)",
    "last_contact": "last contact (UTC)",
    "unfinished": "unfinished contact (UTC)",
    "oldest_waiting": "oldest waiting (its clock, UTC)",
    "waiting_mb": "waiting MB",
    "clock_error_s": "clock error s",
    "lost_at": "lost at (UTC)",
    "issued_on": "issued on",
    "packed_kb": "packed kB",
    "set_at": "set at (UTC)",
    "since": "since (UTC)",
}


def _url(arguments: argparse.Namespace) -> str:
    return arguments.database or sqlite_url(arguments.data)


def _show(arguments: argparse.Namespace, result: Result) -> None:
    _show_result(arguments, result)
    for line in advice(result) if arguments.act is take_in else ():
        print(line, file=sys.stderr)


def _show_result(arguments: argparse.Namespace, result: Result) -> None:
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, default=_moment))
        return
    if arguments.act is _enrol and isinstance(result, dict):
        print(f"{result['code']}  valid for {result['hours']} hours, for one laptop")
        return
    if isinstance(result, list) and not result:
        print(_NOTHING_YET[arguments.act])
        return
    if isinstance(result, list):
        print("  ".join(_HEADINGS.get(name, name) for name in result[0]))
    for row in result if isinstance(result, list) else [result]:
        print("  ".join(_plain(value).rstrip("\n") for value in row.values()))


def _plain(value: object) -> str:
    """A value for people: moments in UTC to the second, a dash for what is not there."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return "-" if value in (None, "") else str(value)


def _where(error: Exception) -> str:
    """What broke and in which line; never the error's own text, which may hold anything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}{place}"


def _moment(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heshi-county", description="The Heshi county server.")
    _everywhere(parser, {})
    # What holds for every verb may stand before it or after it.
    shared = argparse.ArgumentParser(add_help=False)
    _everywhere(shared, {"default": argparse.SUPPRESS})
    verbs = Verbs(parser, shared)

    init = verbs.add("init", "make key and tables; safe to repeat", _init)
    init.add_argument("--name", required=True, help="what laptops call this county")

    serving = verbs.add("serve", "answer laptops", None)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=PORT, help="0 takes a free one")
    serving.add_argument(
        "--certificate", help="PEM; laptops take https only, save on this computer"
    )
    serving.add_argument("--certificate-key", help="PEM")
    serving.add_argument("--debug", action="store_true", help="show the API's description")

    _committee_verbs(verbs)
    _people_verbs(verbs)
    number_verbs(verbs)
    pack_verbs(verbs)

    enrol_verb = verbs.add("enrol", "print a one-time code for one laptop of an account", _enrol)
    enrol_verb.add_argument("account")
    courier_verbs(verbs)
    lost = verbs.add("revoke", "a laptop is lost: it gets nothing more", _revoke)
    lost.add_argument("device")
    for name in ("devices", "status"):
        verbs.add(name, "laptops: last contact, entries held and refused", _status)
    verbs.add("laptops", "laptops: contacts, what waits on them, clock error", _laptops)
    refused = verbs.add("refused", "entries of a laptop that were not applied", _refused)
    refused.add_argument("device")
    verbs.add("ca", "print the certificate that sealed papers are checked with (PEM)", _ca)
    verbs.add("new-epoch", "run once after restoring from a backup", _new_epoch)
    return parser


def _everywhere(parser: argparse.ArgumentParser, options: dict[str, Any]) -> None:
    parser.add_argument("--data", type=Path, help="folder of key and database", **options)
    parser.add_argument("--database", help="postgresql://user@host/name", **options)
    parser.add_argument("--json", action="store_true", help="print results as JSON", **options)


def _committee_verbs(verbs: Verbs) -> None:
    committee = verbs.below("committee", "committees of this county")
    add = committee.add("add", "add a committee", _committee)
    add.add_argument("--name", required=True, help="as on its seal")
    add.add_argument("--short", default="", help="as in printed numbers")
    add.add_argument("--region", required=True, help="region code, 12 digits")
    add.add_argument("--region-name", default="")
    add.add_argument("--kind", default="VILLAGE")
    add.add_argument("--numbers-year", type=int, default=0, help="year of the paper register")
    add.add_argument("--numbers-after", type=int, default=0, help="its last number")
    committee.add("list", "list committees", _committees)


def _people_verbs(verbs: Verbs) -> None:
    mediator = verbs.below("mediator", "mediators").add("add", "add a mediator", _mediator)
    mediator.add_argument("--committee", required=True)
    mediator.add_argument("--name", required=True)
    places = [place.value for place in CommitteeRole]
    mediator.add_argument("--place", choices=places, default=CommitteeRole.MEMBER.value)
    below = verbs.below("supervisor", "supervisors")
    supervisor = below.add("add", "add somebody who sees a whole region", _supervisor)
    supervisor.add_argument("--name", required=True)
    supervisor.add_argument("--region", required=True, help="2, 4, 6, 9 or 12 digits")
    supervisor.add_argument("--administrator", action="store_true")
    verbs.below("people", "accounts").add("list", "list accounts", _people)


if __name__ == "__main__":
    sys.exit(main())
