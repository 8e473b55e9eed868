"""Processes made to be killed, or to meet a disk that fails; and what is asked of them from
outside.

A warm parent forks one for every line on its standard input, so that a death costs milliseconds;
what each did is told on its standard output at once. Run as ``python -m tests.faults.mortal WORK
...``. A worker must never outlive its parent's pipe, and never tells a value of a record.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


# --- what the killed ones do ---


def say(word: str) -> None:
    """One line, at once."""
    os.write(1, f"{word}\n".encode())


def work(name: str, place: str, steps: int) -> None:
    """One life of an operation; what stops it is told like everything else."""
    from app.domain.problems import Refused
    from tests.faults.places import Refusal
    from tests.faults.registry import operation

    try:
        with operation(name).begin(Path(place), say) as step:
            say("begun")
            for number in range(steps):
                step(number)
    except Refused as refused:
        say(f"refused {refused.first.code.value}")
    except Refusal as refused:
        say(f"refused {refused.problems[0].code.value}")
    except Exception as error:  # told by its kind: the message may hold what was typed
        say(f"broken {type(error).__name__}")


def serve(folder: str, port: str, dies: tuple[str, int] | None) -> None:
    """A county server on loopback until it is killed; `dies`: by itself, at a point, the so many-th
    time that it comes.
    """
    import uvicorn

    from app.county.app import create_app
    from app.county.database import sqlite_url
    from app.county.keys import load_key
    from tests.county.dying_county import App, doomed

    place = Path(folder)
    app: App = create_app(sqlite_url(place), load_key(place))
    if dies:
        app = doomed(app, *dies)
    listener = socket.create_server(("127.0.0.1", int(port)))
    say("begun")
    uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listener])


def weaken(pragmas: Mapping[str, str]) -> None:
    """Other pragmas than the program's, for controls and small checkpoints."""
    from app.storage import cipher

    if not pragmas:
        return
    kept = [one for one in cipher._PRAGMAS if one[0] not in pragmas]
    numbers = {"OFF": 0, "NORMAL": 1, "FULL": 2, "DELETE": "delete", "WAL": "wal"}
    more = [
        (name, value, numbers.get(value, value if not value.isdigit() else int(value)))
        for name, value in pragmas.items()
    ]
    vars(cipher)["_PRAGMAS"] = (*kept, *more)


def arm(orders: Mapping[str, object]) -> None:
    """Tells the failing disk, which was loaded before everything else, when to fail."""
    disk = ctypes.CDLL(None)
    folder = str(orders["folder"]).encode()
    disk.heshi_disk_fails(
        folder, orders["calls"], orders["nth"], orders["errno"], int(bool(orders["for_ever"]))
    )


def record(folder: str, tape: str) -> None:
    """Starts the recorder, which was loaded before everything else."""
    ctypes.CDLL(None).heshi_record(folder.encode(), tape.encode())


def main(kind: str, *arguments: str) -> None:
    """Forks one worker after the other, as each line of orders says."""
    if kind == "serve":
        import tests.county.dying_county  # noqa: F401 - loaded once, not after each birth
    else:
        from tests.faults.registry import load_all

        load_all()
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            orders = json.loads(line)
            say(str(os.getpid()))
            weaken(orders.get("pragmas", {}))
            if "record" in orders:
                record(**orders["record"])
            if "disk" in orders:
                arm(orders["disk"])
            if kind == "serve":
                serve(arguments[0], arguments[1], orders.get("dies"))
            else:
                work(orders["name"], orders["place"], orders["steps"])
            if "disk" in orders:
                say(f"disk {ctypes.CDLL(None).heshi_disk_failed()}")
            say("done")
            if orders.get("wait"):
                signal.pause()
            os._exit(0)
        os.waitpid(worker, 0)
        say("over")


# --- what the trial sees of them ---


class Mortal:
    """One worker after the other: born, listened to, killed."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent
        self._pid = 0

    def born(self, **orders: object) -> None:
        """A new worker. `orders` are ``name``, ``place`` and ``steps`` of an operation."""
        assert self._parent.stdin is not None
        self._parent.stdin.write(json.dumps(orders) + "\n")
        self._parent.stdin.flush()
        self._pid = int(self._line())

    def listen(self, lines: int) -> list[str]:
        """The next `lines` that it says; fewer when it is done."""
        said: list[str] = []
        while len(said) < lines and "done" not in said:
            said.append(self._line())
        return said

    def killed(self, within: float) -> list[str]:
        """Kills it at some moment of the next `within` seconds; what it said in between."""
        select.select([], [], [], random.random() * within)
        os.kill(self._pid, signal.SIGKILL)
        return self.left()

    def left(self) -> list[str]:
        """What it says until it is gone."""
        said: list[str] = []
        while (line := self._line()) != "over":
            said.append(line)
        self._pid = 0
        return said

    def left_by_itself(self, within: float = 5.0) -> bool:
        """Whether it is gone without being killed, now or soon; it is gone after this anyway."""
        assert self._parent.stdout is not None
        gone = bool(select.select([self._parent.stdout], [], [], within)[0])
        if not gone:
            os.kill(self._pid, signal.SIGKILL)
        self.left()
        return gone

    def _line(self) -> str:
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline()
        if not line:
            raise RuntimeError("the parent of the workers is gone")
        return line.strip()


@contextmanager
def mortal(
    kind: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Mortal]:
    """Workers of one kind (``work`` or ``serve``); nothing of them is left afterwards."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.faults.mortal", kind, *arguments]
    around = {**os.environ, **(environment or {})}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env=around
    ) as parent:
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
