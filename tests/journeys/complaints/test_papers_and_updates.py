"""Complaints about paper that was ahead of the record, numbers, and programs that do not start
after an update.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.committees import Committee
from app.domain.completeness import DocumentKind
from app.domain.ids import new_id
from app.domain.numbering import IssuedNumber
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.agreements import finalise_agreement
from app.services.numbers import issue_number
from app.services.print_log import log_print, say_came_out
from app.storage.unit_of_work import UnitOfWork
from app.ui.runtime.problems import SENTENCES
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.fakes import practice
from tests.journeys.complaints.acts import ripen
from tests.journeys.complaints.conftest import Enrolled
from tests.journeys.complaints.contacts import contact, reopen, status

ROOT = Path(__file__).resolve().parents[3]
# What was released is never edited again: whoever has it would have another schema than we think.
FROZEN = {
    "app/storage/migrations/m0001_first.py": "501e1bd7700f1ca41ee39988bda24f90",
    "app/storage/migrations/m0002_whole_file.py": "bdc59c33f5eb01dbee0353fe26fbfbb7",
    "app/county/migrations/versions/v0001_first_tables.py": "6ea413b7a3e6898312d8028d8f1ca738",
}
DOES_NOT_START = [
    ProblemCode.STORE_NEWER,
    ProblemCode.STORE_DAMAGED,
    ProblemCode.KEY_LOST,
    ProblemCode.KEY_FILES_DAMAGED,
]


def test_the_paper_was_signed_and_the_record_went_back_to_what_it_was(
    village: Village, enrolled: Enrolled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ripe = ripen(village)

    def full(self: UnitOfWork, *given: Any) -> None:
        raise refuse(ProblemCode.DISK_FULL)

    with monkeypatch.context() as broken:
        broken.setattr(UnitOfWork, "commit", full)
        with pytest.raises(Refused), village.store.unit() as uow:
            finalise_agreement(uow, ripe.draft_id, practice())
    # No number and no frozen text without a commit, so that there is nothing to be printed.
    with village.store.unit() as uow:
        draft = uow.records.get(Agreement, ripe.draft_id)
        assert (draft.state, draft.number) == (AgreementState.DRAFT, "")
        assert uow.records.all(IssuedNumber) == ()
        finalise_agreement(uow, ripe.draft_id, practice())
    reopen(village)
    with village.store.unit() as uow:
        paper = uow.records.get(Agreement, ripe.draft_id)
    assert paper.state is AgreementState.FINAL
    # And it stays so, whatever is said after it.
    office = enrolled("office", supervisor=True)
    for one in (village, office, village):
        contact(one)
        with one.store.unit() as uow:
            assert uow.records.find(Agreement, ripe.draft_id) in (paper, None)
    with office.store.unit() as uow:
        assert uow.records.get(Agreement, ripe.draft_id).content_hash == paper.content_hash


def test_it_logged_a_print_though_no_paper_came_out(village: Village) -> None:
    ripe = ripen(village)
    sheet = PrintedPaper(
        kind=DocumentKind.WRITTEN_AGREEMENT.value, subject_id=ripe.draft_id, digest="ab" * 32
    )
    printing = Printing(id=new_id(), case_id=ripe.case.id, at=village.clock.now(), papers=(sheet,))
    with village.store.unit() as uow:
        # Nobody can say beforehand that it will come out well.
        log_print(uow, replace(printing, came_out=CameOut.WELL))
    contact(village)
    reopen(village)
    with village.store.unit() as uow:
        assert uow.records.get(Printing, printing.id).came_out is CameOut.NOT_SAID
        say_came_out(uow, printing.id, CameOut.WELL)
    with village.store.unit() as uow:
        assert uow.records.get(Printing, printing.id).came_out is CameOut.WELL
    contact(village)
    assert status(village).attention == 0


def test_two_offices_gave_the_same_number(
    county: RunningCounty, village: Village, enrolled: Enrolled, tmp_path: Path
) -> None:
    colleague = enrolled("colleague")
    other = Village(tmp_path / "other", county.address)
    try:
        home = county.committee("330108001003", "邻村人民调解委员会")
        other.enrol(county.code(county.mediator(home)))
        with other.store.unit() as uow:
            actor = uow.actor.committee_id
            assert actor
            own = uow.records.get(Committee, actor)
            uow.records.put(replace(own, short_name="邻村"))
            uow.commit(Act.COMMITTEE_SAVED)
        given = [number_of(one) for one in (village, colleague, other)]
        assert len(set(given)) == 3
        assert "邻村" in given[2]
        assert "邻村" not in given[0] + given[1]
    finally:
        other.close()


def number_of(village: Village) -> str:
    """The number of the next paper, given offline."""
    with village.store.unit() as uow:
        committee = uow.actor.committee_id
        assert committee
        paper = Agreement(id=new_id(), case_id=new_id(), form=AgreementForm.WRITTEN)
        return issue_number(uow, committee, paper, practice()).text


@pytest.mark.parametrize("code", DOES_NOT_START)
def test_people_delete_everything_because_it_does_not_start(code: ProblemCode) -> None:
    chinese, english = SENTENCES[code]
    advice = chinese.replace("不要删", "").replace("可能重装过系统", "")
    assert not [word for word in ("删", "重装", "卸载", "重新安装") if word in advice]
    advice = english.lower().replace("delete nothing", "").replace("may have been reinstalled", "")
    assert not [word for word in ("delete", "remove", "reinstall") if word in advice]


@pytest.mark.parametrize(("file", "digest"), FROZEN.items())
def test_a_released_migration_was_changed_and_nothing_starts(file: str, digest: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert sha256(text.encode()).hexdigest()[:32] == digest


def test_it_crashes_with_the_systems_own_version_of_the_window() -> None:
    wanted = f"PySide6-Essentials=={pyside_version}"
    assert wanted in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert qVersion() == pyside_version
