"""A case with two new parties, from `register_case` to the commit on disk, against the same rows
written by hand.

Yardstick: sqlcipher3 alone on a twin of the same file (10,000 cases) with the same key and pragmas,
which writes exactly the rows that the product has just written (records, journal entry, line of the
list, search index): values at hand, statements prepared, one transaction, one commit. Checks, JSON,
hash and signature are the product's own business.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from app import paths
from app.domain.cases import Case
from app.domain.parties import PartyRole
from app.security.vault import Vault
from app.services.intake import register_case
from app.services.newcomers import NewParty
from app.storage import cipher, store
from tests.bench.figures import Figure, spread, timed_ms
from tests.bench.stores import FOLDER, PASSWORD, NoKeyring, home_with_cases, open_bench_store
from tests.bench.village import Village

SAVES_A_RUN = 20
WRITING = ("INSERT", "UPDATE", "DELETE")


class Notes:
    """A connection that keeps what is written through it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.written: list[tuple[str, list[Sequence[Any]]]] = []

    def execute(self, statement: str, values: Any = ()) -> Any:
        if statement.startswith(WRITING):
            self.written.append((statement, [values]))
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> Any:
        kept = list(rows)
        self.written.append((statement, kept))
        return self._connection.executemany(statement, kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def measure(runs: int) -> list[Figure]:
    ours, theirs = copy_of_home("saving"), copy_of_home("saving-raw")
    key = Vault(paths.keys(theirs), NoKeyring()).open(PASSWORD)
    raw = cipher.connect(theirs / cipher.FILE_NAME, key)
    opened: list[Notes] = []

    def noting(*words: Any, **named: Any) -> Notes:
        opened.append(Notes(cipher.connect(*words, **named)))
        return opened[-1]

    village, product, hand = Village(seed=11), [], []
    with mock.patch.object(store, "connect", noting):
        records = open_bench_store(ours)
        for turn in range(runs * SAVES_A_RUN + 10):
            village_case = newcomers(village, records)
            for one in opened:
                one.written.clear()
            taken = timed_ms(partial(_save, records, *village_case))
            rows = [line for one in opened for line in one.written]
            again = timed_ms(partial(_write, raw, rows))
            if turn >= 10:
                product.append(taken)
                hand.append(again)
        records.close()
    raw.close()
    for home in (ours, theirs):
        shutil.rmtree(home)
    what = "save of a case with two new parties, durable"
    return [Figure(what, "ms", spread(product), spread(hand), 2.0)]


def copy_of_home(name: str) -> Path:
    """A data folder of 10,000 cases that may be spoiled."""
    home = FOLDER / name
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(home_with_cases(), home, ignore=shutil.ignore_patterns("backups"))
    return home


def newcomers(village: Village, records: store.Store) -> tuple[Case, list[NewParty]]:
    """The case as a form hands it over, its committee one that the store knows."""
    case, (first, second, *_) = village.case()
    roles = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    people = (first, second)
    return case, [
        NewParty(role=role, side=side, person=person)  # type: ignore[arg-type]  # the village puts people first
        for role, side, person in zip(roles, "AB", people, strict=True)
    ]


def _save(records: store.Store, case: Case, parties: list[NewParty]) -> None:
    with records.unit() as unit:
        register_case(unit, case, parties)


def _write(raw: Any, written: list[tuple[str, list[Sequence[Any]]]]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for statement, rows in written:
        if len(rows) == 1:
            raw.execute(statement, rows[0])
        else:
            raw.executemany(statement, rows)
    raw.execute("COMMIT")
