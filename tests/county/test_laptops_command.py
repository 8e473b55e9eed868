"""What the administrator is told of laptops: how they stand, and what was refused, without a word
of content.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.county.__main__ import main
from app.domain.cases import Case
from app.domain.ids import new_id
from tests.county.laptop import RawLaptop
from tests.county.server import POSTGRES, RunningCounty
from tests.county.streaming import Stream

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="one database is enough")


def told(capsys: pytest.CaptureFixture[str], county: RunningCounty, *words: str) -> str:
    assert main(["--data", str(county.folder), *words]) == 0
    return capsys.readouterr().out


def test_how_a_laptop_stands(
    county: RunningCounty, laptop: RawLaptop, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = Stream(laptop, county.address)
    county.stands_still_at(datetime(2026, 3, 15, 2, 0, tzinfo=UTC))
    laptop.new_case()
    laptop.save(Case(id=new_id(), committee_id=new_id(), matter="别人的事"))
    # Two of these come with this very contact.
    waiting = {
        "entries": 4,
        "files": 1,
        "file_bytes": 2_500_000,
        "oldest_at": "2026-03-01T00:00:00Z",
    }
    stream.contact(laptop.journal, waiting=waiting, offset_ms=90_500, app="0.3.0")
    [one] = json.loads(told(capsys, county, "--json", "laptops"))
    assert one["last_contact"] == "2026-03-15T02:00:00+00:00"
    assert (one["unfinished"], one["oldest_waiting"]) == (None, "2026-03-01T00:00:00+00:00")
    assert (one["waiting"], one["waiting_mb"], one["clock_error_s"]) == (3, 2.5, 90)
    assert (one["entries"], one["refused"], one["app"]) == (2, 1, "0.3.0")
    assert "2026-03-15 02:00:00" in told(capsys, county, "laptops")


def test_what_was_refused_is_told_without_content(
    county: RunningCounty, laptop: RawLaptop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing" in told(capsys, county, "refused", laptop.id)
    laptop.new_case()
    laptop.save(Case(id=new_id(), committee_id=new_id(), matter="别人的事"))
    Stream(laptop, county.address).contact(laptop.journal)
    printed = told(capsys, county, "--json", "refused", laptop.id)
    assert json.loads(printed) == [
        {"seq": 2, "act": "case.saved", "kind": "refused", "code": "verdict_scope"}
    ]
    assert "别人" not in printed
    assert main(["--data", str(county.folder), "refused", str(new_id())]) == 2
