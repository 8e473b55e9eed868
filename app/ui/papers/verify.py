"""Is this PDF as it was sealed? A verdict in plain words, who vouches for it, and what it cannot
prove. The file is only read, and nothing leaves this computer.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.services.paper_checking import PaperReport, RecordMatch
from app.services.paper_findings import PaperDamage, PaperVerdict
from app.ui.papers.actions import check_paper
from app.ui.runtime import paper_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.frame import ScrollColumn, button, icon, words

SIGN = 40
ICONS = {
    PaperVerdict.UNCHANGED: "done",
    PaperVerdict.ONLY_THIS_DEVICE: "info",
    PaperVerdict.REVOKED_KEY: "attention",
    PaperVerdict.UNKNOWN_KEY: "help",
    PaperVerdict.CHANGED: "alert",
    PaperVerdict.NOT_SIGNED: "minus",
    PaperVerdict.NOT_A_PDF: "file-text",
}


class Verify(QWidget):
    """A place to drop a PDF, and what was found."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.report: PaperReport | None = None
        self.setAcceptDrops(True)
        self.choose = button(
            self.tr("选一个 PDF"), self.choose_file, icon_name="shield-check", main=True
        )
        self.choose.setObjectName("choose-pdf")
        told = self.tr(
            "看看一份 PDF 从封存以后有没有被改过，和本机的记录对不对得上。"
            "把文件拖到这里，或者按按钮选。只看不改，不用网络。"
        )
        self.result = Verdict(desk)
        self.result.hide()
        self.problem = words("")
        self.problem.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(words(told, "muted"))
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.problem)
        column.addWidget(self.result)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        area = ScrollColumn(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(area)
        self.setFocusProxy(self.choose)

    def choose_file(self) -> None:
        """Asks for a file."""
        dialog = QFileDialog(self, self.tr("选一个 PDF"))
        dialog.setNameFilter(self.tr("PDF 文件 (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.check(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check(self, path: Path) -> None:
        """Reads one file and says what was found; a later file wins over an earlier one."""
        self._asked += 1
        number = self._asked

        def found(report: PaperReport) -> None:
            if number == self._asked:
                self.report = report
                self.problem.hide()
                self.result.show_report(path.name, report)
                self.result.show()

        def refused(refusal: Refused) -> None:
            if number == self._asked:
                self.report = None
                self.result.hide()
                self.problem.setText("\n".join(said(one) for one in refusal.problems))
                self.problem.show()

        self._desk.jobs.run(self, check_paper(path, self._desk.craft.check), found, refused)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.check(Path(files[0]))


class Verdict(QFrame):
    """What was found of one file: sign and sentence first, then why, then what it cannot prove."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("section")
        self._desk = desk
        self._case: RecordId | None = None
        self.name = words("", "muted")
        self.sign = QLabel()
        self.sentence = words("", "title")
        self.match = words("", "strong")
        self.details = words("")
        self.limits = words("", "muted")
        self.open = button(self.tr("打开这件案子"), self._go, icon_name="cases")
        self.open.setObjectName("open-case")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.name)
        column.addLayout(head)
        for one in (self.match, self.details, self.limits):
            column.addWidget(one)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)

    def show_report(self, name: str, report: PaperReport) -> None:
        language, finding = self._desk.language, report.finding
        self.name.setText(name)
        pixmap = icon(ICONS[finding.verdict]).pixmap(SIGN, SIGN)
        self.sign.setPixmap(pixmap)
        verdict = [paper_words.said(paper_words.VERDICTS[finding.verdict], language)]
        if finding.damage is not PaperDamage.NONE:
            verdict.append(paper_words.said(paper_words.DAMAGES[finding.damage], language))
        self.sentence.setText(" ".join(verdict) if language == "en" else "".join(verdict))
        self.setAccessibleName(self.sentence.text())
        asked = report.match is not RecordMatch.NOT_ASKED
        if asked:
            words_of = paper_words.MATCHES[report.match]
            self.match.setText(paper_words.said(words_of, language, version=report.newest_version))
        self.match.setVisible(asked)
        lines = self._why(report)
        self.details.setText("\n".join(lines))
        self.details.setVisible(bool(lines))
        self.limits.setText(paper_words.said(paper_words.LIMITS, language))
        self.limits.setVisible(finding.verdict is not PaperVerdict.NOT_A_PDF)
        self._case = report.case_id
        self.open.setVisible(self._case is not None)

    def _why(self, report: PaperReport) -> list[str]:
        language, finding = self._desk.language, report.finding
        told = []
        if finding.revoked and finding.verdict is not PaperVerdict.REVOKED_KEY:
            told.append(paper_words.said(paper_words.REVOKED_SINCE, language))
        if finding.committee:
            told.append(
                paper_words.said(paper_words.COMMITTEE, language, committee=finding.committee)
            )
        if finding.person:
            told.append(paper_words.said(paper_words.PERSON, language, person=finding.person))
        if finding.device:
            told.append(paper_words.said(paper_words.DEVICE, language, device=finding.device))
        if finding.signed_at:
            at = paper_words.moment(finding.signed_at)
            told.append(paper_words.said(paper_words.AT, language, at=at))
        if finding.claims:
            claims = finding.claims
            told.append(
                paper_words.said(
                    paper_words.CLAIMS,
                    language,
                    number=claims.number,
                    version=claims.version,
                    hash=claims.content_hash,
                )
            )
        return told

    def _go(self) -> None:
        if self._case is not None:
            self._desk.open_case(self._case)
