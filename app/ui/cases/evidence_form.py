"""The form of one piece of evidence: what it is, who handed it in, what it shows, and whether a
copy was compared with its original (CPL art. 66, 73).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.evidence import COUNT_LIMIT, Evidence
from app.ui.cases.labels import named, party_choices, table_choices
from app.ui.cases.ticks import pick_field
from app.ui.runtime.marks import override
from app.ui.widgets.fields import (
    Choice,
    ChoiceField,
    DateField,
    LineField,
    NumberField,
    TextField,
)
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

PLAIN = (
    "name", "kind", "source", "submitted_on", "proves", "received_by", "compared_by",
    "compared_on", "returned_on",
)  # fmt: skip
ORIGINAL, COPY = "original", "copy"


class EvidenceForm(Form):
    """One line of the evidence list."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "evidence", field)

        self.add("name", LineField(name("name"), hint=self.tr("例如：微信转账记录")))
        self.add("kind", pick_field(name("kind"), table_choices(desk, "evidence_kind")))
        self.add("proves", TextField(name("proves"), hint=self.tr("这份材料说明什么"), lines=2))
        self.add("given_by", pick_field(name("given_by"), party_choices(view.file)))
        hint = self.tr("不是当事人给的，写从哪里来，例如：调解员现场拍摄")
        self.add("source", LineField(name("source"), hint=hint))
        self.add("submitted_on", DateField(name("submitted_on")))
        choices = [Choice(COPY, self.tr("复印件")), Choice(ORIGINAL, self.tr("原件"))]
        self.form_of_it = self.add("original", ChoiceField(name("original"), choices))
        self.add_row(
            (
                ("copies", NumberField(name("copies"), most=COUNT_LIMIT)),
                ("pages", NumberField(name("pages"), most=COUNT_LIMIT)),
            )
        )
        self.compared = self.add_row(
            (
                ("compared_by", LineField(name("compared_by"))),
                ("compared_on", DateField(name("compared_on"))),
            )
        )
        self.add("received_by", LineField(name("received_by")))
        self.add("returned_on", DateField(name("returned_on")))
        self.form_of_it.edited.connect(self._suit)

    @override
    def set_values(self, values: Mapping[str, Any]) -> None:
        super().set_values(values)
        self._suit()

    @override
    def restore(self, draft: Mapping[str, Any]) -> None:
        super().restore(draft)
        self._suit()

    def _suit(self) -> None:
        """Only a copy is compared with its original."""
        self.compared.setVisible(self.form_of_it.value() != ORIGINAL)


def evidence_values(piece: Evidence) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(piece, name) for name in PLAIN}
    return values | {
        "given_by": piece.given_by or "",
        "original": ORIGINAL if piece.original else COPY,
        "copies": piece.copies,
        "pages": piece.pages,
    }


def evidence_from(values: Mapping[str, Any], piece: Evidence) -> Evidence:
    """The piece as the form says it; an original is not compared with anything."""
    original = values["original"] == ORIGINAL
    plain = {name: values[name] for name in PLAIN}
    if original:
        plain |= {"compared_by": "", "compared_on": None}
    return replace(
        piece,
        **plain,
        given_by=values["given_by"] or None,
        original=original,
        copies=0 if values["copies"] is None else values["copies"],
        pages=0 if values["pages"] is None else values["pages"],
    )
