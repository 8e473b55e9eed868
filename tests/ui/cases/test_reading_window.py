"""The page that parties look at: very large words, a tick for each, bound to what stands there; and
the pad for handwriting, which is no signature.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import new_id
from app.domain.readings import Reading
from app.services.agreements import draft_agreement, finalise_agreement, save_agreement
from app.services.ports import Practice
from app.ui.cases.agreement_steps import SignForm
from app.ui.cases.big_words import BigWords
from app.ui.cases.handwriting import HandwritingDialog
from app.ui.cases.reading_window import ReadingWindow
from app.ui.cases.sections.agreement import AgreementSection
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from app.ui.widgets.handwriting import HandwritingPad
from tests.fakes import MemoryStore
from tests.ui.cases.hands import click, opened, press, seen
from tests.ui.cases.test_agreement import accepted
from tests.ui.cases.village import person

WORDS = ("文某在2026年12月1日前付给唐某400元。", "文某赔礼道歉。", "唐某不再追究。")


@pytest.fixture
def draft(memory: MemoryStore) -> Agreement:
    """Three clauses between 唐某 and 文某."""
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    with memory.unit() as unit:
        begun = draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    with memory.unit() as unit:
        clauses = tuple(Clause(id=new_id(), text=one) for one in WORDS)
        return save_agreement(unit, replace(begun, clauses=clauses), based_on=begun)


def window_on(workspace: Workspace, agreement: Agreement) -> ReadingWindow:
    """Opened as a person does: by the button on the card."""
    opened(workspace, agreement.case_id)
    section = workspace.page().sections["agreement"]
    assert isinstance(section, AgreementSection)
    press(section, "read")
    assert section._window is not None
    return section._window


def held(memory: MemoryStore, agreement: Agreement) -> set[tuple[int, str]]:
    """Who ticked which clause, by number and name."""
    names = {agreement.party_ids[0]: "唐某", agreement.party_ids[1]: "文某"}
    numbers = {one.id: at for at, one in enumerate(agreement.clauses, 1)}
    found = [one for one in memory.kept.records.values() if isinstance(one, Reading)]
    ticks = [tick for one in found for tick in one.ticks]
    return {(numbers[one.clause_id], names[one.party_id]) for one in ticks}


def test_one_clause_at_a_time_and_a_tick_for_each_party(
    workspace: Workspace, memory: MemoryStore, draft: Agreement
) -> None:
    window = window_on(workspace, draft)
    assert window.page == 0
    assert "掉下来的东西砸坏了瓦" in window.body.text()
    assert window.ticks == {}
    press(window, "reading-next")
    assert window.title.text() == "第 1 条，共 3 条"
    assert window.body.text() == WORDS[0]
    first, second = window.ticks.values()
    assert "唐某：读给我听了，听懂了，同意" in first.text()
    click(first)
    assert held(memory, draft) == {(1, "唐某")}, "stored at once"
    assert first.isChecked()
    assert not second.isChecked()
    QTest.keyClick(window.body, Qt.Key.Key_2)
    assert held(memory, draft) == {(1, "唐某"), (1, "文某")}
    QTest.keyClick(window, Qt.Key.Key_1)
    assert held(memory, draft) == {(1, "文某")}, "and taken back"
    QTest.keyClick(window, Qt.Key.Key_3)
    QTest.keyClick(window.body, Qt.Key.Key_Right)
    assert window.body.text() == WORDS[1]
    QTest.keyClick(window.body, Qt.Key.Key_End)
    assert window.title.text() == "还有没确认的"
    assert "第 1 条：唐某还没有确认" in window.body.text()
    assert "第 3 条：唐某、文某还没有确认" in window.body.text()
    assert not window.forth.isEnabled()
    window.close()


def test_when_a_word_changes_the_tick_falls_and_the_page_says_so(
    workspace: Workspace, memory: MemoryStore, draft: Agreement
) -> None:
    window = window_on(workspace, draft)
    window.go_to_page(2)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(window.body, key)
    assert all(one.isChecked() for one in window.ticks.values())
    assert window.note.text() == ""
    changed = replace(draft.clauses[1], text="文某当面赔礼道歉。")
    with memory.unit() as unit:
        clauses = (changed, draft.clauses[0], draft.clauses[2])
        save_agreement(unit, replace(draft, clauses=clauses), based_on=draft)
        change = unit.changed
    workspace._desk.changes.happened.emit(change)
    assert window.page == 1, "it stays with the clause"
    assert window.body.text() == "文某当面赔礼道歉。"
    assert not any(one.isChecked() for one in window.ticks.values())
    assert "字改过了，唐某、文某刚才的勾不算了" in window.note.text()
    click(next(iter(window.ticks.values())))
    assert "文某刚才的勾不算了" in window.note.text()
    assert "唐某" not in window.note.text()
    window.close()


def test_the_card_says_how_far_the_reading_is(workspace: Workspace, draft: Agreement) -> None:
    window = window_on(workspace, draft)
    for page in (1, 2, 3):
        window.go_to_page(page)
        for number, party in enumerate(draft.party_ids):
            if (page, number) != (2, 1):
                window.tick(party)
    section = workspace.page().sections["agreement"]
    assert "已逐条宣读：2/3 条，文某还没确认第2条" in seen(section)
    window.go_to_page(2)
    window.tick(draft.party_ids[1])
    assert "已逐条宣读：3/3 条" in seen(section)
    window.go_to_page(9)
    assert window.title.text() == "都读完了"
    window.close()


def test_nothing_private_stands_on_it(
    workspace: Workspace, memory: MemoryStore, draft: Agreement
) -> None:
    window = window_on(workspace, draft)
    shown = []
    for page in range(5):
        window.go_to_page(page)
        shown += [one.text() for one in window.findChildren(QLabel)]
        shown += [one.text() for one in window.findChildren(QPushButton)]
    said = "\n".join(shown)
    for one in memory.kept.records.values():
        for private in ("phone", "id_number", "address"):
            value = getattr(one, private, "")
            assert not value or str(value) not in said
    window.close()


def test_a_void_agreement_takes_no_ticks(
    workspace: Workspace, memory: MemoryStore, draft: Agreement
) -> None:
    memory.kept.records[("agreement", draft.id)] = replace(draft, state=AgreementState.VOID)
    window = ReadingWindow(workspace._desk, draft.id)
    window.go_to_page(1)
    window.tick(draft.party_ids[0])
    assert held(memory, draft) == set()
    assert not any(one.isEnabled() for one in window.ticks.values())
    window.close()


def test_words_fill_their_place_and_can_be_zoomed(qapp: object) -> None:
    del qapp
    words = BigWords()
    words.resize(1000, 500)
    words.show()
    words.set_text("赔礼道歉。")
    few = words.pixels()
    words.set_text("文某在十二月一日以前把砸坏的屋瓦全部修好，不再漏雨。" * 12)
    many = words.pixels()
    assert few > many >= 20
    words.set_text("文某在十二月一日以前把砸坏的屋瓦全部修好。" * 4)
    assert words.verticalScrollBar().maximum() == 0, "all of it is seen"
    before = words.pixels()
    words.set_zoom(200)
    assert words.pixels() == before * 2
    words.set_zoom(900)
    assert words.zoom() == 250
    words.deleteLater()


def test_escape_leaves_the_full_screen_then_the_page(
    workspace: Workspace, draft: Agreement
) -> None:
    window = window_on(workspace, draft)
    assert not window.isFullScreen(), "one screen: the window first"
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


# --- handwriting -----------------------------------------------------------------------------


def draw(pad: HandwritingPad, *, at: int = 60) -> None:
    """One stroke with the mouse."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(at, 60))
    for step in range(1, 8):
        QTest.mouseMove(pad, QPoint(at + 4 * step, 60 + 10 * step))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(at + 40, 140))


def signing(
    workspace: Workspace, memory: MemoryStore, draft: Agreement, packs: Practice
) -> SignForm:
    with memory.unit() as unit:
        finalise_agreement(unit, draft.id, packs)
    opened(workspace, draft.case_id)
    press(workspace.page(), "sign")
    editor = workspace.page().sections["agreement"].editor
    assert editor is not None
    assert isinstance(editor.form, SignForm)
    return editor.form


def drawings(memory: MemoryStore) -> list[Attachment]:
    found = [one for one in memory.kept.records.values() if isinstance(one, Attachment)]
    return [one for one in found if one.kind is AttachmentKind.HANDWRITING]


def test_handwriting_is_kept_as_a_picture_and_called_what_it_is(
    workspace: Workspace, memory: MemoryStore, draft: Agreement, packs: Practice
) -> None:
    form = signing(workspace, memory, draft, packs)
    assert "屏幕手写，只作参考，不能代替纸上签名。" in form.drawn.text()
    press(form, "draw-name")
    (dialog,) = form.drawn.findChildren(HandwritingDialog)
    assert "不能代替纸上签名" in seen(dialog)
    assert not dialog.keep_button.isEnabled()
    draw(dialog.pad)
    draw(dialog.pad, at=160)
    press(dialog, "undo-stroke")
    assert dialog.pad.strokes() == 1
    press(dialog, "keep-handwriting")
    (kept,) = drawings(memory)
    assert kept.party_id == draft.party_ids[1], "the last button belongs to the last party"
    assert (kept.subject_id, kept.media_type) == (draft.id, "image/png")
    assert memory.kept.files[kept.sha256].startswith(b"\x89PNG")
    now = memory.kept.records[("agreement", draft.id)]
    assert isinstance(now, Agreement)
    assert now.sign_offs == (), "no hand was put to paper"
    again = workspace.page().sections["agreement"].editor
    assert again is not None
    assert any(not one.pixmap().isNull() for one in again.findChildren(QLabel))


def test_a_new_picture_takes_the_place_of_the_one_before(
    workspace: Workspace, memory: MemoryStore, draft: Agreement, packs: Practice
) -> None:
    form = signing(workspace, memory, draft, packs)
    for at in (60, 200):
        form.drawn.draw(draft.party_ids[0])
        dialog = form.drawn.findChildren(HandwritingDialog)[-1]
        draw(dialog.pad, at=at)
        draw(dialog.pad, at=at + at)
        press(dialog, "keep-handwriting")
    assert [bool(one.void_reason) for one in drawings(memory)] == [True, False]


def test_none_is_offered_where_paper_alone_counts(
    workspace: Workspace, memory: MemoryStore, draft: Agreement, packs: Practice
) -> None:
    case = memory.kept.records[("case", draft.case_id)]
    assert isinstance(case, Case)
    memory.kept.records[("case", case.id)] = replace(case, dispute_type="MARRIAGE_FAMILY")
    form = signing(workspace, memory, draft, packs)
    assert "只认纸上亲笔签名" in form.drawn.text()
    assert form.drawn.findChild(QPushButton, "draw-name") is None


def test_pen_and_finger_draw_too_and_a_blank_sheet_is_no_picture(desk: Desk) -> None:
    del desk
    pad = HandwritingPad()
    pad.show()
    assert pad.png() == b""
    screen = QTest.createTouchDevice()
    QTest.touchEvent(pad, screen).press(0, QPoint(50, 50), pad).commit()
    QTest.touchEvent(pad, screen).move(0, QPoint(90, 120), pad).commit()
    QTest.touchEvent(pad, screen).release(0, QPoint(90, 120), pad).commit()
    assert pad.strokes() == 1
    pad._begin(QPointF(200, 40), 0.9)
    pad._go_on(QPointF(220, 140), 0.2)
    pad._end()
    assert pad.strokes() == 2
    picture = QImage.fromData(pad.png())
    assert 0 < picture.width() <= 1200
    assert 0 < picture.height() <= 300
    pad.clear()
    assert pad.png() == b""
    assert isinstance(screen, QPointingDevice)
    pad.deleteLater()
