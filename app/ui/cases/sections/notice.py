"""The notice of rights and duties.

To whom, when and how it was told (Decree 75 art. 30), and a party's clear refusal (PML art. 17).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.cases import Manner, PartyRefusal, RightsNotice
from app.domain.problems import ProblemCode, refuse
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import (
    day_words,
    enum_choices,
    law_name,
    listed,
    mediator_choices,
    mediator_names,
    named,
    party_choices,
)
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.ticks import pick_field, several_field
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import MANNER_NAMES, name_of
from app.ui.widgets.fields import ChoiceField, DateField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work


class NoticeForm(Form):
    """That rights and duties were told."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("told_on", DateField(named(desk, "case", "told_on")))
        self.add("manner", ChoiceField(self.tr("怎样告知"), enum_choices(desk, MANNER_NAMES)))
        self.add("party_ids", several_field(self.tr("告知了谁"), party_choices(view.file)))
        self.add("told_by", ChoiceField(self.tr("谁告知的"), mediator_choices(view)))


class RefusalForm(Form):
    """That a party clearly refuses."""

    def __init__(self, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("party_id", pick_field(self.tr("谁不愿调解"), party_choices(view.file)))
        self.add("on", DateField(self.tr("哪一天说的")))
        self.add("words", TextField(self.tr("原话"), hint=self.tr("他是怎么说的，照实记")))


class NoticeSection(CaseSection):
    """Tell rights and duties; or write down that somebody will not."""

    key = "notice"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("告知权利义务"), parent)
        self._reading = Reading()
        self._empty = words("")
        self.content_layout.addWidget(self._empty)
        self.content_layout.addWidget(self._reading)
        self._print = self.verb(self.tr("打印告知书"), "print-notice")
        self._print.clicked.connect(lambda: self.wanted.emit("documents:rights_notice"))
        self._refuse = self.verb(self.tr("一方不愿调解"), "refuse")
        self._refuse.clicked.connect(self._begin_refusal)
        self._begin = self.verb(self.tr("登记告知"), "tell-rights")
        self._begin.clicked.connect(self.begin)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        case, language = view.file.case, self.desk.language
        law = law_name(self.desk.practice, "DECREE75-30", language)
        words = self.tr("开调解会之前，要先把权利义务告诉每一方当事人。{law}").format(law=law)
        self._empty.setText(words)
        rows: list[tuple[str, str]] = []
        if case.rights_notice is not None:
            notice, names = case.rights_notice, view.file.names()
            told = listed(self.desk, (names.get(one, "") for one in notice.party_ids))
            rows = [
                (named(self.desk, "case", "told_on"), day_words(self.desk, notice.told_on)),
                (self.tr("怎样告知"), name_of(MANNER_NAMES, notice.manner, language)),
                (self.tr("告知了谁"), told),
            ]
            if notice.told_by:
                rows.append(
                    (self.tr("谁告知的"), mediator_names(self.desk, view, [notice.told_by]))
                )
        if case.refusal is not None:
            name = view.file.names().get(case.refusal.party_id, "")
            said = self.tr("{name} 于 {date} 明确不愿调解").format(
                name=name, date=day_words(self.desk, case.refusal.on)
            )
            rows.append((self.tr("不愿调解"), f"{said}　{case.refusal.words}"))
        self._reading.show_rows(rows)
        self.show_reading(self.editor is None)
        if self.editor is None and f"notice:{case.id}" in view.drafts:
            self.begin()

    @override
    def begin(self) -> None:
        view = self.view
        if view is None or self.editor is not None or view.read_only:
            return
        form = NoticeForm(self.desk, view)
        key = f"notice:{view.case_id}"
        editor = Editor(self.desk, form, key, self._tell, verb=self.tr("已经告知"))
        self.open_editor(editor)
        notice = view.file.case.rights_notice
        lead = next(iter(view.file.case.mediator_ids), view.own_mediator)
        editor.open_with(
            {
                "told_on": notice.told_on if notice else view.today,
                "manner": (notice.manner if notice else Manner.WRITTEN).value,
                "party_ids": tuple(one.id for one in view.file.living_parties),
                "told_by": (notice.told_by if notice else lead) or "",
            }
        )

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        case = view.file.case if view else None
        told = case is not None and (case.rights_notice or case.refusal) is not None
        self._reading.setVisible(shown and told)
        self._empty.setVisible(shown and not told)
        can = shown and view is not None and not view.read_only
        self._begin.setVisible(can)
        self._refuse.setVisible(can and case is not None and case.refusal is None)
        self._print.setVisible(shown)

    def _begin_refusal(self) -> None:
        view = self.view
        if view is None or view.read_only:
            return
        form = RefusalForm(view)
        key = f"refusal:{view.case_id}"
        editor = Editor(self.desk, form, key, self._refused, verb=self.tr("登记，结束调解"))
        self.open_editor(editor)
        editor.open_with({"party_id": "", "on": view.today, "words": ""})

    def _tell(self, values: Values) -> Work[Any]:
        assert self.view is not None
        if values["told_on"] is None:
            raise refuse(ProblemCode.EMPTY, "told_on")
        notice = RightsNotice(
            told_on=values["told_on"],
            manner=Manner(values["manner"] or Manner.WRITTEN),
            party_ids=tuple(values["party_ids"]),
            told_by=values["told_by"] or None,
        )
        return actions.tell_rights(self.view.case_id, notice)

    def _refused(self, values: Values) -> Work[Any]:
        assert self.view is not None
        if not values["party_id"]:
            raise refuse(ProblemCode.NOTHING_CHOSEN, "party_id")
        if values["on"] is None:
            raise refuse(ProblemCode.EMPTY, "on")
        return actions.record_refusal(self.view.case_id, PartyRefusal(**values))
