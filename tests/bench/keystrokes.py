"""Keys and clicks for one case, against typing the same facts into separate forms."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from app import paths
from app.domain.acts import Act
from app.domain.committees import Committee, Mediator
from app.domain.identity import citizen_check_character
from app.domain.ids import new_id
from app.domain.people import Person
from app.security.vault import Vault
from app.services.committees import set_up
from tests.bench.stores import FOLDER, PASSWORD, NoKeyring, open_bench_store


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
