"""The end of a file: performance and visits, closing, what is still missing, and its history. To be
read only.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.acts import Act
from app.domain.completeness import DocumentKind, Missing, missing
from app.domain.followups import FollowUp
from app.services.lines import Delivery, HistoryLine
from app.ui.review.facts import plain
from app.ui.review.section import FileSection, day
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    RETENTION_NAMES,
    act_name,
    delivery_name,
    document_name,
    field_name,
    pick,
)
from app.ui.widgets.frame import Section, empty

HISTORY_SHOWN = 60


class FollowUpSection(FileSection):
    """How the agreement was kept (PML art. 31)."""

    key = "follow_up"

    @override
    def fill(self, view: FileView) -> None:
        rows = []
        agreement = view.file.main_agreement()
        if agreement:
            rows.append((self.name("agreement", "performed_on"), day(agreement.performed_on)))
        visits = [one for one in view.file.follow_ups if not one.void_reason]
        rows += [(day(one.visited_on), self._visit(view, one)) for one in visits]
        self.add_rows(rows)
        if not visits:
            self.add(plain(self.tr("还没有回访。"), muted=True))

    def _visit(self, view: FileView, visit: FollowUp) -> str:
        words = [
            self.label("visit_method", visit.method),
            view.file.names().get(visit.party_id, "") if visit.party_id else "",
            self.label("performance_status", visit.performance),
            self.label("satisfaction", visit.satisfaction),
            visit.findings,
            visit.visitor,
        ]
        return self.tr("，").join(part for part in words if part)


class ClosingSection(FileSection):
    """How it ended and how long it is kept."""

    key = "closing"

    @override
    def fill(self, view: FileView) -> None:
        case = view.file.case
        closing = case.closing
        if closing is None:
            self.add(plain(self.tr("还没有结案。"), muted=True))
            return
        result = self.label("mediation_result", closing.result)
        reason = self.label("termination_reason", closing.reason)
        kept = pick(RETENTION_NAMES[case.retention], self.desk.language) if case.retention else ""
        rows = [
            (self.tr("结案日期"), day(closing.on)),
            (self.name("case", "result"), self.tr("，").join(p for p in (result, reason) if p)),
            (
                self.name("case", "performance"),
                self.label("performance_status", closing.performance),
            ),
            (self.tr("承办人意见"), closing.opinion),
            (self.name("case", "retention"), kept),
            (self.name("case", "filed_on"), day(case.filed_on)),
        ]
        self.add_rows(rows)


class MissingSection(Section):
    """What the papers still lack, as the mediator sees it too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("还缺什么"))
        self._desk = desk

    def show_file(self, view: FileView) -> None:
        empty(self.content_layout)
        found = missing(view.file)
        by_paper: dict[DocumentKind, list[Missing]] = {}
        for one in found:
            by_paper.setdefault(one.document, []).append(one)
        for kind, blanks in by_paper.items():
            names = dict.fromkeys(self._said(view, one) for one in blanks)
            words = self.tr("{paper}：{blanks}").format(
                paper=document_name(kind, self._desk.language), blanks=self.tr("、").join(names)
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


class HistorySection(Section):
    """Who did what and when, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("经过"))
        self._desk = desk

    def show_file(self, view: FileView) -> None:
        empty(self.content_layout)
        for line in view.history[:HISTORY_SHOWN]:
            self.add(plain(self._said(line)))
        hidden = len(view.history) - HISTORY_SHOWN
        if hidden > 0:
            self.add(plain(self.tr("更早的还有 {count} 条。").format(count=hidden), muted=True))
        if not view.history:
            self.add(plain(self.tr("还没有记载。"), muted=True))

    def _said(self, line: HistoryLine) -> str:
        language = self._desk.language
        when = f"{line.at.astimezone():%Y-%m-%d %H:%M}"
        words = [when, line.actor, act_name(line.act, language)]
        if line.act == Act.FILE_REVIEWED and line.delivery is not Delivery.FOREIGN:
            words.append(delivery_name(line.delivery, language))
        return "　".join(part for part in words if part)
