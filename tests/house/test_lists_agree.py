"""Where two lists must agree, their difference is empty: codes and sentences, codes and labels."""

from __future__ import annotations

import ast
import importlib
import json
import re
from enum import StrEnum
from functools import cache
from typing import Any

import pytest

from app.domain.problems import ProblemCode
from tests.house.sources import APP, ROOT, modules, tree_of

PACKS = ROOT / "resources" / "packs"


def test_every_problem_has_a_sentence() -> None:
    from app.ui.runtime.problems import SENTENCES

    assert set(SENTENCES) == set(ProblemCode)


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    from app.ui.runtime.problems import SENTENCES

    han = re.compile("[\u4e00-\u9fff]")
    wrong = [
        code
        for code, (chinese, english) in SENTENCES.items()
        if not han.search(chinese) or not english.strip() or han.search(english)
    ]
    assert wrong == []


def test_every_finding_has_its_sentence_in_both_languages() -> None:
    from app.domain.findings import FindingCode
    from app.ui.runtime.findings import NEXT_STEP, SENTENCES

    assert set(SENTENCES) == set(FindingCode)
    han = re.compile("[\u4e00-\u9fff]")
    for chinese, english in [*SENTENCES.values(), *NEXT_STEP.values()]:
        assert han.search(chinese)
        assert english.strip()
        assert not han.search(english)


def test_every_finding_can_happen() -> None:
    files = [path for path in modules() if not path.is_relative_to(APP / "ui" / "runtime")]
    text = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "findings.py")
    from app.domain.findings import FindingCode

    found = set(re.findall(r"FindingCode\.([A-Z_]+)", text))
    assert {code.name for code in FindingCode} - found == set()


def test_every_problem_can_happen() -> None:
    """A code that nothing raises is a sentence that nobody needs."""
    files = [path for path in modules() if not path.is_relative_to(APP / "ui" / "runtime")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    raised = set(re.findall(r"ProblemCode\.([A-Z_]+)", text))
    assert {code.name for code in ProblemCode} - raised == set()


@pytest.mark.parametrize("name", ["agreement_form", "party_role", "session_outcome", "sign_method"])
def test_what_the_rules_know_has_a_table(name: str) -> None:
    assert name in _enums()
    assert name in _tables()


def test_what_the_rules_know_stands_in_the_table() -> None:
    """An enum of the kernel and the table of the same name: every member has a label there."""
    tables, enums = _tables(), _enums()
    missing = {
        name: sorted(lacking)
        for name in enums.keys() & tables.keys()
        if (lacking := set(enums[name]) - {line["code"] for line in tables[name]["codes"]})
    }
    assert missing == {}


def test_every_kind_of_record_has_a_row() -> None:
    from app.domain.records import KINDS

    rows = {
        node.name
        for path in modules(APP / "storage")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    assert {f"{kind.__name__}Row" for kind in KINDS.values()} - rows == set()


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """The code tables of all packs by name; data of other kinds are left out."""
    packs = [json.loads(path.read_text(encoding="utf-8")) for path in PACKS.rglob("*.json")]
    return {pack["table"]: pack for pack in packs if "table" in pack}


@cache
def _enums() -> dict[str, list[str]]:
    """The kernel's enums by the name that their table would have: ``PartyRole`` -> party_role."""
    found: dict[str, list[str]] = {}
    for path in modules(APP / "domain"):
        module = importlib.import_module(f"app.domain.{path.stem}") if path.stem[0] != "_" else None
        for name, value in vars(module or object).items():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                found[re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()] = [str(one) for one in value]
    return found


def test_the_powers_that_signing_needs_are_in_the_pack() -> None:
    from app.domain.parties import POWER_CLAIMS, POWER_SIGN

    assert {POWER_CLAIMS, POWER_SIGN} <= {
        line["code"] for line in _tables()["agent_power"]["codes"]
    }
