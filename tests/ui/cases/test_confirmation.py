"""Judicial confirmation on the case page, and what closes the file: the note, the fee, the
application, the tags.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.domain.agreements import AgreementForm
from app.domain.cases import Case, Stage
from app.domain.confirmations import Confirmation, ConfirmationOutcome
from app.domain.ids import RecordId
from app.ui.cases.sections.acceptance import AcceptanceForm
from app.ui.cases.sections.confirmation import ConfirmationSection
from app.ui.cases.targets import Target, parse, section_of
from app.ui.cases.workspace import Workspace
from tests.fakes import MemoryStore
from tests.ui.cases.after import keep, signed_case, with_case
from tests.ui.cases.hands import opened, press, registered, seen
from tests.ui.cases.village import person
from tests.unit.services.good_file import MADE_ON, open_file


def section(workspace: Workspace) -> ConfirmationSection:
    found = workspace.page().sections["confirmation"]
    assert isinstance(found, ConfirmationSection)
    return found


def stored(memory: MemoryStore) -> Confirmation:
    return next(one for one in memory.kept.records.values() if isinstance(one, Confirmation))


def case_of(memory: MemoryStore, case_id: RecordId) -> Case:
    case = memory.kept.records[("case", case_id)]
    assert isinstance(case, Case)
    return case


def test_the_last_day_and_who_must_come_stand_there(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    words = seen(section(workspace))
    last = MADE_ON + timedelta(days=30)
    assert f"最后一天：{last.year}年{last.month}月{last.day}日" in words
    assert "要一起去的：田有根、石大山" in words


def test_the_application_knows_the_addresses_and_the_court_answers(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    press(section(workspace), "apply-confirmation")
    editor = section(workspace).editor
    assert editor is not None
    assert "梨树坡村" in str(editor.form.values()["addresses.0.address"])
    editor.form.fields["court"].set_value("清溪县人民法院")
    editor.form.fields["addresses.1.phone"].set_value("1")
    editor.save()
    assert stored(memory).addresses[1].phone == "1"
    press(section(workspace), "court-result")
    editor = section(workspace).editor
    assert editor is not None
    editor.form.fields["outcome"].set_value("valid")
    editor.form.fields["decided_on"].set_value(memory.clock.today())
    editor.save()
    assert stored(memory).outcome is ConfirmationOutcome.VALID
    assert stored(memory).court == "清溪县人民法院"
    assert "确认有效" in seen(section(workspace))


def test_after_the_period_it_says_why_not(workspace: Workspace, memory: MemoryStore) -> None:
    opened(workspace, signed_case(memory, days_later=31))
    assert "已经过了" in seen(section(workspace))
    section(workspace).begin()
    assert section(workspace).editor is None


def test_what_no_court_confirms_is_said_before_anybody_writes(
    workspace: Workspace, memory: MemoryStore
) -> None:
    file = open_file()
    made = file.agreements[0]
    clause = replace(made.clauses[0], text="双方自愿离婚，即日起解除婚姻关系。", payment=None)
    opened(workspace, keep(memory, replace(file, agreements=(replace(made, clauses=(clause,)),))))
    assert "不能申请司法确认" in seen(section(workspace))
    section(workspace).begin()
    assert section(workspace).editor is None


def test_an_oral_agreement_is_not_taken_to_court(workspace: Workspace, memory: MemoryStore) -> None:
    file = open_file()
    oral = replace(file.agreements[0], form=AgreementForm.ORAL)
    opened(workspace, keep(memory, replace(file, agreements=(oral,))))
    assert "口头协议不办司法确认" in seen(section(workspace))


# --- the end of the file, and its beginning ------------------------------------------------------


def test_the_note_on_the_file_is_written_before_it_is_bound(
    workspace: Workspace, memory: MemoryStore
) -> None:
    case_id = signed_case(memory)
    opened(workspace, case_id)
    closing = workspace.page().sections["closing"]
    press(closing, "file-note")
    editor = closing.editor
    assert editor is not None
    editor.form.fields["file_note.situation"].set_value("照片是复印件")
    editor.form.fields["file_note.checked_on"].set_value(memory.clock.today() + timedelta(days=9))
    editor.save()
    assert editor.form.fields["file_note.checked_on"].problem_text()
    editor.form.fields["file_note.checked_on"].set_value(None)
    editor.form.fields["fee_taken"].set_value("yes")
    editor.save()
    case = case_of(memory, case_id)
    assert case.file_note is not None
    assert case.file_note.situation == "照片是复印件"
    assert case.fee_taken
    assert "照片是复印件" in seen(closing)


def test_closing_asks_whether_money_was_taken(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = signed_case(memory)
    opened(workspace, case_id)
    closing = workspace.page().sections["closing"]
    press(closing, "close")
    editor = closing.editor
    assert editor is not None
    assert editor.form.values()["fee_taken"] == "no"
    editor.form.fields["fee_taken"].set_value("yes")
    editor.save()
    case = case_of(memory, case_id)
    assert case.stage is Stage.CLOSED
    assert case.fee_taken


def test_acceptance_notes_the_application(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = registered(memory.unit, person(1, "唐某"), person(2, "文某"))
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    editor = workspace.page().sections["acceptance"].editor
    assert editor is not None
    form = editor.form
    assert isinstance(form, AcceptanceForm)
    assert form.applied_on.value() == memory.clock.today()
    form.fields["applied_orally"].set_value(True)
    editor.save()
    case = case_of(memory, case_id)
    assert case.applied_on == memory.clock.today()
    assert case.applied_orally
    assert "（口头）" in seen(workspace.page().sections["acceptance"])


def test_what_the_committee_took_up_itself_was_not_applied_for(
    workspace: Workspace, memory: MemoryStore
) -> None:
    file = with_case(open_file(), source="OWN_INITIATIVE", applied_on=None)
    opened(workspace, keep(memory, file))
    workspace.page().sections["acceptance"].begin()
    editor = workspace.page().sections["acceptance"].editor
    assert editor is not None
    assert isinstance(editor.form, AcceptanceForm)
    assert not editor.form.applied_on.isVisible()
    assert editor.form.applied_on.value() is None


def test_tags_groups_and_prevented_harms_are_chosen_with_the_facts(
    workspace: Workspace, memory: MemoryStore
) -> None:
    case_id = signed_case(memory)
    opened(workspace, case_id)
    facts = workspace.page().sections["facts"]
    facts.begin()
    editor = facts.editor
    assert editor is not None
    codes = workspace.page()._desk.practice.codes  # the tables as the form offers them
    chosen = {
        "dispute_tags": codes.table("dispute_tag").codes[0],
        "special_groups": codes.table("special_group").codes[1],
        "prevented_harms": codes.table("prevented_harm").codes[2],
    }
    for name, code in chosen.items():
        editor.form.fields[name].set_value((code.code,))
    editor.save()
    case = case_of(memory, case_id)
    for name, code in chosen.items():
        assert getattr(case, name) == (code.code,)
        assert code.zh in seen(facts)


def test_every_place_of_the_light_stands_in_a_section() -> None:
    assert section_of("letter", "reply") == "letters"
    assert section_of("performance", "fen") == "follow_up"
    assert section_of("confirmation", "court") == "confirmation"
    assert section_of("agreement", "duties.x/0") == "follow_up"
    assert section_of("agreement", "performed_on") == "follow_up"
    assert section_of("agreement", "sign_offs.x") == "agreement"
    assert section_of("case", "visits.2026-03-18") == "follow_up"
    assert section_of("case", "fee_taken") == "closing"
    assert section_of("case", "applied_on") == "acceptance"
    assert parse("letters:new:transfer_letter") == Target("letters", "new", "transfer_letter")
