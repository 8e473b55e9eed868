"""The end of a case: close, bind, hand in for review; and the side exits (withdrawn, ended, passed
on, suspended).

What a supervisor said stands here too, beside the record and never in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements import AgreementState
from app.domain.cases import MOVES, Closing, Retention, Stage
from app.domain.problems import ProblemCode, refuse
from app.domain.reviews import Decision, Review, ReviewState, in_order, open_return
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, enum_choices, label, named, table_choices
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    DECISION_NAMES,
    RETENTION_NAMES,
    REVIEW_STATE_NAMES,
    STAGE_NAMES,
    name_of,
)
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, DateField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

EXITS = (
    Stage.WITHDRAWN,
    Stage.TERMINATED,
    Stage.TRANSFERRED_OUT,
    Stage.MERGED_DUPLICATE,
    Stage.SUSPENDED,
)


class ClosingForm(Form):
    """How it ended."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "case", field)

        self.add("on", DateField(self.tr("结案日期")))
        self.add("result", ChoiceField(name("result"), table_choices(desk, "mediation_result")))
        reasons = table_choices(desk, "termination_reason")
        self.add(
            "reason", CodeField(self.tr("没调成的原因"), reasons, hint=self.tr("调成了就空着"))
        )
        performance = table_choices(desk, "performance_status")
        self.add("performance", ChoiceField(name("performance"), performance))
        self.add("opinion", TextField(self.tr("承办人意见")))


class FilingForm(Form):
    """How long the bound file is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choices = enum_choices(desk, RETENTION_NAMES)
        self.add("retention", ChoiceField(named(desk, "case", "retention"), choices))


class ExitForm(Form):
    """A side exit with its reason."""

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ways = [
            Choice(one.value, name_of(STAGE_NAMES, one, desk.language))
            for one in EXITS
            if one in MOVES[stage]
        ]
        self.add("to", ChoiceField(self.tr("怎么结束"), ways))
        self.add("exit_reason", TextField(self.tr("原因"), hint=self.tr("写一句原因，以后查得清")))


class SubmitForm(Form):
    """A word that goes with the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("note", TextField(self.tr("附一句话"), hint=self.tr("改了哪里，或者要说明什么")))


class ClosingSection(CaseSection):
    """Close, bind, hand in."""

    key = "closing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("结案、归档、报送"), parent)
        self._reading = Reading()
        self._empty = words(self.tr("办完了在这里结案、归档，再报送审核。"))
        self.content_layout.addWidget(self._empty)
        self.content_layout.addWidget(self._reading)
        self._exit = self.verb(self.tr("中途结束"), "leave")
        self._exit.clicked.connect(self._begin_exit)
        self._resume = self.verb(self.tr("恢复调解"), "resume")
        self._resume.clicked.connect(self._resume_now)
        self._close = self.verb(self.tr("结案"), "close")
        self._close.clicked.connect(self._begin_closing)
        self._file = self.verb(self.tr("归档"), "file")
        self._file.clicked.connect(self._begin_filing)
        self._submit = self.verb(self.tr("报送审核"), "submit")
        self._submit.clicked.connect(self.begin_submission)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        self._reading.show_rows(self._rows(view), blanks=False)
        self.show_reading(self.editor is None)

    @override
    def begin(self) -> None:
        """Whatever of closing, binding and handing in comes next."""
        if self.view is None or self.view.foreign:
            return
        stage = self.view.file.case.stage
        if stage is Stage.SUSPENDED:
            self._resume_now()
        elif stage is Stage.CLOSED:
            self._begin_filing()
        elif stage is Stage.FILED:
            self.begin_submission()
        elif Stage.CLOSED in MOVES[stage]:
            self._begin_closing()

    def begin_submission(self) -> None:
        """Hands the file in, for the first time or mended."""
        view = self.view
        if view is None or view.foreign or self.editor is not None:
            return
        mended = open_return(view.file.reviews, view.file.submissions) is not None

        def work_of(values: Values) -> Work[Any]:
            return actions.submit(view.case_id, values["note"])

        verb = self.tr("改好了，再报送") if mended else self.tr("报送审核")
        editor = Editor(self.desk, SubmitForm(), f"submit:{view.case_id}", work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with({"note": ""})

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        if view is None:
            return
        case, rows = view.file.case, self._rows(view)
        self._reading.setVisible(shown and bool(rows))
        self._empty.setVisible(shown and not rows)
        moves = MOVES[case.stage]
        own = shown and not view.foreign
        self._exit.setVisible(own and any(one in moves for one in EXITS))
        self._resume.setVisible(own and case.stage is Stage.SUSPENDED)
        self._close.setVisible(own and Stage.CLOSED in moves)
        self._file.setVisible(own and case.stage is Stage.CLOSED)
        handed_in = view.file.review_state() in (ReviewState.SUBMITTED, ReviewState.APPROVED)
        ended = case.stage in (Stage.CLOSED, Stage.FILED)
        returned = view.file.review_state() is ReviewState.RETURNED
        self._submit.setVisible(own and (returned or (ended and not handed_in)))
        self._submit.setText(self.tr("改好了，再报送") if returned else self.tr("报送审核"))

    def _rows(self, view: CaseView) -> list[tuple[str, str]]:
        case, desk = view.file.case, self.desk
        rows: list[tuple[str, str]] = []
        if case.exit_reason:
            stage = name_of(STAGE_NAMES, case.stage, desk.language)
            reason = label(desk, "termination_reason", case.exit_reason)
            rows.append((self.tr("中途结束"), f"{stage}　{reason}"))
        closing = case.closing
        if closing:
            rows.append((self.tr("结案日期"), day_words(self.desk, closing.on)))
            result = label(desk, "mediation_result", closing.result)
            rows.append((named(desk, "case", "result"), result))
            reason = label(desk, "termination_reason", closing.reason)
            rows.append((self.tr("没调成的原因"), reason))
            performance = label(desk, "performance_status", closing.performance)
            rows.append((named(desk, "case", "performance"), performance))
            rows.append((self.tr("承办人意见"), closing.opinion))
        if case.filed_on:
            rows.append((named(desk, "case", "filed_on"), day_words(self.desk, case.filed_on)))
        if case.retention:
            kept = name_of(RETENTION_NAMES, case.retention, desk.language)
            rows.append((named(desk, "case", "retention"), kept))
        state = view.file.review_state()
        if state is not ReviewState.NONE:
            said = name_of(REVIEW_STATE_NAMES, state, desk.language)
            rows.append((self.tr("审核"), said))
        for one in in_order(view.file.reviews, view.file.submissions):
            day = one.at.astimezone().date().isoformat()
            if isinstance(one, Review):
                decision = name_of(DECISION_NAMES, one.decision, desk.language)
                rows.append((f"{one.author}　{day}", f"{decision}　{one.text}"))
            else:
                rows.append((f"{one.author}　{day}", self.tr("报送审核") + f"　{one.note}"))
        return rows

    def _begin_closing(self) -> None:
        view = self.view
        if view is None or self.editor is not None:
            return
        agreement = view.file.main_agreement()
        settled = agreement is not None and agreement.state is AgreementState.EFFECTIVE
        performed = agreement is not None and agreement.performed_on is not None

        def work_of(values: Values) -> Work[Any]:
            if values["on"] is None:
                raise refuse(ProblemCode.EMPTY, "on")
            return actions.close(view.case_id, Closing(**values))

        form, key = ClosingForm(self.desk), f"closing:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("结案"))
        self.open_editor(editor)
        editor.open_with(
            {
                "on": view.today,
                "result": "SUCCESS" if settled else "NO_SUCCESS",
                "reason": "" if settled else view.file.case.exit_reason,
                "performance": "PERFORMED" if performed else "",
                "opinion": "",
            }
        )

    def _begin_filing(self) -> None:
        view = self.view
        if view is None or self.editor is not None:
            return

        def work_of(values: Values) -> Work[Any]:
            if not values["retention"]:
                raise refuse(ProblemCode.NOTHING_CHOSEN, "retention")
            return actions.file_away(view.case_id, Retention(values["retention"]))

        form, key = FilingForm(self.desk), f"filing:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("归档"))
        self.open_editor(editor)
        kept = view.file.case.retention or Retention.LONG
        editor.open_with({"retention": kept.value})

    def _begin_exit(self) -> None:
        view = self.view
        if view is None or self.editor is not None:
            return

        def work_of(values: Values) -> Work[Any]:
            if not values["to"]:
                raise refuse(ProblemCode.NOTHING_CHOSEN, "to")
            return actions.leave(view.case_id, Stage(values["to"]), values["exit_reason"])

        form = ExitForm(self.desk, view.file.case.stage)
        key = f"exit:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("就这样结束"))
        self.open_editor(editor)
        editor.open_with({"to": "", "exit_reason": ""})

    def _resume_now(self) -> None:
        if self.view is not None:
            self.desk.jobs.run(self, actions.resume(self.view.case_id))


def approved(view: CaseView) -> bool:
    """Whether the county has let the file pass."""
    return any(one.decision is Decision.APPROVED for one in view.file.reviews)
