"""The first list is light, reads only, and shows what the whole store shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.problems import ProblemCode, Refused
from app.services.lines import CaseQuery
from app.storage.migrations import LATEST
from app.storage.quick import QuickStore
from app.storage.store import Store
from tests.storage.village import KEY, enrol, put, quarrel, raw

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    *("sqlalchemy", "sqlmodel", "pydantic", "pypinyin", "cryptography", "PySide6"),
    *("typst", "pypdfium2", "PIL", "zxingcpp", "pyhanko", "asn1crypto", "typing_extensions"),
)
FOR_PAPERS = ("app.services.paper_values", "app.services.file_light", "app.documents")


def test_nothing_heavy_is_loaded_for_the_first_list(store: Store, folder: Path) -> None:
    put(store, *quarrel()[1])
    script = (
        "import sys; from pathlib import Path;"
        "from app.storage.quick import QuickStore; from app.services.lines import CaseQuery;"
        "quick = QuickStore(Path(sys.argv[1]), bytes(range(48)));"
        "assert quick.case_lines(quick.case_keys(CaseQuery(text='zs'))); quick.status();"
        f"print([one for one in {HEAVY!r} if one in sys.modules])"
    )
    assert _run(script, folder) == "[]"


def test_lists_drafts_and_settings_of_a_unit_are_light_too(store: Store, folder: Path) -> None:
    put(store, *quarrel()[1])
    store.close()
    script = (
        "import sys; from pathlib import Path; from app.services.lines import CaseQuery;"
        "from app.storage.store import open_store; from datetime import datetime, UTC;"
        "Clock = type('Clock', (), {'now': lambda self: datetime.now(UTC)});"
        "store = open_store(Path(sys.argv[1]), bytes(range(48)), Clock(), app_version='0')\n"
        "with store.unit() as unit:\n"
        "    assert unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))\n"
        "    unit.drafts.keep('a', 'b'); unit.settings.put('c', 'd'); unit.commit()\n"
        f"print([one for one in {HEAVY!r} if one in sys.modules])"
    )
    assert _run(script, folder) == "[]"


def test_the_window_starts_without_what_papers_need() -> None:
    script = (
        "import sys; from pathlib import Path; import app.main; import app.ui.shell.window;"
        "import app.ui.shell.opening, app.ui.cases.workspace, app.ui.cases.list_page;"
        "from app.storage.packs import load_practice;"
        "practice = load_practice(Path(sys.argv[1]));"
        f"heavy = {(*HEAVY, *FOR_PAPERS)!r};"
        "print([one for one in heavy if one in sys.modules and one != 'PySide6'])"
    )
    assert _run(script, ROOT / "resources") == "[]"


def _run(script: str, folder: Path) -> str:
    command = [sys.executable, "-c", script, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def test_it_shows_what_the_store_shows(store: Store, folder: Path) -> None:
    enrol(store)
    for names in (("张三", "李四"), ("王五", "赵六")):
        put(store, *quarrel(*names)[1])
    quick = QuickStore(folder, KEY)
    assert quick.is_current()
    with store.unit() as unit:
        for query in (CaseQuery(), CaseQuery(text="ww"), CaseQuery(descending=False)):
            keys = unit.lists.case_keys(query)
            assert quick.case_keys(query) == keys
            assert quick.case_lines(keys) == unit.lists.case_lines(keys)
        assert quick.status() == unit.lists.status()
    assert quick.setting("county.name") == "九溪县司法局"
    assert quick.setting("ui.language") is None
    quick.close()
    quick.close()


def test_its_units_read_records_as_the_store_does(store: Store, folder: Path) -> None:
    case, records = quarrel()
    put(store, *records)
    quick = QuickStore(folder, KEY)
    clock = store._around.clock
    with quick.unit(clock) as looked, store.unit() as unit:
        assert looked.records.case_file(case.id) == unit.records.case_file(case.id)
        assert looked.today() == unit.today()
        with pytest.raises(Exception, match="readonly"):
            looked.settings.put("a", "b")
        looked.roll_back()
        assert looked.actor == unit.actor
    quick.close()


def test_reading_records_does_not_load_what_writes_them(store: Store, folder: Path) -> None:
    case, records = quarrel()
    put(store, *records)
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from app.storage.quick import QuickStore;"
        "Clock = type('Clock', (), {'now': lambda self: datetime.now(UTC)});"
        "quick = QuickStore(Path(sys.argv[1]), bytes(range(48)))\n"
        f"with quick.unit(Clock()) as unit: assert unit.records.case_file({case.id!r}).parties\n"
        "print([one for one in ('sqlalchemy', 'sqlmodel') if one in sys.modules])"
    )
    assert _run(script, folder) == "[]"


def test_it_cannot_write(store: Store, folder: Path) -> None:
    quick = QuickStore(folder, KEY)
    with pytest.raises(Exception, match="readonly"):
        quick._lists._connect().execute("DELETE FROM draft")
    quick.close()


def test_without_a_store_or_with_another_schema_the_whole_store_is_needed(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    assert not QuickStore(tmp_path / "nowhere", KEY).is_current()
    connection = raw(folder)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    quick = QuickStore(folder, KEY)
    assert not quick.is_current()
    quick.close()


def test_a_wrong_key_is_said(store: Store, folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        QuickStore(folder, bytes(48))
    assert refused.value.first.code is ProblemCode.STORE_DAMAGED
