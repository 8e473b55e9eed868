"""Scans find their paper by the code on it; pages of another text are refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, Refused
from app.services import agreements, attachments, investigations
from app.services.paper_values import ScannedPage, TakenPhoto
from app.services.ports import Practice
from app.services.scan_intake import (
    PAGE_LIMIT,
    ScanFinding,
    file_scan,
    look_at_scan,
    scan_status,
)
from app.wire.paper_mark import PaperMark, encode
from tests.fakes import MemoryStore
from tests.unit.services.village import finalised

PNG = b"\x89PNG\r\n\x1a\n drawn"
JPEG = b"\xff\xd8\xff taken"


class FakeReader:
    """A `ScanReader` for which a scan is the texts of its codes, one a line."""

    def pages(self, data: bytes) -> tuple[bytes, ...]:
        return (data,)

    def read(self, data: bytes) -> ScannedPage:
        return ScannedPage(data, "image/jpeg", 10, 14, 0.0, tuple(data.decode().splitlines()))

    def photo(self, data: bytes) -> TakenPhoto:
        return TakenPhoto(b"bare " + data, "image/jpeg", 30, 20, date(2026, 11, 3))

    def photo_for_paper(self, data: bytes) -> bytes:
        return data


def mark_of(paper: Agreement, page: int = 1) -> PaperMark:
    return PaperMark(
        record_id=paper.id,
        version=max(paper.version, 1),
        content_hash=paper.content_hash,
        page=page,
        number=paper.number,
    )


def look(store: MemoryStore, *marks: PaperMark, here: RecordId | None = None) -> ScanFinding:
    data = "\n".join(encode(one) for one in marks).encode()
    with store.unit() as uow:
        return look_at_scan(uow, FakeReader(), data, here=here)


def code_of(finding: ScanFinding) -> ProblemCode | None:
    return finding.problem.code if finding.problem else None


def refused_filing(store: MemoryStore, finding: ScanFinding, **more: object) -> ProblemCode:
    with store.unit() as uow, pytest.raises(Refused) as refused:
        file_scan(uow, finding, **more)  # type: ignore[arg-type]  # each test gives what it means
    return refused.value.first.code


def filed(store: MemoryStore, finding: ScanFinding, **more: object) -> Attachment:
    with store.unit() as uow:
        return file_scan(uow, finding, **more)  # type: ignore[arg-type]  # as above


@pytest.fixture
def paper(store: MemoryStore, county: Practice) -> Agreement:
    return finalised(store, county)


def test_a_page_is_filed_where_its_code_says(store: MemoryStore, paper: Agreement) -> None:
    finding = look(store, mark_of(paper, 2), here=paper.case_id)
    assert finding.problem is None
    assert (finding.agreement_id, finding.case_id) == (paper.id, paper.case_id)
    scan = filed(store, finding)
    assert (scan.kind, scan.page, scan.subject_id) == (AttachmentKind.SIGNED_PAGE, 2, paper.id)
    assert (scan.content_hash, scan.version) == (paper.content_hash, paper.version)
    with store.unit() as uow:
        assert attachments.attachment_bytes(uow, scan) == finding.page.image
        status = scan_status(uow.records.case_file(paper.case_id), paper, 3)
    assert (status.proven, status.unproven, status.missing) == ((2,), (), (1, 3))
    assert not status.complete
    assert store.acts[-1] == "attachment.added"


def test_the_same_page_again_wants_a_reason_and_voids_the_earlier(
    store: MemoryStore, paper: Agreement
) -> None:
    first = filed(store, look(store, mark_of(paper)))
    again = look(store, mark_of(paper))
    assert refused_filing(store, again) is ProblemCode.SCAN_PAGE_THERE
    second = filed(store, again, replacing="看不清")
    with store.unit() as uow:
        assert uow.records.get(Attachment, first.id).void_reason == "看不清"
        file = uow.records.case_file(paper.case_id)
    assert [one.id for one in file.living(Attachment)] == [second.id]


def test_a_page_of_another_case_says_which(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    other = finalised(store, county)
    finding = look(store, mark_of(other), here=paper.case_id)
    assert code_of(finding) is ProblemCode.SCAN_OTHER_CASE
    assert finding.problem
    assert finding.problem.facts["number"] == other.number
    assert filed(store, finding).case_id == other.case_id


def test_a_spoiled_and_an_older_text_are_refused(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    old = mark_of(paper)
    with store.unit() as uow:
        draft = agreements.spoil_agreement(uow, paper.id, "写错了")
    assert code_of(look(store, old)) is ProblemCode.SCAN_OLD_VERSION
    with store.unit() as uow:
        saved = agreements.save_agreement(uow, replace(draft, facts="改过"), based_on=draft)
    with store.unit() as uow:
        newer = agreements.finalise_agreement(uow, saved.id, county)
    finding = look(store, old)
    assert code_of(finding) is ProblemCode.SCAN_OLD_VERSION
    assert finding.problem
    assert (finding.problem.facts["version"], finding.problem.facts["newest"]) == (1, 2)
    assert refused_filing(store, finding) is ProblemCode.SCAN_OLD_VERSION
    place = (newer.case_id, newer.id, 1)
    assert refused_filing(store, finding, without_mark_to=place) is ProblemCode.SCAN_OLD_VERSION
    assert look(store, mark_of(newer)).problem is None


def test_what_was_looked_at_is_judged_again_when_it_is_filed(
    store: MemoryStore, paper: Agreement
) -> None:
    finding = look(store, mark_of(paper))
    with store.unit() as uow:
        agreements.spoil_agreement(uow, paper.id, "写错了")
    assert refused_filing(store, finding) is ProblemCode.SCAN_OLD_VERSION


def test_an_agreement_that_was_given_up(store: MemoryStore, paper: Agreement) -> None:
    with store.unit() as uow:
        agreements.void_agreement(uow, paper.id, "双方反悔")
    assert code_of(look(store, mark_of(paper))) is ProblemCode.SCAN_GIVEN_UP


def test_a_hundred_other_texts_are_refused(store: MemoryStore, paper: Agreement) -> None:
    good = mark_of(paper)
    for number in range(100):
        digit = format((int(good.content_hash[number % 64], 16) + 1 + number % 15) % 16, "x")
        place = number % 64
        changed = good.content_hash[:place] + digit + good.content_hash[place + 1 :]
        wrong = replace(good, content_hash=changed, page=number + 1)
        finding = look(store, wrong)
        assert code_of(finding) is ProblemCode.SCAN_UNKNOWN_TEXT
        assert refused_filing(store, finding) is ProblemCode.SCAN_UNKNOWN_TEXT
    for wrong in (
        replace(good, record_id=new_id()),
        replace(good, version=7),
        replace(good, page=PAGE_LIMIT + 1),
    ):
        assert code_of(look(store, wrong)) is ProblemCode.SCAN_UNKNOWN_TEXT


def test_a_page_without_a_code_is_filed_by_hand_and_proves_nothing(
    store: MemoryStore, paper: Agreement
) -> None:
    with store.unit() as uow:
        finding = look_at_scan(uow, FakeReader(), b"https://example.org/\nHESHI1:x")
    assert code_of(finding) is ProblemCode.SCAN_NO_MARK
    assert refused_filing(store, finding) is ProblemCode.SCAN_NO_MARK
    scan = filed(store, finding, without_mark_to=(paper.case_id, paper.id, 1))
    assert (scan.page, scan.content_hash, scan.version) == (1, "", 0)
    with store.unit() as uow:
        status = scan_status(uow.records.case_file(paper.case_id), paper, 1)
    assert (status.proven, status.unproven) == ((), (1,))
    assert status.complete
    wrong_page = (paper.case_id, paper.id, 0)
    assert refused_filing(store, finding, without_mark_to=wrong_page) is ProblemCode.NOT_A_NUMBER


def test_a_record_without_a_code_is_filed_by_hand(store: MemoryStore, paper: Agreement) -> None:
    """Records of talks bear no code, and somebody signs each of their pages."""
    with store.unit() as uow:
        talk = investigations.blank_investigation(uow, paper.case_id)
        investigations.save_investigation(uow, talk)
        finding = look_at_scan(uow, FakeReader(), b"")
    scan = filed(store, finding, without_mark_to=(paper.case_id, talk.id, 2))
    assert (scan.subject_id, scan.page, scan.content_hash) == (talk.id, 2, "")
    elsewhere = (new_id(), talk.id, 1)
    missing = ProblemCode.RECORD_NOT_FOUND
    assert refused_filing(store, finding, without_mark_to=elsewhere) is missing
    with store.unit() as uow:
        investigations.void_investigation(uow, talk.id, "记重了")
    given_up = (paper.case_id, talk.id, 1)
    assert refused_filing(store, finding, without_mark_to=given_up) is missing


def test_two_sheets_in_one_picture(store: MemoryStore, paper: Agreement) -> None:
    finding = look(store, mark_of(paper, 1), mark_of(paper, 2))
    assert code_of(finding) is ProblemCode.SCAN_TWO_SHEETS
    assert refused_filing(store, finding) is ProblemCode.SCAN_TWO_SHEETS
    assert look(store, mark_of(paper), mark_of(paper)).problem is None


# --- other files ---


def described(paper: Agreement, kind: AttachmentKind, **more: object) -> Attachment:
    blank = Attachment(
        id=new_id(), case_id=paper.case_id, kind=kind, sha256="", size=0, media_type=""
    )
    return replace(blank, **more)  # type: ignore[arg-type]  # fields by name


def added(store: MemoryStore, county: Practice, data: bytes, what: Attachment) -> Attachment:
    with store.unit() as uow:
        return attachments.add_attachment(uow, data, what, reader=FakeReader(), practice=county)


def refused_file(store: MemoryStore, county: Practice, data: bytes, what: Attachment) -> object:
    with pytest.raises(Refused) as refused:
        added(store, county, data, what)
    return refused.value.first.code


@pytest.fixture
def pack(county: Practice) -> Practice:
    rules = {"paper_only": {"types": ["MARRIAGE_FAMILY"], "scopes": ["STATUS"], "words": ["继承"]}}
    return replace(county, texts={**county.texts, "not_to_mediate": rules})


def test_a_photo_is_kept_bare_with_its_day(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    photo = added(store, county, JPEG, described(paper, AttachmentKind.PHOTO, caption="碎瓦"))
    assert (photo.width, photo.height, photo.taken_on) == (30, 20, date(2026, 11, 3))
    assert photo.size == len(JPEG) + 5
    with store.unit() as uow:
        assert uow.files.read(photo.sha256) == b"bare " + JPEG
    second = added(store, county, b"%PDF-1.7", described(paper, AttachmentKind.PROOF))
    assert (second.media_type, second.ordinal) == ("application/pdf", photo.ordinal + 1)


def test_programs_and_giants_are_not_taken(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    other = described(paper, AttachmentKind.OTHER)
    for data in (b"MZ\x90", b"", b"<html>", b"\x00\x00\x00\x18ftypheic"):
        assert refused_file(store, county, data, other) is ProblemCode.ATTACHMENT_KIND_UNKNOWN
    giant = b"%PDF-" + bytes(20_000_000)
    assert refused_file(store, county, giant, other) is ProblemCode.FILE_TOO_LARGE


def test_handwriting_belongs_to_a_party_and_never_to_a_matter_of_status(
    store: MemoryStore, pack: Practice, paper: Agreement
) -> None:
    drawn = described(paper, AttachmentKind.HANDWRITING)
    assert refused_file(store, pack, PNG, drawn) is ProblemCode.NOTHING_CHOSEN
    drawn = replace(drawn, party_id=paper.party_ids[0])
    assert refused_file(store, pack, JPEG, drawn) is ProblemCode.ATTACHMENT_KIND_UNKNOWN
    assert added(store, pack, PNG, drawn).media_type == "image/png"
    with store.unit() as uow:
        head = uow.records.get(Case, paper.case_id)
        file = uow.records.case_file(paper.case_id)
    assert not attachments.is_status_matter(file, pack)
    for case in (
        replace(head, dispute_type="MARRIAGE_FAMILY"),
        replace(head, scope="STATUS"),
        replace(head, facts="为继承老屋争执"),
    ):
        assert attachments.is_status_matter(replace(file, case=case), pack)
    assert attachments.is_status_matter(file, replace(pack, texts={}))


def test_what_is_said_of_a_file_may_change_and_the_file_may_not(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    photo = added(store, county, JPEG, described(paper, AttachmentKind.PHOTO))
    with store.unit() as uow:
        wish = replace(photo, caption="西屋", sha256="0" * 64, content_hash="1" * 64)
        saved = attachments.save_attachment(uow, wish, based_on=photo)
    assert saved == replace(photo, caption="西屋")
    with store.unit() as uow, pytest.raises(Refused):
        attachments.void_attachment(uow, photo.id, "  ")
    with store.unit() as uow:
        assert attachments.void_attachment(uow, photo.id, "拍错了").void_reason == "拍错了"


def test_a_signed_page_comes_in_by_its_code_only(
    store: MemoryStore, county: Practice, paper: Agreement
) -> None:
    with pytest.raises(ValueError, match="code"):
        added(store, county, JPEG, described(paper, AttachmentKind.SIGNED_PAGE))
