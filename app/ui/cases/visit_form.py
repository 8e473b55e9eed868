"""The form of one follow-up visit, and what it found done (PML art. 31)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.followups import FollowUp
from app.ui.cases.labels import named, party_choices, table_choices
from app.ui.cases.ticks import pick_field, several_field
from app.ui.widgets.fields import Choice, ChoiceField, DateField, LineField, TextField, TickField
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

FIELDS = (
    *("visited_on", "method", "party_id", "visitor", "performance"),
    *("satisfaction", "findings", "new_risk", "next_on"),
)


class VisitForm(Form):
    """One visit. `open_duties` are those that may be ticked off with it."""

    def __init__(
        self,
        desk: Desk,
        view: CaseView,
        open_duties: Sequence[Choice] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "follow_up", field)

        self.add("visited_on", DateField(name("visited_on")))
        self.add("method", ChoiceField(name("method"), table_choices(desk, "visit_method")))
        self.add("party_id", pick_field(self.tr("回访了谁"), party_choices(view.file)))
        performance = table_choices(desk, "performance_status")
        self.add("performance", ChoiceField(name("performance"), performance))
        if open_duties:
            label = self.tr("这次看到已经做完的")
            hint = self.tr("选中的按全部做完记；只做了一部分的，用“登记履行”")
            self.add("duties", several_field(label, open_duties, hint=hint))
        satisfaction = table_choices(desk, "satisfaction")
        self.add("satisfaction", ChoiceField(name("satisfaction"), satisfaction))
        hint = self.tr("履行得怎么样，还有什么话说")
        self.add("findings", TextField(name("findings"), hint=hint))
        self.add("new_risk", TickField(self.tr("有新的苗头，要继续盯着")))
        self.add("next_on", DateField(self.tr("下次回访日期")))
        self.add("visitor", LineField(name("visitor")))


def visit_values(visit: FollowUp) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(visit, name) for name in FIELDS}
    return values | {"party_id": visit.party_id or "", "duties": ()}


def visit_from(values: Values, visit: FollowUp) -> FollowUp:
    """The visit as the form says it."""
    plain = {name: values[name] for name in FIELDS}
    return replace(visit, **plain | {"party_id": values["party_id"] or None})
