"""Will the file pass, will it be paid: the light beside the case and in the list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.cases import Stage
from app.domain.file_review import Light
from app.domain.ids import RecordId
from app.domain.money import figures
from app.services.file_light import file_light, subsidy_rules
from app.services.ports import Practice
from app.ui.cases.light_margin import LightMargin
from app.ui.cases.list_lights import ListLights
from app.ui.cases.margin_entry import MarginEntry
from app.ui.cases.review_sheet import ReviewSheetDialog
from app.ui.cases.workspace import Workspace
from app.ui.widgets.frame import Chip
from app.ui.widgets.light_words import LIGHT_TONES, light_word
from tests.fakes import MemoryStore
from tests.ui.cases.after import keep, signed_case, with_case
from tests.ui.cases.hands import click, find, opened, press, seen
from tests.ui.desks import Heard, make_desk
from tests.unit.services.good_file import good_file, open_file


def margin(workspace: Workspace) -> LightMargin:
    return workspace.page().margin.light


def entries(workspace: Workspace) -> list[str]:
    QCoreApplication.sendPostedEvents()
    found = margin(workspace).findChildren(MarginEntry)
    return [one.whole for one in found if one.isVisible()]


def test_a_good_file_is_said_to_pass_with_its_points(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, keep(memory, good_file(), days_later=50))
    chip = find(margin(workspace), Chip, "chip")
    assert chip.text() == "能过"
    assert "现在 100 分，补齐能到 100 分（满分 100 分）" in seen(margin(workspace))
    assert "县里未定" in seen(margin(workspace))


def test_what_is_due_leads_to_its_field(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = keep(memory, with_case(open_file(), dispute_type=""))
    opened(workspace, case_id)
    page = workspace.page()
    assert find(margin(workspace), Chip, "chip").text() == "还差"
    wanted: list[str] = []
    margin(workspace).wanted.connect(wanted.append)
    first = next(one for one in margin(workspace).findChildren(MarginEntry) if "类型" in one.whole)
    click(first)
    assert wanted == ["facts:dispute_type:" + case_id]
    editor = page.sections["facts"].editor
    assert editor is not None
    assert editor.form.fields["dispute_type"].isAncestorOf(workspace.focusWidget())


def test_a_fatal_defect_stands_first_and_says_what_to_do(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    file = with_case(open_file(), fee_taken=True)
    case_id = keep(memory, file)
    fatal = file_light(file, packs, memory.clock.today()).fatal[0]
    opened(workspace, case_id)
    words = [one.text() for one in margin(workspace).findChildren(QLabel) if one.isVisible()]
    said = f"先解决：{fatal.zh}"
    assert find(margin(workspace), Chip, "chip").text() == "过不了"
    assert said in words
    assert fatal.advice_zh in words
    lacking = [one for one in words if one == "现在要补的"]
    assert not lacking or words.index(said) < words.index("现在要补的")
    click(next(b for b in margin(workspace).findChildren(MarginEntry) if b.whole == "去改"))
    editor = workspace.page().sections["closing"].editor
    assert editor is not None
    assert "fee_taken" in editor.form.fields


def test_the_light_has_none_of_the_colours_of_the_risk_grade() -> None:
    assert set(LIGHT_TONES) == {one.value for one in Light}
    assert not {"red", "yellow", "blue"} & set(LIGHT_TONES.values())


def test_what_comes_later_is_folded_until_asked_for(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    opened(workspace, signed_case(memory))
    later = file_light(open_file(), packs, memory.clock.today()).later
    assert later
    before = len(entries(workspace))
    press(margin(workspace), "open-later")
    assert len(entries(workspace)) > before


def test_the_money_is_certain_only_by_the_countys_own_rules(
    memory: MemoryStore, heard: Heard, packs: Practice
) -> None:
    # The stubs do not know what stands here.
    table = dict(packs.texts["subsidy_rules"]) | {"example": False}  # type: ignore[call-overload]
    county = replace(packs, texts={**packs.texts, "subsidy_rules": table})
    made = Workspace(make_desk(memory.unit, county, heard))
    made.resize(1270, 736)
    made.show()
    opened(made, keep(memory, good_file(), days_later=50))
    fen = next(one.fen for one in subsidy_rules(county).rules if one.id == "village_written")
    words = seen(margin(made))
    made.close()
    made.deleteLater()
    assert f"补贴：可以领 {figures(fen)} 元" in words
    assert "县里未定" not in words


def test_the_sheet_shows_every_item_and_leads_to_the_place(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, keep(memory, with_case(open_file(), dispute_type="")))
    press(margin(workspace), "review-sheet")
    dialog = next(iter(workspace.findChildren(ReviewSheetDialog)))
    view = workspace.page().view
    assert view is not None
    assert view.light is not None
    words = seen(dialog)
    for one in view.light.items:
        assert one.zh in words
    go = [one for one in dialog.findChildren(QPushButton) if one.text() == "去看看"]
    click(go[0])
    assert not dialog.isVisible()


# --- the list ------------------------------------------------------------------------------------


def light_words(workspace: Workspace) -> list[str]:
    model = workspace.list.model
    column = [one.name for one in model.columns].index("light")
    rows = range(model.rowCount())
    # Values of a test are put together by name; the record checks them.
    return [model.columns[column].text_of(model.line_at(row)) for row in rows]  # type: ignore[arg-type]


def lights_of(workspace: Workspace) -> ListLights:
    return workspace.list.lights


def test_the_list_says_it_after_its_lines_and_anew_when_the_case_changes(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    case_id = signed_case(memory)
    workspace.list.ask()
    assert light_words(workspace) == [""]
    lights_of(workspace).look()
    light = file_light(open_file(), packs, memory.clock.today()).light
    assert light_words(workspace) == [light_word(light)]
    assert light is not Light.RED
    opened(workspace, case_id)
    page = workspace.page()
    page.sections["closing"].go_to("fee_taken")
    editor = page.sections["closing"].editor
    assert editor is not None
    editor.form.fields["fee_taken"].set_value("yes")
    editor.save()
    workspace.show_list()
    lights_of(workspace).look()
    assert light_words(workspace) == ["过不了"]


def test_only_the_lines_that_are_seen_are_asked_about(
    workspace: Workspace, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[RecordId] = []
    signed_case(memory)
    workspace.list.ask()
    model = workspace.list.model

    def known(case_id: RecordId) -> bool:
        asked.append(case_id)
        return True

    monkeypatch.setattr(model, "has_light", known)
    lights_of(workspace).look()
    assert len(asked) == 1
    column = [one.name for one in model.columns].index("light")
    workspace.list.view.setColumnHidden(column, True)
    lights_of(workspace).look()
    assert len(asked) == 1


def test_the_first_list_is_drawn_without_the_review() -> None:
    from subprocess import run
    from sys import executable

    code = (
        "import sys, app.ui.cases.workspace; "
        "print([m for m in sys.modules if m in ('app.services.file_light', "
        "'app.domain.file_review', 'app.ui.cases.after_actions')])"
    )
    done = run([executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_bound_file_is_only_looked_at(workspace: Workspace, memory: MemoryStore) -> None:
    file = good_file()
    assert file.case.stage is Stage.FILED
    opened(workspace, keep(memory, file, days_later=50))
    page = workspace.page()
    for name in ("follow_up", "letters", "confirmation"):
        section = page.sections[name]
        section.go_to("made_on")
        assert section.editor is None, name
    page.sections["closing"].go_to("file_note.situation")
    assert page.sections["closing"].editor is None
