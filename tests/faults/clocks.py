"""Computers whose clock is wrong by years, or jumps: saving and exchanging go on, and the order of
what was done stays right.

The full tier lies to the whole process (libfaketime); the short one to the program's own clock.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cli.house import House, open_with
from app.services.exchange import exchange_once
from app.storage.store import open_store
from app.sync.http_line import HttpLine
from tests.faults.exchanging import Exchanging, receipts_of
from tests.faults.judging import judge, told
from tests.faults.mortal import mortal
from tests.faults.places import DATA, KEY, DayAfterDay, new_case
from tests.faults.trials import Harm, NotHere, Outcome, Tier, timed

STEPS = 4
# What the computer shows, and by how many days it jumps in the middle.
CLOCKS: Mapping[str, tuple[str, int]] = {
    "ten years late": ("-3652d", 0),
    "2000-01-01": ("@2000-01-01 00:00:00", 0),
    "2038-02-01": ("@2038-02-01 00:00:00", 0),
    "2099-12-31": ("@2099-12-31 23:59:50", 0),
    "a jump back by a day": ("+0", -1),
    "a jump forward by ten years": ("+0", 3652),
}
_PLACES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")


def run(tier: Tier) -> list[Outcome]:
    """One row. Raises `NotHere` for the full tier without libfaketime."""
    row = Outcome("clock: wrong by years, or jumping")
    own = (program_clock(moment, jump) for moment, jump in moments())
    if not tier.full:
        return [timed(row, own)]
    libfaketime()
    lies = (_under_libfaketime(*clock) for clock in CLOCKS.values())
    return [timed(row, own), timed(Outcome("clock: the whole process is lied to"), lies)]


def moments() -> Iterator[tuple[datetime, timedelta]]:
    """The same clocks for the program's own clock."""
    now = datetime.now(UTC)
    for shown, days in CLOCKS.values():
        moment = now + timedelta(days=int(shown[:-1])) if shown.endswith("d") else now
        if shown.startswith("@"):
            moment = datetime.fromisoformat(shown[1:]).replace(tzinfo=UTC)
        yield moment, timedelta(days=days)


def program_clock(moment: datetime, jump: timedelta) -> Harm:
    """One session of a laptop whose clock shows `moment` and jumps once."""
    clock = DayAfterDay(moment)
    with _place() as folder:
        place, exchanging, said = Path(folder) / "place", Exchanging(), list[str]()
        exchanging.prepare(place)
        try:
            _session(place, clock, jump, said)
        except Exception as error:  # no clock is a reason to stop
            exchanging.end(place, said)
            return Harm("unopenable", f"{moment:%Y}: {told(error)}")
        return judge(exchanging.end, place, said)[0]


def _session(place: Path, clock: DayAfterDay, jump: timedelta, said: list[str]) -> None:
    with open_with(place / DATA, KEY, "password") as known:
        device, check = known.device, known.check
    store = open_store(place / DATA, KEY, clock, app_version="0")
    store.attach(device, check)
    house = House(place / DATA, store, device, check, "password")
    with house.unit() as uow:
        line = HttpLine(uow.settings.get("county.url") or "")
    try:
        for number in range(STEPS):
            if number == STEPS // 2:
                clock.moment += jump
            said.append(f"case {new_case(house)}")
            exchange_once(house.unit, line, device, check)
            said.append(f"received {receipts_of(house)} pulled")
            clock.moment += timedelta(seconds=1)
    finally:
        line.close()
        store.close()


def _under_libfaketime(shown: str, days: int) -> Harm:
    """The same session in a process to which every clock lies."""
    with _place() as folder:
        place, exchanging = Path(folder) / "place", Exchanging()
        file = Path(folder) / "clock"
        file.write_text(shown, encoding="ascii")
        around = {
            "LD_PRELOAD": libfaketime(), "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        exchanging.prepare(place)
        with mortal("work", environment=around) as worker:
            worker.born(name=exchanging.name, place=str(place), steps=2 * STEPS)
            said = worker.listen(3)  # begun, a case, its receipt: now the session is under way
            if days:
                file.write_text(f"{days:+d}d", encoding="ascii")
            said += worker.left()
        harm, _ = judge(exchanging.end, place, said)
        stopped = [one for one in said if one.startswith(("refused ", "broken "))]
        if not harm.column and stopped:
            harm = Harm("unopenable", f"{shown}: {stopped[0]}")
        return harm


def libfaketime() -> str:
    """Where it lies. Raises `NotHere`."""
    found = [one for pattern in _PLACES for one in Path("/").glob(pattern[1:])]
    if not found or os.name != "posix":
        raise NotHere("needs libfaketime")
    return str(found[0])


def _place() -> AbstractContextManager[str]:
    return tempfile.TemporaryDirectory(prefix="heshi-")
