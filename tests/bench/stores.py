"""Stores for measurements, made once and kept under `build/bench` until the schema or this file
changes.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from app import paths
from app.domain.acts import Act
from app.security.device import load_device, verify
from app.security.vault import Vault
from app.services.committees import set_up
from app.storage.migrations import LATEST
from app.storage.store import Store, open_store
from tests.bench.village import Village

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
MIGRATED = ROOT / "app" / "storage" / "migrations"
PASSWORD = "bench-password-2026"
CASES = 10_000
A_COMMIT = 250


class NoKeyring:
    """A computer without a keyring: the slower way in, which the bars have to stand."""

    name = ""

    def get(self, account: str) -> str | None:
        del account
        return None

    def set(self, account: str, value: str) -> bool:
        del account, value
        return False


class BenchClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


def open_bench_store(home: Path) -> Store:
    """The store of `home` with its device attached."""
    key = Vault(paths.keys(home), NoKeyring()).open(PASSWORD)
    store = open_store(home, key, BenchClock(), app_version="bench")
    with store.unit() as unit:
        device = load_device(unit.settings)
        unit.commit()
    store.attach(device, verify)
    return store


def home_with_cases(cases: int = CASES) -> Path:
    """A data folder with that many invented cases."""
    here = Path(__file__)
    # A migration that no release has yet may still be changed, with the same number.
    made_by = (here, here.with_name("village.py"), *sorted(MIGRATED.glob("m*.py")))
    stamp = hashlib.sha256(b"".join(one.read_bytes() for one in made_by)).hexdigest()[:12]
    home = FOLDER / f"home-{cases}-{LATEST}-{stamp}"
    if (home / "made").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    Vault(paths.keys(home), NoKeyring()).create(PASSWORD)
    store = open_bench_store(home)
    village = Village()
    with store.unit() as unit:
        set_up(unit, village.committee, village.mediator)
    for start in range(0, cases, A_COMMIT):
        with store.unit() as unit:
            for _ in range(min(A_COMMIT, cases - start)):
                _, records = village.case()
                for record in records:
                    unit.records.put(record)
            unit.commit(Act.CASE_IMPORTED)
        print(f"\r  {start + A_COMMIT} of {cases} cases made", end="", flush=True)
    print(flush=True)
    store.close()
    (home / "made").write_text("", encoding="utf-8")
    return home
