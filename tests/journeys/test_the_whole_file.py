"""The whole case file from the application to the supervisor's approval, with real stores, a real
county server, real papers, seals and scans.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.cli import main
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.letters import LetterKind
from app.domain.reviews import ReviewState

ROOT = Path(__file__).resolve().parents[2]
ORDER = [
    "调解卷宗",
    "卷内目录",
    "人民调解申请书",
    "人民调解受理登记表",
    "人民调解通知书",
    "人民调解当事人权利义务告知书",
    "授权委托书",
    "人民调解调查记录",
    "人民调解证据材料",
    "人民调解记录",
    "人民调解记录",
    "人民调解协议书",
    "送达回证",
    "收条",
    "人民调解回访记录",
    "司法确认申请书",
    "人民调解结案报告表",
    "卷宗情况说明",
]
# Scans stand in the place of the agreement's text, and a scan is a picture.
SCANNED = "人民调解协议书"
LINE = re.compile(r"^\s*\d+\s{2,}([^\s（]+)(?:（第 \d+ 次）)?\s+(\d+)(?:—(\d+))?")


@dataclass(frozen=True)
class Told:
    """What the story left behind."""

    world: Any
    opening: ModuleType
    case_id: RecordId
    papers: Path
    said: str

    @property
    def whole(self) -> Path:
        return next(self.papers.glob("调解卷宗_*.pdf"))

    @property
    def agreement(self) -> Path:
        return next(self.papers.glob("人民调解协议书_*.pdf"))

    def supervisors_file(self) -> CaseFile:
        demo_world = sys.modules["demo_world"]
        with self.opening.open_laptop(self.world.supervisor, demo_world.PASSWORD) as supervisor:
            found = supervisor.read(lambda unit: unit.records.case_file(self.case_id))
        assert isinstance(found, CaseFile)
        return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The story of `dev.py run` without a screen: it checks each step itself and raises at the
    first that differs.
    """
    folder = tmp_path_factory.mktemp("whole-file")
    papers = folder / "papers"
    papers.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "packaging"), *sys.path])
        walk = importlib.import_module("walk")
        lines: list[str] = []
        patch.setattr(walk, "say", lines.append)
        world = importlib.import_module("demo_world").DemoWorld(folder / "world")
        try:
            case_id = walk.tell(world, papers)
        finally:
            world.stop_county()
        opening = importlib.import_module("laptop")
        yield Told(world, opening, case_id, papers, "\n".join(lines))


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, as another program reads it."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_record_reaches_the_supervisor(told: Told) -> None:
    file = told.supervisors_file()
    assert file.review_state() is ReviewState.APPROVED
    assert [len(one.exchanges) for one in file.investigations] == [4]
    assert [one.proves for one in file.evidence] == ["棚檐的水滴到墙根，墙皮因此脱落"]
    assert {one.kind for one in file.letters} == {
        LetterKind.MEDIATION_NOTICE,
        LetterKind.SERVICE_RECEIPT,
    }
    assert all(one.number for one in file.letters if one.kind is LetterKind.MEDIATION_NOTICE)
    assert [one.fen for one in file.performances] == [30_000]
    assert [one.court for one in file.confirmations] == ["演练县人民法院"]
    assert file.case.file_note is not None
    assert len(file.living_parties[1].representations) == 1


def test_the_agreement_came_with_its_reasons_hands_and_readings(told: Told) -> None:
    file = told.supervisors_file()
    agreement = file.main_agreement()
    assert agreement is not None
    assert (agreement.state.value, agreement.version) == ("effective", 2)
    assert [one.finding for one in agreement.waivers] == ["vague_word"]
    assert len(agreement.sign_offs) == 5
    assert len(file.readings[0].ticks) == len(agreement.clauses) * 2
    scans = [one for one in file.living(Attachment) if one.kind is AttachmentKind.SIGNED_PAGE]
    proven = [one for one in scans if one.content_hash == agreement.content_hash]
    pages = len(pages_of(told.agreement))
    assert sorted(one.page or 0 for one in proven) == [*range(1, pages + 1)]
    assert len(scans) - len(proven) == 3


def test_the_papers_stand_in_order_and_the_contents_tell_their_pages(told: Told) -> None:
    pages = [squeezed(page) for page in pages_of(told.whole)]
    at = 0
    for title in ORDER:
        if title != SCANNED:
            at = next(index for index in range(at, len(pages)) if title in pages[index][:60]) + 1
    contents = [
        found for line in pages_of(told.whole)[1].splitlines() if (found := LINE.match(line))
    ]
    assert [found[1] for found in contents] == ORDER[2:]
    for found in contents:
        first, last = int(found[2]), int(found[3] or found[2])
        # The cover and the contents bear no number.
        title, page = found[1], pages[first + 1]
        assert page.startswith(str(first))
        assert title in page or title == SCANNED
        assert pages[last + 1].startswith(str(last))


def test_what_was_agreed_stands_on_the_paper(told: Told) -> None:
    text = squeezed("".join(pages_of(told.agreement)))
    for words in ("600.00元", "陆佰元整", "分2期", "演练村一组赵六家"):
        assert words in text
    last = len(pages_of(told.agreement))
    assert f"第{last}页共{last}页" in text


def test_one_changed_byte_is_found(
    told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HESHI_PASSWORD", sys.modules["demo_world"].PASSWORD)
    data = ("--data", str(told.world.mediator), "--lang", "en")
    for paper in (told.agreement, told.whole):
        assert main(["verify", str(paper), *data]) == 0
        changed = bytearray(paper.read_bytes())
        changed[len(changed) // 2] ^= 1
        other = tmp_path / "changed.pdf"
        other.write_bytes(bytes(changed))
        assert main(["verify", str(other), *data]) == 1


def test_each_step_was_told(told: Told) -> None:
    for words in ("refused (scan_old_version)", "the light is green", "nothing was sent"):
        assert words in told.said
    assert len(list(told.papers.glob("*.png"))) > len(list(told.papers.glob("*.pdf")))
