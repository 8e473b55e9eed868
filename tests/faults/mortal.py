"""Processes made to be killed, and what is asked of them from outside.

A warm parent forks one of them for every line on its standard input, so that a death costs
milliseconds; what each did is told on its standard output at once. Run as ``python -m
tests.faults.mortal WORK FOLDER ...``.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(48))
PRACTICE = ROOT / "resources" / "demo" / "practice-fence.json"


def trials(usual: int) -> int:
    """How many deaths; ``HESHI_FAULT_TRIALS`` in the environment asks for more."""
    return int(TRIALS or usual)


# Read before the fixtures take every HESHI_ variable away.
TRIALS = os.environ.get("HESHI_FAULT_TRIALS", "")


# --- what the killed ones do ---


def say(word: str) -> None:
    """One line, at once."""
    os.write(1, f"{word}\n".encode())


def practice_case(mark: str) -> bytes:
    """A file with one whole case: two parties, notice, session, agreement, visit and closing."""
    document = json.loads(PRACTICE.read_text(encoding="utf-8"))
    case = document["cases"][0]
    case["external_id"] = mark
    case["agreements"][0]["number"] = f"演练第{mark}号"
    return json.dumps(document, ensure_ascii=False).encode()


def save_cases(folder: str) -> None:
    """Takes in whole cases and keeps drafts for ever; says of each what is safe."""
    from app.cli.house import open_with, practice
    from app.services.importing import import_cases

    rules = practice()
    with open_with(Path(folder), KEY, "password") as house:
        say(str(os.getpid()))
        for number in range(1_000_000):
            mark = f"{os.getpid()}-{number}"
            (item,) = import_cases(house.unit, practice_case(mark), rules).items
            say(f"case {item.case_id}")
            with house.unit() as uow:
                uow.drafts.keep(f"case:{mark}", "屋檐滴水" * 50)
                uow.commit()
            say(f"draft {mark}")


def send_cases(folder: str) -> None:
    """Saves a case and exchanges, for ever; says what is safe and what it was told."""
    from app.cli.house import open_with, practice
    from app.domain.problems import Refused
    from app.services.exchange import exchange_once
    from app.services.importing import import_cases
    from app.sync.http_line import HttpLine

    rules = practice()
    with open_with(Path(folder), KEY, "password") as house:
        with house.unit() as uow:
            line = HttpLine(uow.settings.get("county.url") or "")
        say(str(os.getpid()))
        for number in range(1_000_000):
            mark = f"{os.getpid()}-{number}"
            (item,) = import_cases(house.unit, practice_case(mark), rules).items
            say(f"case {item.case_id}")
            try:
                exchange_once(house.unit, line, house.device, house.check)
            except Refused as refused:
                say(f"refused {refused.first.code.value}")
            else:
                say("exchanged")


def serve(folder: str, port: str) -> None:
    """A county server on loopback until it is killed."""
    import socket

    import uvicorn

    from app.county.app import create_app
    from app.county.database import sqlite_url
    from app.county.keys import load_key

    place = Path(folder)
    app = create_app(sqlite_url(place), load_key(place))
    listener = socket.create_server(("127.0.0.1", int(port)))
    say(str(os.getpid()))
    uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listener])


WORKS: dict[str, Callable[..., None]] = {
    "save_cases": save_cases,
    "send_cases": send_cases,
    "serve": serve,
}


def _load(work: str) -> None:
    """Once, in the parent: what a worker would else load after each birth."""
    if work == "serve":
        import app.county.app
    else:
        import app.security.device
        import app.services.exchange
        import app.services.importing
        import app.storage.entries
        import app.storage.journal
        import app.storage.packs
        import app.storage.records
        import app.sync.http_line  # noqa: F401


def main(work: str, *arguments: str) -> None:
    """Forks one worker after the other."""
    _load(work)
    for _ in sys.stdin:
        worker = os.fork()
        if worker == 0:
            WORKS[work](*arguments)
            os._exit(0)
        os.waitpid(worker, 0)
        say("over")


# --- what the test sees of them ---


class Mortal:
    """One kind of worker: born, listened to, killed."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent
        self._pid = 0

    def born(self) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        self._pid = int(self._line())

    def listen(self, lines: int) -> list[str]:
        """The next `lines` that it says."""
        return [self._line() for _ in range(lines)]

    def killed(self, within: float) -> list[str]:
        """Kills it at some moment of the next `within` seconds; what it said in between."""
        assert self._parent.stdout is not None
        select.select([], [], [], random.random() * within)
        os.kill(self._pid, signal.SIGKILL)
        said = []
        while (line := self._line()) != "over":
            said.append(line)
        return said

    def _line(self) -> str:
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline()
        assert line, "the parent of the workers is gone"
        return line.strip()


@contextmanager
def mortal(work: str, *arguments: str) -> Iterator[Mortal]:
    """Workers of one kind; nothing of them is left afterwards."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.faults.mortal", work, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as parent:
        one = Mortal(parent)
        try:
            yield one
        finally:
            if one._pid and parent.poll() is None:
                _kill_quietly(one._pid)
            assert parent.stdin is not None
            parent.stdin.close()


def _kill_quietly(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
