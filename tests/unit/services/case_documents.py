"""Hypothesis strategies for case documents that a careful person could have written.

Whole ones, half known ones, failed ones.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc", "Cs"]),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text)
NAMES = st.sampled_from(
    ["张三", "李四", "阿卜杜拉·买买提", "𬭬某", "孔", "Smith, John", "欧阳小小"]
)
START = date(2024, 1, 1)


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def maybe(draw: st.DrawFn, **parts: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Some of the parts: what is not known is left out."""
    return {name: draw(part) for name, part in parts.items() if draw(st.booleans())}


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    known = maybe(
        draw,
        sex=st.sampled_from(["1", "2"]),
        ethnicity=st.sampled_from(["01", "08", "56"]),
        birth_date=st.integers(0, 300).map(
            lambda n: (date(1950, 1, 1) + timedelta(n * 40)).isoformat()
        ),
        occupation=WORDS,
        address=WORDS,
        note=WORDS,
        cannot_read=st.just(True),
    )
    return {"name": draw(NAMES), **known}


@st.composite
def sessions(draw: st.DrawFn, parties: list[str], number: int) -> dict[str, Any]:
    present = [{"party": parties[0]}]
    for one in parties[1:]:
        present.append({"party": one} if draw(st.booleans()) else {"party": one, "present": False})  # type: ignore[dict-item]
    steps = maybe(draw, rights_told=WORDS, accounts=WORDS, result=WORDS)
    return {
        "held_on": day(10 + number),
        "attendance": present,
        **maybe(draw, place=WORDS, recorder=WORDS, outcome_text=WORDS),
        **maybe(draw, begun_at=st.just("09:00"), ended_at=st.just("10:30")),
        **maybe(draw, participants=st.just([{"name": "孙七", "kind": "witness"}])),
        **maybe(draw, mediators=st.just(["王五"])),
        **({"steps": steps} if steps else {}),
    }


@st.composite
def clauses(draw: st.DrawFn, parties: list[str]) -> dict[str, Any]:
    clause: dict[str, Any] = {"text": draw(WORDS)}
    if draw(st.booleans()):
        parts = draw(st.lists(st.integers(0, 10**7), max_size=3))
        total = sum(parts) if parts else draw(st.integers(0, 10**9))
        clause["payment"] = {
            "payer": parties[0],
            "payee": parties[1],
            "amount_yuan": yuan(total),
            **maybe(draw, due_on=st.just(day(90)), way=st.just("CASH")),
        }
        if parts:
            split = [{"amount_yuan": yuan(part), "due_on": day(60)} for part in parts]
            clause["payment"]["instalments"] = split
    return clause


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case that goes as far as it is known."""
    refs = [f"p{number}" for number in range(1, draw(st.integers(2, 4)) + 1)]
    roles = ["applicant", "respondent", *(["third"] * (len(refs) - 2))]
    case: dict[str, Any] = {
        "people": [{"ref": ref, **draw(people())} for ref in refs],
        "matter": draw(WORDS),
        "risk_grade": draw(st.sampled_from(["RED", "YELLOW", "BLUE"])),
        "parties": [{"ref": ref, "role": role} for ref, role in zip(refs, roles, strict=True)],
        **maybe(
            draw,
            title=WORDS,
            facts=WORDS,
            dispute_type=st.sampled_from(["NEIGHBOUR", "TRAFFIC"]),
            dispute_tags=st.just(["WATER", "NOISE"]),
            occurred_on=st.just(day(0)),
            occurred_place=WORDS,
            requests=st.lists(WORDS, min_size=1, max_size=2),
            amount_claimed_yuan=st.integers(0, 10**10).map(yuan),
            sources=st.lists(WORDS, min_size=1, max_size=2),
            special_groups=st.just(["ELDERLY"]),
        ),
    }
    if draw(st.integers(0, 3)):
        _take_on(draw, case, refs)
    return case


def _take_on(draw: st.DrawFn, case: dict[str, Any], refs: list[str]) -> None:
    case |= {"accepted_on": day(5), "source": "ON_APPLICATION", "mediators": ["王五"]}
    case["rights_notice"] = {
        "told_on": day(6),
        "manner": "oral",
        **maybe(draw, told_by=st.just("王五")),
    }
    ending = draw(st.sampled_from(["open", "agreed", "failed", "refused", "left", "investigating"]))
    count = draw(st.integers(1, 3)) if ending in ("agreed", "failed") else draw(st.integers(0, 2))
    held = [draw(sessions(refs, number)) for number in range(count)]
    if held:
        held[-1]["outcome"] = {"agreed": "agreed", "failed": "failed"}.get(ending, "adjourned")
        if held[-1]["outcome"] == "adjourned":
            held[-1]["next_on"] = day(40)
        case["sessions"] = held
    if ending == "refused":
        case["refusal"] = {"party": refs[1], "on": day(30), **maybe(draw, words=WORDS)}
        case["exit_reason"] = "PARTY_REFUSED"
    elif ending == "left":
        stage = draw(st.sampled_from(["withdrawn", "transferred_out", "suspended"]))
        case |= {"stage": stage, "exit_reason": draw(WORDS)}
    elif ending == "investigating":
        case["stage"] = "investigating"
    elif ending == "failed":
        case["exit_reason"] = "failed"
        if draw(st.booleans()):
            case["closing"] = {"on": day(50), "result": "NO_SUCCESS", "reason": "NO_AGREEMENT"}
    elif ending == "agreed":
        _agree(draw, case, refs)


def _agree(draw: st.DrawFn, case: dict[str, Any], refs: list[str]) -> None:
    form = draw(st.sampled_from(["written", "oral"]))
    agreement: dict[str, Any] = {
        "form": form,
        "clauses": [draw(clauses(refs)) for _ in range(draw(st.integers(1, 3)))],
        **maybe(draw, manner=WORDS, deadline=WORDS, place=WORDS, responsibility=WORDS),
        **maybe(draw, made_on=st.just(day(20)), facts=WORDS, recorder=WORDS),
    }
    case["agreements"] = [agreement]
    how_far = draw(st.integers(0, 4))
    if how_far < 1:
        return
    agreement |= {"made_on": day(20), "copies": 5, "number": f"手写{draw(st.integers(1, 9))}号"}
    case.setdefault("file_no", agreement["number"])
    if how_far > 1:
        marks: list[dict[str, Any]] = [{"signer": "party", "party": ref} for ref in refs]
        marks += [{"signer": "mediator", "mediator": "王五"}, {"signer": "committee"}]
        kept = marks if how_far > 2 else marks[:1]
        agreement["sign_offs"] = [
            {**mark, "methods": ["signature", "fingerprint"], "on": day(21)} for mark in kept
        ]
    if how_far > 2:
        agreement |= maybe(draw, performed_on=st.just(day(25)))
        if draw(st.booleans()):
            case["follow_ups"] = [{"visited_on": day(40), "method": "PHONE", "party": refs[0]}]
    if how_far > 3:
        case["closing"] = {"on": day(50), "result": "SUCCESS", **maybe(draw, opinion=WORDS)}
        case |= maybe(draw, retention=st.just("LONG"))
