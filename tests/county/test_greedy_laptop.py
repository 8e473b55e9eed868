"""An enrolled laptop that means harm: it may spoil its own records, and nobody else's contact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.county import contact
from app.domain.acts import Act
from app.domain.ids import new_id
from app.domain.numbering import IssuedNumber
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.wire.canonical import LARGEST_INTEGER
from tests.county.server import RunningCounty
from tests.county.village import Village


def laptop(county: RunningCounty, account: str, folder: Path) -> Village:
    village = Village(folder, county.address)
    village.enrol(county.code(account))
    village.sync()
    return village


@pytest.mark.parametrize("serial", [LARGEST_INTEGER, -5])
def test_an_absurd_number_holds_up_nobody(
    county: RunningCounty, tmp_path: Path, serial: int
) -> None:
    committee = county.committee()
    bad = laptop(county, county.mediator(committee, "甲"), tmp_path / "bad")
    good = laptop(county, county.mediator(committee, "乙"), tmp_path / "good")
    with bad.store.unit() as uow:
        own = uow.actor.committee_id
        assert own
        line = IssuedNumber(
            id=new_id(),
            committee_id=own,
            year=uow.today().year,
            serial=serial,
            text="〔2026〕某人调字第X号",
            issued_on=date(2026, 11, 21),
        )
        uow.records.put(line)
        uow.commit(Act.AGREEMENT_FINALISED)
    assert bad.sync().attention == 1
    good.new_case()
    assert good.sync().received == 1
    late = laptop(county, county.mediator(committee, "丙"), tmp_path / "late")
    assert late.waiting() == 0
    for one in (bad, good, late):
        one.close()


def test_packed_bytes_cannot_hold_more_text_than_a_village_writes(
    county: RunningCounty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact, "TEXT_QUOTA_BYTES", 100_000)
    village = laptop(county, county.mediator(county.committee()), tmp_path / "greedy")
    for _ in range(3):
        with village.store.unit() as uow:
            uow.records.put(Person(id=new_id(), name="王小", occupation="A" * 60_000))
            uow.commit(Act.PERSON_SAVED)
    before = len(county.held(village.id))
    with pytest.raises(Refused) as refused:
        for _ in range(3):
            village.sync()
    assert refused.value.first.code is ProblemCode.COUNTY_REFUSED
    assert refused.value.first.facts == {"code": "over_quota"}
    # It is told as a trouble, and tried again later: what waits still waits.
    assert len(county.held(village.id)) - before < 3
    assert village.waiting() > 0
    with village.store.unit() as uow:
        status = uow.lists.status()
    assert (status.failures, status.trouble) == (1, ProblemCode.COUNTY_REFUSED.value)
    village.close()
