"""A field for a person or an organisation: type a name or pinyin, take who is known, or write
somebody new in place.

Type once: who is known comes with all that is known. It stores nothing; whoever owns the form hands
the result to a service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import RecordId, new_id
from app.domain.people import Organisation, Person
from app.domain.problems import Problem, ProblemCode
from app.services.lines import PersonLine
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.field import Field
from app.ui.widgets.frame import button, words
from app.ui.widgets.person_forms import OrganisationForm, PersonForm
from app.ui.widgets.tab_order import chain_after

if TYPE_CHECKING:
    from app.services.ports import UnitOfWork

OFFERED = 8
ASK_AFTER_MS = 120
_ELSEWHERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class PersonField(Field):
    """Who it is. `value()` is the whole `Person` or `Organisation` as it stands in the field, None
    while nobody is named.

    A known one keeps its id; `based_on()` is what it was before anything was changed here.

    Signals:
        chosen(object): somebody known was taken, or somebody new begun.
    """

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        label: str,
        *,
        hint: str = "",
        organisations: bool = True,
        open_details: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._desk, self._organisations, self._open_details = desk, organisations, open_details
        self._known: Person | Organisation | None = None
        self._lines: tuple[PersonLine, ...] = ()
        self._asked = self._answered = ""
        self._begun: Any = None  # what a form held that was begun by leaving the field
        self.line = QLineEdit()
        self.line.setMaxLength(200)
        self.line.setPlaceholderText(
            hint or QCoreApplication.translate("PersonField", "姓名，或拼音首字母")
        )
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(OFFERED + 2)
        self._completer.setWidget(self.line)
        self._completer.popup().setAccessibleName(label)
        self._take_editor(self.line)
        self.state = words("", "muted")
        self.state.hide()
        self.other = button(
            QCoreApplication.translate("PersonField", "换一个人"), self.clear, quiet=True
        )
        self.details = button(
            QCoreApplication.translate("PersonField", "看看或改资料"), self._toggle, quiet=True
        )
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.state, 1)
        inside.addWidget(self.details)
        inside.addWidget(self.other)
        self._about = row
        row.hide()
        self._column.addWidget(row)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)
        self.form: PersonForm | OrganisationForm | None = None
        self._timer = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._leave)
        self.line.returnPressed.connect(self._entered)
        picked = self._completer.activated[QModelIndex]  # type: ignore[index]  # overloads
        picked.connect(self._picked)
        self.line.installEventFilter(self)  # after the completer, so that it is asked before it

    # --- the value ---

    @override
    def value(self) -> Person | Organisation | None:
        if self.form is not None:
            return self.form.record()
        return self._known

    @override
    def set_value(self, value: Person | Organisation | None) -> None:
        self._known = value
        self._drop_form()
        self.line.setText(value.name if value else "")
        self.line.setReadOnly(value is not None)
        self._tell()
        self.clear_problem()

    def based_on(self) -> Person | Organisation | None:
        """The known record before anything was changed in the field; None for somebody new."""
        return self._known

    @override
    def problem(self) -> Problem | None:
        if self.line.text().strip() and self.value() is None:
            return Problem(ProblemCode.NOTHING_CHOSEN)
        problems = self.form.problems() if self.form is not None else []
        return problems[0] if problems else None

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of the person's own fields go to them; returns those that have no place here."""
        if self.form is None and self._known is not None:
            self._toggle()
        return self.form.show_problems(problems) if self.form is not None else list(problems)

    @override
    def draft(self) -> Any:
        kind = "organisation" if isinstance(self.form, OrganisationForm) else "person"
        return {
            "text": self.line.text(),
            "known": _plain(self._known) if self._known else None,
            "known_kind": "organisation" if isinstance(self._known, Organisation) else "person",
            "kind": kind if self.form is not None else "",
            "form": self.form.draft() if self.form is not None else None,
            "id": self.form.record_id if self.form is not None else "",
        }

    @override
    def restore(self, draft: Any) -> None:
        if not isinstance(draft, dict):
            return
        known = draft.get("known")
        self.set_value(
            _revived(known, str(draft.get("known_kind"))) if isinstance(known, dict) else None
        )
        if draft.get("kind"):
            self._begin_form(
                draft["kind"] == "organisation", RecordId(str(draft.get("id") or new_id()))
            )
            if self.form is not None and isinstance(draft.get("form"), dict):
                self.form.restore(draft["form"])
        self.line.setText(str(draft.get("text", "")))

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only or self._known is not None)
        self.other.setVisible(not read_only)
        if self.form is not None:
            self.form.set_read_only(read_only)

    # --- what happens ---

    def clear(self) -> None:
        """Nobody again."""
        self.set_value(None)
        self.line.setFocus()
        self._changed_by_hand()

    def begin_new(self, *, organisation: bool = False) -> None:
        """Somebody who is not known yet, with the name that was typed."""
        name = self.line.text().strip()
        self._begin_form(organisation, new_id())
        assert self.form is not None
        self.form.set_values({"name": name})
        self._tell()
        self._changed_by_hand()
        self.chosen.emit(self.value())
        self.form.focus_second()

    def take(self, record_id: RecordId, organisation: bool) -> None:
        """Takes somebody known, with all that is known."""
        kind: type[Person] | type[Organisation] = Organisation if organisation else Person

        def read(unit: UnitOfWork) -> Person | Organisation:
            return unit.records.get(kind, record_id)

        self._desk.jobs.run(self, read, self._taken)

    def offered(self) -> list[str]:
        return self._offered.stringList()

    @override
    def settle(self) -> None:
        """Whoever types a new name and goes on has named somebody new; one known person of exactly
        that name is taken, of several somebody has to be chosen.
        """
        name = self.line.text().strip()
        if self.form is not None or self._known is not None or not name:
            return
        self._timer.stop()
        self._completer.popup().hide()
        if self._answered == name:
            self._decide(name)
            return
        self._begin_by_itself(name)  # the answer may still say that somebody is known
        self._desk.jobs.run(
            self,
            lambda unit: unit.lists.people(name, OFFERED),
            lambda lines: self._late(name, lines),
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if (
                event.type() == QEvent.Type.FocusOut
                and isinstance(event, QFocusEvent)
                and event.reason() not in _ELSEWHERE
            ):
                self.settle()
            elif event.type() == QEvent.Type.MouseButtonPress:
                self._reopen()
        return super().eventFilter(watched, event)

    def _namesakes(self, name: str) -> list[PersonLine]:
        return [line for line in self._lines if line.name.strip() == name]

    def _decide(self, name: str) -> None:
        found = self._namesakes(name)
        if not found:
            self._begin_by_itself(name)
        elif len(found) == 1:
            self.take(found[0].id, found[0].organisation)
        else:
            self.check()

    def _late(self, name: str, lines: tuple[PersonLine, ...]) -> None:
        """The answer about a name that was left before it came."""
        if self.line.text().strip() != name or not self._untouched():
            return
        self._keep_lines(name, lines)
        if self._namesakes(name):
            self._drop_form()
            self._tell()
            self._decide(name)

    def _begin_by_itself(self, name: str) -> None:
        self._begin_form(False, new_id())
        assert self.form is not None
        self.form.set_values({"name": name})
        self._begun = self.form.draft()
        self._tell()
        self.clear_problem()
        self.chosen.emit(self.value())
        self.edited.emit()

    def _untouched(self) -> bool:
        """Whether the open form was begun by leaving the field, and nobody wrote in it."""
        return self.form is not None and self._begun == self.form.draft()

    def _reopen(self) -> None:
        """Back in the name: what is known is offered again."""
        if self._untouched():
            self._drop_form()
            self._tell()
        if self.form is None and self._known is None and not self.line.isReadOnly():
            self._timer.start()

    def _typed(self, text: str) -> None:
        if self._untouched():
            self._drop_form()
            self._tell()
        if self.form is not None:
            self.form.set_values({"name": text})
        elif text.strip():
            self._timer.start()
        else:
            self._completer.popup().hide()
        self._changed_by_hand()

    def _ask(self) -> None:
        text = self._asked = self.line.text().strip()
        if text:
            self._desk.jobs.run(self, lambda unit: unit.lists.people(text, OFFERED), self._offer)

    def _offer(self, lines: tuple[PersonLine, ...]) -> None:
        if (
            self.line.text().strip() != self._asked
            or self.form is not None
            or self._known is not None
        ):
            return
        self._keep_lines(self._asked, lines)
        rows = [_described(line) for line in self._lines]
        rows.append(
            QCoreApplication.translate("PersonField", "＋ 新的人：{name}").format(name=self._asked)
        )
        if self._organisations:
            rows.append(
                QCoreApplication.translate("PersonField", "＋ 新的单位：{name}").format(
                    name=self._asked
                )
            )
        self._offered.setStringList(rows)
        if self.line.hasFocus():
            self._completer.complete()

    def _keep_lines(self, name: str, lines: tuple[PersonLine, ...]) -> None:
        self._answered = name
        self._lines = tuple(line for line in lines if self._organisations or not line.organisation)

    def _picked(self, index: QModelIndex) -> None:
        self.pick(index.row())

    def pick(self, row: int) -> None:
        """Takes what stands in a row of the offer: somebody known, or somebody new."""
        if row < len(self._lines):
            line = self._lines[row]
            self.line.setText(line.name)
            self.take(line.id, line.organisation)
        else:
            self.line.setText(self._asked)
            self.begin_new(organisation=row > len(self._lines))

    def _taken(self, record: Person | Organisation) -> None:
        self.set_value(record)
        self._changed_by_hand()
        self.chosen.emit(record)

    def _entered(self) -> None:
        if (
            self.form is None
            and self._known is None
            and self.line.text().strip()
            and not self._completer.popup().isVisible()
        ):
            self.begin_new()
            return
        if self.form is not None:
            self.form.focus_second()
        else:
            self._move_on()

    @override
    def _leave(self) -> None:
        if self._completer.popup().isVisible():
            return
        self.settle()
        super()._leave()

    def _toggle(self) -> None:
        if self.form is None and self._known is not None:
            self._begin_form(isinstance(self._known, Organisation), self._known.id)
            assert self.form is not None
            self.form.show_record(self._known)
        elif self.form is not None:
            self.form.setVisible(self.form.isHidden())

    def _begin_form(self, organisation: bool, record_id: RecordId) -> None:
        self._drop_form()
        made = (
            OrganisationForm(self._desk, record_id, self._known)
            if organisation
            else PersonForm(self._desk, record_id, self._known)
        )
        made.changed.connect(self._form_edited)
        self.form = made
        self._place.addWidget(made)
        chain_after(self.other, made)
        made.setVisible(self._open_details)

    def _drop_form(self) -> None:
        self._begun = None
        if self.form is not None:
            self.form.hide()
            self._place.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _form_edited(self) -> None:
        if self.form is not None:
            self.line.setText(str(self.form.fields["name"].value()))
        self._changed_by_hand()

    def _tell(self) -> None:
        known = self._known is not None
        self._about.setVisible(known or self.form is not None)
        self.details.setVisible(known)
        if known:
            self.state.setText(QCoreApplication.translate("PersonField", "已认识，资料直接沿用"))
        else:
            self.state.setText(
                QCoreApplication.translate("PersonField", "新的，填一次以后就不用再填")
            )
        self.state.setVisible(True)


def _described(line: PersonLine) -> str:
    birth = f"{line.birth_date.year}" if line.birth_date else ""
    return "  ".join(
        part
        for part in (line.name, birth, line.address, line.phone_masked or line.id_masked)
        if part
    )


def _plain(record: Person | Organisation) -> dict[str, Any]:
    values = {one.name: getattr(record, one.name) for one in fields_of(record)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _revived(plain: dict[str, Any], kind: str) -> Person | Organisation | None:
    """A record out of a draft; None when the draft is from another version."""
    days = {"birth_date", "stated_age_on"}
    try:
        values: dict[str, Any] = {
            name: date.fromisoformat(value) if name in days and value else value
            for name, value in plain.items()
        }
        return Organisation(**values) if kind == "organisation" else Person(**values)
    except (TypeError, ValueError):
        return None
