"""What the journal adds to a save: the same save with its entry and without it, in turns, on one
store of 10,000 cases.

Without: no entry is built, hashed, signed or written; rows, list and index are, and the commit. The
yardstick is the save without.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest import mock

from app.domain.cases import Case
from app.services.intake import register_case
from app.services.newcomers import NewParty
from app.storage import entries
from app.storage.store import Store
from app.wire.journal import SealedEntry
from tests.bench.figures import Figure, Spread, spread, timed_ms
from tests.bench.saving import copy_of_home, newcomers
from tests.bench.stores import open_bench_store
from tests.bench.village import Village

SAVES_A_RUN = 20
WARM = 10


def measure(runs: int) -> list[Figure]:
    home = copy_of_home("appending")
    store, village = open_bench_store(home), Village(seed=13)
    whole: list[float] = []
    bare: list[float] = []
    numbers = itertools.count(1)
    for turn in range(WARM + runs * SAVES_A_RUN):
        first = timed_ms(partial(_save, store, *newcomers(village, store)))
        another = newcomers(village, store)
        with _without_journal(numbers):
            second = timed_ms(partial(_save, store, *another))
        if turn >= WARM:
            whole.append(first)
            bare.append(second)
    store.close()
    shutil.rmtree(home)
    added = [max(0.0, one - other) for one, other in zip(whole, bare, strict=True)]
    value: Spread = spread(added)
    return [Figure("journal entry on top of a save", "ms", value, spread(bare), 0.25)]


def _save(store: Store, case: Case, parties: list[NewParty]) -> None:
    with store.unit() as unit:
        register_case(unit, case, parties)


@contextmanager
def _without_journal(numbers: Iterator[int]) -> Iterator[None]:
    def sealed(entry: object, device: object) -> SealedEntry:
        return SealedEntry(b"", "", f"{next(numbers):064x}")

    with (
        mock.patch.object(entries, "_seal", sealed),
        mock.patch.object(entries, "append", lambda *_: None),
    ):
        yield
