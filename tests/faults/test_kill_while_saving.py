"""A laptop whose plug is pulled while it saves: what it called safe is there, whole, and told of.

``HESHI_FAULT_TRIALS=500`` for a long night of it.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from app.cli.house import open_with
from app.domain.agreements import AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.services.committees import set_up
from app.services.lines import CaseQuery
from tests.faults.mortal import KEY, mortal, trials
from tests.storage.village import COMMITTEE, MEDIATOR

USUAL = 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="savers are forked")
def test_what_was_called_safe_survives_every_death(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_with(data, KEY, "password") as house, house.unit() as uow:
        set_up(uow, COMMITTEE, MEDIATOR)
    chance = random.Random(20261121)
    cases: set[str] = set()
    drafts: set[str] = set()
    with mortal("save_cases", str(data)) as saver:
        for _ in range(trials(USUAL)):
            saver.born()
            said = saver.listen(chance.randrange(4)) + saver.killed(0.05)
            cases |= {line.removeprefix("case ") for line in said if line.startswith("case ")}
            drafts |= {line.removeprefix("draft ") for line in said if line.startswith("draft ")}
            found = _whole_cases(data, drafts)
            assert cases <= found
            cases = found
    assert len(cases) >= trials(USUAL)


def _whole_cases(data: Path, drafts: set[str]) -> set[str]:
    """The cases of the store, after asking that each be whole, journalled once, and that nothing
    else be there.
    """
    with open_with(data, KEY, "password") as house, house.unit() as uow:
        keys = uow.lists.case_keys(CaseQuery())
        lines = uow.lists.case_lines(keys)
        assert len(lines) == len(keys)
        for line in lines:
            _assert_whole(uow.records.case_file(line.id))
            assert len(uow.lists.history(line.id)) == 1
        verified = uow.journal.verify()
        assert verified.broken_at is None
        # One entry for the committee, one for each case: none half, none without its case.
        assert verified.entries == 1 + len(lines)
        assert all(uow.drafts.find(f"case:{mark}") for mark in drafts)
        assert house.store.is_sound()
    return {str(line.id) for line in lines}


def _assert_whole(file: CaseFile) -> None:
    assert file.case.stage is Stage.CLOSED
    assert len(file.names()) == len(file.parties) == 2
    (session,), (agreement,), (visit,) = file.sessions, file.agreements, file.follow_ups
    assert len(session.attendance) == 2
    assert agreement.state is AgreementState.EFFECTIVE
    assert len(agreement.sign_offs) == 5
    assert visit.agreement_id == agreement.id
