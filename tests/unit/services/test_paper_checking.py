"""What the records say of a sealed paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber
from app.services.paper_checking import (
    RecordMatch,
    check_against_records,
    paper_trust,
    reason_for,
)
from app.services.paper_findings import PaperFinding, PaperVerdict, read_reason
from app.wire.exchange import DeviceCard
from tests.fakes import MemoryStore

OLD, NEW = "a" * 64, "b" * 64
PAPER = Agreement(
    id=new_id(),
    case_id=new_id(),
    form=AgreementForm.WRITTEN,
    state=AgreementState.FINAL,
    number="〔2026〕某村人调字第001号",
    version=1,
    content_hash=OLD,
)


def finding(paper: Agreement, verdict: PaperVerdict = PaperVerdict.UNCHANGED) -> PaperFinding:
    return PaperFinding(verdict, claims=read_reason(reason_for(paper)))


def asked(record: Agreement, found: PaperFinding, *, in_register: bool = True) -> RecordMatch:
    """What a store with this record answers."""
    store = MemoryStore()
    with store.unit() as uow:
        uow.records.put(record)
        line = IssuedNumber(
            id=new_id(),
            committee_id=RecordId(record.case_id),
            year=2026,
            serial=1,
            text=record.number,
            agreement_id=record.id,
        )
        if in_register:
            uow.records.put(line)
        uow.commit(Act.AGREEMENT_FINALISED)
    with store.unit() as uow:
        report = check_against_records(uow, found)
    known = report.match not in (RecordMatch.NOT_ASKED, RecordMatch.NOT_HERE)
    expected = (record.id, record.case_id, record.version) if known else (None, None, None)
    assert (report.agreement_id, report.case_id, report.newest_version) == expected
    assert report.finding is found
    return report.match


@pytest.mark.parametrize("in_register", [True, False])
@pytest.mark.parametrize(
    ("record", "match"),
    [
        (PAPER, RecordMatch.SAME),
        (replace(PAPER, state=AgreementState.EFFECTIVE), RecordMatch.SAME),
        (replace(PAPER, state=AgreementState.VOID), RecordMatch.VOID),
        (replace(PAPER, state=AgreementState.DRAFT, content_hash=""), RecordMatch.SPOILED),
        (replace(PAPER, version=2, content_hash=NEW), RecordMatch.OLDER),
        (replace(PAPER, content_hash=NEW), RecordMatch.OTHER_TEXT),
        (replace(PAPER, number="第002号"), RecordMatch.OTHER_TEXT),
        (replace(PAPER, version=3), RecordMatch.OTHER_TEXT),
        (replace(PAPER, number="第002号", content_hash=NEW), RecordMatch.NOT_HERE),
    ],
)
def test_a_paper_is_compared_with_its_record(
    record: Agreement, match: RecordMatch, in_register: bool
) -> None:
    assert asked(record, finding(PAPER), in_register=in_register) is match


@pytest.mark.parametrize(
    "found",
    [
        finding(PAPER, PaperVerdict.CHANGED),
        finding(PAPER, PaperVerdict.NOT_SIGNED),
        PaperFinding(PaperVerdict.UNCHANGED),
    ],
)
def test_what_nobody_may_believe_is_not_compared(found: PaperFinding) -> None:
    assert asked(PAPER, found) is RecordMatch.NOT_ASKED


def test_trust_comes_from_the_settings_and_the_cards() -> None:
    store = MemoryStore()
    with store.unit() as uow:
        empty = paper_trust(uow, "device", None)
        assert (empty.county_cas, empty.own_key, empty.revoked) == ((), "", frozenset())
        uow.settings.put("county.ca", "CA")
        uow.settings.put("paper.certificate", "PEM")
        cards = [_card(one, revoked=one == 2) for one in (1, 2)]
        uow.journal.add_cards([(card, "", "") for card in cards])
        uow.commit()
    with store.unit() as uow:
        trust = paper_trust(uow, "device", None)
    assert (trust.county_cas, trust.own_certificate) == (("CA",), "PEM")
    assert trust.revoked == {cards[1].device}


def _card(number: int, *, revoked: bool) -> DeviceCard:
    return DeviceCard(
        device=f"019a0000-0000-7000-8000-{number:012d}",
        public_key="0" * 64,
        person="王调解",
        role="mediator",
        region="330108001002",
        revoked=revoked,
    )
