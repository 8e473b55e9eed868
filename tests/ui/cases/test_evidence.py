"""The evidence list and its pictures: several at once, dropped or pasted; what is no picture is
left out with a reason; nothing to press in somebody else's case.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.ui.cases.attachment_dialog import AttachmentDialog
from app.ui.cases.attachment_strip import DropCard
from app.ui.cases.evidence_form import EvidenceForm, evidence_from, evidence_values
from app.ui.cases.file_taking import file_at, files_in
from app.ui.cases.sections.evidence import EvidenceSection
from app.ui.cases.targets import Target, parse, section_of
from app.ui.cases.thumbnails import LONGEST, Thumbnails, sharpness, small_picture
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.cases.alone import Alone, file_of, view_of
from tests.ui.cases.hands import find, press, registered, seen
from tests.ui.cases.village import person
from tests.ui.desks import Heard

PIECE = Evidence(
    id=RecordId("e"),
    case_id=RecordId("k"),
    ordinal=1,
    name="转账记录",
    kind="ELECTRONIC",
    source="唐某的手机",
    submitted_on=date(2026, 11, 20),
    copies=2,
    pages=3,
    proves="付过四百元",
    received_by="王建国",
    compared_by="王建国",
    compared_on=date(2026, 11, 20),
)


def photo(colour: str = "red", size: tuple[int, int] = (640, 480)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    made = []
    for colour in ("red", "green", "blue"):
        made.append(tmp_path / f"{colour}.jpg")
        made[-1].write_bytes(photo(colour))
    return made


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return registered(memory.unit, person(1, "唐某"), person(2, "文某"))


@pytest.fixture
def alone(desk: Desk, heard: Heard, case_id: RecordId) -> Iterator[Alone]:
    made = Alone(desk, EvidenceSection(desk), case_id)
    yield made
    for dialog in made.findChildren(AttachmentDialog):
        dialog.close()
    made.close()
    made.deleteLater()
    assert heard.bugs == []


def section_in(alone: Alone) -> EvidenceSection:
    assert isinstance(alone.section, EvidenceSection)
    return alone.section


def recorded(alone: Alone, name: str = "转账记录") -> Evidence:
    press(alone, "add-evidence")
    editor = alone.section.editor
    assert editor is not None
    editor.form.set_values({"name": name})
    press(alone, "save")
    assert alone.section.view is not None
    return alone.section.view.file.evidence[-1]


def dropped(on: DropCard | EvidenceSection, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none)
    QApplication.sendEvent(on, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), copy, mime, left, none))


def attachments(alone: Alone, memory: MemoryStore) -> tuple[Attachment, ...]:
    return file_of(memory.unit, alone.case_id).attachments


def dialog_in(alone: Alone) -> AttachmentDialog:
    found = [one for one in alone.findChildren(AttachmentDialog) if one.isVisible()]
    assert found
    return found[-1]


def test_what_the_form_opens_with_it_gives_back(alone: Alone, memory: MemoryStore) -> None:
    view = view_of(memory.unit, alone.section.desk.practice, alone.case_id)
    form = EvidenceForm(alone.section.desk, view, alone)
    giver = view.file.living_parties[0].id
    piece = replace(PIECE, given_by=giver)
    form.set_values(evidence_values(piece))
    assert evidence_from(form.values(), piece) == piece
    draft = form.draft()
    form.set_values(evidence_values(replace(piece, name="", copies=1)))
    form.restore(draft)
    assert evidence_from(form.values(), piece) == piece


def test_an_original_is_compared_with_nothing(alone: Alone, memory: MemoryStore) -> None:
    view = view_of(memory.unit, alone.section.desk.practice, alone.case_id)
    form = EvidenceForm(alone.section.desk, view, alone)
    form.set_values(evidence_values(replace(PIECE, original=True)))
    assert form.compared.isHidden()
    told = evidence_from(form.values(), PIECE)
    assert (told.compared_by, told.compared_on) == ("", None)


def test_a_line_of_the_list_says_what_matters(alone: Alone) -> None:
    press(alone, "add-evidence")
    editor = alone.section.editor
    assert editor is not None
    editor.form.set_values(evidence_values(PIECE))
    press(alone, "save")
    words = seen(alone)
    for word in ("转账记录", "电子数据", "2 份，共 3 页", "付过四百元", "和原件核对过"):
        assert word in words


def test_a_piece_without_a_name_is_refused_at_its_field(alone: Alone) -> None:
    press(alone, "add-evidence")
    press(alone, "save")
    editor = alone.section.editor
    assert editor is not None
    assert editor.form.fields["name"].problem_text()


def test_several_photographs_at_once_in_their_order(
    alone: Alone, memory: MemoryStore, photos: list[Path]
) -> None:
    dropped(section_in(alone), photos)
    files = attachments(alone, memory)
    assert [one.name for one in files] == ["red.jpg", "green.jpg", "blue.jpg"]
    assert {one.kind for one in files} == {AttachmentKind.PHOTO}
    assert {one.subject_id for one in files} == {None}
    QCoreApplication.sendPostedEvents()
    tiles = [one for one in alone.findChildren(QToolButton, "file-tile") if one.isVisible()]
    assert [one.accessibleName() for one in tiles] == ["red.jpg", "green.jpg", "blue.jpg"]
    assert not section_in(alone).door.queue.isVisible()


def test_dropped_on_a_piece_they_belong_to_it(
    alone: Alone, memory: MemoryStore, photos: list[Path]
) -> None:
    piece = recorded(alone)
    card = find(alone, DropCard, "recordCard")
    dropped(card, photos[:1])
    (file,) = attachments(alone, memory)
    assert file.subject_id == piece.id


def test_a_picture_is_pasted(alone: Alone, memory: MemoryStore) -> None:
    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    mime = QMimeData()
    mime.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(mime)
    section_in(alone).paste()
    (file,) = attachments(alone, memory)
    assert (file.width, file.height) == (80, 60)
    QGuiApplication.clipboard().clear()


def test_what_cannot_be_taken_says_why_and_the_rest_comes_in(
    alone: Alone, memory: MemoryStore, photos: list[Path], tmp_path: Path
) -> None:
    wrong = tmp_path / "note.txt"
    wrong.write_text("只是文字", "utf-8")
    gone = tmp_path / "gone.jpg"
    dropped(section_in(alone), [photos[0], wrong, gone, photos[1]])
    assert [one.name for one in attachments(alone, memory)] == ["red.jpg", "green.jpg"]
    said = section_in(alone).door.text()
    assert "note.txt：和事不收这种文件" in said
    assert "gone.jpg：文件打不开" in said


def test_a_pdf_comes_in_page_by_page_each_for_a_whole_page(
    alone: Alone, memory: MemoryStore, tmp_path: Path
) -> None:
    paper = tmp_path / "借条.pdf"
    first, second = (Image.new("RGB", (300, 420), colour) for colour in ("white", "gray"))
    first.save(paper, "PDF", save_all=True, append_images=[second])
    dropped(section_in(alone), [paper])
    files = attachments(alone, memory)
    assert [one.kind for one in files] == [AttachmentKind.OTHER] * 2
    assert all(one.media_type.startswith("image/") for one in files)


def test_what_is_said_about_a_picture_is_kept_without_a_button(
    alone: Alone, memory: MemoryStore, photos: list[Path]
) -> None:
    dropped(section_in(alone), photos)
    find(alone, QToolButton, "file-tile").click()  # the last one
    dialog = dialog_in(alone)
    press(dialog, "previous-file")
    assert dialog.editor is not None
    dialog.editor.form.set_values({"caption": "东边滴水", "taken_at_place": "屋后"})
    press(dialog, "next-file")
    press(dialog, "same-as-before")
    dialog.close()
    files = attachments(alone, memory)
    assert [one.caption for one in files] == ["", "东边滴水", ""]
    assert [one.taken_at_place for one in files] == ["", "屋后", "屋后"]
    assert "东边滴水 · 屋后" in [
        one.accessibleName() for one in alone.findChildren(QToolButton, "file-tile")
    ]


def test_cancel_gives_up_what_was_written(
    alone: Alone, memory: MemoryStore, photos: list[Path]
) -> None:
    dropped(section_in(alone), photos[:1])
    find(alone, QToolButton, "file-tile").click()
    dialog = dialog_in(alone)
    assert dialog.editor is not None
    dialog.editor.form.set_values({"caption": "写错了"})
    press(dialog, "leave-form")
    assert attachments(alone, memory)[0].caption == ""


def test_a_voided_picture_goes_out_of_the_row_and_can_still_be_seen(
    alone: Alone, memory: MemoryStore, photos: list[Path]
) -> None:
    dropped(section_in(alone), photos[:1])
    find(alone, QToolButton, "file-tile").click()
    dialog = dialog_in(alone)
    press(dialog, "void-file")
    assert dialog.editor is not None
    dialog.editor.form.set_values({"void_reason": "拍重了"})
    press(dialog, "save")
    assert attachments(alone, memory)[0].void_reason == "拍重了"
    press(alone, "show-voided")
    assert "拍重了" in seen(dialog_in(alone))


def test_thumbnails_are_small_and_few(memory: MemoryStore, desk: Desk, alone: Alone) -> None:
    longest = round(LONGEST * sharpness())
    small = small_picture(photo(size=(3000, 2000)), longest)
    assert max(small.width(), small.height()) == longest
    assert small_picture(b"no picture", longest).isNull()
    thumbnails = Thumbnails(desk, alone)
    missing = Attachment(
        id=RecordId("a"),
        case_id=alone.case_id,
        kind=AttachmentKind.PHOTO,
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
    )
    thumbnails.ask([missing])
    found = thumbnails.find(missing)
    assert found is not None
    assert found.missing
    del memory


def test_what_lies_on_the_clipboard_as_words_is_no_file(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setText("只是文字")
    assert files_in(mime) == []
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg")])
    assert files_in(mime) == []
    assert file_at(tmp_path / "a.jpg").name == "a.jpg"


def test_somebody_elses_case_can_only_be_read(alone: Alone, photos: list[Path]) -> None:
    recorded(alone)
    dropped(section_in(alone), photos[:1])
    view = alone.section.view
    assert view is not None
    alone.section.show_case(replace(view, foreign=True))
    QCoreApplication.sendPostedEvents()
    assert [one for one in alone.findChildren(QPushButton) if one.isVisible()] == []
    assert not alone.section.acceptDrops()
    find(alone, QToolButton, "file-tile").click()
    dialog = dialog_in(alone)
    assert not [
        one
        for one in dialog.findChildren(QPushButton)
        if one.isVisible() and one.objectName() in ("save", "void-file")
    ]


def test_targets_lead_to_the_piece(alone: Alone) -> None:
    piece = recorded(alone)
    alone.section.go_to("proves", piece.id)
    editor = alone.section.editor
    assert editor is not None
    assert editor.form.fields["proves"].focusProxy() is alone.focusWidget()
    assert section_of("attachment", "caption") == "evidence"
    assert parse("evidence_list") == Target("evidence")
