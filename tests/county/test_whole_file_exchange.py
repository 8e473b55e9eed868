"""The records of the whole file through a real exchange: they arrive, they reach the supervisor,
and what was frozen stays frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.county.seals import breaks_seal
from app.county.tables import RecordState
from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm, AgreementState, FrozenNames, Waiver
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.domain.investigations import Exchange, Investigation
from app.domain.letters import Letter, LetterKind
from app.domain.printing import PrintedPaper, Printing
from app.domain.records import Record
from app.services.investigations import save_investigation
from app.services.letters import save_letter
from app.services.papers import log_print
from app.wire.records import to_fields
from tests.county.laptop import AT
from tests.county.server import RunningCounty
from tests.county.village import Village


@pytest.fixture
def laptops(tmp_path: Path, county: RunningCounty) -> Iterator[tuple[Village, Village]]:
    """A mediator's laptop and a supervisor's, both enrolled."""
    village = Village(tmp_path / "village", county.address)
    village.enrol(county.code(county.mediator(county.committee())))
    supervisor = Village(tmp_path / "supervisor", county.address)
    supervisor.enrol(county.code(county.supervisor()))
    yield village, supervisor
    village.close()
    supervisor.close()


def test_new_kinds_reach_the_county_and_the_supervisor(
    county: RunningCounty, laptops: tuple[Village, Village]
) -> None:
    village, supervisor = laptops
    case = village.new_case()
    records: tuple[Record, ...] = (
        Investigation(
            id=new_id(),
            case_id=case.id,
            ordinal=1,
            exchanges=(Exchange(question="看见了吗？", answer="看见了。"),),
        ),
        Letter(id=new_id(), case_id=case.id, kind=LetterKind.TRANSFER_LETTER, addressee="司法所"),
        Printing(
            id=new_id(),
            case_id=case.id,
            at=AT,
            papers=(PrintedPaper(kind="cover", subject_id=case.id, digest="a" * 64),),
        ),
        Attachment(
            id=new_id(),
            case_id=case.id,
            kind=AttachmentKind.PHOTO,
            sha256="b" * 64,
            size=7,
            media_type="image/png",
            caption="碎瓦",
        ),
    )
    talk, letter, printing, attachment = records
    assert isinstance(talk, Investigation)
    assert isinstance(letter, Letter)
    assert isinstance(printing, Printing)
    with village.store.unit() as uow:
        save_investigation(uow, talk)
    with village.store.unit() as uow:
        save_letter(uow, letter)
    with village.store.unit() as uow:
        log_print(uow, printing)
    with village.store.unit() as uow:
        uow.records.put(attachment)
        uow.commit(Act.ATTACHMENT_ADDED, case.id)
    village.sync()
    assert village.attention() == 0
    with county.session() as session:
        for kind, record in zip(
            ("investigation", "letter", "printing", "attachment"), records, strict=True
        ):
            assert session.get_one(RecordState, (kind, record.id)).case_id == case.id
    supervisor.sync()
    with supervisor.store.unit() as uow:
        file = uow.records.case_file(case.id)
        assert (file.investigations, file.letters) == ((talk,), (letter,))
        assert (file.printings, file.attachments) == ((printing,), (attachment,))
        assert uow.records.is_foreign(case.id)
    assert village.is_whole() and supervisor.is_whole()


def frozen(**more: object) -> Agreement:
    values: dict[str, object] = {
        "id": new_id(),
        "case_id": new_id(),
        "form": AgreementForm.WRITTEN,
        "state": AgreementState.EFFECTIVE,
        "version": 2,
        "frozen_names": FrozenNames(committee="某村调委会", mediators=("王五",)),
        "frozen_at": AT,
    }
    # Values of a test are put together by name; the record checks them.
    return Agreement(**{**values, **more})  # type: ignore[arg-type]


def broken(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return breaks_seal("agreement", dict(before), dict(after))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 3},
        {"version": 1},
        {"frozen_names": FrozenNames(committee="别村", mediators=("王五",))},
        {"frozen_names": None},
        {"frozen_at": None},
    ],
)
def test_version_names_and_moment_are_sealed(change: dict[str, object]) -> None:
    paper = frozen()
    # Values of a test are put together by name; the record checks them.
    after = replace(paper, **change)  # type: ignore[arg-type]
    assert broken(to_fields(paper), to_fields(after))


def test_a_version_never_goes_back_even_in_a_draft() -> None:
    draft = frozen(state=AgreementState.DRAFT)
    assert broken(to_fields(draft), to_fields(replace(draft, version=1)))
    assert not broken(to_fields(draft), to_fields(replace(draft, version=3)))


def test_a_reason_for_a_warning_and_performance_are_not_on_the_paper() -> None:
    paper = frozen()
    waived = replace(paper, waivers=(Waiver(finding="x", place="", reason="问过了"),))
    assert not broken(to_fields(paper), to_fields(waived))
    assert not broken(to_fields(paper), to_fields(replace(paper, performed_on=AT.date())))


def test_a_paper_frozen_before_there_were_versions_goes_on_being_signed() -> None:
    later = ("version", "frozen_names", "frozen_at", "waivers")
    fields = to_fields(frozen(version=0, frozen_names=None, frozen_at=None))
    old = {name: value for name, value in fields.items() if name not in later}
    # A laptop of an earlier version, and one of this version that writes all fields.
    assert not broken(old, {**old, "performed_on": "2026-03-15"})
    assert not broken(old, {**fields, "performed_on": "2026-03-15"})
    assert broken(old, {**old, "facts": "改了"})
