"""Giving the case to somebody else's laptop: a form that comes when it is asked for, at the top of
the page. Never an opinion about who should have the case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.problems import ProblemCode, refuse
from app.ui.cases import actions
from app.ui.cases.editor import Editor
from app.ui.cases.labels import named
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.ticks import pick_field
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, DateField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import Banner

if TYPE_CHECKING:
    from app.services.handovers import Colleague
    from app.ui.cases.actions import Work
    from app.ui.cases.editor import Values


class HandOverForm(Form):
    """To whom, why, when; and what happens then."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here = view.assignment is not None and view.assignment.here
        self._names = {one.device: one.name for one in view.colleagues}
        choices = [Choice(one.device, one.name) for one in _told_apart(view.colleagues)]
        title = self.tr("移交给谁") if self._here else self.tr("改派给谁")
        self.to = self.add("to_device", pick_field(title, choices))
        hint = self.tr("例如：老王住院，这件由老赵接着办")
        self.add("reason", TextField(named(desk, "handover", "reason"), hint=hint, lines=2))
        self.add("on", DateField(self.tr("日期")))
        self.note = Banner("info", "")
        self.add_widget(self.note)
        self.to.edited.connect(self._say)
        self._say()
        if not choices:
            text = self.tr("还不知道同一个调委会有别的电脑。和县局联系一次以后再来看。")
            self.note.set_text(text)

    def _say(self) -> None:
        name = self._names.get(str(self.to.value() or ""), "")
        who = self.tr("{name}的电脑").format(name=name) if name else self.tr("对方的电脑")
        if self._here:
            text = self.tr(
                "交出后本机只能看，不能改；{who}收到以后接着办。已经写的都在，一样不少。"
            )
        else:
            text = self.tr(
                "改派后原来的电脑只能看，不能改；{who}收到以后接着办。已经写的都在，一样不少。"
            )
        self.note.set_text(text.format(who=who))


class HandOverSection(CaseSection):
    """Out of sight until the case is to be given away."""

    key = "handover"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("移交案件"), parent)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        if self.editor is None and view.may_hand_over and _draft_key(view) in view.drafts:
            self.begin()
        elif self.editor is not None and not view.may_hand_over:
            self.close_editor()

    @override
    def has_something(self) -> bool:
        return self.editor is not None

    @override
    def begin(self) -> None:
        view = self.view
        if view is None or self.editor is not None or not view.may_hand_over:
            return
        here = view.assignment is not None and view.assignment.here
        self.set_title(self.tr("移交案件") if here else self.tr("改派案件"))
        verb = self.tr("移交") if here else self.tr("改派")
        form = HandOverForm(self.desk, view)
        editor = Editor(self.desk, form, _draft_key(view), self._work_of, verb=verb)
        editor.saved.connect(self._given)
        editor.save_button.setEnabled(bool(view.colleagues))
        self.show()
        self.open_editor(editor)
        editor.open_with({"to_device": "", "reason": "", "on": view.today})

    @override
    def show_reading(self, shown: bool) -> None:
        if shown:
            self.hide()

    def _work_of(self, values: Values) -> Work[Any]:
        view = self.view
        assert view is not None
        to = next((one for one in view.colleagues if one.device == values["to_device"]), None)
        if to is None:
            raise refuse(ProblemCode.NOTHING_CHOSEN, "to_device")
        return actions.hand_over(view.case_id, to, values["reason"], values["on"])

    def _given(self, _handover: object) -> None:
        self.desk.say(self.tr("交出去了：已保存在本机，上报以后对方就能收到。"))


def _draft_key(view: CaseView) -> str:
    return f"handover:{view.case_id}"


def _told_apart(found: tuple[Colleague, ...]) -> list[Colleague]:
    """People with two laptops are told apart by the beginning of the laptop's id."""
    names = [one.name for one in found]
    return [
        replace(one, name=f"{one.name}（{one.device[:4]}）") if names.count(one.name) > 1 else one
        for one in found
    ]
