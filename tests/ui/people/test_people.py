"""The people workspace on a real store: found again, masked, warned and kept, never merged, nothing
typed lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.domain.ids import RecordId, new_id
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode
from app.services.people import save_organisation, save_person
from app.ui.people.page import Workspace
from app.ui.people.record_page import RecordPage
from app.ui.widgets.fields import LineField
from app.ui.widgets.masked import MaskedField
from app.ui.widgets.person_forms import COMMON_ETHNICITIES
from tests.ui.laptops import (
    Laptop,
    agreed_case,
    card_number,
    credit_code,
    laptop,
    organisation,
    person,
)


@pytest.fixture
def village(tmp_path: Path, qtbot: QtBot) -> Iterator[Laptop]:
    del qtbot
    made = laptop(tmp_path, "village")
    yield made
    made.close()
    assert made.doors.errors == []


@pytest.fixture
def workspace(village: Laptop, qtbot: QtBot) -> Workspace:
    made = Workspace(village.desk)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    return made


def known(village: Laptop, one: Person) -> Person:
    return village.do(lambda unit: save_person(unit, one))


def stored(village: Laptop, one: RecordId) -> Person:
    return village.do(lambda unit: unit.records.get(Person, one))


def shown(qtbot: QtBot, workspace: Workspace, target: str) -> RecordPage:
    """The page of what `target` names, once it is there."""
    workspace.show()
    workspace.focus_target(target)
    qtbot.waitUntil(lambda: workspace.page is not None)
    assert workspace.page is not None
    return workspace.page


def line(page: RecordPage, name: str) -> LineField:
    field = page.form.fields[name]
    assert isinstance(field, LineField)
    return field


def masked(page: RecordPage, name: str) -> MaskedField:
    field = page.form.fields[name]
    assert isinstance(field, MaskedField)
    return field


def write(page: RecordPage, name: str, text: str) -> None:
    """Types into a field and leaves it."""
    field = line(page, name)
    field.line.setText(text)
    field.line.textEdited.emit(text)  # an input method's words come so; keys know no Chinese
    field.line.editingFinished.emit()


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in workspace.list.model.lines()]


@pytest.mark.parametrize("typed", ["古丽", "gulimaimaiti", "glmmt", "13899990000", "八组"])
def test_somebody_is_found_by_what_is_remembered(
    village: Laptop, workspace: Workspace, qtbot: QtBot, typed: str
) -> None:
    known(village, person("古丽·买买提", phone="13899990000", address="竹溪村八组"))
    known(village, person("韦石生"))
    workspace.show()
    workspace.focus_target(typed)
    qtbot.waitUntil(lambda: names(workspace) == ["古丽·买买提"])


def test_the_lists_models_are_sound(village: Laptop, workspace: Workspace, qtbot: QtBot) -> None:
    fail = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(workspace.list.model, fail)
    known(village, person("韦石生"))
    workspace.show()
    qtbot.waitUntil(lambda: names(workspace) == ["韦石生"])
    workspace.list.search.setText("没有这个人")
    workspace.list.refresh()
    qtbot.waitUntil(lambda: names(workspace) == [])
    assert not workspace.list.nobody.isHidden()
    del tester


def test_numbers_stand_masked_in_list_and_page(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    number = card_number()
    one = known(village, person("韦石生", id_no=number))
    page = shown(qtbot, workspace, f"person:{one.id}")
    for field, whole in ((masked(page, "id_no"), number), (masked(page, "phone"), one.phone)):
        assert field.value() == whole
        assert whole not in field.line.text()
        assert field.line.isReadOnly()
    qtbot.waitUntil(lambda: names(workspace) == ["韦石生"])
    workspace.list.table.choose_row(0)
    assert number not in workspace.list.table.as_text()
    assert one.phone not in workspace.list.table.as_text()


def test_the_eye_shows_one_number_and_hides_it_again(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    one = known(village, person("韦石生", id_no=card_number()))
    page = shown(qtbot, workspace, f"person:{one.id}")
    number, phone = masked(page, "id_no"), masked(page, "phone")
    QTest.mouseClick(number.eye, Qt.MouseButton.LeftButton)
    assert number.line.text() == one.id_no
    assert phone.masked
    QTest.mouseClick(number.eye, Qt.MouseButton.LeftButton)
    assert number.masked
    number.reveal()
    workspace.hide()
    assert number.masked
    assert not page.form.differs


def test_a_regular_card_fills_in_birth_date_and_sex(workspace: Workspace, qtbot: QtBot) -> None:
    page = shown(qtbot, workspace, "new")
    write(page, "name", "莫山雀")
    write(page, "id_no", card_number(date(1980, 2, 29), order="002").lower())
    assert page.form.fields["birth_date"].value() == date(1980, 2, 29)
    assert page.form.fields["sex"].value() == "2"
    assert page.form.fields["id_no"].problem_text() == ""
    assert page.form.fields["id_reason"].isHidden()


def test_an_irregular_number_is_kept_with_a_reason(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    page = shown(qtbot, workspace, "new")
    number = card_number()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    write(page, "name", "韦石生")
    write(page, "id_no", wrong)
    assert page.form.fields["id_no"].problem_text()
    assert not page.form.fields["id_reason"].isHidden()
    page.save()
    qtbot.waitUntil(lambda: page.form.fields["id_reason"].problem_text() != "")
    assert page.new
    write(page, "id_reason", "凭记忆说的")
    page.save()
    qtbot.waitUntil(lambda: not page.new)
    kept = stored(village, page.record.id)
    assert (kept.id_no, kept.id_reason) == (wrong, "凭记忆说的")
    assert page.form.fields["id_no"].problem_text() == ""


def test_the_same_name_is_shown_as_possibly_the_same_and_never_merged(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    first = known(village, person("韦石生", address="竹溪村三组"))
    page = shown(qtbot, workspace, "new")
    write(page, "name", "韦石生")
    qtbot.waitUntil(lambda: not page.twins.isHidden())
    assert "竹溪村三组" in page.twins.text()
    page.save()
    qtbot.waitUntil(lambda: not page.new)
    assert page.record.id != first.id
    found = village.do(lambda unit: unit.lists.people("韦石生"))
    assert {one.id for one in found} == {first.id, page.record.id}


def test_the_twin_can_be_opened(village: Laptop, workspace: Workspace, qtbot: QtBot) -> None:
    first = known(village, person("韦石生"))
    second = known(village, person("韦石生"))
    page = shown(qtbot, workspace, f"person:{second.id}")
    buttons = page.twins.findChildren(QAbstractButton)
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.page is not None and workspace.page.record.id == first.id)


def test_a_correction_is_saved_and_undone(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    one = known(village, person("韦石生"))
    page = shown(qtbot, workspace, f"person:{one.id}")
    assert not page.save_button.isEnabled()
    write(page, "address", "竹溪村九组")
    assert page.undo_button.isEnabled()
    page.undo()
    assert line(page, "address").value() == one.address
    assert page._banner is not None
    page._banner.pressed.emit()
    assert line(page, "address").value() == "竹溪村九组"
    workspace.save()
    qtbot.waitUntil(lambda: stored(village, one.id).address == "竹溪村九组")
    qtbot.waitUntil(lambda: not page.form.differs)
    assert village.said


def test_what_came_in_meanwhile_stays(village: Laptop, workspace: Workspace, qtbot: QtBot) -> None:
    one = known(village, person("韦石生"))
    page = shown(qtbot, workspace, f"person:{one.id}")
    village.do(lambda unit: save_person(unit, replace(one, occupation="木匠"), based_on=one))
    write(page, "address", "竹溪村九组")
    page.save()
    qtbot.waitUntil(lambda: stored(village, one.id).address == "竹溪村九组")
    assert stored(village, one.id).occupation == "木匠"


def test_what_was_typed_is_offered_again(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    one = known(village, person("韦石生"))
    page = shown(qtbot, workspace, f"person:{one.id}")
    write(page, "address", "竹溪村九组")
    workspace.close_page()
    qtbot.waitUntil(lambda: bool(village.do(lambda unit: unit.drafts.find(f"person:{one.id}"))))
    assert stored(village, one.id).address == one.address
    again = shown(qtbot, workspace, f"person:{one.id}")
    qtbot.waitUntil(lambda: again.keeper._banner is not None)
    assert again.keeper._banner is not None
    again.keeper._banner.pressed.emit()
    assert line(again, "address").value() == "竹溪村九组"
    assert again.save_button.isEnabled()


def test_the_draft_is_kept_within_two_seconds(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    page = shown(qtbot, workspace, "new")
    write(page, "name", "盘大姐")
    qtbot.waitUntil(
        lambda: bool(village.do(lambda unit: unit.drafts.find("person:new"))), timeout=2_000
    )
    page.keeper.drop()


def test_an_impossible_value_is_refused_at_its_field(workspace: Workspace, qtbot: QtBot) -> None:
    page = shown(qtbot, workspace, "new")
    write(page, "name", "韦石生3")
    write(page, "phone", "一三八")
    page.save()
    qtbot.waitUntil(lambda: page.form.fields["name"].problem_text() != "")
    assert page.form.fields["phone"].problem_text()
    assert line(page, "name").value() == "韦石生3"
    page.keeper.drop()


def test_the_persons_cases_open(village: Laptop, workspace: Workspace, qtbot: QtBot) -> None:
    one = known(village, person("韦石生"))
    case_id = agreed_case(village, one, person("莫山雀"))
    page = shown(qtbot, workspace, f"person:{one.id}")
    model = page.cases.model
    assert [found.id for found in model.lines()] == [case_id]
    page.cases.table.clicked.emit(model.index(0, 0))
    assert village.opened == [(case_id, "")]


def test_an_organisation_is_written_with_its_code_checked(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show()
    workspace.new_organisation("竹溪砖瓦厂")
    page = workspace.page
    assert page is not None
    write(page, "credit_code", "ABC")
    assert page.form.fields["credit_code"].problem_text()
    write(page, "credit_code", credit_code().lower())
    assert page.form.fields["credit_code"].problem_text() == ""
    write(page, "legal_representative", "秦大壮")
    page.save()
    qtbot.waitUntil(lambda: not page.new)
    kept = village.do(lambda unit: unit.records.get(Organisation, page.record.id))
    assert (kept.name, kept.legal_representative) == ("竹溪砖瓦厂", "秦大壮")
    assert kept.credit_code == credit_code()


def test_a_full_disk_loses_nothing_that_was_typed(
    village: Laptop, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = village.do(lambda unit: save_organisation(unit, organisation("竹溪砖瓦厂")))
    page = shown(qtbot, workspace, f"organisation:{one.id}")
    write(page, "address", "竹溪村口")
    from app.domain.problems import refuse
    from app.storage.unit_of_work import UnitOfWork

    def full(*_: object) -> None:
        raise refuse(ProblemCode.DISK_FULL)

    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", full)
        page.save()
        qtbot.waitUntil(lambda: page._banner is not None)
    assert line(page, "address").value() == "竹溪村口"
    assert page.save_button.isEnabled()
    page.save()
    qtbot.waitUntil(lambda: not page.form.differs)


def test_common_groups_are_offered_first(workspace: Workspace, qtbot: QtBot) -> None:
    page = shown(qtbot, workspace, "new")
    offered = [one.code for one in page.form.fields["ethnicity"]._choices]  # type: ignore[attr-defined]
    assert tuple(offered[: len(COMMON_ETHNICITIES)]) == COMMON_ETHNICITIES
    assert len(offered) == len(set(offered)) > 50


def test_in_a_narrow_window_the_list_gives_way(
    village: Laptop, workspace: Workspace, qtbot: QtBot
) -> None:
    one = known(village, person("韦石生"))
    workspace.resize(1024, 640)
    page = shown(qtbot, workspace, f"person:{one.id}")
    assert workspace.list.isHidden()
    QTest.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    assert not workspace.list.isHidden()
    assert workspace.page is None


def test_signs_in_a_name_stay_signs(village: Laptop, workspace: Workspace, qtbot: QtBot) -> None:
    one = known(village, person("<b>韦</b>"))
    page = shown(qtbot, workspace, f"person:{one.id}")
    assert page.title_label.text() == "<b>韦</b>"
    assert page.title_label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [1040, 1180, 1266])
def test_no_column_is_cut_in_a_small_window(
    village: Laptop, workspace: Workspace, qtbot: QtBot, width: int
) -> None:
    known(village, Person(id=new_id(), name="韦石生", phone="13800001234"))
    workspace.resize(width, 700)
    workspace.show()
    table = workspace.list.table
    qtbot.waitUntil(lambda: table.lines_model().rowCount() > 0)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    shown = [at for at in range(table.lines_model().columnCount()) if not table.isColumnHidden(at)]
    assert len(shown) >= 4
    assert all(table.columnWidth(at) >= 0.7 * (table._widths[at]) for at in shown[:-1])
