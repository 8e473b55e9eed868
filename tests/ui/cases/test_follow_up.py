"""Performance and visits: duties are ticked off with proof, visits are proposed and recorded."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.domain.duties import duties
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.performances import Performance
from app.ui.cases.sections.follow_up import FollowUpSection
from app.ui.cases.workspace import Workspace
from app.ui.widgets.frame import Chip
from tests.fakes import MemoryStore
from tests.ui.cases.after import keep, signed_case
from tests.ui.cases.hands import click, find, opened, press, seen
from tests.ui.desks import Heard
from tests.unit.services.good_file import good_file, open_file


def section(workspace: Workspace) -> FollowUpSection:
    found = workspace.page().sections["follow_up"]
    assert isinstance(found, FollowUpSection)
    return found


def kept(memory: MemoryStore, kind: type) -> list:  # type: ignore[type-arg]  # of any record
    return [one for one in memory.kept.records.values() if isinstance(one, kind)]


def chips(workspace: Workspace) -> list[str]:
    found = section(workspace).duties.findChildren(Chip)
    return [one.text() for one in found if one.isVisible()]


def test_each_duty_says_who_what_until_when_and_how_far(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory, days_later=10))
    words = seen(section(workspace).duties)
    assert "石大山 → 田有根" in words
    assert "10,000.00 元" in words
    assert "2026年3月15日" in words
    assert chips(workspace) == ["过期了", "还没做"]


def test_a_payment_is_ticked_off_with_what_the_agreement_knows(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    press(section(workspace).duties, "tick-duty")
    editor = section(workspace).editor
    assert editor is not None
    shown = editor.form.values()
    assert shown["fen"] == 1_500_000
    assert shown["done_on"] == memory.clock.today()
    editor.form.fields["fen"].set_value(500_000)
    editor.save()
    assert [one.fen for one in kept(memory, Performance)] == [500_000]
    assert chips(workspace) == ["还没做", "做了一部分"]
    press(section(workspace).duties, "tick-duty")
    again = section(workspace).editor
    assert again is not None
    assert again.form.values()["fen"] == 1_000_000  # the rest


def test_what_was_typed_of_a_payment_comes_back(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = signed_case(memory)
    opened(workspace, case_id)
    press(section(workspace).duties, "tick-duty")
    editor = section(workspace).editor
    assert editor is not None
    editor.form.fields["witness"].set_value("罗长顺")
    editor.form.changed.emit()
    editor.flush()
    workspace.show_list()
    opened(workspace, case_id)
    again = section(workspace).editor
    assert again is not None
    restore = next(one for one in again.findChildren(QPushButton) if one.text() == "接着写")
    click(restore)
    assert again.form.values()["witness"] == "罗长顺"


def test_a_proof_is_printed_and_voided_with_a_reason(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_performance(duties(open_file().agreements[0])[0].key)
    workspace.save()
    done = kept(memory, Performance)[0]
    wanted: list[str] = []
    section(workspace).wanted.disconnect()
    section(workspace).wanted.connect(wanted.append)
    press(section(workspace), "receipt")
    assert wanted == [f"documents:performance_receipt:{done.id}"]
    press(section(workspace), "void-done")
    editor = section(workspace).editor
    assert editor is not None
    editor.save()
    assert editor.form.fields["void_reason"].problem_text()
    editor.form.fields["void_reason"].set_value("记重了")
    editor.save()
    assert kept(memory, Performance)[0].void_reason == "记重了"
    assert "已作废" in seen(section(workspace))
    assert chips(workspace)[0] == "还没做"


def test_a_proposed_visit_says_why_and_opens_filled_in(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory, days_later=12))
    view = workspace.page().view
    assert view is not None
    assert view.visits
    words = seen(section(workspace))
    assert "该去回访的" in words
    assert view.visits[0].why[0].zh in words
    find(section(workspace), QPushButton, "proposed-visit")
    section(workspace).begin_visit(view.visits[0])
    editor = section(workspace).editor
    assert editor is not None
    shown = editor.form.values()
    assert shown["visited_on"] == memory.clock.today()
    if len(view.visits) > 1:
        assert shown["next_on"] == max(view.visits[1].on, view.today)


def test_a_visit_ticks_off_what_it_found_done(workspace: Workspace, memory: MemoryStore) -> None:
    opened(workspace, signed_case(memory, days_later=30))
    section(workspace).begin()
    editor = section(workspace).editor
    assert editor is not None
    keys = tuple(one.key for one in duties(open_file().agreements[0]))
    editor.form.fields["duties"].set_value(keys)
    editor.save()
    visit = kept(memory, FollowUp)[0]
    done = kept(memory, Performance)
    assert {one.duty for one in done} == set(keys)
    assert {one.follow_up_id for one in done} == {visit.id}
    assert chips(workspace) == ["做到了", "做到了"]


def test_a_visit_is_voided_with_a_reason(workspace: Workspace, memory: MemoryStore) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin()
    workspace.save()
    press(section(workspace), "void-visit")
    editor = section(workspace).editor
    assert editor is not None
    editor.save()
    assert editor.form.fields["void_reason"].problem_text()
    editor.form.fields["void_reason"].set_value("记重了")
    editor.save()
    assert kept(memory, FollowUp)[0].void_reason == "记重了"


def test_the_light_and_the_margin_lead_to_the_duty(
    workspace: Workspace, memory: MemoryStore, heard: Heard
) -> None:
    opened(workspace, signed_case(memory, days_later=10))
    key = duties(open_file().agreements[0])[0].key
    workspace.page().go_to(f"follow_up:duties.{key}:{open_file().agreements[0].id}")
    editor = section(workspace).editor
    assert editor is not None
    assert editor.form.values()["fen"] == 1_000_000
    assert heard.problems == []


def test_somebody_elses_case_is_only_looked_at(workspace: Workspace, memory: MemoryStore) -> None:
    file = good_file()
    case_id = keep(memory, file, days_later=50)
    for record in [*memory.kept.owners]:
        memory.kept.owners[record] = "another"
    opened(workspace, case_id)
    names = {one.objectName() for one in section(workspace).findChildren(QPushButton)}
    shown = {
        one.objectName()
        for one in section(workspace).findChildren(QPushButton)
        if one.isVisible() and one.objectName()
    }
    assert names
    assert shown <= {"receipt", "visit-paper"}
    section(workspace).begin_performance(RecordId("nothing"))
    assert section(workspace).editor is None
