"""Tables over frozen lines: own model, sortable, pageable, columns to hide. Never item widgets,
never SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.ui.runtime.marks import override
from app.ui.runtime.preferences import Preferences

L = TypeVar("L")
Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 40
PAGE = 64
# A paint asks a thousand times: Python's enums would take most of it.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = LINE_ROLE + 1
# How much of its width a column keeps before the table is scrolled sideways.
LEAST_ELASTIC = 0.45
LEAST = 0.75


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column: `name` for sorting and remembering, `title` on screen, `text_of` a line's text;
    `sort_key` for sorting here.

    `sortable` columns of a paged model are sorted by whoever gives the keys (see
    `LinesView.sort_wanted`).
    """

    name: str
    title: str
    text_of: Callable[[L], str]
    sort_key: Callable[[L], Any] | None = None
    sortable: bool = True
    width: int = 120
    right: bool = False
    tip_of: Callable[[L], str] | None = None
    colour_of: Callable[[L], QColor | None] | None = None
    strong: bool = False
    elastic: bool = False  # gives way first where there is little room, and takes what is left over
    least: int = 0  # px below which it is not narrowed in a table with `whole_headers`
    title_tip: str = ""  # the full words of a short title
    spare: bool = False  # not shown while there is no room for it; the record's page has it


class LinesModel(QAbstractTableModel, Generic[L]):
    """Lines by row: either all of them (`set_lines`), or keys whose lines are fetched a page at a
    time (`set_keys`).

    Signals:
        wanted(list): keys of lines that are seen and not there yet; give them to `put_lines`.
    """

    wanted = Signal(object)

    def __init__(self, columns: Sequence[Column[L]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._keys: Sequence[int] = ()
        self._lines: dict[int, L] = {}
        self._asked: set[int] = set()
        self._stale: set[int] = set()  # shown as they were until fresh ones come
        self._bold = QFont()
        self._bold.setBold(True)

    def set_lines(self, lines: Sequence[L]) -> None:
        """All lines at once, in order."""
        self.beginResetModel()
        self._keys = range(len(lines))
        self._lines = dict(enumerate(lines))
        self._asked, self._stale = set(), set()
        self.endResetModel()

    def set_keys(
        self, keys: Sequence[int], lines: Sequence[tuple[int, L]] = (), *, keep: bool = False
    ) -> None:
        """The order of all lines; those known already may come along. `keep` goes on showing
        earlier lines until fresh ones come; they are wanted anew as soon as they are seen. Where
        the order is the same, what is chosen stays chosen.
        """
        fresh = dict(lines)
        same = keep and len(keys) > 0 and tuple(keys) == tuple(self._keys)
        if not same:
            self.beginResetModel()
        self._keys = keys
        self._lines = {**(self._lines if keep else {}), **fresh}
        self._asked = set()
        self._stale = self._lines.keys() - fresh.keys()
        if same:
            self._repaint()
        else:
            self.endResetModel()

    def put_lines(self, lines: Sequence[tuple[int, L]]) -> None:
        """Lines that were wanted, with their keys."""
        self._lines.update(lines)
        self._stale.difference_update(key for key, _ in lines)
        if self._keys:
            self._repaint()

    def _repaint(self) -> None:
        last = self.index(len(self._keys) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def lines(self) -> list[L]:
        """The lines that are there, in order."""
        return [self._lines[key] for key in self._keys if key in self._lines]

    def line_at(self, row: int) -> L | None:
        """The line of a row; None while it is still being fetched."""
        if not 0 <= row < len(self._keys):
            return None
        key = self._keys[row]
        if key not in self._lines or key in self._stale:
            self._want(row)
        return self._lines.get(key)

    def row_of(self, fits: Callable[[L], bool]) -> int:
        """The first row whose line is there and fits; -1 for none."""
        return next(
            (
                row
                for row, key in enumerate(self._keys)
                if key in self._lines and fits(self._lines[key])
            ),
            -1,
        )

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._keys)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title
        if role == _TIP:
            return column.title_tip or column.title
        if role == _ALIGNMENT:
            return _alignment(column)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line_at(index.row())
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _alignment(column)
        if line is None:
            return "…" if role == _DISPLAY and index.column() == 0 else None
        if role == _DISPLAY:
            return column.text_of(line)
        if role == LINE_ROLE:
            return line
        if role == SORT_ROLE:
            return column.sort_key(line) if column.sort_key else column.text_of(line)
        if role == _TIP:
            return column.tip_of(line) if column.tip_of else column.text_of(line)
        if role == _FOREGROUND and column.colour_of:
            return column.colour_of(line)
        if role == _FONT and column.strong:
            return self._bold
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts lines that are all here; a paged model is sorted by its giver of keys."""
        if not isinstance(self._keys, range) or not 0 <= column < len(self.columns):
            return
        chosen = self.columns[column]
        key = chosen.sort_key or chosen.text_of
        lines = sorted(self._lines.values(), key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self.set_lines(lines)

    def _want(self, row: int) -> None:
        first = row - row % PAGE
        keys = [
            key
            for key in self._keys[first : first + PAGE]
            if (key not in self._lines or key in self._stale) and key not in self._asked
        ]
        if keys:
            self._asked.update(keys)
            self.wanted.emit(keys)


class LinesView(QTableView):
    """A table for the eye and the keyboard. `name` remembers which columns are hidden. With
    `whole_headers` no title is cut: spare columns go first, and the last resort is to scroll.

    Signals:
        opened(object): a line was opened (double click, Enter).
        current(object): the current line changed; None for none.
        sort_wanted(str, bool): a header was pressed: name of the column, descending.
    """

    opened = Signal(object)
    current = Signal(object)
    sort_wanted = Signal(str, bool)

    def __init__(
        self,
        name: str,
        accessible_name: str,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
        *,
        whole_headers: bool = False,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._whole_headers = whole_headers
        self._preferences = preferences
        self._sorted = ("", False)
        self._widths: dict[int, int] = {}  # what was asked for, before it is fitted to the room
        self._fitting = False
        # Told by Qt: asked for the viewport, Qt for Python would first make ready all kinds of
        # widgets that there are, in one turn.
        self._room = QSize()
        self._no_room: set[int] = set()
        self.setAccessibleName(accessible_name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.offer_columns)
        header.sectionClicked.connect(self._header_pressed)
        header.sectionResized.connect(self._dragged)
        self.activated.connect(self._open)

    def show_model(self, model: LinesModel[Any]) -> None:
        """Shows the lines of a model; hidden columns as they were left."""
        self.setModel(model)
        hidden = set(
            (self._preferences.get(self._key()) if self._preferences else "").split(",")
        ) - {""}
        for index, column in enumerate(model.columns):
            self.setColumnHidden(index, column.name in hidden)
        self.set_widths({index: column.width for index, column in enumerate(model.columns)})
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def set_widths(self, widths: Mapping[int, int]) -> None:
        """Widths of columns in px as they are wanted; they are fitted to the room there is."""
        self._widths.update(widths)
        self._fit()

    def rows_seen(self) -> range:
        """The rows that stand in the view now, wholly or in part."""
        model = self.model()
        first, last = self.rowAt(0), self.rowAt(self._room.height() - 1)
        return range(max(0, first), (model.rowCount() if last < 0 else last + 1) if model else 0)

    def lines_model(self) -> LinesModel[Any]:
        model = self.model()
        assert isinstance(model, LinesModel)
        return model

    def chosen_lines(self) -> list[Any]:
        """Selected lines in the order of the rows."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [
            line for line in (self.lines_model().line_at(row) for row in rows) if line is not None
        ]

    def choose_row(self, row: int) -> None:
        index = self.lines_model().index(row, self._first_shown())
        flags = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
        )
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def mark_sorted(self, name: str, descending: bool) -> None:
        """Shows the arrow on a column's header."""
        self._sorted = (name, descending)
        index = next(
            (at for at, column in enumerate(self.lines_model().columns) if column.name == name), -1
        )
        header = self.horizontalHeader()
        header.setSortIndicatorShown(index >= 0)
        header.setSortIndicator(
            index, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        )

    def as_text(self) -> str:
        """Titles and selected lines, tabs between columns."""
        columns = [
            column
            for index, column in enumerate(self.lines_model().columns)
            if not self.isColumnHidden(index)
        ]
        lines = ["\t".join(column.title for column in columns)]
        lines += [
            "\t".join(column.text_of(line).replace("\n", " ") for column in columns)
            for line in self.chosen_lines()
        ]
        return "\n".join(lines)

    def offer_columns(self, place: QPoint) -> None:
        """The menu in which columns are hidden and shown again."""
        menu = QMenu(self)
        for index, column in enumerate(self.lines_model().columns):
            action = QAction(
                column.title, menu, checkable=True, checked=not self._hidden_by_hand(index)
            )
            action.setEnabled(index != 0)
            action.toggled.connect(lambda shown, at=index: self.show_column(at, shown))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def show_column(self, index: int, shown: bool) -> None:
        self.setColumnHidden(index, not shown)
        if self._preferences:
            names = [
                column.name
                for at, column in enumerate(self.lines_model().columns)
                if self._hidden_by_hand(at)
            ]
            self._preferences.put(self._key(), ",".join(names))

    @override
    def setColumnHidden(self, column: int, hide: bool) -> None:
        self._no_room.discard(column)
        super().setColumnHidden(column, hide)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size()  # of the viewport
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _key(self) -> str:
        return f"columns.{self.name}"

    def _fit(self) -> None:
        """All columns side by side where that can be read; the last one takes what rounding
        leaves.
        """
        model = self.model()
        room = self._room.width()
        if self._fitting or room < 0 or not isinstance(model, LinesModel):
            return
        shown = {
            index: (self._widths.get(index, column.width), column.elastic)
            for index, column in enumerate(model.columns)
            if not self._hidden_by_hand(index)
        }
        spare = [index for index in shown if model.columns[index].spare]
        self._no_room = set()
        while spare and not self._fits(shown, room):
            self._no_room.add(spare.pop())
            shown = {index: one for index, one in shown.items() if index not in self._no_room}
        self._fitting = True
        for index in range(len(model.columns)):
            super().setColumnHidden(index, index not in shown)
        for index, width in enlarged(fitted(shown, room), self._least(shown)).items():
            self.horizontalHeader().resizeSection(index, width)
        self._fitting = False

    def _fits(self, shown: Mapping[int, tuple[int, bool]], room: int) -> bool:
        widths = fitted(shown, room)
        least = self._least(shown)
        narrow = any(widths[index] < width for index, width in least.items())
        return not narrow and sum(widths.values()) <= room

    def _least(self, shown: Iterable[int]) -> dict[int, int]:
        """Below which width in px a column is not narrowed, by index."""
        if not self._whole_headers:
            return {}
        header, columns = self.horizontalHeader(), self.lines_model().columns
        return {at: max(header.sectionSizeHint(at), columns[at].least) for at in shown}

    def _hidden_by_hand(self, index: int) -> bool:
        return self.isColumnHidden(index) and index not in self._no_room

    def _dragged(self, section: int, _before: int, width: int) -> None:
        """A width chosen by hand is the one that is wanted from now on."""
        by_hand = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if by_hand and width and not self._fitting:
            self._widths[section] = width

    def _first_shown(self) -> int:
        return next(
            (at for at in range(len(self.lines_model().columns)) if not self.isColumnHidden(at)), 0
        )

    def _open(self, index: QModelIndex) -> None:
        line = self.lines_model().line_at(index.row()) if index.isValid() else None
        if line is not None:
            self.opened.emit(line)

    def _current_changed(self, now: QModelIndex) -> None:
        self.current.emit(self.lines_model().line_at(now.row()) if now.isValid() else None)

    def _header_pressed(self, section: int) -> None:
        column = self.lines_model().columns[section]
        if not column.sortable:
            return
        descending = self._sorted == (column.name, False)
        self.mark_sorted(column.name, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.lines_model().sort(section, order)
        self.sort_wanted.emit(column.name, descending)


def fitted(columns: Mapping[int, tuple[int, bool]], room: int) -> dict[int, int]:
    """Widths that fill `room` px: elastic columns give way first and take what is left over, then
    all give a little. `columns`: wanted width in px and whether it is elastic, by index.
    """
    widths = {index: float(width) for index, (width, _) in columns.items()}
    elastic = [index for index, (width, gives) in columns.items() if gives and width]
    for giving, least in ((elastic, LEAST_ELASTIC), (list(columns), LEAST)):
        have = sum(widths[index] for index in giving)
        want = have + room - sum(widths.values())
        if have and (want < have or giving is elastic):
            share = max(want / have, least)
            widths.update({index: widths[index] * share for index in giving})
    return {index: int(width) for index, width in widths.items()}


def enlarged(widths: Mapping[int, int], least: Mapping[int, int]) -> dict[int, int]:
    """No width below `least`; the others give what is wanted for it, as far as they have it."""
    missing = sum(max(0, wanted - widths[index]) for index, wanted in least.items())
    spare = {index: max(0, widths[index] - wanted) for index, wanted in least.items()}
    share = min(1.0, missing / sum(spare.values())) if any(spare.values()) else 0.0
    return {
        index: max(width, least.get(index, 0)) - ceil(spare.get(index, 0) * share)
        for index, width in widths.items()
    }


def _alignment(column: Column[Any]) -> int:
    return _RIGHT if column.right else _LEFT
