"""Notices and letters on the case page: offered where they are due, each kind with its own fields,
numbered when printed, served and answered.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.cases import Stage
from app.domain.completeness import DocumentKind
from app.domain.letters import Letter, LetterKind
from app.ui.cases.letter_form import FIELDS
from app.ui.cases.sections.letters import LettersSection
from app.ui.cases.workspace import Workspace
from tests.fakes import MemoryStore
from tests.ui.cases.after import keep, signed_case, with_case
from tests.ui.cases.hands import opened, press, seen
from tests.unit.services.good_file import open_file


def section(workspace: Workspace) -> LettersSection:
    found = workspace.page().sections["letters"]
    assert isinstance(found, LettersSection)
    return found


def letters(memory: MemoryStore) -> list[Letter]:
    return [one for one in memory.kept.records.values() if isinstance(one, Letter)]


@pytest.fixture
def shown_papers(workspace: Workspace) -> list[str]:
    """Where the section sends people; the page itself stays."""
    wanted: list[str] = []
    workspace.page()
    section(workspace).wanted.disconnect()
    section(workspace).wanted.connect(wanted.append)
    return wanted


def test_a_step_is_followed_by_the_offer_of_its_letter(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, keep(memory, with_case(open_file(), stage=Stage.TERMINATED)))
    page = workspace.page()
    assert "这一步要写《终止调解告知书》。" in seen(page.head)
    press(page.head, "go-to-letter")
    editor = section(workspace).editor
    assert editor is not None
    assert set(editor.form.fields) == set(FIELDS[LetterKind.TERMINATION_NOTICE])
    editor.save()
    assert [one.kind for one in letters(memory)] == [LetterKind.TERMINATION_NOTICE]
    assert "这一步要写" not in seen(page.head)


def test_what_fits_now_stands_first_in_the_menu(workspace: Workspace, memory: MemoryStore) -> None:
    opened(workspace, keep(memory, with_case(open_file(), stage=Stage.SUSPENDED)))
    menu = section(workspace)._menu  # the order is what is tried
    names = [one.objectName() for one in menu.actions() if not one.isSeparator()]
    assert names[0] == "new-suspension_notice"
    assert sorted(names) == sorted(f"new-{kind.value}" for kind in LetterKind)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_has_its_own_form_and_is_stored(
    workspace: Workspace, memory: MemoryStore, kind: LetterKind
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_letter(kind)
    editor = section(workspace).editor
    assert editor is not None
    assert list(editor.form.fields) == list(FIELDS[kind])
    editor.save()
    assert section(workspace).editor is None
    stored = letters(memory)[0]
    assert stored.kind is kind
    assert stored.made_on == memory.clock.today()
    assert DocumentKind(kind.value)


def test_the_chosen_reason_is_written_out_and_never_writes_over(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_letter(LetterKind.SUSPENSION_NOTICE)
    editor = section(workspace).editor
    assert editor is not None
    code, reason = editor.form.fields["reason_code"], editor.form.fields["reason"]
    code.set_value("APPRAISAL")
    code.edited.emit()
    assert reason.value() == "等待鉴定、评估或者测量的结果"
    code.set_value("ILLNESS")
    code.edited.emit()
    assert reason.value() == "一方生病或者有别的特殊困难，不能参加"
    reason.set_value("田有根住院")
    code.set_value("HEIR")
    code.edited.emit()
    assert reason.value() == "田有根住院"


def test_the_number_is_given_when_it_is_printed(
    workspace: Workspace, memory: MemoryStore, shown_papers: list[str]
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_letter(LetterKind.MEDIATION_NOTICE)
    workspace.save()
    assert letters(memory)[0].number == ""
    assert "还没有号" in seen(section(workspace))
    shown_papers.clear()
    press(section(workspace), "print-letter")
    letter = letters(memory)[0]
    assert letter.number
    assert shown_papers == [f"documents:mediation_notice:{letter.id}"]
    assert letter.number in seen(section(workspace))


def test_a_transfer_waits_for_its_slip_and_says_until_when(
    workspace: Workspace, memory: MemoryStore
) -> None:
    case_id = signed_case(memory)  # a Saturday
    opened(workspace, case_id)
    section(workspace).begin_letter(LetterKind.TRANSFER_LETTER)
    workspace.save()
    assert memory.clock.today().isoformat() == "2026-03-07"
    assert "等回执，到 2026年3月11日 该收到。" in seen(section(workspace))
    memory.clock.forward(days=5)
    opened(workspace, case_id)
    assert "还没收到回执" in seen(section(workspace))
    press(section(workspace), "letter-reply")
    editor = section(workspace).editor
    assert editor is not None
    editor.save()
    assert editor.form.fields["accepted"].problem_text()
    editor.form.fields["accepted"].set_value("no")
    editor.form.fields["on"].set_value(None)
    editor.form.fields["on"].line.setText("2026-01-01")  # type: ignore[attr-defined]  # a day too early
    editor.save()
    assert editor.form.fields["on"].problem_text()
    editor.form.fields["on"].set_value(memory.clock.today())
    editor.save()
    reply = letters(memory)[0].reply
    assert reply is not None
    assert not reply.accepted
    words = seen(section(workspace))
    assert "回执：没有受理" in words
    assert "还没收到回执" not in words


def test_what_was_served_is_written_down_for_one_after_the_other(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_letter(LetterKind.MEDIATION_NOTICE)
    workspace.save()
    for name in ("田有根", "石大山"):
        press(section(workspace), "serve-letter")
        editor = section(workspace).editor
        assert editor is not None
        assert editor.form.values()["recipient"] == name
        editor.save()
    assert [one.recipient for one in letters(memory)[0].deliveries] == ["田有根", "石大山"]
    press(section(workspace), "serve-letter")
    editor = section(workspace).editor
    assert editor is not None
    editor.form.fields["recipient"].set_value("")
    editor.save()
    assert editor.form.fields["recipient"].problem_text()


def test_a_letter_is_voided_with_a_reason_and_stays_to_be_seen(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, signed_case(memory))
    section(workspace).begin_letter(LetterKind.MEDIATION_NOTICE)
    workspace.save()
    press(section(workspace), "void-letter")
    editor = section(workspace).editor
    assert editor is not None
    editor.save()
    assert editor.form.fields["void_reason"].problem_text()
    editor.form.fields["void_reason"].set_value("写错了人")
    editor.save()
    assert letters(memory)[0].void_reason == "写错了人"
    assert "已作废" in seen(section(workspace))


def test_a_half_written_letter_comes_back(workspace: Workspace, memory: MemoryStore) -> None:
    case_id = signed_case(memory)
    opened(workspace, case_id)
    section(workspace).begin_letter(LetterKind.TRANSFER_LETTER)
    editor = section(workspace).editor
    assert editor is not None
    editor.form.fields["addressee"].set_value("白石镇派出所")
    editor.form.changed.emit()
    editor.flush()
    workspace.show_list()
    opened(workspace, case_id)
    again = section(workspace).editor
    assert again is not None
    restore = next(one for one in again.findChildren(QPushButton) if one.text() == "接着写")
    restore.click()
    assert again.form.values()["addressee"] == "白石镇派出所"
