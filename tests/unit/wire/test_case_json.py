"""Reading a file of cases: every fault has its place, and no bytes whatever break the reader."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import ProblemCode, Refused
from app.wire.case_document import FORMAT, CasesFile, json_schema, yuan_text
from app.wire.case_json import CASES_LIMIT, FILE_LIMIT_MB, read_case, read_cases


def file_of(*cases: Any) -> bytes:
    return json.dumps({"format": FORMAT, "cases": list(cases)}).encode()


def faults(case: Any, raw: bytes | None = None) -> list[tuple[str, str]]:
    """Code and place of each fault of the first case of a file."""
    value = read_cases(raw if raw is not None else file_of(case))[0]
    try:
        read_case(value, "cases[0]")
    except Refused as refused:
        return [(problem.code.value, problem.field) for problem in refused.problems]
    return []


def payment(**money: Any) -> dict[str, Any]:
    clause = {"payment": {"payer": "a", "payee": "b", **money}}
    return {"agreements": [{"form": "oral", "clauses": [clause]}]}


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ({"parties": [{}]}, ("file_shape", "cases[0].parties[0].role")),
        ({"matter": 5}, ("file_shape", "cases[0].matter")),
        ({"matterr": "x"}, ("file_shape", "cases[0].matterr")),
        ({"accepted_on": "2026-02-30"}, ("date_impossible", "cases[0].accepted_on")),
        ({"accepted_on": "昨天"}, ("file_shape", "cases[0].accepted_on")),
        ({"accepted_on": 20260301}, ("file_shape", "cases[0].accepted_on")),
        ({"accepted_on": "1800-01-01"}, ("date_too_early", "cases[0].accepted_on")),
        ({"sessions": [{"begun_at": "25:00"}]}, ("file_shape", "cases[0].sessions[0].begun_at")),
        (
            payment(amount_yuan="0.001"),
            ("amount_split_fen", "cases[0].agreements[0].clauses[0].payment.amount_yuan"),
        ),
        (
            payment(amount_yuan=400),
            ("file_shape", "cases[0].agreements[0].clauses[0].payment.amount_yuan"),
        ),
        (payment(fen=True), ("file_shape", "cases[0].agreements[0].clauses[0].payment.fen")),
        (payment(fen=1.5), ("file_shape", "cases[0].agreements[0].clauses[0].payment.fen")),
        ({"facts": "a\0b"}, ("unstorable_character", "cases[0].facts")),
        ({"facts": "\ud800"}, ("unstorable_character", "cases[0].facts")),
        ({"mediators": [1]}, ("file_shape", "cases[0].mediators[0]")),
        ([], ("file_shape", "cases[0]")),
        (None, ("file_shape", "cases[0]")),
        ("case", ("file_shape", "cases[0]")),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_fault_has_its_place(case: Any, fault: tuple[str, str]) -> None:
    assert fault in faults(case)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"matter":"a","matter":"b"}', "cases[0].matter"),
        ('{"copies":NaN}', "cases[0].copies"),
        ('{"amount":1e999}', "cases[0].amount"),
        ('{"n":' + "9" * 5000 + "}", "cases[0].n"),
        ('{"x":' + "[" * 60 + "]" * 60 + "}", "cases[0].x" + "[0]" * 20),
    ],
    ids=["key twice", "NaN", "float", "huge", "deep"],
)
def test_what_json_libraries_read_differently_spoils_its_case_only(text: str, place: str) -> None:
    raw = f'{{"format":"{FORMAT}","cases":[{text},{{"matter":"x"}}]}}'.encode()
    assert ("file_shape", place) in faults(None, raw)
    assert read_case(read_cases(raw)[1], "cases[1]").matter == "x"


def test_a_misspelt_key_is_told_what_it_may_have_been() -> None:
    with pytest.raises(Refused) as caught:
        read_case({"dispute_typ": "NEIGHBOUR"}, "cases[0]")
    assert caught.value.first.facts["wanted"] == "dispute_type"


@pytest.mark.parametrize(
    ("case", "sample"),
    [
        ({"accepted_on": "20260301"}, '"2026-03-05"'),
        ({"sessions": [{"begun_at": "9:00"}]}, '"09:30"'),
        ({"amount_claimed_yuan": 400}, '"400.00"'),
    ],
)
def test_what_a_window_would_understand_is_told_as_a_file_must_say_it(
    case: dict[str, Any], sample: str
) -> None:
    with pytest.raises(Refused) as caught:
        read_case(case, "cases[0]")
    assert caught.value.first.facts["wanted"] == sample


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", ProblemCode.FILE_NOT_JSON),
        (b"{", ProblemCode.FILE_NOT_JSON),
        (b"[]", ProblemCode.FILE_NOT_CASES),
        (b"null", ProblemCode.FILE_NOT_CASES),
        (b'{"format":"heshi-cases/2","cases":[]}', ProblemCode.FILE_NOT_CASES),
        (b'{"format":"heshi-cases/1"}', ProblemCode.FILE_NOT_CASES),
        (b'{"format":"heshi-cases/1","cases":{}}', ProblemCode.FILE_NOT_CASES),
        (b'{"format":"heshi-cases/1","cases":[],"more":1}', ProblemCode.FILE_NOT_CASES),
        (b'{"format":"heshi-cases/1","cases":[{}],"cases":[]}', ProblemCode.FILE_NOT_CASES),
        (b'{"format":"x","format":"heshi-cases/1","cases":[]}', ProblemCode.FILE_NOT_CASES),
        (b"[" * 200_000, ProblemCode.FILE_NOT_CASES),
        ('{"format":"和"}'.encode("gbk"), ProblemCode.FILE_NOT_JSON),
        (file_of().decode().encode("utf-16"), ProblemCode.FILE_NOT_JSON),
        (b"PK\x03\x04", ProblemCode.FILE_NOT_JSON),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_file_that_is_none_is_refused_whole(raw: bytes, code: ProblemCode) -> None:
    with pytest.raises(Refused) as caught:
        read_cases(raw)
    assert caught.value.first.code is code


def test_a_file_may_start_with_what_windows_puts_there() -> None:
    assert read_cases(b"\xef\xbb\xbf" + file_of({})) == [{}]


def test_a_broken_file_is_told_by_its_line() -> None:
    with pytest.raises(Refused) as caught:
        read_cases(b'{\n"format": "heshi-cases/1",\n"cases": [}\n')
    assert caught.value.first.facts["line"] == 3


def test_there_are_limits() -> None:
    with pytest.raises(Refused) as caught:
        read_cases(b" " * (FILE_LIMIT_MB * 1024 * 1024 + 1))
    assert caught.value.first.code is ProblemCode.FILE_TOO_LARGE
    with pytest.raises(Refused) as caught:
        read_cases(file_of(*[{}] * (CASES_LIMIT + 1)))
    assert caught.value.first.code is ProblemCode.TOO_MANY


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.floats(),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*CasesFile.model_json_schema()["$defs"]["CasePart"]["properties"], "x"]
            ),
            part,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.binary(max_size=80) | JSONS.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    with contextlib.suppress(Refused):
        read_cases(raw)


@given(JSONS)
def test_no_case_breaks_the_reader(value: Any) -> None:
    try:
        read_case(value, "cases[0]")
    except Refused as refused:
        assert all(problem.field.startswith("cases[0]") for problem in refused.problems)


def test_the_schema_describes_every_object() -> None:
    schema = json_schema()
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert [name for name, part in schema["$defs"].items() if not part.get("description")] == [
        name
        for name, part in schema["$defs"].items()
        if "enum" in part and not part.get("description")
    ]
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(("fen", "text"), [(40_000, "400.00"), (5, "0.05"), (0, "0.00")])
def test_amounts_are_written_as_text(fen: int, text: str) -> None:
    assert yuan_text(fen) == text
