"""Investigation, evidence and scans for the ear and for long languages: whatever takes the keyboard
has a name, and words twice as long are not cut.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QToolButton, QWidget

from app.domain.attachments import AttachmentKind
from app.domain.ids import RecordId
from app.ui.cases.attachment_dialog import AttachmentDialog
from app.ui.cases.file_taking import BroughtFile
from app.ui.cases.scan_intake import ScanIntake
from app.ui.cases.sections.evidence import EvidenceSection
from app.ui.cases.sections.investigations import InvestigationsSection
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.cases.alone import Alone
from tests.ui.cases.hands import press, registered
from tests.ui.cases.village import person
from tests.ui.test_accessibility import TwiceAsLong, focusable

Make = Callable[[Desk, RecordId], QWidget]


@pytest.fixture
def long_words(memory: MemoryStore) -> Iterator[None]:
    del memory
    translator = TwiceAsLong()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(out, "PNG")
    return out.getvalue()


def talk(desk: Desk, case_id: RecordId) -> Alone:
    alone = Alone(desk, InvestigationsSection(desk), case_id)
    press(alone, "add-investigation")
    press(alone, "save")
    return alone


def talk_form(desk: Desk, case_id: RecordId) -> Alone:
    alone = talk(desk, case_id)
    press(alone, "edit-investigation")
    return alone


def evidence(desk: Desk, case_id: RecordId) -> Alone:
    section = EvidenceSection(desk)
    alone = Alone(desk, section, case_id)
    press(alone, "add-evidence")
    assert section.editor is not None
    section.editor.form.set_values({"name": "转账记录"})
    press(alone, "save")
    section._take(None, AttachmentKind.PHOTO, [BroughtFile("a.png", picture)])
    return alone


def evidence_form(desk: Desk, case_id: RecordId) -> Alone:
    alone = evidence(desk, case_id)
    press(alone, "edit-evidence")
    return alone


def large(desk: Desk, case_id: RecordId) -> QWidget:
    alone = evidence(desk, case_id)
    view = alone.section.view
    assert view is not None
    dialog = AttachmentDialog(desk, view, view.file.attachments, 0)
    alone.close()
    alone.deleteLater()
    dialog.show()
    return dialog


def scans(desk: Desk, case_id: RecordId) -> QWidget:
    alone = evidence(desk, case_id)
    view = alone.section.view
    assert view is not None
    dialog = ScanIntake(desk, view)
    alone.close()
    alone.deleteLater()
    dialog.show()
    dialog.take([BroughtFile("a.png", picture), BroughtFile("b.txt", lambda: b"words")])
    return dialog


PLACES: dict[str, Make] = {
    "talk": talk,
    "its form": talk_form,
    "evidence": evidence,
    "evidence form": evidence_form,
    "one file": large,
    "scans": scans,
}


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return registered(memory.unit, person(1, "唐某"), person(2, "文某"))


@pytest.mark.parametrize("name", PLACES)
def test_whatever_takes_the_keyboard_has_a_name(desk: Desk, case_id: RecordId, name: str) -> None:
    place = PLACES[name](desk, case_id)
    nameless = []
    for widget in focusable(place):
        described = QAccessible.queryAccessibleInterface(widget)
        said = described.text(QAccessible.Text.Name) if described else ""
        if not said and not isinstance(widget, QAbstractScrollArea):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []
    place.close()
    place.deleteLater()


@pytest.mark.parametrize("name", PLACES)
def test_twice_as_long_words_are_not_cut(
    desk: Desk, long_words: None, case_id: RecordId, name: str
) -> None:
    del long_words
    place = PLACES[name](desk, case_id)
    wide = 900 if name in ("one file", "scans") else 660  # a section on the smallest window
    place.resize(wide, 560)
    QCoreApplication.sendPostedEvents()
    cut = [
        one.text()
        for one in [*place.findChildren(QPushButton), *place.findChildren(QToolButton)]
        if one.isVisible() and one.text() and one.width() < one.sizeHint().width()
    ]
    assert cut == []
    assert place.width() <= wide
    place.close()
    place.deleteLater()
