"""From the agreement and from the papers there is one way to the signed pages that come back, and
the agreement says how many of them are there.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.services.agreements import draft_agreement
from app.services.ports import Practice
from app.ui.cases.agreement_card import AgreementCard
from app.ui.cases.scan_intake import ScanIntake
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.cases.hands import find, opened, press, seen
from tests.ui.cases.test_agreement import accepted, final
from tests.ui.cases.village import person
from tests.ui.desks import PaperStub


@pytest.fixture
def paper(memory: MemoryStore, packs: Practice) -> Agreement:
    """A written agreement that was made final; its paper has two pages."""
    return final(memory, accepted(memory, person(1, "唐某"), person(2, "文某")), packs)


def scanned(memory: MemoryStore, paper: Agreement, page: int, content_hash: str) -> None:
    """A page that came back."""
    scan = Attachment(
        id=new_id(),
        case_id=paper.case_id,
        kind=AttachmentKind.SIGNED_PAGE,
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
        subject_id=paper.id,
        page=page,
        content_hash=content_hash,
    )
    with memory.unit() as unit:
        unit.records.put(scan)
        unit.commit(Act.ATTACHMENT_ADDED, paper.case_id)


def card(workspace: Workspace) -> AgreementCard:
    return workspace.page().sections["agreement"].findChildren(AgreementCard)[-1]


def intake(workspace: Workspace) -> str:
    """What the dialog says that has come up; it is closed again."""
    dialog = find(workspace, ScanIntake, "scan-intake")
    said = seen(dialog)
    dialog.close()
    return said


def test_the_card_counts_the_pages_that_came_back(
    workspace: Workspace, memory: MemoryStore, paper: Agreement
) -> None:
    opened(workspace, paper.case_id)
    assert "签好的纸还没扫进来" in seen(card(workspace))
    scanned(memory, paper, 1, paper.content_hash)
    opened(workspace, paper.case_id)
    assert "签好的纸扫进来了 1/2 页" in seen(card(workspace))
    scanned(memory, paper, 2, "")
    opened(workspace, paper.case_id)
    assert "签好的纸扫进来了 2/2 页，其中 1 页未核对" in seen(card(workspace))


def test_type_is_set_once_for_a_frozen_text(
    workspace: Workspace, desk: Desk, memory: MemoryStore, paper: Agreement
) -> None:
    shop = desk.printshop
    assert isinstance(shop, PaperStub)
    opened(workspace, paper.case_id)
    assert shop.made == []
    for page in (1, 2):
        scanned(memory, paper, page, paper.content_hash)
        opened(workspace, paper.case_id)
    assert shop.made.count(("written_agreement", paper.id)) == 1


def test_the_card_leads_to_its_own_pages(workspace: Workspace, paper: Agreement) -> None:
    opened(workspace, paper.case_id)
    take = find(card(workspace), QPushButton, "take-scans")
    take.setFocus()
    QTest.keyClick(take, Qt.Key.Key_Space)
    assert paper.number in intake(workspace)


def test_the_papers_lead_there_too(workspace: Workspace, paper: Agreement) -> None:
    opened(workspace, paper.case_id)
    press(workspace.page().sections["documents"], "take-scans")
    assert paper.number in intake(workspace)


def test_a_draft_has_no_pages_to_come_back(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    with memory.unit() as unit:
        draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    opened(workspace, case_id)
    assert "扫进来了" not in seen(card(workspace))
