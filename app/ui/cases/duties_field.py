"""What a clause obliges whom to do by when, beside money: rows that performance is ticked off by.

Never writes the words of the clause; those stand above and are what is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements import Duty
from app.domain.ids import RecordId, new_id
from app.ui.cases.due_field import DayOf, DueField
from app.ui.cases.rows import RowsField
from app.ui.cases.ticks import pick_field
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, Field, LineField

_ASKED = ("party_id", "what", "due_on")


def nothing_typed(draft: Any) -> bool:
    """Whether the draft of a field holds nothing that somebody entered."""
    if isinstance(draft, Mapping):
        return all(nothing_typed(one) for one in draft.values())
    if isinstance(draft, (list, tuple)):
        return all(nothing_typed(one) for one in draft)
    return not draft


class _Mark(Field):
    """The id of a duty: goes with its row, is never seen."""

    def __init__(self) -> None:
        super().__init__("")
        self._id = new_id()
        self.hide()

    @override
    def value(self) -> str:
        return self._id

    @override
    def set_value(self, value: str | None) -> None:
        self._id = RecordId(value) if value else self._id


class DutiesField(RowsField):
    """Who, what, by when. `value()` is a tuple of duties, empty rows left out."""

    def __init__(
        self,
        label: str,
        parties: Sequence[Choice],
        made_on: DayOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._parties, self._made_on = tuple(parties), made_on
        super().__init__(label, self._duty_fields, "", parent=parent)
        self.add_button.setText(self.tr("加一件要做的事"))
        self.add_button.setObjectName("add-duty")

    @override
    def value(self) -> tuple[Duty, ...]:  # type: ignore[override]  # duties instead of plain rows
        found = [{name: one.value() for name, one in row.items()} for row in self.rows()]
        return tuple(
            Duty(
                id=RecordId(one["id"]),
                party_id=RecordId(one["party_id"]) if one["party_id"] else None,
                what=one["what"],
                due_on=one["due_on"],
            )
            for one in found
            if any(one[name] for name in _ASKED)
        )

    @override
    def set_value(self, value: Sequence[Any] | None) -> None:
        lines = [
            {"id": one.id, "party_id": one.party_id, "what": one.what, "due_on": one.due_on}
            for one in value or ()
        ]
        super().set_value(lines)

    def says_something(self) -> bool:
        """Whether anything was entered, readable or not."""
        return not all(nothing_typed(row[name].draft()) for row in self.rows() for name in _ASKED)

    def _duty_fields(self) -> Mapping[str, Field]:
        what = LineField(self.tr("做什么、做到什么样"), hint=self.tr("例如：修好屋顶，不再漏雨"))
        what.setMinimumWidth(280)
        return {
            "party_id": pick_field(self.tr("谁来做"), self._parties),
            "what": what,
            "due_on": DueField(self.tr("最晚哪一天"), self._made_on),
            "id": _Mark(),
        }
