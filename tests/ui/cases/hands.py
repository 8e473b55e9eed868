"""What a person does at the screen.

Press, type, look. Fails when the thing to press is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain.ids import RecordId
from app.domain.parties import PartyRole
from app.domain.people import Organisation, Person
from app.services.intake import blank_case, register_case
from app.services.newcomers import NewParty
from app.services.ports import OpenUnit
from app.ui.cases.workspace import Workspace

W = TypeVar("W", bound=QObject)


def find(inside: QWidget, kind: type[W], name: str) -> W:
    """The visible thing of that name; what was just opened is laid out first."""
    QCoreApplication.sendPostedEvents()
    found = [
        one
        for one in inside.findChildren(kind, name)
        if not isinstance(one, QWidget) or one.isVisible()
    ]
    assert found, f"nothing visible is called {name!r}"
    return found[-1]


def press(inside: QWidget, name: str) -> None:
    """Presses a button by its name, with the mouse."""
    made = find(inside, QPushButton, name)
    assert made.isEnabled(), f"{name!r} cannot be pressed now"
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def click(made: QAbstractButton) -> None:
    assert made.isEnabled()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def write(place: QWidget, text: str) -> None:
    """Types as a person does.

    Chinese comes from the input method, figures and letters from keys.
    """
    place.setFocus()
    for character in text:
        if character.isascii():
            QTest.keyClicks(place, character)
        else:
            event = QInputMethodEvent()
            event.setCommitString(character)
            QApplication.sendEvent(place, event)


def type_into(line: QLineEdit, text: str) -> None:
    """Writes a line anew, then goes on with Enter."""
    line.setFocus()
    line.selectAll()
    write(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def seen(inside: QWidget) -> str:
    """Every word that can be read."""
    QCoreApplication.sendPostedEvents()
    return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())


def registered(
    open_unit: OpenUnit,
    *people: Person | Organisation,
    matter: str = "装修掉物砸坏屋瓦",
    then: Callable[[RecordId], None] | None = None,
) -> RecordId:
    """A lead with its parties, the first of them the applicant."""
    from dataclasses import replace

    with open_unit() as unit:
        case = replace(
            blank_case(unit),
            matter=matter,
            dispute_type="NEIGHBOUR",
            facts="掉下来的东西砸坏了瓦。",
        )
        parties = [
            NewParty(
                role=PartyRole.APPLICANT if place == 0 else PartyRole.RESPONDENT,
                person=one if isinstance(one, Person) else None,
                organisation=one if isinstance(one, Organisation) else None,
            )
            for place, one in enumerate(people)
        ]
        case_id = register_case(unit, case, parties).id
    if then is not None:
        then(case_id)
    return case_id


def opened(workspace: Workspace, case_id: RecordId, target: str = "") -> None:
    """Opens a case and looks that it is there."""
    workspace.open_case(case_id, target)
    view = workspace.page().view
    assert view is not None
    assert view.case_id == case_id
