"""Papers of a case in a window of their own, and what every print of them needs: a title, the
number of copies with its reason, a line for the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.completeness import Document, DocumentKind
from app.domain.ids import new_id
from app.domain.paper_kinds import CopyFor
from app.domain.printing import PrintedPaper, Printing
from app.services.papers import FileChoice, WhichPapers, copies_for
from app.ui.cases import print_actions
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.widgets.paper_window import PaperWindow
from app.ui.widgets.print_dialog import PrintOrder, PrintWish

if TYPE_CHECKING:
    from app.ui.widgets.paper import Made


class PaperDialog(PaperWindow):
    """One paper of one case."""

    def __init__(
        self, desk: Desk, view: CaseView, paper: Document, parent: QWidget | None = None
    ) -> None:
        shop, case_id, subject = desk.printshop, view.case_id, paper.subject_id

        def sent(made: Made, order: PrintOrder) -> None:
            log_print(desk, view, printed_papers(made, order, (paper,)), order)

        super().__init__(
            desk,
            desk.document_name(paper.kind),
            print_actions.make_paper(shop, desk.practice, case_id, paper.kind, subject),
            wish_for(desk, view, paper),
            print_actions.make_paper(
                shop, desk.practice, case_id, paper.kind, subject, desk.craft.seal
            ),
            sent,
            parent,
        )


class FileDialog(PaperWindow):
    """Several papers of one case, or its whole file, in the order in which they are bound."""

    def __init__(
        self,
        desk: Desk,
        view: CaseView,
        choice: FileChoice,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        shop, practice, case_id = desk.printshop, desk.practice, view.case_id

        def sent(made: Made, order: PrintOrder) -> None:
            log_file(desk, view, made, order, choice)

        super().__init__(
            desk,
            title,
            print_actions.make_file(shop, practice, case_id, choice),
            file_wish(choice),
            print_actions.make_file(shop, practice, case_id, choice, desk.craft.seal),
            sent,
            parent,
        )


def title_of(paper: Document, papers: Sequence[Document], desk: Desk) -> str:
    """The paper's name, with its number where the file has several of the kind."""
    title = desk.document_name(paper.kind)
    same = [one for one in papers if one.kind is paper.kind]
    if len(same) > 1 or paper.kind is DocumentKind.MEDIATION_RECORD:
        text = QCoreApplication.translate("Papers", "{title}（{number}）")
        return text.format(title=title, number=paper.ordinal)
    return title


def wish_for(desk: Desk, view: CaseView, paper: Document) -> PrintWish:
    """How many originals the law and the county ask for, and for whom they are."""
    from app.services.file_light import document_rules

    kept = copies_for(paper, view.file, document_rules(desk.practice))
    count = sum(number for _, number in kept)
    if kept == ((CopyFor.FILE, 1),):
        why = QCoreApplication.translate("Papers", "打 1 份归档。")
    elif len(kept) == 1 and kept[0][0] is CopyFor.FILE:
        why = QCoreApplication.translate("Papers", "按规定一式 {count} 份。").format(count=count)
    else:
        parts = " + ".join(_kept_by(whose, number) for whose, number in kept)
        text = QCoreApplication.translate("Papers", "共 {count} 份：{parts}。")
        why = text.format(count=count, parts=parts)
    return PrintWish(count, why)


def file_wish(choice: FileChoice) -> PrintWish:
    """A bound file is one copy; what others need is printed paper by paper."""
    translate = QCoreApplication.translate
    if choice.which is WhichPapers.WHOLE:
        first = translate("Papers", "整卷打 1 份归档。")
    else:
        first = translate("Papers", "这里每样打 1 份。")
    more = translate("Papers", "当事人那几份，请按每样文书后面的“打印”，份数会自动算好。")
    return PrintWish(1, first + more)


def _kept_by(whose: CopyFor, count: int) -> str:
    translate = QCoreApplication.translate
    texts = {
        CopyFor.PARTIES: translate("Papers", "当事人 {count} 份"),
        CopyFor.PAYER: translate("Papers", "付款人 {count} 份"),
        CopyFor.PAYEE: translate("Papers", "收款人 {count} 份"),
        CopyFor.FILE: translate("Papers", "调委会 {count} 份"),
        CopyFor.CONFIRMATION: translate("Papers", "司法确认 {count} 份"),
        CopyFor.REFERRAL: translate("Papers", "委派单位 {count} 份"),
        CopyFor.AS_WRITTEN: translate("Papers", "协议里写明 {count} 份"),
    }
    return texts[whose].format(count=count)


def printed_papers(
    made: Made, order: PrintOrder, papers: Iterable[Document] = ()
) -> tuple[PrintedPaper, ...]:
    """What went to the printer: of a file the papers that the chosen pages touch, else `papers`."""
    wanted = frozenset(order.wanted)
    parts = getattr(made, "parts", ())
    if not parts:
        return tuple(
            PrintedPaper(kind=one.kind.value, subject_id=one.subject_id, digest="")
            for one in papers
        )
    return tuple(
        PrintedPaper(
            kind=one.kind.value,
            subject_id=one.subject_id,
            digest=one.digest,
            first_page=one.first_page,
            last_page=one.last_page,
        )
        for one in parts
        if wanted & {*range(one.first_page, one.last_page + 1)}
    )


def log_file(desk: Desk, view: CaseView, made: Made, order: PrintOrder, choice: FileChoice) -> None:
    """Notes a print of several papers."""
    whole = choice.which is WhichPapers.WHOLE
    log_print(desk, view, printed_papers(made, order), order, whole=whole)


def log_print(
    desk: Desk,
    view: CaseView,
    papers: tuple[PrintedPaper, ...],
    order: PrintOrder,
    *,
    whole: bool = False,
) -> None:
    """Notes what was printed; the question whether it came out well follows from that. Of
    somebody else's case nothing is noted: their log is theirs.
    """
    if view.foreign or not papers:
        return
    printing = Printing(
        id=new_id(),
        case_id=view.case_id,
        at=datetime.now(UTC),  # the store's own clock says it anew
        papers=papers,
        copies=order.copies,
        pages=order.pages,
        printer=order.printer,
        duplex=order.duplex,
        whole_file=whole,
    )
    # Owned by what outlives every page: a print that was made is noted.
    desk.jobs.run(desk.jobs, print_actions.log_print(printing, desk.printshop, desk.practice))
