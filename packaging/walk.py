"""The main job without a screen: two laptops, a real county, real papers, and a picture of every
page in `out/`.

Says at each step what was done and what was seen; ends with 1 at the first thing that is not as it
should be.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from contact_sheet import contact_sheet
from demo_world import PASSWORD, ROOT, DemoWorld, call_program

sys.path.insert(0, str(ROOT))

import story
import story_agreement
import story_end
from app.documents.preview import page_images
from app.domain.ids import RecordId
from app.domain.money import figures
from app.domain.problems import Refused
from app.services.papers import make_all
from laptop import Laptop, open_laptop

WALK_FOLDER = ROOT / "build" / "walk"
DPI = 90
CONTACT_SHEET = "contact-sheet.png"


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
    except Refused as refusal:
        first = refusal.first
        print(f"Refused: {first.code.value} at {first.field} {dict(first.facts)}", file=sys.stderr)
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
        case_id = at_the_table(mediator)
        sealed = on_paper(mediator, case_id, papers)
        check_seal(world, sealed)
        afterwards(mediator, case_id)
        story_end.hand_in(mediator, case_id, "请审核")
        send(world, mediator)
        reviewed(mediator, supervisor, case_id)
        bind_up(mediator, case_id, papers)
        check_exactly_once(world, mediator)
        broken = mediator.read(lambda unit: unit.journal.verify().broken_at)
        expect("the mediator's journal", broken, None)
        say("the county has every entry exactly once; the journal is whole")
    return case_id


def at_the_table(mediator: Laptop) -> RecordId:
    """From the application to the words of the agreement, without a network."""
    case_id = story.take_in(mediator)
    story.call_to_the_table(mediator, case_id)
    say(
        "without a network: application, acceptance, an agent with powers, rights told, "
        "the notice of mediation numbered and served"
    )
    story.look_into(mediator, case_id)
    story.mediate(mediator, case_id)
    say("a neighbour asked, two photos on the evidence list, two talks written down")
    story_agreement.draft(mediator, case_id)
    checked = story_agreement.check(mediator, case_id)
    expect("stops", checked.stops, 0)
    expect("warnings overridden", len(checked.warnings), 1)
    say(
        f"five clauses, four from the bank; the checker named {checked.before} things: "
        f"{checked.before - 1} mended, 1 overridden with a reason"
    )
    return case_id


def on_paper(mediator: Laptop, case_id: RecordId, folder: Path) -> Path:
    """Read aloud, frozen, printed, mended, printed again, scanned, signed; returns the sealed
    paper.
    """
    first = story_agreement.freeze(mediator, case_id)
    old_page = story_agreement.scans(first, 1)[0]
    story_agreement.spoil(mediator, case_id, first)
    heard = story_agreement.read_aloud(mediator, case_id)
    expect("everybody heard every clause", bool(heard), True)
    printed = story_agreement.freeze(mediator, case_id)
    sealed = folder / printed.name
    sealed.write_bytes(printed.pdf)
    story_agreement.came_out_well(mediator, case_id)
    say(
        f"read to both, clause by clause; frozen and printed: {printed.pages} sealed pages, "
        f"{first.pages} spoiled sheets in the number register"
    )
    refusal = story_agreement.scan_in(mediator, case_id, old_page)
    expect("a page of the earlier text", refusal, "scan_old_version")
    for page in story_agreement.scans(printed):
        expect("a signed page", story_agreement.scan_in(mediator, case_id, page), "")
    by_hand = story_agreement.scan_records(mediator, case_id)
    say(
        f"{printed.pages} crooked, grainy scans filed by their codes, {by_hand} without a code by "
        f"hand; a page of the earlier text was refused ({refusal})"
    )
    agreement = story_agreement.sign_off(mediator, case_id)
    expect("the agreement", agreement.state.value, "effective")
    say(f"{len(agreement.sign_offs)} hands noted: {agreement.number} is in force")
    return sealed


def check_seal(world: DemoWorld, sealed: Path) -> None:
    """`heshi verify` on the sealed paper, and on a copy with one byte changed."""
    changed = world.folder / "changed.pdf"
    data = bytearray(sealed.read_bytes())
    data[len(data) // 3] ^= 1
    changed.write_bytes(bytes(data))
    for paper, code, verdict in ((sealed, 0, "unchanged"), (changed, 1, "changed")):
        words = ("verify", str(paper), "--data", str(world.mediator), "--lang", "en")
        said = call_program("app", *words, expect=(code,))
        say(f"heshi verify: {verdict} ({said.splitlines()[0]})")


def afterwards(mediator: Laptop, case_id: RecordId) -> None:
    """The first payment, the court, the end of the case; the visit is forgotten, as happens."""
    paid = story_end.pay_first(mediator, case_id)
    last = story_end.confirm(mediator, case_id)
    story_end.close(mediator, case_id)
    say(
        f"first instalment of {figures(paid.fen or 0)} yuan paid; application to the court ready, "
        f"last day {last}; closed, note on the file written"
    )
    say_light(mediator, case_id, "yellow")


def send(world: DemoWorld, mediator: Laptop) -> None:
    """Nothing leaves without a county; everything does with one."""
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


def reviewed(mediator: Laptop, supervisor: Laptop, case_id: RecordId) -> None:
    """Sent back for the visit, mended, approved."""
    supervisor.exchange()
    story_end.send_back(supervisor, case_id)
    supervisor.exchange()
    mediator.exchange()
    expect(
        "the file on the mediator's laptop", story_end.review_state(mediator, case_id), "returned"
    )
    say("the supervisor sent it back with a remark; the mediator sees it")
    story_end.visit(mediator, case_id)
    story_end.file_came_out_well(mediator, case_id)
    say_light(mediator, case_id, "green")
    story_end.hand_in(mediator, case_id, "补了回访记录")
    mediator.exchange()
    supervisor.exchange()
    story_end.approve(supervisor, case_id)
    supervisor.exchange()
    mediator.exchange()
    expect("the file in the end", story_end.review_state(mediator, case_id), "approved")
    say("the visit made and written down, handed in again, approved")


def bind_up(mediator: Laptop, case_id: RecordId, folder: Path) -> None:
    """Every paper, the whole file in one PDF, and the register of numbers."""
    count = print_all(mediator, case_id, folder)
    whole = story_end.whole_file(mediator, case_id)
    (folder / whole.name).write_bytes(whole.pdf)
    (folder / CONTACT_SHEET).write_bytes(contact_sheet(whole.pdf))
    register = story_end.register_book(mediator)
    (folder / register.name).write_bytes(register.pdf)
    say(f"papers that every file must hold, one by one: {count} pages")
    say(f"the whole file in one PDF: {whole.pages} pages with contents, sealed")
    say(f"the register of numbers: {register.name}")


def say_light(laptop: Laptop, case_id: RecordId, wanted: str) -> None:
    """The light on the file, its points, and what is named as lacking."""
    found = story_end.light(laptop, case_id)
    lacking = "、".join(one.zh for one in found.lacking) or "nothing"
    expect("the light", found.light.value, wanted)
    say(f"the light is {wanted}: {found.points} of {found.full} points; lacking: {lacking}")


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
        papers = make_all(unit, laptop.printshop, case_id, laptop.seal(unit))
    for paper in papers:
        (folder / paper.name).write_bytes(paper.pdf)
        for number, page in enumerate(page_images(paper.pdf, DPI), 1):
            image = QImage(
                page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888
            )
            image.save(str(folder / f"{Path(paper.name).stem}-{number}.png"))
            pages += 1
    return pages
