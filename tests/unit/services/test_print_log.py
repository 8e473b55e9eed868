"""The whole file in one PDF, and the log that knows what came out well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.completeness import Document, DocumentKind, Need, documents
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.problems import ProblemCode, Refused
from app.domain.records import Record
from app.services import evidence, sessions
from app.services.attachments import void_attachment
from app.services.paper_findings import reason_of
from app.services.paper_values import FilePart, Printed, PrintedFile, PrintedPart
from app.services.papers import (
    FileChoice,
    WhichPapers,
    copies_of,
    log_print,
    make_blank,
    make_file,
    make_paper,
    print_states,
    say_came_out,
)
from app.services.ports import Practice
from app.services.print_log import PaperState
from app.wire.records import to_fields
from tests.fakes import FakePaperSeal, MemoryStore
from tests.unit.services.village import accepted, binding, finalised

AGREEMENT = DocumentKind.WRITTEN_AGREEMENT
PAGES = 2


class Shop:
    """A printshop whose digest is the record that a paper is about; two pages each."""

    def __init__(self) -> None:
        self.parts: Sequence[FilePart] = ()
        self.bound = False

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        return Printed(b"%PDF-", PAGES, f"{document}.pdf")

    def digests(self, file: CaseFile, parts: Sequence[FilePart], today: date) -> tuple[str, ...]:
        return tuple(self._digest(file, one) for one in parts)

    def make_file(
        self, file: CaseFile, parts: Sequence[FilePart], today: date, *, bound: bool = True
    ) -> PrintedFile:
        self.parts, self.bound = parts, bound
        placed = tuple(
            PrintedPart(one.kind, one.subject_id, "", page, page, "from the layout")
            for page, one in enumerate(parts, 1)
        )
        return PrintedFile(b"%PDF-", len(placed), "file.pdf", placed)

    def make_loose(self, template: str, values: Any, today: date) -> Printed:
        raise AssertionError

    def _digest(self, file: CaseFile, part: FilePart) -> str:
        if part.kind is DocumentKind.CONTENTS:
            return ""
        records: tuple[Record, ...] = (file.case, *file.agreements, *file.sessions, *file.letters)
        found = next(one for one in records if one.id == part.subject_id)
        return sha256(f"{part.kind}{to_fields(found)}".encode()).hexdigest()


def states(store: MemoryStore, shop: Shop, case_id: RecordId) -> dict[DocumentKind, PaperState]:
    with store.unit() as uow:
        return {one.document.kind: one for one in print_states(uow, shop, case_id)}


def made(store: MemoryStore, shop: Shop, case_id: RecordId, which: WhichPapers) -> PrintedFile:
    with store.unit() as uow:
        return make_file(uow, shop, None, case_id, FileChoice(which))


def printed(
    store: MemoryStore, shop: Shop, case_id: RecordId, *papers: tuple[DocumentKind, RecordId]
) -> Printing:
    sheets = tuple(PrintedPaper(kind=kind.value, subject_id=one, digest="") for kind, one in papers)
    printing = Printing(id=new_id(), case_id=case_id, at=store.clock.now(), papers=sheets, copies=3)
    with store.unit() as uow:
        return log_print(uow, printing, shop)


def said(store: MemoryStore, printing: Printing, came_out: CameOut, **more: Any) -> Printing:
    with store.unit() as uow:
        return say_came_out(uow, printing.id, came_out, **more)


def add_scan(store: MemoryStore, paper: Agreement, page: int, **more: Any) -> Attachment:
    data = f"scan {page} {more}".encode()
    scan = Attachment(
        **{
            "id": new_id(),
            "case_id": paper.case_id,
            "kind": AttachmentKind.SIGNED_PAGE,
            "sha256": sha256(data).hexdigest(),
            "size": len(data),
            "media_type": "image/png",
            "subject_id": paper.id,
            "page": page,
            "content_hash": paper.content_hash,
            **more,
        }
    )
    store.kept.records["attachment", scan.id] = scan
    store.kept.files[scan.sha256] = data
    return scan


def part(shop: Shop, kind: DocumentKind) -> FilePart:
    return next(one for one in shop.parts if one.kind is kind)


def test_the_whole_file_comes_in_order_and_bound(store: MemoryStore, county: Practice) -> None:
    paper, shop = finalised(store, county), Shop()
    whole = made(store, shop, paper.case_id, WhichPapers.WHOLE)
    with store.unit() as uow:
        papers = documents(uow.records.case_file(paper.case_id))
    assert [one.kind for one in whole.parts] == [one.kind for one in papers]
    assert shop.bound
    # The digests are those of the log, so that a print can be compared later.
    assert "from the layout" not in [
        one.digest for one in whole.parts if one.kind is not DocumentKind.CONTENTS
    ]


def test_what_a_frozen_text_is_in_is_sealed(store: MemoryStore, county: Practice) -> None:
    paper, shop, seal = finalised(store, county), Shop(), FakePaperSeal()
    with store.unit() as uow:
        alone = make_paper(uow, shop, paper.case_id, AGREEMENT, paper.id, seal)
        make_file(uow, shop, seal, paper.case_id, FileChoice())
        cover = make_paper(uow, shop, paper.case_id, DocumentKind.COVER, paper.case_id, seal)
    reason = reason_of(paper.number, paper.version, paper.content_hash)
    assert seal.asked == [(paper.frozen_at, reason)] * 2
    assert b"sealed" in alone.pdf
    assert b"sealed" not in cover.pdf


def test_a_print_counts_only_when_it_came_out_well(store: MemoryStore, county: Practice) -> None:
    paper, shop = finalised(store, county), Shop()
    printing = printed(store, shop, paper.case_id, (AGREEMENT, paper.id))
    state = states(store, shop, paper.case_id)[AGREEMENT]
    assert (state.printed_on, state.came_out) == (None, CameOut.NOT_SAID)
    assert state.printing_id == printing.id
    said(store, printing, CameOut.WELL)
    state = states(store, shop, paper.case_id)[AGREEMENT]
    assert (state.printed_on, state.copies, state.changed) == (store.clock.today(), 3, False)
    missing = made(store, shop, paper.case_id, WhichPapers.MISSING)
    assert AGREEMENT not in [one.kind for one in missing.parts]
    assert not shop.bound


def test_what_says_something_else_since_is_told(store: MemoryStore) -> None:
    case_id, shop = accepted(store), Shop()
    with store.unit() as uow:
        session = sessions.open_session(uow, case_id)
    record = (DocumentKind.MEDIATION_RECORD, session.id)
    said(store, printed(store, shop, case_id, record), CameOut.WELL)
    with pytest.raises(Refused) as caught:
        made(store, shop, case_id, WhichPapers.CHANGED)
    assert caught.value.first.code is ProblemCode.NOTHING_TO_PRINT
    with store.unit() as uow:
        sessions.save_session(uow, replace(session, place="村委会"), based_on=session)
    assert states(store, shop, case_id)[DocumentKind.MEDIATION_RECORD].changed
    changed = made(store, shop, case_id, WhichPapers.CHANGED)
    assert [(one.kind, one.subject_id) for one in changed.parts] == [record]


def test_spoiled_sheets_are_counted_once_under_the_number(
    store: MemoryStore, county: Practice
) -> None:
    paper, shop = finalised(store, county), Shop()
    papers = ((DocumentKind.COVER, paper.case_id), (AGREEMENT, paper.id))
    printing = printed(store, shop, paper.case_id, *papers)
    with pytest.raises(Refused) as caught:
        said(store, printing, CameOut.SPOILED, sheets=2)
    assert caught.value.first.code is ProblemCode.REASON_NEEDED
    said(store, printing, CameOut.SPOILED, reason="卡纸", sheets=2)
    with pytest.raises(Refused) as caught:
        said(store, printing, CameOut.SPOILED, reason="卡纸", sheets=2)
    assert caught.value.first.code is ProblemCode.ALREADY_THERE
    with store.unit() as uow:
        (line,) = uow.records.all(IssuedNumber)
    assert line.spoiled_sheets == 2
    assert states(store, shop, paper.case_id)[AGREEMENT].printed_on is None


def test_signed_pages_stand_in_the_place_of_the_text(store: MemoryStore, county: Practice) -> None:
    paper, shop = binding(store, county), Shop()
    said(store, printed(store, shop, paper.case_id, (AGREEMENT, paper.id)), CameOut.WELL)
    add_scan(store, paper, 2)
    made(store, shop, paper.case_id, WhichPapers.WHOLE)
    assert len(part(shop, AGREEMENT).scans) == 1
    assert not part(shop, AGREEMENT).replaces  # a page is still out
    add_scan(store, paper, 1, content_hash="f" * 64)
    made(store, shop, paper.case_id, WhichPapers.WHOLE)
    assert len(part(shop, AGREEMENT).scans) == 1  # of another text
    stray = add_scan(store, paper, 3)
    made(store, shop, paper.case_id, WhichPapers.WHOLE)
    assert not part(shop, AGREEMENT).replaces  # two scans, but none of the first page
    with store.unit() as uow:
        void_attachment(uow, stray.id, "页码填错了")
    first = add_scan(store, paper, 1)
    made(store, shop, paper.case_id, WhichPapers.WHOLE)
    assert part(shop, AGREEMENT).replaces
    assert part(shop, AGREEMENT).scans[0].image == store.kept.files[first.sha256]
    state = states(store, shop, paper.case_id)[AGREEMENT]
    assert (state.scanned, state.changed) == (True, False)


def test_pictures_follow_the_paper_that_they_belong_to(
    store: MemoryStore, county: Practice
) -> None:
    paper, shop = finalised(store, county), Shop()
    with store.unit() as uow:
        blank = evidence.blank_evidence(uow, paper.case_id)
        piece = evidence.save_evidence(uow, replace(blank, name="碎瓦"))
    photo = {"kind": AttachmentKind.EVIDENCE, "subject_id": piece.id, "content_hash": ""}
    add_scan(store, paper, 1, **photo, caption="碎瓦", taken_on=date(2026, 3, 1), taken_by="王五")
    add_scan(store, paper, 2, **{**photo, "kind": AttachmentKind.HANDWRITING})
    add_scan(store, paper, 3, **{**photo, "media_type": "application/pdf"})
    gone = add_scan(store, paper, 4, **photo)
    del store.kept.files[gone.sha256]
    made(store, shop, paper.case_id, WhichPapers.WHOLE)
    (shown,) = part(shop, DocumentKind.EVIDENCE_LIST).photos
    assert shown.caption == "碎瓦，2026年3月1日，王五拍摄"
    assert part(shop, DocumentKind.EVIDENCE_LIST).scans == ()


def test_a_new_photograph_is_a_change(store: MemoryStore, county: Practice) -> None:
    paper, shop = finalised(store, county), Shop()
    photo = {"kind": AttachmentKind.PHOTO, "subject_id": None, "content_hash": ""}
    add_scan(store, paper, 1, **photo)
    name = (DocumentKind.EVIDENCE_LIST, paper.case_id)
    said(store, printed(store, shop, paper.case_id, name), CameOut.WELL)
    assert not states(store, shop, paper.case_id)[name[0]].changed
    add_scan(store, paper, 2, **photo)
    assert states(store, shop, paper.case_id)[name[0]].changed


def test_copies_are_those_of_the_law_and_of_whom_a_paper_is_for(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
    papers = {one.kind: one for one in documents(file)}
    assert copies_of(papers[AGREEMENT], file) == 3
    assert copies_of(papers[DocumentKind.RIGHTS_NOTICE], file) == 3
    assert copies_of(papers[DocumentKind.COVER], file) == 1
    assert copies_of(Document(DocumentKind.TRANSFER_LETTER, new_id(), Need.MUST), file) == 2


def test_a_blank_form_needs_no_case(store: MemoryStore) -> None:
    with store.unit() as uow:
        form = make_blank(uow, Shop(), DocumentKind.INVESTIGATION_RECORD)
    assert form.name == "investigation_record.pdf"


def test_a_print_of_nothing_is_no_print(store: MemoryStore) -> None:
    with pytest.raises(Refused) as caught:
        printed(store, Shop(), accepted(store))
    assert caught.value.first.code is ProblemCode.NOTHING_TO_PRINT
