"""The photograph of what proves a stand-in: stored at once, remembered by the party, seen among the
evidence; and nothing that the form does not change is lost when a party is saved.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from app.domain.attachments import AttachmentKind
from app.domain.ids import RecordId
from app.domain.parties import Party, Representation, StandIn
from app.ui.cases.file_taking import BroughtFile
from app.ui.cases.party_form import PartyForm
from app.ui.cases.proof_field import ProofField
from app.ui.cases.sections.evidence import EvidenceSection
from app.ui.cases.sections.parties import PartiesSection
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.cases.alone import Alone, file_of
from tests.ui.cases.hands import press, registered, seen
from tests.ui.cases.village import person
from tests.ui.desks import Heard

UNTIL = date(2027, 1, 31)


@pytest.fixture
def party(memory: MemoryStore) -> Party:
    """A party for whom a neighbour acts until a certain day."""
    case_id = registered(memory.unit, person(1, "唐某"), person(2, "文某"))
    agent = person(3, "盘某")
    memory.kept.records[("person", agent.id)] = agent
    found = file_of(memory.unit, case_id).living_parties[0]
    stand_in = Representation(person_id=agent.id, kind=StandIn.AGENT, until=UNTIL)
    stored = replace(found, representations=(stand_in,))
    memory.kept.records[("party", found.id)] = stored
    return stored


@pytest.fixture
def alone(desk: Desk, heard: Heard, party: Party) -> Iterator[Alone]:
    made = Alone(desk, PartiesSection(desk), party.case_id)
    yield made
    made.close()
    made.deleteLater()
    assert heard.bugs == []


def field_of(alone: Alone, party: Party) -> ProofField:
    alone.section.go_to("representations", party.id)
    editor = alone.section.editor
    assert editor is not None
    assert isinstance(editor.form, PartyForm)
    field = editor.form.stand_ins.cards[0].form.fields["proof_id"]
    assert isinstance(field, ProofField)
    return field


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return out.getvalue()


def stored(memory: MemoryStore, case_id: RecordId) -> Representation:
    return file_of(memory.unit, case_id).living_parties[0].representations[0]


def test_the_photograph_is_stored_and_the_party_knows_it(
    alone: Alone, memory: MemoryStore, desk: Desk, party: Party
) -> None:
    field_of(alone, party).take([BroughtFile("户口簿.png", picture)])
    press(alone, "save")
    (file,) = file_of(memory.unit, party.case_id).attachments
    assert (file.kind, file.party_id) == (AttachmentKind.PROOF, party.id)
    kept = stored(memory, party.case_id)
    assert (kept.proof_id, kept.until) == (file.id, UNTIL)
    evidence = Alone(desk, EvidenceSection(desk), party.case_id)
    assert "身份和授权的证明" in seen(evidence)
    evidence.close()
    evidence.deleteLater()


def test_what_is_no_picture_is_refused_at_the_field(alone: Alone, party: Party) -> None:
    field = field_of(alone, party)
    field.take([BroughtFile("a.txt", lambda: b"words")])
    assert "不收这种文件" in field.problem_text()
    assert field.value() is None


def test_a_draft_remembers_the_photograph(alone: Alone, party: Party) -> None:
    field = field_of(alone, party)
    field.set_value(RecordId("a-1"))
    again = ProofField(alone.section.desk, "证明", party, alone)
    again.restore(field.draft())
    assert again.value() == "a-1"
