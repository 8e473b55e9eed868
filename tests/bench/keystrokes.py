"""Keys and clicks for one case, against typing the same facts into separate forms."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from typing_extensions import override

from app import paths
from app.documents.printshop import PdfPrintshop
from app.domain.acts import Act
from app.domain.committees import Committee, Mediator
from app.domain.identity import citizen_check_character
from app.domain.ids import RecordId, new_id
from app.domain.people import Person
from app.security.vault import Vault
from app.services.committees import set_up
from app.storage.packs import load_practice
from tests.bench.figures import Figure, spread
from tests.bench.separate_forms import separate_forms, squeezed, text_of
from tests.bench.stores import PASSWORD, ROOT, NoKeyring, open_bench_store

BAR = 0.25
TIME_LIMIT_S = 120.0
SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768}


def village_home(home: Path) -> Path:
    """A laptop in the middle of its first year: a committee and twelve known people."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    Vault(paths.keys(home), NoKeyring()).create(PASSWORD)
    store = open_bench_store(home)
    committee = Committee(
        id=new_id(),
        name="演练县莲花镇竹溪村人民调解委员会",
        short_name="竹溪",
        region_code="450399101001",
    )
    mediator = Mediator(id=new_id(), committee_id=committee.id, name="盘秋月")
    with store.unit() as unit:
        set_up(unit, committee, mediator)
    with store.unit() as unit:
        for number, name in enumerate(NAMES, 1):
            unit.records.put(villager(number, name))
        unit.commit(Act.PERSON_SAVED)
    store.close()
    return home


NAMES = ("唐文林", "石永福", "唐文化", "石永贵", "莫小春", "盘有财", "黄玉兰", "蒋德明")


def villager(number: int, name: str) -> Person:
    birth = date(1960 + number * 3, 1 + number % 12, 5 + number)
    first = f"450399{birth:%Y%m%d}{number:02d}{number % 2}"
    return Person(
        id=new_id(),
        name=name,
        sex="1" if number % 2 else "2",
        ethnicity="01",
        birth_date=birth,
        occupation="务农",
        phone=f"138000012{number:02d}",
        address=f"演练县莲花镇竹溪村三组{number}号",
        id_kind="111",
        id_no=first + citizen_check_character(first),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Presses (keys, characters, clicks) by step at the window, and by paper in separate forms."""

    steps: dict[str, dict[str, int]]
    papers: dict[str, int]

    @property
    def here(self) -> int:
        """Every key, character and click. Turns of the wheel are told beside it, as scrolling a
        form in another program is not counted either.
        """
        return sum(
            number
            for found in self.steps.values()
            for what, number in found.items()
            if what != "wheel"
        )

    @property
    def apart(self) -> int:
        return sum(self.papers.values())

    @override
    def __str__(self) -> str:
        lines = [f"  {step:14} {found}" for step, found in self.steps.items()]
        papers = [f"  {paper:24} {number}" for paper, number in self.papers.items()]
        share = f"{self.here / self.apart:.3f} of it"
        head = f"at the window: {self.here}; in separate forms: {self.apart}; {share}"
        return "\n".join([head, *lines, "separate forms:", *papers])


def count(folder: Path) -> Told:
    """Works the case in a process of its own, then counts the separate forms from its papers."""
    home, work = folder / "home", folder / "desktop"
    village_home(home)
    (work / "Documents").mkdir(parents=True)  # where a desktop keeps papers; exports go there
    screen = folder / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "HESHI_PASSWORD": PASSWORD,
        "HOME": str(work),
        "PYTHONPATH": str(ROOT),
    }
    program = Path(__file__).with_name("probe_keystrokes.py")
    done = subprocess.run(
        [sys.executable, str(program), str(home)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=work,
        timeout=TIME_LIMIT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the case was not worked to its end:\n{done.stderr}")
    told = json.loads(done.stdout)
    check_whole_file(Path(told["pdf"]), work)
    store = open_bench_store(home)
    with store.unit() as unit:
        file = unit.records.case_file(RecordId(told["case_id"]))
        today = unit.today()
    store.close()
    if file.case.filed_on is None:
        raise RuntimeError("the file was not bound")
    practice = load_practice(paths.resources())
    shop = PdfPrintshop(paths.resources(), practice)
    return Told(told["steps"], separate_forms(file, practice, shop, today))


def check_whole_file(path: Path, work: Path) -> None:
    """What was exported is the bound file: a PDF in the mediator's own folder, contents in front.
    Raises RuntimeError.
    """
    if not path.is_relative_to(work) or path.read_bytes()[:5] != b"%PDF-":
        raise RuntimeError(f"{path.name} is no PDF in the mediator's folder")
    said = squeezed(text_of(path.read_bytes()))
    if "卷内目录" not in said or "调解协议书" not in said:
        raise RuntimeError(f"{path.name} is not the whole file")


def measure(runs: int) -> list[Figure]:
    del runs  # counted, not timed: every run is the same
    with tempfile.TemporaryDirectory() as folder:
        told = count(Path(folder))
    print(told)
    here, apart = spread([float(told.here)]), spread([float(told.apart)])
    return [Figure("keys and clicks for a whole file", "presses", here, apart, BAR)]
