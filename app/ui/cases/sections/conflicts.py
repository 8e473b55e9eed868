"""What two people wrote differently in this case, at the top of the page until somebody has
decided. Chooses nothing.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.conflict_card import ConflictCard


class ConflictsSection(CaseSection):
    """One card for each; out of sight without any."""

    key = "conflicts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("两个人改了同一处"), parent)
        self.cards: list[ConflictCard] = []

    @override
    def show_case(self, view: CaseView) -> None:
        """A card that shows the same stays as it is, with what was pressed and typed in it."""
        super().show_case(view)
        # By the hash of the entry: values may be lists, which have none of their own.
        kept = {
            one.conflict.entry_hash: one for one in self.cards if one.conflict in view.conflicts
        }
        for card in self.cards:
            if card not in kept.values():
                card.hide()
                card.deleteLater()
        self.cards = []
        for place, conflict in enumerate(view.conflicts):
            card = kept.get(conflict.entry_hash) or ConflictCard(self.desk, conflict, view.names)
            self.content_layout.insertWidget(place, card)
            self.cards.append(card)

    @override
    def has_something(self) -> bool:
        return bool(self.cards)

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        """To the card of that entry, or to the first."""
        del field
        card = next(
            (one for one in self.cards if one.conflict.entry_hash == owner_id),
            next(iter(self.cards), None),
        )
        if card is not None:
            card.go_in()
