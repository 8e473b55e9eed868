"""The page *Papers*: numbers, empty forms, checking a PDF, prints of all cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId, new_id
from app.domain.numbering import PAPER_REGISTER, IssuedNumber, NumberState
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.problems import ProblemCode
from app.services.paper_checking import PaperReport, RecordMatch
from app.services.paper_findings import PaperClaims, PaperDamage, PaperFinding, PaperVerdict
from app.services.paper_values import RegisterState
from app.ui.papers.blanks import OFFERED, BlankForms
from app.ui.papers.page import KEYS, Workspace
from app.ui.papers.prints import Prints
from app.ui.papers.register import Register
from app.ui.papers.verify import Verify
from app.ui.runtime import paper_words
from app.ui.runtime.desk import Desk
from app.ui.widgets.paper_window import PaperWindow
from tests.fakes import MemoryStore
from tests.ui.desks import Heard, PaperStub


@pytest.fixture
def page(desk: Desk) -> Iterator[Workspace]:
    made = Workspace(desk)
    made.resize(1000, 640)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def pane(page: Workspace, key: str) -> object:
    page.focus_target(key)
    return page.stack.currentWidget()


def number(memory: MemoryStore, serial: int, **more: object) -> IssuedNumber:
    with memory.unit() as unit:
        committee_id, year = unit.actor.committee_id, unit.today().year
    assert committee_id is not None
    facts = {"id": new_id(), "committee_id": committee_id, "year": year, "serial": serial}
    # Values of a test are put together by name; the record checks them.
    return IssuedNumber(**{**facts, "text": f"第{serial}号", **more})  # type: ignore[arg-type]


def test_every_page_can_be_reached(page: Workspace, heard: Heard) -> None:
    kinds = {"register": Register, "blanks": BlankForms, "verify": Verify, "prints": Prints}
    assert {key: type(pane(page, key)) for key in KEYS} == kinds
    assert heard.bugs == []


# --- the register ----------------------------------------------------------------------------


def test_an_empty_register_says_what_will_stand_here(page: Workspace) -> None:
    register = pane(page, "register")
    assert isinstance(register, Register)
    assert register.empty.isVisible()
    assert register.paper.text() == "打印空白登记簿"


def test_the_register_explains_every_number(memory: MemoryStore, desk: Desk, heard: Heard) -> None:
    void = number(memory, 2, state=NumberState.VOID, void_reason="写错了", spoiled_sheets=2)
    used = number(memory, 1)
    for one in (used, void):
        memory.kept.records[("issued_number", one.id)] = one
    register = Register(desk)
    assert [one.state for one in register.model.lines()] == [RegisterState.USED, RegisterState.VOID]
    assert "使用 1 个，作废 1 个，空号 0 个；打坏 2 张" in register.sums.text()
    register._open(replace(register.model.lines()[0], case_id=RecordId("case-1")))
    assert heard.opened == [("case-1", "")]
    register.show_paper()
    (window,) = register.findChildren(PaperWindow)
    assert window.preview.page_count() == 1
    window.close()
    register.deleteLater()


def test_provisional_numbers_are_a_group_of_their_own(memory: MemoryStore, desk: Desk) -> None:
    outside = number(memory, 0, text="〔2026〕某村人调字第临ab12-001号")
    start = number(memory, 41, text="", number_kind=PAPER_REGISTER)
    for one in (outside, number(memory, 42), start):
        memory.kept.records[("issued_number", one.id)] = one
    register = Register(desk)
    assert [one.serial for one in register.model.lines()] == [0, 42]
    shown = [register._state(one) for one in register.model.lines()]
    assert shown == ["临时", "使用"]
    assert register.sums.text().endswith("；其中临时编号 1 个；纸质登记簿用到 41 号")
    register.deleteLater()


def test_another_year_is_read(memory: MemoryStore, desk: Desk) -> None:
    old = number(memory, 7, year=2020, issued_on=date(2020, 5, 1))
    memory.kept.records[("issued_number", old.id)] = old
    register = Register(desk)
    assert register.book is not None
    assert 2020 in register.book.years
    assert register.model.lines() == []
    assert register._field is not None
    register._field.set_value("2020")
    register._field.edited.emit()
    assert [one.text for one in register.model.lines()] == ["第7号"]
    register.deleteLater()


# --- empty forms -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [DocumentKind.COVER, DocumentKind.SERVICE_RECEIPT])
def test_an_empty_form_opens(page: Workspace, desk: Desk, kind: DocumentKind) -> None:
    forms = pane(page, "blanks")
    assert isinstance(forms, BlankForms)
    assert len(forms.findChildren(QPushButton)) == len(OFFERED)
    button = forms.findChild(QPushButton, f"blank-{kind}")
    assert isinstance(button, QPushButton)
    button.click()
    (window,) = forms.findChildren(PaperWindow)
    assert window.print_button.isEnabled()
    shop = desk.printshop
    assert isinstance(shop, PaperStub)
    assert [made for made, _ in shop.made] == [kind.value]
    window.close()


# --- checking --------------------------------------------------------------------------------

CLAIMS = PaperClaims("〔2026〕某村调字第001号", 1, "ab" * 32)


def found(
    desk: Desk, verdict: PaperVerdict, match: RecordMatch = RecordMatch.NOT_ASKED, **more: object
) -> Verify:
    """The page, over a check that finds this."""
    finding = PaperFinding(verdict, **more)  # type: ignore[arg-type]  # the facts of one test
    case = RecordId("case-1") if match is not RecordMatch.NOT_ASKED else None
    report = PaperReport(finding, match, case, case, 2)
    craft = replace(desk.craft, check=lambda _unit, _pdf: report)
    return Verify(replace(desk, craft=craft))


@pytest.mark.parametrize("verdict", PaperVerdict)
def test_each_verdict_is_said_in_words(desk: Desk, tmp_path: Path, verdict: PaperVerdict) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF")
    page = found(desk, verdict)
    page.check(file)
    assert page.result.sentence.text() == paper_words.VERDICTS[verdict][0]
    assert not page.result.sign.pixmap().isNull()
    assert page.result.open.isHidden()
    page.deleteLater()


@pytest.mark.parametrize("match", [one for one in RecordMatch if one is not RecordMatch.NOT_ASKED])
def test_the_record_is_named_and_opened(
    desk: Desk, heard: Heard, tmp_path: Path, match: RecordMatch
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF")
    at = datetime(2026, 3, 1, 2, 3, tzinfo=UTC)
    page = found(desk, PaperVerdict.UNCHANGED, match, claims=CLAIMS, signed_at=at, device="d-1")
    page.check(file)
    said = paper_words.MATCHES[match][0].format(version=2)
    assert page.result.match.text() == said
    for fact in ("d-1", CLAIMS.number, CLAIMS.content_hash, "不能当证据"):
        assert fact in page.result.details.text()
    assert "证明不了" in page.result.limits.text()
    page.result.open.click()
    assert heard.opened == [("case-1", "")]
    page.deleteLater()


def test_damage_is_said_with_the_verdict(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF")
    page = found(desk, PaperVerdict.CHANGED, damage=PaperDamage.TEXT)
    page.check(file)
    assert "动过的是封存住的内容" in page.result.sentence.text()
    page.deleteLater()


def test_a_dropped_file_is_only_read(page: Workspace, tmp_path: Path) -> None:
    verify = pane(page, "verify")
    assert isinstance(verify, Verify)
    file = tmp_path / "letter.txt"
    file.write_bytes(b"no pdf at all")
    before = file.stat()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    verify.dropEvent(
        QDropEvent(
            QPoint(1, 1),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert verify.report is not None
    assert verify.report.finding.verdict is PaperVerdict.NOT_A_PDF
    assert file.read_bytes() == b"no pdf at all"
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_that_is_gone_is_said_in_words(page: Workspace, tmp_path: Path) -> None:
    verify = pane(page, "verify")
    assert isinstance(verify, Verify)
    verify.check(tmp_path / "gone.pdf")
    assert verify.problem.text()
    assert verify.result.isHidden()
    assert ProblemCode.FILE_UNREADABLE.value not in verify.problem.text()


# --- prints ----------------------------------------------------------------------------------


def test_prints_of_all_cases_stand_newest_first(
    memory: MemoryStore, desk: Desk, heard: Heard
) -> None:
    first = datetime(2026, 3, 1, 2, 3, tzinfo=UTC)
    for index, came_out in enumerate((CameOut.WELL, CameOut.NOT_SAID)):
        sheet = PrintedPaper(kind="cover", subject_id=RecordId("c"), digest="")
        one = Printing(
            id=new_id(),
            case_id=RecordId(f"case-{index}"),
            at=first + timedelta(days=index),
            papers=(sheet,),
            came_out=came_out,
        )
        memory.kept.records[("printing", one.id)] = one
    prints = Prints(desk)
    lines = prints.model.lines()
    assert [one.printing.came_out for one in lines] == [CameOut.NOT_SAID, CameOut.WELL]
    assert "有 1 次还没说" in prints.sums.text()
    prints._open(lines[0])
    assert heard.opened == [("case-1", "documents")]
    prints.deleteLater()


def test_without_prints_there_is_a_sentence(page: Workspace) -> None:
    prints = pane(page, "prints")
    assert isinstance(prints, Prints)
    assert prints.empty.isVisible()


def test_a_paper_bears_the_county_s_name_on_its_button(desk: Desk) -> None:
    line = {"kind": "follow_up_record", "zh": "回访登记表", "en": "Visit sheet", "renamed": True}
    plain = {"kind": "mediation_record", "zh": "人民调解记录"}
    texts = {**desk.practice.texts, "document_set": {"documents": [line, plain]}}
    forms = BlankForms(replace(desk, practice=replace(desk.practice, texts=texts)))
    shown = {one.objectName(): one.text() for one in forms.findChildren(QPushButton)}
    assert shown["blank-follow_up_record"] == "回访登记表"
    assert shown["blank-mediation_record"] == "调解记录"
    forms.deleteLater()
