"""Signed pages come in: real pages of a real paper, as pictures, through the real reader. Each goes
where its code says, or says why not and what to do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pypdfium2
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import Agreement
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId
from app.paths import resources
from app.services.agreements import spoil_agreement
from app.services.ports import Practice
from app.ui.cases.case_page import CasePage
from app.ui.cases.file_taking import BroughtFile, file_at
from app.ui.cases.scan_intake import ScanIntake
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import LineField, NumberField
from app.ui.widgets.frame import Chip
from tests.fakes import MemoryStore
from tests.ui.cases.alone import file_of, view_of
from tests.ui.cases.hands import find, press, seen
from tests.ui.cases.test_agreement import accepted, final
from tests.ui.cases.village import person
from tests.ui.desks import Heard, make_desk

DPI = 150


@pytest.fixture(scope="module")
def shop(packs: Practice) -> PdfPrintshop:
    return PdfPrintshop(resources(), packs)


@pytest.fixture
def desk(memory: MemoryStore, heard: Heard, packs: Practice, shop: PdfPrintshop) -> Desk:
    return make_desk(memory.unit, packs, heard, printshop=shop)


@pytest.fixture
def paper(memory: MemoryStore, packs: Practice) -> Agreement:
    """A written agreement that was made final."""
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    return final(memory, case_id, packs)


@pytest.fixture
def dialog(desk: Desk, memory: MemoryStore, paper: Agreement) -> Iterator[ScanIntake]:
    view = view_of(memory.unit, desk.practice, paper.case_id)
    made = ScanIntake(desk, view)
    made.show()
    yield made
    if shiboken6.isValid(made):
        made.close()
        made.deleteLater()


def pages_of(shop: PdfPrintshop, memory: MemoryStore, paper: Agreement) -> list[Image.Image]:
    """The paper as it comes out of the printer."""
    file = file_of(memory.unit, paper.case_id)
    made = shop.make(file, "written_agreement", paper.id, memory.clock.today())
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]


def scan(page: Image.Image, angle: float = 1.5) -> bytes:
    """From the glass, not quite straight."""
    out = io.BytesIO()
    turned = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))
    turned.save(out, "JPEG", quality=80)
    return out.getvalue()


def brought(data: bytes, name: str = "scan.jpg") -> BroughtFile:
    return BroughtFile(name, lambda: data)


def scans_in(memory: MemoryStore, case_id: RecordId) -> list[Attachment]:
    kind = AttachmentKind.SIGNED_PAGE
    return [one for one in file_of(memory.unit, case_id).attachments if one.kind is kind]


def chips(dialog: ScanIntake) -> list[str]:
    QCoreApplication.sendPostedEvents()
    cards = [chip for card in dialog.cards for chip in card.findChildren(Chip)]
    found = dialog.findChildren(Chip)
    return [one.text() for one in found if one.isVisible() and one not in cards]


def test_all_pages_of_a_paper_find_their_place(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, paper: Agreement
) -> None:
    pages = pages_of(shop, memory, paper)
    assert chips(dialog) == [f"第 {number} 页 还缺" for number in range(1, len(pages) + 1)]
    dialog.take([brought(scan(one), f"{number}.jpg") for number, one in enumerate(pages)])
    assert [one.page.problem for one in dialog.cards] == [None] * len(pages)
    stored = scans_in(memory, paper.case_id)
    assert sorted(one.page or 0 for one in stored) == list(range(1, len(pages) + 1))
    assert {one.content_hash for one in stored} == {paper.content_hash}
    assert chips(dialog) == [f"第 {number} 页 有了" for number in range(1, len(pages) + 1)]
    words = seen(dialog)
    assert paper.number in words
    assert f"第 1 页，共 {len(pages)} 页 · 第 1 稿" in words
    assert "签字的各页都收齐了" in words
    wishes: list[str] = []
    dialog.wanted.connect(wishes.append)
    sign = next(one for one in dialog.findChildren(QPushButton) if one.text() == "登记签字")
    sign.click()
    assert wishes == [f"agreement:sign_offs:{paper.id}"]
    assert not dialog.isVisible()


def test_a_pdf_from_the_scanner_is_read_page_by_page(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, paper: Agreement, tmp_path: Path
) -> None:
    pages = pages_of(shop, memory, paper)
    out = tmp_path / "scan.pdf"
    both = [*pages, pages[0]]
    both[0].save(out, "PDF", save_all=True, append_images=both[1:], resolution=DPI)
    dialog.take([file_at(out)])
    assert len(dialog.cards) == len(pages) + 1
    assert "scan.pdf，第 1 张" in seen(dialog)
    assert dialog.cards[-1].page.problem is not None  # the first page came twice
    assert len(scans_in(memory, paper.case_id)) == len(pages)


def test_a_second_scan_asks_why_and_keeps_the_old_one(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, paper: Agreement
) -> None:
    first = pages_of(shop, memory, paper)[0]
    dialog.take([brought(scan(first))])
    dialog.take([brought(scan(first, -2.0))])
    card = dialog.cards[-1]
    press(card, "replace-scan")
    assert len(scans_in(memory, paper.case_id)) == 1
    find(card, LineField, "replace-reason").set_value("原来的没扫清楚")
    press(card, "replace-scan")
    stored = scans_in(memory, paper.case_id)
    assert [one.void_reason for one in stored] == ["原来的没扫清楚", ""]
    assert "已放进来" in seen(card)


def test_a_page_without_a_code_is_placed_by_hand_and_marked(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, paper: Agreement
) -> None:
    pages = pages_of(shop, memory, paper)
    first = pages[0]
    foot = first.height * 4 // 5
    first.paste((255, 255, 255), (0, foot, first.width, first.height))
    dialog.take([brought(scan(first))])
    card = dialog.cards[0]
    assert "没有找到二维码" in seen(card)
    number = find(card, NumberField, "page-by-hand")
    assert number.value() == 1, "the first missing page is proposed"
    number.set_value(None)
    press(card, "file-by-hand")
    assert number.problem_text()
    number.set_value(1)
    press(card, "file-by-hand")
    (stored,) = scans_in(memory, paper.case_id)
    assert (stored.page, stored.content_hash, stored.subject_id) == (1, "", paper.id)
    assert "未核对" in seen(card)
    assert chips(dialog)[0] == "第 1 页 未核对"


def test_a_page_of_another_case_can_be_filed_there(
    dialog: ScanIntake,
    shop: PdfPrintshop,
    memory: MemoryStore,
    packs: Practice,
    heard: Heard,
    paper: Agreement,
) -> None:
    other = final(memory, accepted(memory, person(3, "盘某"), person(4, "奉某")), packs)
    dialog.take([brought(scan(pages_of(shop, memory, other)[0]))])
    card = dialog.cards[0]
    assert other.number in seen(card)
    assert scans_in(memory, other.case_id) == []
    press(card, "file-there")
    assert len(scans_in(memory, other.case_id)) == 1
    assert scans_in(memory, paper.case_id) == []
    press(card, "open-other-case")
    assert heard.opened == [(other.case_id, "")]


def test_an_old_sheet_is_refused_with_the_reason(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, packs: Practice, paper: Agreement
) -> None:
    old = pages_of(shop, memory, paper)[0]
    with memory.unit() as unit:
        spoil_agreement(unit, paper.id, "写错了")
    dialog.take([brought(scan(old))])
    card = dialog.cards[0]
    assert "没放进来" in seen(card)
    assert "第 1 稿" in seen(card)
    assert [one.objectName() for one in card.findChildren(QPushButton)] == []
    assert scans_in(memory, paper.case_id) == []
    del packs


def test_what_is_no_picture_says_so_and_the_next_goes_on(
    dialog: ScanIntake, shop: PdfPrintshop, memory: MemoryStore, paper: Agreement, tmp_path: Path
) -> None:
    first = pages_of(shop, memory, paper)[0]
    dialog.take([brought(b"words", "a.txt"), file_at(tmp_path / "gone.jpg"), brought(scan(first))])
    assert [one.page.filed is not None for one in dialog.cards] == [False, False, True]
    assert "a.txt" in seen(dialog.cards[0])
    assert "文件打不开" in seen(dialog.cards[1])


def test_it_can_be_stopped_and_says_how_many_are_left(
    desk: Desk, memory: MemoryStore, heard: Heard, paper: Agreement, qtbot: QtBot
) -> None:
    real = make_desk(memory.unit, desk.practice, heard, instant=False, printshop=desk.printshop)
    made = ScanIntake(real, view_of(memory.unit, desk.practice, paper.case_id))
    made.show()
    white = scan(Image.new("RGB", (400, 560), "white"))
    gate = Event()

    def slowly() -> bytes:
        assert gate.wait(20)
        return white

    made.take([BroughtFile(f"{number}.jpg", slowly) for number in range(6)])
    assert made.queue.isVisible()
    press(made, "stop-taking")
    with qtbot.waitSignal(made.queue.ended, timeout=20_000):
        gate.set()
    qtbot.waitUntil(lambda: not made.queue.isVisible(), timeout=20_000)
    assert "还有 6 个没有放进来" in seen(made)
    assert made.cards == []
    made.close()
    assert real.jobs.stop()


def test_somebody_elses_case_can_only_be_looked_at(
    desk: Desk, memory: MemoryStore, paper: Agreement
) -> None:
    view = view_of(memory.unit, desk.practice, paper.case_id)
    made = ScanIntake(desk, replace(view, foreign=True))
    made.show()
    made.take([brought(b"anything")])
    assert made.cards == []
    assert not made.acceptDrops()
    names = {one.objectName() for one in made.findChildren(QPushButton) if one.isVisible()}
    assert names == {"close-scans"}
    made.close()
    made.deleteLater()


def test_the_case_page_opens_it_for_who_asks(
    desk: Desk, memory: MemoryStore, paper: Agreement
) -> None:
    page = CasePage(desk)
    page.show()
    page.open_case(paper.case_id)
    page.go_to(f"scans:agreement:{paper.id}")
    dialog = find(page, ScanIntake, "scan-intake")
    assert dialog.windowTitle() == "收扫描件"
    dialog.close()
    page.close()
    page.deleteLater()
