"""The packs that the papers of a case are made of: clauses, letters, fixed words, the review sheet,
the subsidy rules and the checker.

They are read as they lie in the repository, and compared with the kinds of paper the program knows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.domain.check_rules import rules_of
from app.domain.completeness import DocumentKind
from app.domain.letters import LetterKind

NATIONAL = Path(__file__).resolve().parents[2] / "resources" / "packs" / "national"


def national(name: str) -> Any:
    return json.loads((NATIONAL / f"{name}.json").read_text(encoding="utf-8"))


def codes(table: str) -> set[str]:
    return {row["code"] for row in national(table)["codes"]}


def blanks(text: str) -> list[str]:
    """The names of the blanks in a text, in order."""
    return re.findall(r"{(\w*)}", text)


def in_brackets(text: str) -> set[str]:
    """The blanks that stand in a part which falls out when they are empty."""
    return {name for part in re.findall(r"\[([^\[\]]*)\]", text) for name in blanks(part)}


KINDS_OF_BLANK = {"party", "money", "date", "text", "number"}


def check_blanks(declared: list[dict[str, Any]], texts: list[str], owner: str) -> None:
    """Every blank is declared once and used; only an optional one stands in square brackets."""
    names = [blank["name"] for blank in declared]
    used = [name for text in texts for name in blanks(text)]
    assert len(set(names)) == len(names), owner
    assert set(names) == set(used), owner
    assert {blank["kind"] for blank in declared} <= KINDS_OF_BLANK, owner
    optional = {blank["name"] for blank in declared if not blank["required"]}
    assert set().union(*map(in_brackets, texts)) <= optional if texts else True, owner
    assert all(text.count("[") == text.count("]") for text in texts), owner


CLAUSES = national("clause_bank")["clauses"]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one["id"])
def test_clause_declares_its_blanks_and_owes_what_it_names(clause: dict[str, Any]) -> None:
    check_blanks(clause["blanks"], [clause["text"]], clause["id"])
    names = {blank["name"]: blank for blank in clause["blanks"]}
    optional = {name for name, blank in names.items() if not blank["required"]}
    assert in_brackets(clause["text"]) == optional
    assert clause["text"].endswith("。")
    assert clause["kind"] in {"payment", "instalments", "act", "statement"}
    assert (clause["kind"] == "statement") != ("duty" in clause)
    duty = {key: value for key, value in clause.get("duty", {}).items() if key != "every"}
    assert set(duty.values()) <= set(names)
    if clause["kind"] in {"payment", "instalments"}:
        assert names["amount"]["kind"] == "money"
        assert {"by", "to", "amount"} <= set(duty)
    if clause["kind"] == "act":
        assert all(blank["kind"] != "money" for blank in names.values())
    if "responsibility" in clause:
        assert blanks(clause["responsibility"]) == ["party"]
        assert not clause["responsibility"].endswith("。")


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one["id"])
def test_no_clause_is_vague_or_says_what_must_not_be_agreed(clause: dict[str, Any]) -> None:
    text = clause["text"]
    assert [line["word"] for line in national("vague_words")["words"] if line["word"] in text] == []
    stops = [one for one in national("not_to_mediate")["matters"] if one["level"] == "stop"]
    for one in stops:
        if not any(word in text for word in one["unless_words"]):
            assert [word for word in one["words"] if word in text] == [], clause["id"]


def test_every_dispute_type_has_clauses_of_its_own() -> None:
    ids = [clause["id"] for clause in CLAUSES]
    assert len(set(ids)) == len(ids)
    assert len({clause["text"] for clause in CLAUSES}) == len(ids)
    found = Counter(code for clause in CLAUSES for code in clause["dispute_types"])
    assert set(found) == codes("dispute_type") | {"ANY"}
    assert min(found.values()) >= 3
    for clause in CLAUSES:
        assert set(clause.get("use_with", [])) <= set(ids)
    asked = [clause["id"] for clause in CLAUSES if "再无其他争议" in clause["text"]]
    assert [clause["id"] for clause in CLAUSES if clause.get("only_if") == "all_want"] == asked


def test_responsibility_has_a_sentence_for_each_party() -> None:
    table = national("responsibility")
    assert 6 <= len(table["patterns"]) <= 10
    for pattern in table["patterns"]:
        check_blanks(pattern["blanks"], [pattern["text"]], pattern["id"])
        assert "party" in blanks(pattern["text"])


def test_review_sheet_gives_one_hundred_points() -> None:
    sheet = national("review_sheet")
    items = sheet["items"]
    assert [item["order"] for item in items] == list(range(1, 11))
    assert [item["points"] for item in items] == [10, 8, 10, 12, 15, 20, 10, 8, 4, 3]
    assert sum(item["points"] for item in items) == 100
    tests = [test for item in items for test in item["tests"]]
    assert len({test["id"] for test in tests}) == len(tests)
    for item in items:
        assert sum(test["points"] for test in item["tests"]) == item["points"], item["id"]
    for test in tests:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", test["id"])
        assert test["points"] > 0
        assert test["applies"] in sheet["applies"]
    assert {test["applies"] for test in tests} == set(sheet["applies"])
    grades = [grade["min"] for grade in sheet["grades"]]
    assert grades == [90, 80, 70, 0]
    fatal = [one["id"] for one in sheet["fatal"]]
    assert len(set(fatal)) == len(fatal)


def test_subsidy_rules_use_known_codes_and_the_last_of_a_kind_catches_the_rest() -> None:
    table = national("subsidy_rules")
    tables = {
        "committee_kind": "committee_kind",
        "difficulty": "difficulty",
        "form": "agreement_form",
    }
    for rule in table["rules"]:
        for key, value in rule["when"].items():
            if key in tables:
                assert set(value) <= codes(tables[key]), rule
            else:
                assert key in {"performed", "files_ok", "min_people", "min_amount_fen"}, rule
        assert isinstance(rule["fen"], int)
        assert rule["fen"] > 0
    covered = {kind for rule in table["rules"] for kind in rule["when"]["committee_kind"]}
    assert covered == codes("committee_kind")
    assert (table["mark"], table["example"]) == ("D", True)
    ids = [one["id"] for one in table["requirements"]]
    assert len(set(ids)) == len(ids)
    for one in table["requirements"]:
        assert set(one["forms"]) <= codes("agreement_form"), one
        assert one["forms"], one


def test_every_kind_of_paper_has_its_place_title_and_number() -> None:
    papers = national("document_set")["documents"]
    kinds = {paper["kind"] for paper in papers}
    assert kinds == {kind.value for kind in DocumentKind}
    letters = {letter["kind"]: letter for letter in national("letters")["letters"]}
    assert set(letters) == {kind.value for kind in LetterKind}
    assert {paper["kind"] for paper in papers if paper.get("letter")} == set(letters)
    formats = {line["kind"] for line in national("number_format")["formats"]}
    for paper in papers:
        assert paper.get("number_kind", "agreement") in formats, paper
        letter = letters.get(paper["kind"])
        if letter:
            assert (letter["zh"], letter["en"]) == (paper["zh"], paper["en"])
            assert letter["number_kind"] == paper.get("number_kind", "")
            assert letter["copies"] == paper["copies"]
    assert set(national("paper_texts")["papers"]) - {"register_book"} <= kinds


@pytest.mark.parametrize("letter", national("letters")["letters"], ids=lambda one: one["kind"])
def test_letter_declares_its_blanks_and_knows_its_reasons(letter: dict[str, Any]) -> None:
    texts = [line["text"] for line in letter["paragraphs"]]
    check_blanks(letter["blanks"], texts, letter["kind"])
    reasons = [reason["code"] for reason in letter["reasons"]]
    assert len(set(reasons)) == len(reasons)
    assert all(
        reason.get("scope", "STATUS") in codes("refusal_of_scope") for reason in letter["reasons"]
    )
    lists = {line["list"] for line in letter["paragraphs"] if "list" in line}
    assert ("routes" in lists) == letter["routes"]
    assert ("bring" in lists) == bool(letter["bring"])
    if letter["kind"] == "termination_notice":
        assert set(reasons) == codes("termination_reason")
        assert letter["routes"]
    if "reply_slip" in letter:
        check_blanks(letter["reply_slip"]["blanks"], [letter["reply_slip"]["text"]], "reply_slip")


def test_letters_tell_the_three_routes_of_the_law() -> None:
    routes = [route["code"] for route in national("letters")["routes"]]
    assert routes == ["arbitration", "administrative", "court"]


@pytest.mark.parametrize("kind", national("paper_texts")["papers"])
def test_fixed_words_declare_their_blanks_and_never_speak_for_a_person(kind: str) -> None:
    paper = national("paper_texts")["papers"][kind]
    check_blanks(paper["blanks"], [line["text"] for line in paper["lines"]], kind)
    assert len({line["id"] for line in paper["lines"]}) == len(paper["lines"])
    assert len({label["id"] for label in paper["labels"]}) == len(paper["labels"])
    for line in paper["lines"]:
        assert line.get("by") in {None, "hand", "hint"}
        if "我看过" in line["text"] or "读给我听" in line["text"]:
            assert line["by"] == "hand", line


def test_confirmation_declares_its_blanks() -> None:
    paper = national("confirmation")
    one_line = (paper["request"], paper["to_court"], paper["promise"], paper["last_day"])
    texts = [line["text"] for line in (*one_line, *paper["reasons"])]
    check_blanks(paper["blanks"], texts, "confirmation")
    assert [layout["id"] for layout in paper["layouts"]] == ["person_person", "person_unit"]
    needed = {one["id"] for one in paper["attachments"] if one["need"] == "must"}
    assert needed == {"agreement", "identity", "committee_proof", "service_addresses"}


def test_matters_not_to_mediate_name_their_address() -> None:
    table = national("not_to_mediate")
    addressees = [one["code"] for one in national("transfer_addressees")["addressees"]]
    assert len(set(addressees)) == len(addressees)
    assert {one["scope"] for one in table["matters"]} == codes("refusal_of_scope")
    for one in table["matters"]:
        assert one["level"] in {"stop", "warn"}
        assert one["where"], one
        assert set(one["where"]) <= set(addressees), one
        assert set(one["unless_types"]) <= codes("dispute_type")
        assert one["words"] or one["test"], one
    status = [one for one in table["matters"] if one["scope"] == "STATUS"]
    assert status
    assert not any(one["confirmable"] for one in status)


def test_the_checker_s_patterns_read_and_answer() -> None:
    rules = rules_of({name: national(name) for name in ("checker", "not_to_mediate")})
    made = (
        "王一最迟于2026年5月1日一次性付给李二人民币400.00元（大写：肆佰元整），"
        "以现金方式支付，付款地点：村委会。"
    )
    for rule in (rules.obligation, rules.when, rules.way):
        assert rule.found_in(made)
        assert not rule.found_in("王一和李二好好相处。")
    for rule in (rules.fee, rules.self_help, rules.suit):
        assert rule
        assert not rule.found_in(made)
    assert not any(one.decided_in(made) for one in rules.matters)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one["id"])
def test_no_ready_clause_is_stopped(clause: dict[str, Any]) -> None:
    rules = rules_of({name: national(name) for name in ("checker", "not_to_mediate")})
    text = clause["text"]
    assert [one.id for one in rules.matters if one.decided_in(text)] == []
    assert not any(rule.found_in(text) for rule in (rules.fee, rules.self_help, rules.suit))
