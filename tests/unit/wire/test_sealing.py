"""What is frozen: every word on the paper, and nothing that happens to it afterwards."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    FrozenNames,
    Signer,
)
from app.domain.casefile import CaseFile
from app.wire.sealing import AFTERWARDS, content_hash, frozen_content, is_intact, printed_blocks
from tests.unit.domain.making import MADE_ON, ZHANG, agreement, case_file, hand, rid


def sealed(file: CaseFile) -> Agreement:
    draft = agreement(file, number="1", copies=3)
    draft = replace(draft, party_blocks=printed_blocks(file, draft))
    return replace(draft, state=AgreementState.FINAL, content_hash=content_hash(file, draft))


OTHER: dict[str, Any] = {
    "id": rid(299),
    "case_id": rid(199),
    "form": AgreementForm.ORAL,
    "supplement_of": rid(298),
    "number": "2",
    "party_ids": (rid(102), rid(101)),
    "mediator_ids": (),
    "recorder": "赵六",
    "facts": "另一件事。",
    "responsibility": "各半。",
    "clauses": (Clause(id=rid(201), text="赔四百零一元。"),),
    "manner": "现金",
    "manner_code": "ONCE",
    "deadline": "月底",
    "place": "村里",
    "copies": 4,
    "for_confirmation": True,
    "made_on": date(2026, 11, 11),
    "party_blocks": (),
    "frozen_names": FrozenNames(committee="别的调委会", mediators=("王五",)),
    "version": 2,
}


def test_the_test_knows_every_field() -> None:
    assert OTHER.keys() | AFTERWARDS == {one.name for one in fields(Agreement)}


@pytest.mark.parametrize("name", OTHER)
def test_no_word_on_the_paper_changes_unseen(name: str) -> None:
    file = case_file()
    final = sealed(file)
    changed = replace(final, **{name: OTHER[name]})
    if name == "party_blocks":
        # Without its blocks the paper is made again from the people: that is the same paper.
        assert is_intact(file, changed)
    else:
        assert is_intact(file, final)
        assert not is_intact(file, changed)


def test_what_happens_to_the_paper_leaves_its_content() -> None:
    file = case_file()
    final = sealed(file)
    later = replace(
        final,
        state=AgreementState.EFFECTIVE,
        sign_offs=(hand(Signer.COMMITTEE),),
        performed_on=MADE_ON,
        void_reason="",
    )
    assert is_intact(file, later)


def test_a_corrected_telephone_does_not_change_what_was_signed() -> None:
    file = case_file()
    final = sealed(file)
    corrected = replace(ZHANG, phone="13800000009", name="张叁")
    after = replace(file, people={**file.people, ZHANG.id: corrected})
    assert is_intact(after, final)
    assert final.party_blocks[0].name == "张三"


def test_a_changed_block_is_seen() -> None:
    file = case_file()
    final = sealed(file)
    forged = replace(final.party_blocks[0], name="张四")
    assert not is_intact(file, replace(final, party_blocks=(forged, *final.party_blocks[1:])))


def test_a_draft_is_not_intact_but_open() -> None:
    file = case_file()
    assert not is_intact(file, agreement(file))


def test_the_content_is_plain_and_holds_ages() -> None:
    file = case_file()
    content: Any = frozen_content(file, sealed(file))
    assert content["party_blocks"][0]["age"] == 56
    assert not AFTERWARDS & content.keys()
