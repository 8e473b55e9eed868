"""The end of a case: close, bind, hand in for review; and the side exits (withdrawn, ended, passed
on, suspended).

What a supervisor said stands here too, beside the record and never in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.agreements import AgreementState
from app.domain.cases import MOVES, Closing, FileNote, Retention, Stage
from app.domain.problems import ProblemCode, refuse
from app.domain.reviews import Decision, Review, ReviewState, in_order, open_return
from app.ui.cases import actions, after_actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, label, named, table_choices
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.moments import DAY, moment_text
from app.ui.runtime.texts import (
    DECISION_NAMES,
    REVIEW_STATE_NAMES,
    STAGE_NAMES,
    name_of,
)
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, DateField, LineField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

YES, NO = "yes", "no"
NOTE_FIELDS = ("situation", "filed_by", "filed_on", "checked_by", "checked_on")
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
        self.add("fee_taken", fee_field())
        self.add("opinion", TextField(self.tr("承办人意见")))


class FilingForm(Form):
    """How long the bound file is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = desk.practice.codes.label
        choices = [Choice(one, label("retention", one, desk.language)) for one in Retention]
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


class NoteForm(Form):
    """The note on the state of the file, and what the county asks for its payment."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "case", f"file_note.{field}")

        hint = self.tr("缺了什么、哪里破损、哪些是复印件、后来补了什么；都好就写“齐全”")
        self.add("file_note.situation", TextField(name("situation"), hint=hint))
        self.add("file_note.filed_by", LineField(name("filed_by")))
        self.add("file_note.filed_on", DateField(name("filed_on")))
        self.add("file_note.checked_by", LineField(name("checked_by")))
        self.add("file_note.checked_on", DateField(name("checked_on")))
        self.add_group(self.tr("领补贴要看的"))
        self.add("fee_taken", fee_field())
        hint = self.tr("县里给这件定的等级，没定就空着")
        self.add("subsidy_class", LineField(named(desk, "case", "subsidy_class"), hint=hint))


def fee_field() -> ChoiceField:
    """People's mediation takes no fee (PML art. 4); a file that shows one fails."""
    answers = [
        Choice(NO, QCoreApplication.translate("FeeField", "没有")),
        Choice(YES, QCoreApplication.translate("FeeField", "收过")),
    ]
    return ChoiceField(QCoreApplication.translate("FeeField", "收过当事人的钱吗"), answers)


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
        self._note = self.verb(self.tr("写卷宗情况"), "file-note")
        self._note.clicked.connect(self.begin_note)
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
            return after_actions.submit(view.case_id, values["note"])

        verb = self.tr("改好了，再报送") if mended else self.tr("报送审核")
        editor = Editor(self.desk, SubmitForm(), f"submit:{view.case_id}", work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with({"note": ""})

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        if field.split(".")[0] in ("file_note", "fee_taken", "subsidy_class"):
            self.begin_note()
        else:
            self.begin()
        self.focus_editor(field)

    def begin_note(self) -> None:
        """The note on the state of the file, any time before it is bound."""
        view = self.view
        if view is None or not self.may_begin():
            return
        case = view.file.case
        known = case.file_note or FileNote(filed_by=view.actor)

        def work_of(values: Values) -> list[Work[Any]]:
            note = FileNote(**{name: values[f"file_note.{name}"] for name in NOTE_FIELDS})
            fee, grade = values["fee_taken"] == YES, values["subsidy_class"]
            changed = replace(case, fee_taken=fee, subsidy_class=grade)
            works: list[Work[Any]] = [after_actions.save_file_note(case.id, note)]
            return works if changed == case else [actions.save_case(changed, case), *works]

        values: Values = {f"file_note.{name}": getattr(known, name) for name in NOTE_FIELDS}
        values |= {"fee_taken": YES if case.fee_taken else NO, "subsidy_class": case.subsidy_class}
        editor = Editor(self.desk, NoteForm(self.desk), f"note:{view.case_id}", work_of)
        self.open_editor(editor)
        editor.open_with(values)

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
        self._note.setVisible(own and not view.read_only and case.stage is not Stage.LEAD)
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
        if case.fee_taken:
            rows.append((named(desk, "case", "fee_taken"), self.tr("收过")))
        if case.subsidy_class:
            rows.append((named(desk, "case", "subsidy_class"), case.subsidy_class))
        if case.file_note:
            rows += self._note_rows(case.file_note)
        if case.filed_on:
            rows.append((named(desk, "case", "filed_on"), day_words(self.desk, case.filed_on)))
        if case.retention:
            kept = desk.practice.codes.label("retention", case.retention, desk.language)
            rows.append((named(desk, "case", "retention"), kept))
        state = view.file.review_state()
        if state is not ReviewState.NONE:
            said = name_of(REVIEW_STATE_NAMES, state, desk.language)
            rows.append((self.tr("审核"), said))
        for one in in_order(view.file.reviews, view.file.submissions):
            day = moment_text(one.at, shape=DAY)
            if isinstance(one, Review):
                decision = name_of(DECISION_NAMES, one.decision, desk.language)
                rows.append((f"{one.author}　{day}", f"{decision}　{one.text}"))
            else:
                rows.append((f"{one.author}　{day}", self.tr("报送审核") + f"　{one.note}"))
        return rows

    def _note_rows(self, note: FileNote) -> list[tuple[str, str]]:
        """The note on the file: its words, who bound it and who checked it."""
        filed = (note.filed_by, day_words(self.desk, note.filed_on))
        checked = (note.checked_by, day_words(self.desk, note.checked_on))
        return [
            (named(self.desk, "case", "file_note"), note.situation),
            (named(self.desk, "case", "filed_by"), "　".join(one for one in filed if one)),
            (named(self.desk, "case", "checked_by"), "　".join(one for one in checked if one)),
        ]

    def _begin_closing(self) -> None:
        view = self.view
        if view is None or self.editor is not None:
            return
        agreement = view.file.main_agreement()
        settled = agreement is not None and agreement.state is AgreementState.EFFECTIVE
        performed = agreement is not None and agreement.performed_on is not None

        def work_of(values: Values) -> list[Work[Any]]:
            if values["on"] is None:
                raise refuse(ProblemCode.EMPTY, "on")
            fee = values.pop("fee_taken") == YES
            case, asked = view.file.case, replace(view.file.case, fee_taken=fee)
            works: list[Work[Any]] = [after_actions.close(view.case_id, Closing(**values))]
            return works if asked == case else [actions.save_case(asked, case), *works]

        form, key = ClosingForm(self.desk), f"closing:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("结案"))
        self.open_editor(editor)
        editor.open_with(
            {
                "on": view.today,
                "result": "SUCCESS" if settled else "NO_SUCCESS",
                "reason": "" if settled else view.file.case.exit_reason,
                "performance": "PERFORMED" if performed else "",
                "fee_taken": YES if view.file.case.fee_taken else NO,
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
            return after_actions.file_away(
                view.case_id, Retention(values["retention"]), self.desk.practice
            )

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
