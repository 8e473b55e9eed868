"""The ready clauses as a list with headings, found by characters, full pinyin or initials.

Own model: headings are rows that cannot be chosen. Never changes a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont

from app.domain.clause_bank import BankClause
from app.ui.runtime.marks import override
from app.ui.widgets.search import matches, search_words

Index = QModelIndex | QPersistentModelIndex


class BankModel(QAbstractListModel):
    """Headings (str) and clauses, in the order in which they are offered."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._english = language.startswith("en")
        self._groups: list[tuple[str, list[BankClause]]] = []
        self._rows: list[str | BankClause] = []
        self._wanted = ""

    def show_bank(self, bank: Sequence[BankClause], dispute_type: str) -> None:
        """The committee's own first, then those of `dispute_type`, then those for any."""
        own = [one for one in bank if one.own]
        rest = [one for one in bank if not one.own]
        fitting = [one for one in rest if dispute_type and dispute_type in one.dispute_types]
        general = [one for one in rest if one not in fitting]
        titles = (
            QCoreApplication.translate("BankModel", "自己的常用条款"),
            QCoreApplication.translate("BankModel", "这类纠纷常用"),
            QCoreApplication.translate("BankModel", "哪类都能用") if fitting or own else "",
        )
        self._groups = list(zip(titles, (own, fitting, general), strict=True))
        self._refill()

    def find(self, text: str) -> None:
        """Shows what fits; a name counts before the words of the clause."""
        self._wanted = text.strip().lower()
        self._refill()

    def clause_at(self, index: Index) -> BankClause | None:
        """The clause of a row; None for a heading or no row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        return row if isinstance(row, BankClause) else None

    def index_of(self, clause_id: str) -> QModelIndex:
        """The row of that clause, else the first clause there is."""
        places = [(at, one) for at, one in enumerate(self._rows) if isinstance(one, BankClause)]
        known = [at for at, one in places if one.id == clause_id]
        at = next(iter(known or [place for place, _ in places]), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def beside(self, index: Index, step: int) -> QModelIndex:
        """The next clause below (1) or above (-1); the same one at the end."""
        at = index.row() + step
        while 0 <= at < len(self._rows):
            if isinstance(self._rows[at], BankClause):
                return self.index(at)
            at += step
        return self.index(index.row())

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        heading = isinstance(row, str)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else self._name(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, BankClause):
            return row.text
        if role == Qt.ItemDataRole.FontRole and heading:
            font = QFont()
            font.setBold(True)
            return font
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.clause_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _name(self, clause: BankClause) -> str:
        return clause.en if self._english else clause.zh

    def _refill(self) -> None:
        self.beginResetModel()
        self._rows = []
        for title, clauses in self._groups:
            found = sorted((one for one in clauses if self._fits(one)), key=self._by_words_alone)
            if found and title:
                self._rows.append(title)
            self._rows += found
        self.endResetModel()

    def _by_words_alone(self, clause: BankClause) -> bool:
        return bool(self._wanted) and not matches(self._wanted, search_words(clause.zh))

    def _fits(self, clause: BankClause) -> bool:
        if not self._wanted:
            return True
        known = f"{search_words(clause.zh)} {search_words(clause.en)} {clause.text.lower()}"
        return matches(self._wanted, known)
