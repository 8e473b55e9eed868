"""What every section of the case page is: a heading, a read view, and at most one form open in its
place.

A section shows a `CaseView` and gives verbs to `jobs`; it never asks another section for anything,
it says what it wants.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.cases.editor import Editor
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Section


class CaseSection(Section):
    """One section.

    Signals:
        wanted(str): where the person wants to go, as `targets.parse` reads it.
        left(): the form in which the cursor stood has gone; the section should stay in sight.

    `loading` is set while the page shows a case: a form that opens then takes no cursor away.
    """

    wanted = Signal(str)
    left = Signal()
    key = ""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.desk = desk
        self.view: CaseView | None = None
        self.editor: Editor | None = None
        self.loading = False
        self._sent_to: Editor | None = None

    # --- what sections do in their own way ---

    def show_case(self, view: CaseView) -> None:
        """Shows the case anew. An open form stays as it is: nothing typed is lost."""
        self.view = view

    def has_something(self) -> bool:
        """Whether the section is worth a place on the page now."""
        return True

    def begin(self) -> None:
        """Opens the form that the section's main verb needs."""

    def go_to(self, field: str, owner_id: str = "") -> None:
        """Opens and focuses a field by the name that `completeness` knows it by.

        `owner_id` is the record it belongs to.
        """
        del owner_id
        self.begin()
        self.focus_editor(field)

    def show_reading(self, shown: bool) -> None:
        """Hides the read view and its verbs while a form is open, and shows them again."""
        del shown

    # --- what they share ---

    def may_begin(self) -> bool:
        """Whether a form can be opened: nothing else is open here, and the case may be changed."""
        return self.view is not None and self.editor is None and not self.view.read_only

    def open_editor(self, editor: Editor) -> None:
        """Puts a form in place of the read view."""
        self.close_editor()
        self.editor = editor
        editor.wanted.connect(self.wanted)
        editor.saved.connect(self._after_save)
        editor.closed.connect(self.close_editor)
        self.content_layout.addWidget(editor)
        self.show_reading(False)
        if not self.loading:
            # Fields get their values, and their places, after the form was put here.
            QTimer.singleShot(0, editor, lambda: self._go_into(editor))

    def close_editor(self) -> None:
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        now = self.window().focusWidget()
        inside = now is not None and editor.isAncestorOf(now)
        if inside:
            self.setFocus()  # else Qt goes to whatever follows, and scrolls there
        editor.hide()
        editor.deleteLater()
        self.show_reading(True)
        if inside:
            self.left.emit()

    def focus_editor(self, field: str = "") -> None:
        """Puts the cursor into a field of the open form, or into its first."""
        if self.editor is None:
            return
        form = self.editor.form
        self._sent_to = self.editor
        if not (field and form.focus_field(field)):
            form.focus_field(next(iter(form.fields), ""))

    def save(self) -> None:
        """Ctrl+S: saves an open form."""
        if self.editor is not None:
            self.editor.save()

    def undo(self) -> None:
        """Ctrl+Z outside a field: the open form says again what was last saved."""
        if self.editor is not None:
            self.editor.undo()

    def column(self) -> tuple[QWidget, QVBoxLayout]:
        """A plain column for a read view."""
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.content_layout.addWidget(holder)
        return holder, layout

    def verb(self, text: str, name: str) -> QPushButton:
        """A button among the section's actions, known to tests by its name."""
        made = self.add_action(text)
        made.setObjectName(name)
        return made

    def _go_into(self, editor: Editor) -> None:
        """A form that was asked for takes the cursor, unless it was sent to some field already."""
        if editor is self.editor and self._sent_to is not editor:
            self.wanted.emit(self.key)
            editor.form.focus_first()

    def _after_save(self, result: object) -> None:
        del result
        self.close_editor()
