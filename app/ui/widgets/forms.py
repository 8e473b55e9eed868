"""Forms: fields in one column with group headings, and the keeper that saves what is typed before
anybody asks.

A form knows no record and stores nothing itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.problems import Problem, Refused
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.widgets.field import Field
from app.ui.widgets.frame import Banner
from app.ui.widgets.scrolling import CappedColumn, bring_into_view

if TYPE_CHECKING:
    from app.services.lines import DraftLine
    from app.services.ports import UnitOfWork

F = TypeVar("F", bound=Field)
T = TypeVar("T")
COLUMN_WIDTH = 720
KEEP_AFTER_MS = 1500  # design: what was on the screen two seconds ago survives a power cut


class Form(QWidget):
    """Named fields in reading order, in one column of up to 720 px.

    Signals:
        changed(): a person edited something.
        problems_shown(): sentences were put at its fields, or taken away.
    """

    changed = Signal()
    problems_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(COLUMN_WIDTH)
        self.fields: dict[str, Field] = {}
        self.column = CappedColumn(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)

    def add_group(self, title: str) -> QLabel:
        """A heading above the fields that follow."""
        heading = QLabel(title)
        heading.setProperty("role", "group")
        heading.setIndent(0)
        self.column.addWidget(heading)
        return heading

    def add(self, name: str, field: F) -> F:
        """The next field; `name` is what problems call it."""
        self.column.addWidget(field)
        self._know(name, field)
        return field

    def add_row(self, fields: Sequence[tuple[str, Field]]) -> QWidget:
        """Short fields beside each other."""
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        for name, field in fields:
            cell = QVBoxLayout()  # keeps each field at the top when its neighbour has a message
            cell.addWidget(field)
            cell.addStretch(1)
            inside.addLayout(cell, 1)
            self._know(name, field)
        self.column.addWidget(row)
        return row

    def add_widget(self, widget: QWidget) -> None:
        """Something between fields that is no field."""
        self.column.addWidget(widget)

    def values(self) -> dict[str, Any]:
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Shows values by field name; names that the form does not have are passed over."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def problems(self) -> list[Problem]:
        """What was typed and cannot be read, each at its field's name."""
        found = ((name, field.problem()) for name, field in self.fields.items())
        return [problem.at(name) for name, problem in found if problem is not None]

    def check(self) -> bool:
        """Shows what cannot be read at its fields; True when all can be."""
        return not self.problems() or bool(self.show_problems(self.problems()))

    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """Puts each sentence under its field, goes to the first, and returns the problems that
        belong to no field here.
        """
        given = problems.problems if isinstance(problems, Refused) else problems
        self.clear_problems()
        elsewhere: list[Problem] = []
        texts: dict[str, list[str]] = {}
        for problem in given:
            name = self.field_for(problem.field)
            if name:
                texts.setdefault(name, []).append(said(problem))
            else:
                elsewhere.append(problem)
        for name, lines in texts.items():
            self.fields[name].show_problem("\n".join(dict.fromkeys(lines)))
        self.go_to_first_problem()
        return elsewhere

    def go_to_first_problem(self) -> None:
        """The cursor to the first field that has a sentence, and that field into sight."""
        found = [one for one in self.findChildren(Field) if one.problem_text()]
        if found:
            content = self
            first = min(found, key=lambda one: one.mapTo(content, QPoint(0, 0)).y())
            first.setFocus()
            bring_into_view(first)
        self.problems_shown.emit()

    def clear_problems(self) -> None:
        for field in self.fields.values():
            field.clear_problem()

    def field_for(self, path: str) -> str:
        """The name of the field that a problem's path belongs to: itself, else the longest
        beginning of it; "" for none.
        """
        parts = path.split(".")
        names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((name for name in names if name in self.fields), "")

    def focus_field(self, name: str) -> bool:
        field = self.fields.get(self.field_for(name))
        if field is None:
            return False
        field.setFocus()
        return True

    def focus_first(self) -> None:
        """The cursor into the first field that can be written now, and that field into sight."""
        for field in self.fields.values():
            editor = field.focusProxy() or field
            if not field.isHidden() and editor.isEnabled():
                field.setFocus()
                bring_into_view(field)
                return

    def settle(self) -> None:
        """Lets every field take what was typed, before it is read."""
        for field in self.fields.values():
            field.settle()

    def places_to_look_at(self) -> int:
        """At how many fields a sentence stands now."""
        return sum(bool(field.problem_text()) for field in self.findChildren(Field))

    def set_read_only(self, read_only: bool) -> None:
        for field in self.fields.values():
            field.set_read_only(read_only)

    def draft(self) -> dict[str, Any]:
        """All that was typed, readable or not, as plain JSON."""
        return {name: field.draft() for name, field in self.fields.items()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        for name, value in draft.items():
            if name in self.fields:
                self.fields[name].restore(value)

    def _know(self, name: str, field: Field) -> None:
        self.fields[name] = field
        field.edited.connect(self.changed)


class PlacesNote(QLabel):
    """Says beside the button that was pressed how many places of `form` need a look."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setObjectName("places-note")
        self.setProperty("role", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        form.problems_shown.connect(self._tell)
        form.changed.connect(self._retell)

    def _tell(self) -> None:
        count = self._form.places_to_look_at()
        text = self.tr("还有 %n 处要看一看", "", count)
        self.setText(text if count else "")

    def _retell(self) -> None:
        if self.text():
            self._tell()


class DraftKeeper(QObject):
    """Keeps what is typed into `form` under `key` within two seconds, and offers it again when it
    was never saved.

    `start` after the form was filled; `drop` when it was saved or given up.

    Signals:
        restored(): the person took an earlier draft up again; the form holds it now.
    """

    restored = Signal()

    def __init__(self, desk: Desk, form: Form, key: str) -> None:
        super().__init__(form)
        self._desk, self._form, self.key = desk, form, key
        self._opened = ""
        self._kept = False
        self._banner: Banner | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(self._touched)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.flush)

    def start(self) -> None:
        """Notes what the form holds now and asks the store for an unsaved draft of it."""
        from app.services.drafts import find_draft

        self._opened = self._body()
        key = self.key

        def find(unit: UnitOfWork) -> DraftLine | None:
            return find_draft(unit, key)

        self._desk.jobs.run(self, find, self._offer)

    def keep(self) -> None:
        """Keeps what is typed now."""
        from app.services.drafts import keep_draft

        self._timer.stop()
        key, body = self.key, self._body()
        if body == self._opened and not self._kept:
            return
        self._kept = True
        self._desk.jobs.run(self, lambda unit: keep_draft(unit, key, body))

    def flush(self) -> None:
        """Keeps at once what the timer still holds back."""
        if self._timer.isActive():
            self.keep()

    def saving(self, work: Callable[[UnitOfWork], T]) -> Callable[[], T]:
        """`work` for the records worker and, once it went through, the draft's end in the same job:
        whoever reads the records next finds no draft of what is saved. Nothing is kept until
        `resume` or `drop`.
        """
        from app.services.drafts import drop_draft

        self._timer.stop()
        jobs, key, kept = self._desk.jobs, self.key, self._kept

        def job() -> T:
            with jobs.unit() as unit:
                value = work(unit)
            if kept:
                with jobs.unit() as unit:
                    drop_draft(unit, key)
            return value

        return job

    def resume(self) -> None:
        """It was not saved after all: what is typed is kept again."""
        self._touched()

    def drop(self) -> None:
        """Saved or given up: there is nothing to offer any more."""
        from app.services.drafts import drop_draft

        self._timer.stop()
        self._opened = self._body()
        self._put_away()
        key = self.key
        if self._kept:
            self._kept = False
            self._desk.jobs.run(self, lambda unit: drop_draft(unit, key))

    def _touched(self) -> None:
        if (
            not self._timer.isActive()
        ):  # never restarted: somebody who types without pause is kept as well
            self._timer.start()

    def _body(self) -> str:
        return json.dumps(self._form.draft(), ensure_ascii=False, sort_keys=True)

    def _offer(self, draft: DraftLine | None) -> None:
        if draft is None:
            return
        self._kept = True
        if draft.body == self._body() or self._banner is not None:
            return
        when = f"{draft.kept_at.astimezone():%m-%d %H:%M}"
        text = QCoreApplication.translate(
            "DraftKeeper", "上次（{when}）写到一半，还没有保存。"
        ).format(when=when)
        self._banner = Banner("info", text, QCoreApplication.translate("DraftKeeper", "接着写"))
        self._banner.add_button(
            QCoreApplication.translate("DraftKeeper", "不要了")
        ).clicked.connect(self._forget)
        self._banner.pressed.connect(lambda: self._restore(draft.body))
        self._form.column.insertWidget(0, self._banner)

    def _restore(self, body: str) -> None:
        self._put_away()
        try:
            draft = json.loads(body)
        except ValueError:
            return
        self._form.restore(draft)
        self._form.changed.emit()
        self.restored.emit()
        self._form.focus_first()

    def _forget(self) -> None:
        self._kept = True
        self.drop()
        self._form.focus_first()

    def _put_away(self) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
