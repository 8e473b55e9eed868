"""A process that saves cases until somebody kills it, and says of each one that is safe.

``python -m tests.storage.saving_child FOLDER``: for every line on its standard input it forks a
saver, which writes its process id, then the id of each case after its commit; ``over`` follows when
the saver is gone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import app.storage.entries  # noqa: F401 - loaded once, not in every saver
from tests.storage.village import opened, put, quarrel, settle


def say(word: str) -> None:
    """One line, at once."""
    os.write(1, f"{word}\n".encode())


def save(folder: Path) -> None:
    """Saves until it is killed."""
    store = opened(folder)
    settle(store)
    say(str(os.getpid()))
    while True:
        head, records = quarrel(facts="屋檐滴水" * 200)
        put(store, *records)
        say(head.id)


def main(folder: Path) -> None:
    """Forks one saver after the other."""
    for _ in sys.stdin:
        saver = os.fork()
        if saver == 0:
            save(folder)
        os.waitpid(saver, 0)
        say("over")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
