"""What is on a finalised paper cannot change, not even by somebody with the key and SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause, spoil
from app.domain.ids import new_id
from app.domain.parties import Party
from app.domain.problems import ProblemCode, Refused
from app.services.lines import CaseQuery
from app.storage.cipher import FILE_NAME, Connection
from app.storage.store import Store, open_store
from app.wire.sealing import is_intact
from tests.fakes import FakeDevice, FixedClock, signature_fits
from tests.storage.old_databases.make import KEY as OLD_KEY
from tests.storage.village import (
    DAY,
    agreement,
    finalised,
    put,
    quarrel,
    raw,
    signed_by,
)

ON_PAPER = {
    "form": "oral",
    "number": "〔2026〕改字第002号",
    "party_ids": "[]",
    "mediator_ids": "[]",
    "recorder": "别人",
    "facts": "另一回事",
    "responsibility": "另一方",
    "clauses": "[]",
    "manner": "改",
    "manner_code": "X",
    "deadline": "改",
    "place": "改",
    "copies": 9,
    "for_confirmation": 1,
    "made_on": "2026-03-16",
    "supplement_of": "00000000-0000-7000-8000-00000000000f",
    "content_hash": "cd" * 32,
    "party_blocks": '[{"name":"别人"}]',
    "version": 9,
    "frozen_names": '{"committee":"别的调委会","mediators":["别人"]}',
    "frozen_at": "2026-03-16T00:00:00+00:00",
}


@pytest.fixture
def paper(store: Store) -> Agreement:
    """A finalised agreement in the store."""
    head, records = quarrel()
    parties = [one for one in records if isinstance(one, Party)]
    draft = agreement(head, parties)
    put(store, *records, draft)
    final = finalised(draft)
    put(store, final, act=Act.AGREEMENT_FINALISED)
    return final


@pytest.fixture
def outside(store: Store, folder: Path) -> Iterator[Connection]:
    connection = raw(folder)
    yield connection
    connection.close()


@pytest.mark.parametrize("column", sorted(ON_PAPER))
def test_a_sealed_column_cannot_be_changed(
    paper: Agreement, outside: Connection, column: str
) -> None:
    with pytest.raises(Exception, match="agreement frozen"):
        outside.execute(
            f"UPDATE agreement SET {column} = ? WHERE id = ?", (ON_PAPER[column], paper.id)
        )


def test_every_column_is_either_sealed_or_of_the_later_life(outside: Connection) -> None:
    columns = {row[1] for row in outside.execute("PRAGMA table_info('agreement')").fetchall()}
    later = {"key", "id", "touched_by", "owner_device", "state", "sign_offs", "performed_on"}
    later |= {"void_reason", "waivers"}
    assert columns == later | {"case_id"} | set(ON_PAPER)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM agreement", "UPDATE agreement SET case_id = 'x'"]
)
def test_it_cannot_be_taken_away(paper: Agreement, outside: Connection, statement: str) -> None:
    with pytest.raises(Exception, match=r"agreement frozen|nothing is deleted"):
        outside.execute(statement)


def test_the_store_says_so_in_its_own_words(store: Store, paper: Agreement) -> None:
    other = Clause(id=new_id(), text="赔偿四千元")
    with pytest.raises(Refused) as refused:
        put(store, replace(paper, clauses=(other,)))
    assert refused.value.first.code is ProblemCode.AGREEMENT_FROZEN


def test_a_spoiled_paper_may_be_mended(store: Store, paper: Agreement) -> None:
    draft = spoil(paper, "写错名字")
    put(store, draft, act=Act.AGREEMENT_SPOILED)
    put(store, replace(draft, facts="改过的"))
    put(store, finalised(replace(draft, facts="改过的")), act=Act.AGREEMENT_FINALISED)
    with store.unit() as unit:
        assert unit.records.get(Agreement, paper.id).facts == "改过的"
        assert unit.journal.verify().broken_at is None


def test_a_signed_paper_cannot_be_spoiled(store: Store, paper: Agreement) -> None:
    signed = signed_by(paper, paper.party_ids[0])
    put(store, signed, act=Act.AGREEMENT_SIGNED)
    for hands in (signed.sign_offs, ()):
        with pytest.raises(Refused) as refused:
            draft = replace(signed, state=AgreementState.DRAFT, content_hash="", sign_offs=hands)
            put(store, draft)
        assert refused.value.first.code is ProblemCode.AGREEMENT_FROZEN


def test_a_hand_cannot_be_taken_off_the_paper(store: Store, paper: Agreement) -> None:
    put(store, signed_by(paper, paper.party_ids[0]))
    with pytest.raises(Refused):
        put(store, paper)


def test_what_took_effect_stays_in_effect(
    store: Store, paper: Agreement, outside: Connection
) -> None:
    effective = replace(signed_by(paper, paper.party_ids[0]), state=AgreementState.EFFECTIVE)
    put(store, effective, act=Act.AGREEMENT_SIGNED)
    put(store, replace(effective, performed_on=DAY), act=Act.AGREEMENT_PERFORMED)
    for state in ("draft", "final", "void"):
        with pytest.raises(Exception, match="agreement frozen"):
            outside.execute("UPDATE agreement SET state = ?", (state,))
    hands = json.dumps([{"signer": "party"}, {"signer": "mediator"}])
    with pytest.raises(Exception, match="agreement frozen"):
        outside.execute("UPDATE agreement SET sign_offs = ?", (hands,))


# What the first release's own code made of the paper in schema_0001.db.
HASH_OF_OLD = "e249ec69166dd94f6d42a2006087ed9fdab3a69258dabba269ab6ecf5982e1b2"


def test_a_paper_of_the_first_schema_stays_whole_and_can_be_signed(folder: Path) -> None:
    folder.mkdir()
    old = Path(__file__).parent / "old_databases" / "schema_0001.db"
    (folder / FILE_NAME).write_bytes(old.read_bytes())
    store = open_store(folder, OLD_KEY, FixedClock(), app_version="0")
    store.attach(FakeDevice(), signature_fits)
    with store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        file = unit.records.case_file(line.id)
    (paper,) = file.agreements
    assert (paper.state, paper.version, paper.frozen_names) == (AgreementState.FINAL, 0, None)
    # The file was made with a hash that was no hash; the words are what counts.
    assert is_intact(file, replace(paper, content_hash=HASH_OF_OLD))
    put(store, signed_by(paper, paper.party_ids[0]), act=Act.AGREEMENT_SIGNED)
    with store.unit() as unit:
        signed = unit.records.get(Agreement, paper.id)
        file = unit.records.case_file(paper.case_id)
    assert [one.party_id for one in signed.sign_offs] == [paper.party_ids[0]]
    assert is_intact(file, replace(signed, content_hash=HASH_OF_OLD))
    store.close()


def test_an_oral_agreement_is_signed_after_it_binds(store: Store) -> None:
    head, records = quarrel()
    parties = [one for one in records if isinstance(one, Party)]
    draft = agreement(head, parties, form=AgreementForm.ORAL)
    bound = finalised(draft)
    assert bound.state is AgreementState.EFFECTIVE
    put(store, *records, draft)
    put(store, bound)
    signed = signed_by(bound, parties[0].id)
    put(store, signed)
    with store.unit() as unit:
        assert unit.records.get(Agreement, draft.id) == signed
