"""Enums that the rules reason about and the packs that give them labels name the same codes."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import pytest

from app.domain.agreements import AgreementForm, SignMethod
from app.domain.cases import Retention, RiskGrade
from app.domain.committees import CommitteeRole
from app.domain.parties import POWER_CLAIMS, POWER_SIGN, PartyRole
from app.domain.people import Capacity
from app.domain.sessions import SessionOutcome

PACK = Path(__file__).resolve().parents[2] / "resources" / "packs" / "national"
ENUMS: dict[str, type[StrEnum]] = {
    "agreement_form": AgreementForm,
    "capacity": Capacity,
    "committee_role": CommitteeRole,
    "party_role": PartyRole,
    "retention": Retention,
    "risk_grade": RiskGrade,
    "session_outcome": SessionOutcome,
    "sign_method": SignMethod,
}


def codes(table: str) -> set[str]:
    return {
        line["code"]
        for line in json.loads((PACK / f"{table}.json").read_text(encoding="utf-8"))["codes"]
    }


@pytest.mark.parametrize("table", ENUMS)
def test_a_pack_names_every_value_of_its_enum(table: str) -> None:
    assert codes(table) == {one.value for one in ENUMS[table]}


def test_the_powers_that_signing_needs_are_in_the_pack() -> None:
    assert {POWER_CLAIMS, POWER_SIGN} <= codes("agent_power")
