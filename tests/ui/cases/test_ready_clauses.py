"""Ready clauses: found by pinyin, filled and put in by keys alone, with the payment they promise;
the committee's own; instalments that add up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.agreements import AgreementForm, Clause, Duty, Instalment, Payment
from app.domain.casefile import CaseFile
from app.domain.clause_bank import BankClause, names_in
from app.domain.ids import RecordId, new_id
from app.services.agreements import draft_agreement
from app.ui.cases import agreement_form
from app.ui.cases.blank_form import BlankForm
from app.ui.cases.clause_picker import Bank, ClausePicker
from app.ui.cases.clauses import ClausesField
from app.ui.cases.due_field import DueField
from app.ui.cases.instalment_plan import PlanField
from app.ui.cases.own_clauses import OwnClauseDialog, as_pattern
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import AmountField, Choice, ChoiceField
from tests.fakes import MemoryStore
from tests.ui.cases.hands import opened, press, seen, write
from tests.ui.cases.test_agreement import accepted
from tests.ui.cases.village import person

PARTIES = (Choice("a", "唐某"), Choice("b", "文某"))
MADE = date(2026, 11, 21)


@pytest.fixture
def form(workspace: Workspace, memory: MemoryStore) -> agreement_form.AgreementForm:
    """The form of a drafted agreement between 唐某 and 文某."""
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    with memory.unit() as unit:
        draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    opened(workspace, case_id)
    section = workspace.page().sections["agreement"]
    section.begin()
    assert section.editor is not None
    found = section.editor.form
    assert isinstance(found, agreement_form.AgreementForm)
    return found


@pytest.fixture
def picker(form: agreement_form.AgreementForm) -> ClausePicker:
    press(form, "from-bank")
    (made,) = form.findChildren(ClausePicker)
    return made


def enter(place: QWidget | None = None) -> None:
    now = place or QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_Return)


def names(form: agreement_form.AgreementForm) -> dict[str, RecordId]:
    """Name -> id of the parties on the form."""
    field = form.fields["party_ids"]
    assert isinstance(field, ChoiceField)
    said = [one.text() for one in field.buttons()]
    return dict(zip(said, (RecordId(one) for one in field.value()), strict=True))


def test_a_ready_clause_is_put_in_by_keys_alone(
    form: agreement_form.AgreementForm, picker: ClausePicker
) -> None:
    write(picker.search, "ycfq")
    chosen = picker.current()
    assert chosen is not None
    assert chosen.id == "pay_once"
    enter(picker.search)
    blanks = picker.blanks
    assert blanks is not None
    payer = blanks.fields["payer"]
    assert isinstance(payer, ChoiceField)
    assert payer.buttons()[0].hasFocus()
    QTest.keyClick(payer.buttons()[1], Qt.Key.Key_Space)
    payee = blanks.fields["payee"]
    assert payee.value() == names(form)["唐某"], "of two parties the other one is paid"
    amount, due = blanks.fields["amount"], blanks.fields["due"]
    assert isinstance(amount, AmountField)
    assert isinstance(due, DueField)
    write(due.line, "签字后15天内")
    enter(due.line)
    assert due.line.text() == "2026-12-06"
    write(amount.line, "2500")
    assert "贰仟伍佰元整" in seen(picker)
    QTest.keyClick(amount.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (clause,) = form.clauses.value()
    assert clause.from_bank == "pay_once"
    assert clause.payment == Payment(
        payer_id=names(form)["文某"],
        payee_id=names(form)["唐某"],
        fen=250_000,
        due_on=date(2026, 12, 6),
    )
    assert "文某最迟于2026年12月6日" in clause.text
    assert form.clauses.cards[0].rewrite.isHidden()


def test_a_plan_of_instalments_is_shown_before_it_is_put_in(
    form: agreement_form.AgreementForm, picker: ClausePicker
) -> None:
    write(picker.search, "fqfk")
    click_row(picker)
    blanks = picker.blanks
    assert blanks is not None
    assert blanks.table is not None
    assert "count" not in blanks.fields
    plan = blanks.fields["instalments"]
    assert isinstance(plan, PlanField)
    payer = blanks.fields["payer"]
    assert isinstance(payer, ChoiceField)
    assert payer.value() == names(form)["文某"], "who is asked to pay stands there, to be changed"
    # Which class stands there is known here, not to the checker.
    write(blanks.fields["amount"].line, "1000")  # type: ignore[attr-defined]
    write(plan.count.line, "3")
    write(plan.first.line, "下月底")
    assert "334.00" in blanks.table.text()
    assert "1,000.00" in blanks.table.text()
    picker.insert()
    (clause,) = form.clauses.value()
    assert clause.payment is not None
    assert [one.fen for one in clause.payment.instalments] == [33_300, 33_300, 33_400]
    assert [one.due_on for one in clause.payment.instalments][:2] == [
        date(2026, 12, 31),
        date(2027, 1, 31),
    ]
    assert form.fields["manner_code"].value() == "INSTALMENTS"


def test_what_a_clause_about_money_likely_says_stands_there_once(
    form: agreement_form.AgreementForm,
) -> None:
    form._file = form.clauses._file = claiming(form, 400_000)
    press(form, "from-bank")
    (first,) = form.findChildren(ClausePicker)
    write(first.search, "ycfq")
    assert first.blanks is not None
    shown = first.blanks.filled()
    assert shown["payer"] == names(form)["文某"]
    assert shown["payee"] == names(form)["唐某"]
    assert shown["amount"] == 400_000
    assert "唐某" in seen(first)
    # Which class stands there is known here, not to the checker.
    write(first.blanks.fields["due"].line, "12.15")  # type: ignore[attr-defined]
    first.insert()
    assert form.fields["manner_code"].value() == "ONCE"
    form.clauses.open_bank()
    second = form.findChildren(ClausePicker)[-1]
    write(second.search, "ycfq")
    assert second.blanks is not None
    assert "amount" not in second.blanks.filled(), "the money is promised already"


def test_a_manner_that_was_chosen_stays(
    form: agreement_form.AgreementForm, picker: ClausePicker
) -> None:
    form.fields["manner_code"].set_value("ON_THE_SPOT")
    write(picker.search, "ycfq")
    assert picker.blanks is not None
    picker.blanks.set_values({"amount": 100_000, "due": date(2026, 12, 15)})
    picker.insert()
    assert form.fields["manner_code"].value() == "ON_THE_SPOT"


def claiming(form: agreement_form.AgreementForm, fen: int) -> CaseFile:
    return replace(form._file, case=replace(form._file.case, amount_claimed=fen))


def click_row(picker: ClausePicker) -> None:
    place = picker.list.visualRect(picker.list.currentIndex()).center()
    QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_what_cannot_be_filled_is_said_at_its_blank(
    form: agreement_form.AgreementForm, picker: ClausePicker
) -> None:
    write(picker.search, "ycfq")
    blanks = picker.blanks
    assert blanks is not None
    for name in ("payer", "payee"):
        field = blanks.fields[name]
        assert isinstance(field, ChoiceField)
        field.set_value(names(form)["文某"])
    picker.insert()
    assert blanks.fields["payee"].problem_text()
    assert form.clauses.value() == ()


def test_an_empty_blank_stays_visible(
    form: agreement_form.AgreementForm, picker: ClausePicker
) -> None:
    write(picker.search, "ycfq")
    picker.insert()
    (clause,) = form.clauses.value()
    assert "＿＿" in clause.text
    assert clause.payment is None


def test_the_list_keeps_the_rules_of_models(picker: ClausePicker) -> None:
    tester = QAbstractItemModelTester(picker.model)
    rows = picker.model.rowCount()
    write(picker.search, "没有这样的条款")
    assert picker.current() is None
    assert not picker.insert_button.isEnabled()
    assert "没有找到" in seen(picker)
    picker.search.clear()
    assert picker.model.rowCount() == rows
    kinds = [picker.model.clause_at(picker.model.index(at)) for at in range(rows)]
    assert kinds[0] is None, "a heading"
    fitting = [one for one in kinds if one and "NEIGHBOUR" in one.dispute_types]
    assert [one for one in kinds if one][: len(fitting)] == fitting
    tester.deleteLater()


def test_a_ready_sentence_of_responsibility_is_added_below(
    form: agreement_form.AgreementForm,
) -> None:
    form.fields["responsibility"].set_value("双方各有不对。")
    press(form, "ready-responsibility")
    (picker,) = form.findChildren(ClausePicker)
    write(picker.search, "fqbzr")
    blanks = picker.blanks
    assert blanks is not None
    assert blanks.clause.id == "full"
    blanks.fields["party"].set_value(names(form)["文某"])
    blanks.fields["fact"].set_value("掉下来的东西砸坏了瓦")
    picker.insert()
    assert form.fields["responsibility"].value() == (
        "双方各有不对。\n掉下来的东西砸坏了瓦，文某对此负全部责任。"
    )


def test_a_clause_is_kept_for_the_next_case_and_dropped(
    form: agreement_form.AgreementForm, memory: MemoryStore
) -> None:
    card = form.clauses.add_card(True)
    assert card.payment_form is not None
    paid = {"payer_id": names(form)["文某"], "payee_id": names(form)["唐某"], "fen": 40_000}
    card.payment_form.set_values(paid)
    card.payment_form.changed.emit()
    press(card, "keep-clause")
    (dialog,) = form.findChildren(OwnClauseDialog)
    assert dialog.form.fields["text"].value() == "{payer}一次性付给{payee}{amount}。"
    press(dialog, "keep-own")
    assert dialog.form.fields["title"].problem_text(), "it needs a name"
    dialog.form.fields["title"].set_value("赔瓦钱")
    press(dialog, "keep-own")
    picker = ClausePicker(form._desk, form._file, Bank.CLAUSES, None, form)
    assert picker.model.clause_at(picker.model.index(1)) is not None
    write(picker.search, "pwq")
    own = picker.current()
    assert own is not None
    assert (own.own, own.zh, own.kind.value) == (True, "赔瓦钱", "payment")
    assert "赔瓦钱" not in own.text
    picker.show()
    press(picker, "edit-own")
    again = picker.findChildren(OwnClauseDialog)[0]
    again.form.fields["title"].set_value("赔屋瓦")
    picker.search.clear()
    press(again, "keep-own")
    now = picker.current()
    assert now is not None
    assert now.zh == "赔屋瓦"
    press(picker, "edit-own")
    press(picker.findChildren(OwnClauseDialog)[-1], "drop-own")
    left = picker.current()
    assert left is not None
    assert not left.own
    assert memory.kept.settings.get("clauses.own") is None


def test_no_name_of_this_case_goes_into_the_next() -> None:
    payer, payee = RecordId("a"), RecordId("b")
    words = "文小某在2026年12月1日前付给文某人民币400.00元（大写：肆佰元整），{作废}。"
    payment = Payment(payer_id=payer, payee_id=payee, fen=40_000, due_on=date(2026, 12, 1))
    clause = Clause(id=new_id(), text=words, payment=payment)
    text = as_pattern(clause, {payer: "文小某", payee: "文某"})
    assert text == "{payer}在{due}前付给{payee}{amount}，｛作废｝。"
    assert set(names_in(text)) == {"payer", "due", "payee", "amount"}
    part = Instalment(due_on=None, fen=40_000)
    parted = replace(clause, payment=replace(payment, instalments=(part,)))
    ready = BankClause(id="x", zh="分期", en="Parts", text="{payer}分{count}期付。")
    assert as_pattern(parted, {payer: "文小某"}, ready) == ready.text


def test_equal_shares_keep_the_days_and_add_up(desk: Desk) -> None:
    field = ClausesField(desk, "", PARTIES)
    card = field.add_card(True)
    money = card.payment_form
    assert money is not None
    money.set_values({"payer_id": "b", "payee_id": "a"})
    money.share.click()
    assert money.fen.problem_text()
    money.fen.set_value(100_000)
    money.share.click()
    assert not money.plan.isHidden(), "without rows it asks how many"
    money.plan.count.line.setText("3")
    money.share.click()
    assert [one["fen"] for one in money.instalments.value()] == [33_300, 33_300, 33_400]
    money.instalments.rows()[1]["due_on"].set_value(date(2027, 1, 31))
    money.fen.set_value(90_000)
    money.count()
    assert "多了" in money.remaining.text()
    money.share.click()
    assert [one["fen"] for one in money.instalments.value()] == [30_000] * 3
    assert money.instalments.value()[1]["due_on"] == date(2027, 1, 31)
    assert "正好" in money.remaining.text()
    field.deleteLater()


def test_duties_are_kept_with_their_ids_and_drafts(desk: Desk) -> None:
    duty = Duty(id=new_id(), party_id=RecordId("b"), what="修好屋瓦", due_on=date(2026, 12, 1))
    told = Clause(id=new_id(), text="文某修好屋瓦。", duties=(duty,), from_bank="act_by")
    field = ClausesField(desk, "", PARTIES)
    field.set_value((told,))
    assert field.value() == (told,)
    kept = field.draft()
    field.set_value(())
    field.restore(kept)
    assert field.value() == (told,)
    card = field.cards[0]
    assert card.duties is not None
    card.duties.add_row()
    assert field.value() == (told,), "an empty row is nothing"
    field.deleteLater()


def test_a_clause_of_words_gets_its_payment_later(desk: Desk) -> None:
    field = ClausesField(desk, "", PARTIES)
    card = field.add_card(False)
    card.text.set_value("文某付给唐某400元。")
    assert card.payment_form is None
    assert field.go_to_place("clauses.0.payment")
    assert card.payment_form is not None
    card.payment_form.set_values({"payer_id": "b", "payee_id": "a", "fen": 40_000})
    card.payment_form.changed.emit()
    assert field.value()[0].payment is not None
    assert field.value()[0].text == "文某付给唐某400元。"
    assert not field.go_to_place("clauses.1.text")
    field.deleteLater()


def test_last_days_are_typed_as_people_say_them(desk: Desk) -> None:
    del desk
    field = DueField("", lambda: MADE)
    for said, meant in (
        ("签字后15天内", date(2026, 12, 6)),
        ("下月底", date(2026, 12, 31)),
        ("3个月内", date(2027, 2, 21)),
        ("2027.3.15", date(2027, 3, 15)),
    ):
        field.line.setText(said)
        assert field.value() == meant
    field.line.setText("等有钱的时候")
    assert field.value() is None
    assert field.problem() is not None
    field.deleteLater()


def test_blanks_speak_the_language_of_the_window(desk: Desk, memory: MemoryStore) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    with memory.unit() as unit:
        file = unit.records.case_file(case_id)
    english = ClausePicker(replace(desk, language="en"), file, Bank.RESPONSIBILITY)
    assert isinstance(english.blanks, BlankForm)
    assert english.blanks.fields["fact"].label_text == "Fact"
    share = english.blanks.fields["share"]
    assert isinstance(share, ChoiceField)
    assert share.buttons()[0].text() == "Full responsibility"
    share.set_value("全部责任")
    english._preview()
    assert "全部责任" in english.preview.text()
    english.close()
