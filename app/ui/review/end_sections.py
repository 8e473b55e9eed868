"""The end of a file: closing with its note, what is still missing, the prints, and its history. To
be read only.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.acts import Act
from app.domain.completeness import DocumentKind, Missing, missing
from app.domain.moments import comparable
from app.domain.printing import Printing
from app.services.lines import Delivery, HistoryLine
from app.ui.review.facts import plain
from app.ui.review.section import FileSection, day
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    act_name,
    delivery_name,
    field_name,
)
from app.ui.widgets.clock_words import clock_tip, moment_words
from app.ui.widgets.frame import Section, empty
from app.ui.widgets.print_words import came_out, moment, what

HISTORY_SHOWN = 60


class ClosingSection(FileSection):
    """How it ended and how long it is kept."""

    key = "closing"

    @override
    def fill(self, view: FileView) -> None:
        case, closing = view.file.case, view.file.case.closing
        rows: list[tuple[str, str]] = []
        if closing is None:
            self.add(plain(self.tr("还没有结案。"), muted=True))
        else:
            result = [
                self.label("mediation_result", closing.result),
                self.label("termination_reason", closing.reason),
            ]
            performance = self.label("performance_status", closing.performance)
            rows = [
                (self.tr("结案日期"), day(closing.on)),
                (self.name("case", "result"), self.spell(result)),
                (self.name("case", "performance"), performance),
                (self.tr("承办人意见"), closing.opinion),
            ]
        if case.retention:
            kept = self.desk.practice.codes.label("retention", case.retention, self.desk.language)
            rows.append((self.name("case", "retention"), kept))
        if case.filed_on:
            rows.append((self.name("case", "filed_on"), day(case.filed_on)))
        if case.file_no:
            rows.append((self.name("case", "file_no"), case.file_no))
        if case.fee_taken:
            rows.append((self.name("case", "fee_taken"), self.tr("是")))
        if case.subsidy_class:
            rows.append((self.name("case", "subsidy_class"), case.subsidy_class))
        self.add_rows(rows + self._note(view))

    def _note(self, view: FileView) -> list[tuple[str, str]]:
        """The note on the file (卷宗情况说明)."""
        note = view.file.case.file_note
        if note is None:
            return []
        return [
            (self.name("case", "situation"), note.situation),
            (self.name("case", "filed_by"), self.spell([note.filed_by, day(note.filed_on)], "　")),
            (
                self.name("case", "checked_by"),
                self.spell([note.checked_by, day(note.checked_on)], "　"),
            ),
        ]


class MissingSection(Section):
    """What the papers still lack, as the mediator sees it too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("还缺什么"))
        self._desk = desk

    def show_file(self, view: FileView) -> None:
        empty(self.content_layout)
        from app.services.file_light import document_rules

        found = missing(view.file, document_rules(self._desk.practice))
        by_paper: dict[DocumentKind, list[Missing]] = {}
        for one in found:
            by_paper.setdefault(one.document, []).append(one)
        for kind, blanks in by_paper.items():
            names = dict.fromkeys(self._said(view, one) for one in blanks)
            words = self.tr("{paper}：{blanks}").format(
                paper=self._desk.document_name(kind), blanks=self.tr("、").join(names)
            )
            self.add(plain(words))
        if not found:
            self.add(plain(self.tr("不缺什么，文书都能打全。"), muted=True))

    def _said(self, view: FileView, one: Missing) -> str:
        language = self._desk.language
        owner = view.file.people.get(one.owner_id) or view.file.organisations.get(one.owner_id)
        field = one.field
        if field.startswith("sign_offs."):
            hand = field.removeprefix("sign_offs.")
            name = next((n for i, n in view.file.names().items() if i == hand), "")
            if name:
                return self.tr("{name}签字").format(name=name)
        words = field_name(one.owner, field, language)
        if owner and owner.name:
            words = self.tr("{name}的{field}").format(name=owner.name, field=words)
        return words if one.must else self.tr("{words}（可以没有）").format(words=words)


class PrintsSection(Section):
    """What was printed on the mediator's laptop, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(field_name("case", "printings", desk.language))
        self._desk = desk

    def show_file(self, view: FileView) -> None:
        empty(self.content_layout)
        prints = sorted(
            view.file.printings, key=lambda one: (comparable(one.at), one.id), reverse=True
        )
        for one in prints:
            self.add(plain(self._said(one)))
        if not prints:
            self.add(plain(self.tr("这件案子还没有打印过。"), muted=True))

    def _said(self, one: Printing) -> str:
        copies = self.tr("{count} 份").format(count=one.copies)
        pages = self.tr("第 {pages} 页").format(pages=one.pages) if one.pages else ""
        words = (moment(one.at), what(one, self._desk), copies, pages, came_out(one))
        return "　".join(part for part in words if part)


class HistorySection(Section):
    """Who did what and when, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("经过"))
        self._desk = desk

    def show_file(self, view: FileView) -> None:
        empty(self.content_layout)
        for line in view.history[:HISTORY_SHOWN]:
            shown = self.add(plain(self._said(line)))
            shown.setToolTip(clock_tip(line.at, line.clock_error_ms))
        hidden = len(view.history) - HISTORY_SHOWN
        if hidden > 0:
            self.add(plain(self.tr("更早的还有 {count} 条。").format(count=hidden), muted=True))
        if not view.history:
            self.add(plain(self.tr("还没有记载。"), muted=True))

    def _said(self, line: HistoryLine) -> str:
        language = self._desk.language
        when = moment_words(line.at, line.clock_error_ms)
        words = [when, line.actor, act_name(line.act, language)]
        if line.act == Act.FILE_REVIEWED and line.delivery is not Delivery.FOREIGN:
            words.append(delivery_name(line.delivery, language))
        return "　".join(part for part in words if part)
