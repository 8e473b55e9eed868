"""A laptop with the demo's complete case, a case whose agreement has thirty clauses, and a register
of 500 numbers: made once as the demo makes it, and kept under `build/bench`.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.acts import Act
from app.domain.agreements import AgreementForm, Clause
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber
from app.services.agreements import draft_agreement, save_agreement
from app.services.lines import CaseQuery
from app.services.ports import UnitOfWork
from app.storage.migrations import LATEST
from tests.bench.stores import FOLDER, ROOT

if TYPE_CHECKING:
    from laptop import Laptop

CLAUSES, NUMBERS = 30, 500
_SPOKEN = "双方把{index}号地头的水沟各清一半，尽快清完，清出来的土堆在自家地里，不许堆到路上。"


class World(NamedTuple):
    """Where it lies, how it opens, and the cases that are looked at."""

    home: Path
    password: str
    complete: RecordId
    drafted: RecordId
    other: RecordId


def whole_world() -> World:
    """The laptop; made anew when the schema or the way it is made has changed."""
    if str(ROOT / "packaging") not in sys.path:
        sys.path.append(str(ROOT / "packaging"))
    demo: Any = importlib.import_module("demo_world")
    sources = [Path(__file__), *sorted((ROOT / "packaging").glob("story*.py"))]
    stamp = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:12]
    folder = FOLDER / f"world-{LATEST}-{stamp}"
    told = folder / "cases"
    if not told.exists():
        world = demo.DemoWorld(folder)
        world.start_county()
        try:
            world.build(complete=True)
        finally:
            world.stop_county()
        told.write_text("\n".join(_add(world.mediator, demo.PASSWORD)), encoding="utf-8")
    complete, drafted, other = (RecordId(one) for one in told.read_text("utf-8").split())
    return World(folder / "mediator", demo.PASSWORD, complete, drafted, other)


def _add(home: Path, password: str) -> tuple[RecordId, RecordId, RecordId]:
    story: Any = importlib.import_module("story")
    opening: Any = importlib.import_module("laptop")
    with opening.open_laptop(home, password) as laptop:
        complete, other = _case_of(laptop, "棚檐"), _case_of(laptop, "围墙占了巷道")
        drafted = story.take_in(laptop)
        story.call_to_the_table(laptop, drafted)
        story.mediate(laptop, drafted)
        blank = laptop.do(draft_agreement, drafted, AgreementForm.WRITTEN)
        said = (_SPOKEN.format(index=index) for index in range(1, CLAUSES + 1))
        clauses = tuple(Clause(id=new_id(), text=text) for text in said)
        laptop.do(save_agreement, replace(blank, clauses=clauses), based_on=blank)
        laptop.do(_fill_register)
    return complete, drafted, other


def _case_of(laptop: Laptop, words: str) -> RecordId:
    found = laptop.read(
        lambda unit: unit.lists.case_lines(unit.lists.case_keys(CaseQuery(text=words)))
    )
    return found[0].id


def _fill_register(unit: UnitOfWork) -> None:
    committee_id = unit.actor.committee_id
    assert committee_id is not None
    for serial in range(2, NUMBERS + 2):
        unit.records.put(
            IssuedNumber(
                id=new_id(),
                committee_id=committee_id,
                year=unit.today().year,
                serial=serial,
                text=f"〔{unit.today().year}〕玉溪村人调字第{serial:03d}号",
                issued_on=unit.today(),
            )
        )
    unit.commit(Act.CASE_IMPORTED)
