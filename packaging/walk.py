"""The main job without a screen: two laptops, a real county, real papers, and a picture of every
page in `out/`.

Says at each step what was done and what was seen; ends with 1 at the first thing that is not as it
should be.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from demo_world import PASSWORD, ROOT, DemoWorld

sys.path.insert(0, str(ROOT))

import story
from app.documents.preview import page_images
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.services.papers import make_all
from laptop import Laptop, open_laptop

WALK_FOLDER = ROOT / "build" / "walk"
DPI = 90


class NotAsItShould(Exception):
    """A step ended otherwise than the story says."""


def expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise NotAsItShould(f"{what}: found {found!r}, wanted {wanted!r}")


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def walk(out: Path, folder: Path = WALK_FOLDER, *, pictures: bool = True) -> int:
    """The whole story in a fresh folder; papers and pictures go to `out`."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("papers", "pages"):
        shutil.rmtree(out / name, ignore_errors=True)
    (out / "papers").mkdir(parents=True)
    world = DemoWorld(folder)
    try:
        tell(world, out / "papers")
        if pictures:
            from shots import take

            for language in ("zh_CN", "en"):
                count = take(out / "pages" / language, world, language=language)
                where = (out / "pages" / language).relative_to(out.parent)
                say(f"{count} pictures of pages in {where}")
    except NotAsItShould as trouble:
        print(f"Not as it should be: {trouble}", file=sys.stderr)
        return 1
    finally:
        world.stop_county()
    print(f"Done: papers (PDF and pictures) and pages are in {out}.", flush=True)
    return 0


def tell(world: DemoWorld, papers: Path) -> RecordId:
    """The story itself; returns the case. Raises `NotAsItShould`."""
    world.start_county()
    world.build()
    say("a county, two enrolled laptops, and the village's disputes imported from files")
    with (
        open_laptop(world.mediator, PASSWORD) as mediator,
        open_laptop(world.supervisor, PASSWORD) as supervisor,
    ):
        mediator.exchange()
        world.stop_county()
        case_id = story.take_in(mediator)
        count = print_all(mediator, case_id, papers)
        say(f"without a network: a dispute taken in, mediated, written down; {count} pages printed")
        story.sign_and_hand_in(mediator, case_id)
        waiting = status(mediator)[0]
        try:
            mediator.exchange()
        except Refused as refusal:
            say(f"nothing was sent ({refusal.first.code.value}); {waiting} entries wait")
        expect("entries that wait after an exchange without a county", status(mediator)[0], waiting)
        world.start_county()
        mediator.exchange()
        expect("entries that wait after the exchange", status(mediator), (0, 0))
        check_exactly_once(world, mediator)
        say("the county has every entry exactly once, and signed for it")
        supervisor.exchange()
        story.send_back(supervisor, case_id)
        supervisor.exchange()
        mediator.exchange()
        expect(
            "the file on the mediator's laptop",
            mediator.read(lambda unit: story.state(unit, case_id)),
            "returned",
        )
        say("the supervisor sent it back with a remark; the mediator sees it")
        story.mend(mediator, case_id)
        mediator.exchange()
        supervisor.exchange()
        story.approve(supervisor, case_id)
        supervisor.exchange()
        mediator.exchange()
        expect(
            "the file in the end",
            mediator.read(lambda unit: story.state(unit, case_id)),
            "approved",
        )
        check_exactly_once(world, mediator)
        expect(
            "the mediator's journal",
            mediator.read(lambda unit: unit.journal.verify().broken_at),
            None,
        )
        say("mended, handed in again, approved; the journal is whole")
    return case_id


def status(laptop: Laptop) -> tuple[int, int]:
    """How many entries wait, and how many need a person."""
    found = laptop.read(lambda unit: unit.lists.status())
    return found.waiting, found.attention


def check_exactly_once(world: DemoWorld, laptop: Laptop) -> None:
    """The county's count of this laptop's entries is the journal's own."""
    held = [one for one in world.county_entries() if one["device"] == laptop.device.device_id]
    expect("laptops of that id at the county", len(held), 1)
    expect(
        "entries at the county",
        held[0]["entries"],
        laptop.read(lambda unit: unit.journal.verify().entries),
    )
    expect("entries refused", held[0]["refused"], 0)


def print_all(laptop: Laptop, case_id: RecordId, folder: Path) -> int:
    """Every paper of the case as PDF, and each page as a picture; returns the number of pages."""
    from PySide6.QtGui import QImage

    pages = 0
    with laptop.store.unit() as unit:
        papers = make_all(unit, laptop.printshop, case_id)
    for paper in papers:
        (folder / paper.name).write_bytes(paper.pdf)
        for number, page in enumerate(page_images(paper.pdf, DPI), 1):
            image = QImage(
                page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888
            )
            image.save(str(folder / f"{Path(paper.name).stem}-{number}.png"))
            pages += 1
    return pages
