"""The blanks of a ready clause as fields: parties to choose, money with its capitals, days as
people say them, a plan of instalments with its preview.

An empty blank is no mistake here: it stays visible on the paper, where the checker finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements import Instalment
from app.domain.clause_bank import BankClause, Blank, BlankKind
from app.domain.clause_filling import Plan
from app.ui.cases.due_field import DayOf, DueField
from app.ui.cases.instalment_plan import InstalmentTable, PlanField
from app.ui.cases.labels import day_words, table_choices
from app.ui.cases.ticks import pick_field
from app.ui.widgets.fields import AmountField, Choice, ChoiceField, Field, LineField, NumberField
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.ui.runtime.desk import Desk

COUNT = "count"  # of instalments; the plan asks for it


class BlankForm(Form):
    """The blanks of one clause, in the order in which they are read."""

    def __init__(
        self,
        desk: Desk,
        clause: BankClause,
        parties: Sequence[Choice],
        made_on: DayOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.clause, self._parties = desk, clause, tuple(parties)
        self._made_on = made_on
        self.table: InstalmentTable | None = None
        self._duty = dict(clause.duty or {})
        planned = any(one.filled_by for one in clause.blanks)
        for blank in clause.blanks:
            if not (planned and blank.name == COUNT):
                self.add(blank.name, self._field(blank))
        if planned:
            self.table = InstalmentTable(self._day_of)
            self.add_widget(self.table)
        self.changed.connect(self._follow)

    def filled(self) -> dict[str, Any]:
        """The blanks that hold something that can be read."""
        return {name: one for name, one in self.values().items() if one not in (None, "")}

    def _field(self, blank: Blank) -> Field:
        name = blank.en if self._desk.language.startswith("en") else blank.zh
        if not blank.required:
            name = self.tr("{name}（可以不填）").format(name=name)
        if blank.filled_by:
            return PlanField(name, self._made_on)
        if blank.kind is BlankKind.PARTY:
            return pick_field(name, self._parties)
        if blank.kind is BlankKind.MONEY:
            return AmountField(name, hint=self.tr("例如：400 或 2.5万"))
        if blank.kind is BlankKind.DATE:
            return DueField(name, self._made_on)
        if blank.kind is BlankKind.NUMBER:
            return NumberField(name)
        if blank.name == "way":
            ways = table_choices(self._desk, "money_way")
            return ChoiceField(name, [one for one in ways if one.code != "OTHER"])
        shares = self._shares() if blank.name == "share" else []
        return ChoiceField(name, shares) if shares else LineField(name)

    def _shares(self) -> list[Choice]:
        pack = self._desk.practice.texts.get("responsibility")
        lines = pack.get("shares", ()) if isinstance(pack, dict) else ()
        which = "en" if self._desk.language.startswith("en") else "zh"
        return [Choice(str(one["zh"]), str(one[which])) for one in lines]

    def _follow(self) -> None:
        """Of two parties the other one is the other side; the plan shows its parts."""
        others = [one for one in self.clause.blanks if one.kind is BlankKind.PARTY]
        if len(self._parties) == len(others) == 2:
            first, second = (self.fields[one.name] for one in others)
            if first.value() and not second.value():
                other = next(one for one in self._parties if one.code != first.value())
                second.set_value(other.code)
        if self.table is not None:
            values = self.values()
            plan = next((one for one in values.values() if isinstance(one, Plan)), None)
            self.table.show_plan(values.get(self._duty.get("amount", "")), plan)

    def _day_of(self, part: Instalment) -> str:
        return day_words(self._desk, part.due_on) or self.tr("哪一天还没定")
