"""A desk for tests of pages: everything a workspace is handed, with jobs that run at once unless
asked otherwise.

`Heard` notes what the page says and asks of the shell. Nothing here sleeps, and nothing is left
running.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.documents.scanning import PageReader
from app.domain.casefile import CaseFile
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId, new_id
from app.domain.problems import Refused
from app.domain.regions import Regions
from app.security.paper_check import check_paper
from app.services.committees import set_up
from app.services.paper_checking import PaperReport, check_against_records, paper_trust
from app.services.paper_values import PageImage, Printed
from app.services.ports import OpenUnit, Practice, UnitOfWork
from app.services.usb import UsbExport, UsbProgress
from app.ui.runtime.changes import Changes
from app.ui.runtime.desk import Desk, PaperCraft
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.office import About, Finding, StickRead
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.sending import Sending
from tests.fakes import FakePaperSeal, PlainBinder

REGIONS = Regions(
    {"45": "广西壮族自治区", "4503": "桂林市", "450327": "灌阳县", "450328": "龙胜各族自治县"},
    date(2023, 6, 30),
)


@dataclass
class Heard:
    """What a page said and wanted. Satisfies `Door` and `Office` too."""

    said: list[str] = field(default_factory=list)
    problems: list[Refused] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    went: list[tuple[str, str]] = field(default_factory=list)
    sent: int = 0
    sending: Sending = field(default_factory=Sending)
    exported: list[Path] = field(default_factory=list)
    export: UsbExport | Refused | None = None
    read: list[Path] = field(default_factory=list)
    answer: StickRead | Refused | None = None
    enrolled: list[tuple[str, str]] = field(default_factory=list)
    enrol_refusal: Refused | None = None
    passwords: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = (Finding("store", True), Finding("journal", True, "3"))
    way: str = "password"

    def refused(self, refusal: Refused) -> None:
        self.problems.append(refusal)

    def broken(self, error: BaseException) -> None:
        self.bugs.append(error)

    def open_case(self, case_id: RecordId, target: str = "") -> None:
        self.opened.append((case_id, target))

    def go(self, key: str, target: str = "") -> None:
        self.went.append((key, target))

    def send_now(self) -> None:
        self.sent += 1

    def usb_export(self, folder: Path, tell: Callable[[UsbProgress], None]) -> UsbExport:
        self.exported.append(folder)
        tell(UsbProgress(500_000, 1_000_000, checking=False))
        if isinstance(self.export, Refused):
            raise self.export
        assert self.export is not None
        return self.export

    def usb_read(self, place: Path) -> StickRead:
        self.read.append(place)
        if isinstance(self.answer, Refused):
            raise self.answer
        assert self.answer is not None
        return self.answer

    def enrol(self, address: str, code: str) -> None:
        if self.enrol_refusal:
            raise self.enrol_refusal
        self.enrolled.append((address, code))

    def set_password(self, password: str) -> None:
        self.passwords.append(password)

    def back_up(self) -> Path:
        return Path("heshi-2026-11-21.db")

    def look_over(self) -> tuple[Finding, ...]:
        return self.findings

    def about(self) -> About:
        return About("0.1.0", Path("data"), self.way, "", self.way == "password", "2026-11-20")

    def regions(self) -> Regions:
        return REGIONS


class InstantJobs(Jobs):
    """Does everything at once on the calling thread, in the same order and with the same doors."""

    def __init__(self, changes: Changes, door: Any, open_unit: OpenUnit | None = None) -> None:
        super().__init__(changes, door, open_unit)
        self._telling.disconnect()
        self._telling.connect(self._hear)

    @override
    def _submit(
        self,
        worker: Any,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Refused], None] | None,
    ) -> None:
        try:
            value = work()
        except Refused as refusal:
            if shiboken6.isValid(owner):
                (failed or self._door.refused)(refusal)
            return
        except Exception as error:
            self._door.broken(error)
            return
        if done is not None and shiboken6.isValid(owner):
            done(value)


class PaperStub(PlainBinder):
    """A printshop whose papers are one line of text, for pages that only show them."""

    def __init__(self) -> None:
        self.made: list[tuple[str, RecordId]] = []

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        del file, today
        self.made.append((document, subject_id))
        return Printed(pdf=f"%PDF {document}".encode(), pages=2, name=f"{document}.pdf")


def white_pages(
    pdf: bytes, dpi: int, first: int = 0, count: int | None = None
) -> tuple[PageImage, ...]:
    """Two white pages of A4 at `dpi`, or as many as are asked for."""
    del pdf, first
    width, height = int(8.27 * dpi), int(11.69 * dpi)
    return (PageImage(width, height, width * 3, b"\xff" * (width * 3 * height)),) * (count or 2)


def paper_craft() -> PaperCraft:
    """Seals that only say so, real reading of seals and of scans."""
    seal = FakePaperSeal()

    def check(unit: UnitOfWork, pdf: bytes) -> PaperReport:
        trust = paper_trust(unit, unit.settings.get("device.id") or "", None)
        return check_against_records(unit, check_paper(pdf, trust))

    return PaperCraft(lambda _unit: seal, check, PageReader())


def make_desk(
    open_unit: OpenUnit,
    practice: Practice,
    heard: Heard,
    *,
    instant: bool = True,
    language: str = "zh_CN",
    **changed: Any,
) -> Desk:
    """A desk over a store. With `instant=False` the jobs are real: stop them at the end of the
    test.
    """
    changes = Changes()
    jobs = (InstantJobs if instant else Jobs)(changes, heard, open_unit)
    if instant:  # announced at once, as everything else
        jobs._noted.disconnect(changes.happened)
        jobs._noted.connect(changes.happened)
    desk = Desk(
        jobs=jobs,
        changes=changes,
        practice=practice,
        printshop=PaperStub(),
        preview=white_pages,
        craft=paper_craft(),
        language=language,
        preferences=Preferences(None),
        office=heard,
        open_case=heard.open_case,
        show_problem=heard.refused,
        say=heard.said.append,
        go=heard.go,
    )
    return replace(desk, **changed) if changed else desk


def settle_in(open_unit: OpenUnit, name: str = "王建国") -> tuple[Committee, Mediator]:
    """The first start of a laptop, without the page."""
    committee = Committee(
        id=new_id(), name="九溪镇六十亩村人民调解委员会", short_name="九溪六十亩村"
    )
    mediator = Mediator(id=new_id(), committee_id=committee.id, name=name)
    with open_unit() as unit:
        set_up(unit, committee, mediator)
    return committee, mediator


def type_text(widget: QWidget | None, text: str) -> None:
    """Types as an input method does, a character at a time: Qt's own test keys know ASCII alone."""
    assert widget is not None
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(widget, event)
