"""The demo's whole case, second part: the agreement, from the clause bank to the paper with all
hands on it.

Ink that is drawn here is a cross and a blot and says so; a signature is never made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import signed_pages
import story_words as words
from app.documents.preview import page_images
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    Clause,
    Signer,
    SignMethod,
    SignOff,
)
from app.domain.clause_filling import Plan
from app.domain.findings import Finding, open_stops, open_warnings, waiver_of
from app.domain.ids import RecordId, new_id
from app.domain.paper_kinds import DocumentKind
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.services import agreement_help, agreements, papers, print_log, reading_aloud, scan_intake
from app.services.paper_values import PageImage, Printed
from laptop import Laptop
from story import case_file

SCAN_DPI = 150


@dataclass(frozen=True, slots=True)
class Checked:
    """How many warnings the checker had before the gaps were filled, and what is left."""

    before: int
    stops: int
    warnings: tuple[Finding, ...]


def draft(laptop: Laptop, case_id: RecordId) -> RecordId:
    """Instalments, an act and closing words out of the clause bank, and one clause in own words."""
    today = laptop.today()
    blank: Agreement = laptop.do(agreements.draft_agreement, case_id, AgreementForm.WRITTEN)
    file = case_file(laptop, case_id)
    applicant, respondent = blank.party_ids

    def clause(bank_id: str, **values: str | int | Plan) -> Clause:
        return agreement_help.fill_clause(laptop.practice, bank_id, values, file)

    gutter = agreement_help.fill_clause(
        laptop.practice,
        "eaves_drip",
        {
            "who": respondent,
            "due": today + timedelta(days=10),
            "place": "赵六家新搭的棚子",
            "other": applicant,
            "payer": respondent,
        },
        file,
    )
    money = clause(
        "pay_instalments",
        payer=respondent,
        payee=applicant,
        reason="修墙的钱",
        amount=60_000,
        count=2,
        way="CASH",
        instalments=Plan(count=2, first_due=today),
    )
    own = Clause(id=new_id(), text=words.VAGUE_CLAUSE)
    closing = (clause("default_route"), clause("confirm_together"))
    full = replace(blank, clauses=(gutter, money, own, *closing), for_confirmation=True)
    laptop.do(agreements.save_agreement, full, based_on=blank)
    return blank.id


def check(laptop: Laptop, case_id: RecordId) -> Checked:
    """The checker speaks, what it names is filled in, and the warning that must stay is overridden
    with a reason.
    """
    before = _findings(laptop, case_id)
    now = _agreement(laptop, case_id)
    values = {
        "party": now.party_ids[1],
        "share": "全部责任",
        "fact": words.RESPONSIBILITY,
    }
    said = agreement_help.fill_responsibility(
        laptop.practice, "share_with_fact", values, case_file(laptop, case_id)
    )
    full = replace(
        now,
        responsibility=said,
        manner="赵六装接水槽；现金分两期付款",
        manner_code="INSTALMENTS",
        deadline="最后一期付清为止",
        place="演练村",
        recorder=laptop.read(lambda unit: unit.actor.name),
    )
    laptop.do(agreements.save_agreement, full, based_on=now)
    for one in open_warnings(_findings(laptop, case_id)):
        waiver = waiver_of(one, words.WAIVED_BECAUSE)
        laptop.do(agreement_help.waive, full.id, waiver, laptop.practice)
    after = _findings(laptop, case_id)
    waived = tuple(one for one in after if one.waived)
    return Checked(len(before), len(open_stops(after)), waived)


def read_aloud(laptop: Laptop, case_id: RecordId) -> str:
    """Every clause is read to every party; returns the sentence for the record."""
    agreement = _agreement(laptop, case_id)
    for clause in agreement.clauses:
        for party_id in agreement.party_ids:
            laptop.do(reading_aloud.tick, agreement.id, clause.id, party_id)
    return reading_aloud.reading_words(case_file(laptop, case_id), agreement)


def freeze(laptop: Laptop, case_id: RecordId) -> Printed:
    """Number, frozen text, and its paper with this laptop's seal. Warnings need their reasons."""
    agreement = _agreement(laptop, case_id)
    laptop.do(agreements.finalise_agreement, agreement.id, laptop.practice, accept_warnings=False)
    return paper(laptop, case_id)


def paper(laptop: Laptop, case_id: RecordId) -> Printed:
    """The agreement as it prints now, sealed once it is frozen."""
    agreement = _agreement(laptop, case_id)
    with laptop.store.unit() as unit:
        return papers.make_paper(
            unit,
            laptop.printshop,
            case_id,
            DocumentKind.WRITTEN_AGREEMENT,
            agreement.id,
            laptop.seal(unit),
        )


def spoil(laptop: Laptop, case_id: RecordId, printed: Printed) -> None:
    """The printed sheets are given up before anybody signed, and the words are mended."""
    _print(laptop, case_id, CameOut.SPOILED, words.SPOILED_BECAUSE, printed.pages)
    agreement = _agreement(laptop, case_id)
    again: Agreement = laptop.do(agreements.spoil_agreement, agreement.id, words.SPOILED_BECAUSE)
    mended = replace(again, place="演练村一组赵六家、村委会调解室")
    laptop.do(agreements.save_agreement, mended, based_on=again)


def came_out_well(laptop: Laptop, case_id: RecordId) -> None:
    """The print is noted, and somebody says that it came out well."""
    _print(laptop, case_id, CameOut.WELL)


def scans(printed: Printed, count: int | None = None) -> tuple[bytes, ...]:
    """What a scanner would hand over of the first `count` pages, or all of them, with demo marks
    where hands would be.
    """
    pages = page_images(printed.pdf, SCAN_DPI, 0, count)
    return tuple(
        signed_pages.scanned(page, last=number == printed.pages)
        for number, page in enumerate(pages, 1)
    )


def scan_in(laptop: Laptop, case_id: RecordId, page: bytes) -> str:
    """Files one scanned page where its code says; returns "" or the code of the refusal."""

    with laptop.store.unit() as unit:
        found = scan_intake.look_at_scan(unit, laptop.reader, page, here=case_id)
        if found.problem:
            return found.problem.code.value
        scan_intake.file_scan(unit, found)
    return ""


def scan_records(laptop: Laptop, case_id: RecordId) -> int:
    """The signed last page of each record of a talk, filed by hand: it bears no code. Returns how
    many.
    """
    file, signed = case_file(laptop, case_id), 0
    for kind, records in (
        (DocumentKind.INVESTIGATION_RECORD, file.investigations),
        (DocumentKind.MEDIATION_RECORD, file.sessions),
    ):
        for record in records:
            with laptop.store.unit() as unit:
                made = papers.make_paper(unit, laptop.printshop, case_id, kind, record.id)
            page = page_images(made.pdf, SCAN_DPI, made.pages - 1, 1)[0]
            _file_by_hand(laptop, case_id, record.id, made.pages, page)
            signed += 1
    return signed


def _file_by_hand(
    laptop: Laptop, case_id: RecordId, record_id: RecordId, number: int, page: PageImage
) -> None:
    with laptop.store.unit() as unit:
        image = signed_pages.scanned(page, last=True)
        found = scan_intake.look_at_scan(unit, laptop.reader, image, here=case_id)
        place = (case_id, record_id, number)
        scan_intake.file_scan(unit, found, without_mark_to=place)


def sign_off(laptop: Laptop, case_id: RecordId) -> Agreement:
    """Who signed how and when; with the last hand it takes effect."""
    today, agreement = laptop.today(), _agreement(laptop, case_id)
    both = (SignMethod.SIGNATURE, SignMethod.FINGERPRINT)
    pen = (SignMethod.SIGNATURE,)
    hands = [
        SignOff(signer=Signer.PARTY, methods=both, on=today, party_id=party)
        for party in agreement.party_ids
    ]
    mediator = agreement.mediator_ids[0]
    hands += [
        SignOff(signer=Signer.MEDIATOR, methods=pen, on=today, mediator_id=mediator),
        SignOff(signer=Signer.RECORDER, methods=pen, on=today),
        SignOff(signer=Signer.COMMITTEE, methods=(SignMethod.SEAL,), on=today),
    ]
    for hand in hands:
        laptop.do(agreements.sign_agreement, agreement.id, hand)
    return _agreement(laptop, case_id)


def _agreement(laptop: Laptop, case_id: RecordId) -> Agreement:
    found = case_file(laptop, case_id).main_agreement()
    assert found is not None
    return found


def _findings(laptop: Laptop, case_id: RecordId) -> tuple[Finding, ...]:
    file = case_file(laptop, case_id)
    agreement = _agreement(laptop, case_id)
    return agreement_help.findings(file, agreement, laptop.practice, laptop.today())


def _print(
    laptop: Laptop, case_id: RecordId, came_out: CameOut, reason: str = "", sheets: int = 0
) -> None:
    agreement = _agreement(laptop, case_id)
    sheet = PrintedPaper(
        kind=DocumentKind.WRITTEN_AGREEMENT.value, subject_id=agreement.id, digest=""
    )
    printing = Printing(
        id=new_id(),
        case_id=case_id,
        at=laptop.read(lambda unit: unit.now()),
        papers=(sheet,),
        copies=agreement.copies or 1,
        printer="演示打印机",
    )
    laptop.do(print_log.log_print, printing, laptop.printshop)
    laptop.do(print_log.say_came_out, printing.id, came_out, reason, sheets)
