"""The checker beside the agreement: speaks while it is written, leads to each place, keeps a
reason; a stop has no way round.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause
from app.domain.findings import FindingCode
from app.domain.ids import RecordId, new_id
from app.services.agreements import draft_agreement, draft_supplement, save_agreement
from app.ui.cases.agreement_card import AgreementCard
from app.ui.cases.agreement_form import AgreementForm as Form
from app.ui.cases.agreement_steps import FinaliseForm
from app.ui.cases.checker_panel import CheckerPanel, Subject, target_of
from app.ui.cases.editor import Editor
from app.ui.cases.sections.agreement import AgreementSection
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.cases.hands import find, opened, press, seen, write
from tests.ui.cases.test_agreement import accepted
from tests.ui.cases.village import person

VAGUE = "文某尽快把屋瓦修好，适当清理院子。"
FEE = "文某向调委会交调解费100元。"


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return accepted(memory, person(1, "唐某"), person(2, "文某"))


def drafted(memory: MemoryStore, case_id: RecordId, *texts: str, **known: object) -> Agreement:
    """A draft with these clauses, and all that the checker asks for beside them."""
    with memory.unit() as unit:
        draft = draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    told = {
        "responsibility": "文某负全部责任。",
        "place": "村委会",
        "manner": "当场做完",
        "deadline": "2026年12月31日前",
        **known,
    }
    clauses = tuple(Clause(id=new_id(), text=one) for one in texts)
    with memory.unit() as unit:
        # Values of a test are put together by name; the record checks them.
        written = replace(draft, clauses=clauses, **told)  # type: ignore[arg-type]
        return save_agreement(unit, written, based_on=draft)


def stored(memory: MemoryStore, agreement: Agreement) -> Agreement:
    found = memory.kept.records[("agreement", agreement.id)]
    assert isinstance(found, Agreement)
    return found


def section_of(workspace: Workspace) -> AgreementSection:
    found = workspace.page().sections["agreement"]
    assert isinstance(found, AgreementSection)
    return found


def panel_of(inside: QWidget) -> CheckerPanel:
    QCoreApplication.sendPostedEvents()
    found = [one for one in inside.findChildren(CheckerPanel) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def editor_of(workspace: Workspace) -> Editor:
    editor = section_of(workspace).editor
    assert editor is not None
    return editor


def test_it_speaks_while_the_agreement_is_written(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    drafted(memory, case_id, "文某在2026年12月1日前赔礼道歉。")
    opened(workspace, case_id)
    section_of(workspace).begin()
    form = editor_of(workspace).form
    assert isinstance(form, Form)
    panel = panel_of(editor_of(workspace))
    before = {one.code for one in panel.findings}
    assert FindingCode.VAGUE_WORD not in before
    text = form.clauses.cards[0].text
    text.text.clear()
    write(text.text, VAGUE)
    assert {one.code for one in panel.findings} == before, "never in the middle of a word"
    assert panel._timer.isActive()
    panel._timer.timeout.emit()
    assert FindingCode.VAGUE_WORD in {one.code for one in panel.findings}
    assert "第 1 条：“尽快”说不清" in panel.text()


def test_each_finding_leads_to_its_field(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    drafted(memory, case_id, "唐某不再追究。", VAGUE, place="")
    opened(workspace, case_id)
    panel = panel_of(section_of(workspace))
    rows = {one.finding.code: one for one in panel._shown_rows()}
    press(rows[FindingCode.VAGUE_WORD], "go-there")
    form = editor_of(workspace).form
    assert isinstance(form, Form)
    assert form.clauses.cards[1].text.text.hasFocus()
    beside = panel_of(editor_of(workspace))
    rows = {one.finding.code: one for one in beside._shown_rows()}
    press(rows[FindingCode.PLACE_MISSING], "go-there")
    # Which class stands there is known here, not to the checker.
    assert form.fields["place"].line.hasFocus()  # type: ignore[attr-defined]


def test_a_warning_stays_with_a_reason_that_is_kept_and_can_be_taken_back(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    draft = drafted(memory, case_id, VAGUE)
    opened(workspace, case_id)
    section_of(workspace).begin()
    editor = editor_of(workspace)
    form = editor.form
    assert isinstance(form, Form)
    form.fields["place"].set_value("唐家院子")
    form.changed.emit()
    panel = panel_of(editor)
    row = next(r for r in panel._shown_rows() if r.finding.code is FindingCode.VAGUE_WORD)
    press(row, "why-not")
    assert row.line is not None
    assert row.line.line.hasFocus()
    QTest.keyClick(row.line.line, Qt.Key.Key_Return)
    assert row.line.problem_text(), "a reason is words"
    write(row.line.line, "双方都要这样写")
    QTest.keyClick(row.line.line, Qt.Key.Key_Return)
    now = stored(memory, draft)
    (waiver,) = now.waivers
    assert (waiver.reason, waiver.by) == ("双方都要这样写", "王建国")
    assert now.place == "唐家院子", "what was typed is stored with it"
    assert section_of(workspace).editor is editor, "the form stays open"
    said = panel.text()
    assert "王建国 2026年11月21日：双方都要这样写" in said
    struck = next(r for r in panel._shown_rows() if r.finding.waived)
    assert struck.sentence.font().strikeOut()
    assert struck.asked() is None, "what is answered is asked no more"
    press(struck, "take-back")
    assert stored(memory, draft).waivers == ()
    assert not any(one.waived for one in panel.findings)
    press(editor, "save")
    assert stored(memory, draft).place == "唐家院子"


def test_a_reason_in_writing_survives_a_new_look(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    drafted(memory, case_id, VAGUE)
    opened(workspace, case_id)
    section_of(workspace).begin()
    editor = editor_of(workspace)
    panel = panel_of(editor)
    row = next(r for r in panel._shown_rows() if r.finding.code is FindingCode.VAGUE_WORD)
    press(row, "why-not")
    assert row.line is not None
    write(row.line.line, "他们自己")
    editor.form.fields["place"].set_value("")
    panel.look()
    again = next(r for r in panel._shown_rows() if r.asked())
    assert again.asked() == "他们自己"


def test_a_stop_cannot_be_overridden(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    draft = drafted(memory, case_id, FEE)
    opened(workspace, case_id)
    panel = panel_of(section_of(workspace))
    assert [one.code for one in panel.stops()] == [FindingCode.FEE_CLAUSE]
    first = panel._shown_rows()[0]
    assert first.finding.code is FindingCode.FEE_CLAUSE
    assert first.findChild(QPushButton, "why-not") is None
    assert first.findChild(QPushButton, "go-there") is not None
    press(workspace.page(), "finalise")
    editor = editor_of(workspace)
    for row in panel_of(editor)._shown_rows()[1:]:
        row.reasoned.emit("知道了")
    press(editor, "save")
    assert stored(memory, draft).state is AgreementState.DRAFT
    assert stored(memory, draft).number == ""
    assert section_of(workspace).editor is editor
    assert "人民调解不收任何费用" in seen(editor)
    # What the stop leads to is the clause itself, in the form that can change it.
    press(panel_of(editor)._shown_rows()[0], "go-there")
    now = editor_of(workspace)
    assert isinstance(now.form, Form)
    assert now.form.clauses.cards[0].text.text.hasFocus()


def test_freezing_waits_until_each_warning_is_answered(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    draft = drafted(memory, case_id, VAGUE)
    opened(workspace, case_id)
    press(workspace.page(), "finalise")
    editor = editor_of(workspace)
    assert isinstance(editor.form, FinaliseForm)
    press(editor, "save")
    assert stored(memory, draft).state is AgreementState.DRAFT
    panel = panel_of(editor)
    first = find(panel._shown_rows()[0], QPushButton, "go-there")
    assert first.hasFocus(), "the panel comes forward"
    while panel.warnings():
        row = next(one for one in panel._shown_rows() if one.finding.waived is None)
        row.reasoned.emit("双方都要这样写")
    press(editor, "save")
    final = stored(memory, draft)
    assert final.state is AgreementState.FINAL
    assert final.number


def test_many_findings_are_shown_a_few_at_a_time(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    drafted(memory, case_id, VAGUE, VAGUE, VAGUE, VAGUE, place="", deadline="")
    opened(workspace, case_id)
    panel = panel_of(section_of(workspace))
    assert len(panel._shown_rows()) == 6 < len(panel.findings)
    press(panel, "more-findings")
    assert len(panel._shown_rows()) == len(panel.findings)
    assert panel.more.isHidden()


def test_nothing_found_is_said_too(desk: Desk, memory: MemoryStore, case_id: RecordId) -> None:
    draft = drafted(memory, case_id, "唐某、文某双方不再追究。")
    with memory.unit() as unit:
        file = unit.records.case_file(case_id)
    panel = CheckerPanel(desk)
    looked: list[str] = []
    panel.looked.connect(lambda: looked.append(panel.text()))
    panel.watch(lambda: Subject(file, draft, date(2026, 11, 21)))
    assert panel.findings == (), panel.text()
    assert "没有发现要改的地方" in looked[-1]
    panel.deleteLater()


def test_places_outside_the_agreement_lead_to_their_section(memory: MemoryStore) -> None:
    from app.domain.findings import Finding

    agreement = Agreement(id=RecordId("a"), case_id=RecordId("c"), form=AgreementForm.WRITTEN)
    for code, place, target in (
        (FindingCode.GUARDIAN_MISSING, "party:p1", "parties:representations:p1"),
        (FindingCode.ID_MISSING, "party:p1", "parties:id_number:p1"),
        (FindingCode.FEE_TAKEN, "case:fee_taken", "facts:fee_taken"),
        (FindingCode.MEDIATOR_IS_PARTY, "mediator:m", "agreement:mediator_ids:a"),
        (FindingCode.PLACE_MISSING, "place", "agreement:place:a"),
    ):
        assert target_of(Finding(code=code, place=place), agreement) == target
    del memory


def test_linked_agreements_name_each_other(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    draft = drafted(memory, case_id, "赔礼道歉。")
    original = replace(draft, state=AgreementState.EFFECTIVE, number="〔2026〕某调字第001号")
    memory.kept.records[("agreement", draft.id)] = original
    with memory.unit() as unit:
        draft_supplement(unit, draft.id)
    opened(workspace, case_id)
    section_of(workspace).close_editor()
    cards = section_of(workspace).findChildren(AgreementCard)
    said = [seen(one) for one in cards if one.isVisible()]
    assert "本协议由 还没编号的补充协议 补充" in said[0]
    assert "补充 〔2026〕某调字第001号" in said[1]
