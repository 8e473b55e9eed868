"""A seal on a printed paper: the same bytes twice, a real PDF signature, every kind of finding."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from app.county.papers import PaperAuthority
from app.documents.printshop import count_pages
from app.domain.problems import ProblemCode, Refused
from app.security.paper_check import check_paper
from app.security.paper_key import (
    COUNTY_CA_SETTING,
    PAPER_CERTIFICATE_SETTING,
    PAPER_SECRET_SETTING,
    P256PaperKey,
    load_paper_key,
    own_certificate,
    read_certificate,
)
from app.security.paper_seal import PaperSeal, load_paper_seal
from app.services.paper_findings import (
    PaperClaims,
    PaperDamage,
    PaperTrust,
    PaperVerdict,
    read_reason,
)
from tests.fakes import MemoryStore
from tests.sealed_papers import (
    AT,
    BY_COUNTY,
    BY_ITSELF,
    CERTIFICATE,
    COMMITTEE,
    COUNTY,
    DEVICE,
    HASH,
    KEY,
    PERSON,
    REASON,
    printed,
    sealed,
)
from tests.unit.documents.worked_case import NUMBER

ROOT = Path(__file__).resolve().parents[3]
OTHER_COUNTY = PaperAuthority("33" * 32)
OTHER_KEY = P256PaperKey("44" * 32)


def kind(pdf: bytes, trust: PaperTrust) -> tuple[PaperVerdict, PaperDamage]:
    found = check_paper(pdf, trust)
    return found.verdict, found.damage


def test_a_second_print_equals_the_first() -> None:
    again = PaperSeal(KEY, DEVICE, CERTIFICATE)
    beijing = AT.astimezone(timezone(timedelta(hours=8))).replace(microsecond=7)
    assert again.sign(printed(), at=beijing, reason=REASON) == sealed()
    assert again.sign(printed(), at=AT + timedelta(seconds=1), reason=REASON) != sealed()
    assert own_certificate(KEY, DEVICE) == own_certificate(KEY, DEVICE)


def test_the_signing_library_is_loaded_with_the_first_paper_only() -> None:
    """It takes half a second, which the window has not got while it starts."""
    look = (
        "import sys, app.security.device, app.security.paper_seal, app.security.paper_check, "
        "app.cli.verify; sys.exit('pyhanko' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0


def test_it_is_one_certification_signature_that_allows_no_change() -> None:
    assert sealed().startswith(printed())
    assert count_pages(sealed()) == count_pages(printed())
    [found] = PdfFileReader(BytesIO(sealed())).embedded_signatures
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.docmdp_level is not None and found.docmdp_level.value == 1
    assert b"/Version" not in sealed()[len(printed()) :]


def test_a_certificate_is_fit_for_signatures_and_names_who_the_county_knows() -> None:
    leaf = read_certificate(CERTIFICATE)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (
        True,
        True,
        False,
    )
    assert KEY.fits(CERTIFICATE, COUNTY.certificate)
    assert not OTHER_KEY.fits(CERTIFICATE, COUNTY.certificate)
    assert not KEY.fits(CERTIFICATE, OTHER_COUNTY.certificate)
    # Nobody's key becomes a county by saying so.
    assert not KEY.fits(CERTIFICATE, CERTIFICATE)
    assert not KEY.fits("", COUNTY.certificate)
    alone = read_certificate(own_certificate(KEY, DEVICE))
    assert {part.value for part in alone.subject} == {DEVICE}


def test_a_paper_of_a_certified_laptop_is_unchanged() -> None:
    found = check_paper(sealed(), BY_COUNTY)
    assert found.verdict is PaperVerdict.UNCHANGED
    assert (found.device, found.committee, found.person) == (DEVICE, COMMITTEE, PERSON)
    assert found.signed_at == AT
    assert found.claims == PaperClaims(NUMBER, 1, HASH)


def test_who_vouches_decides_what_is_said() -> None:
    none = PaperDamage.NONE
    assert kind(sealed(), PaperTrust()) == (PaperVerdict.UNKNOWN_KEY, none)
    other = PaperTrust(county_cas=(OTHER_COUNTY.certificate, "no certificate"))
    assert kind(sealed(), other) == (PaperVerdict.UNKNOWN_KEY, none)
    assert check_paper(sealed(), other).person == ""
    alone = sealed(certified=False)
    assert kind(alone, BY_ITSELF) == (PaperVerdict.ONLY_THIS_DEVICE, none)
    assert kind(alone, BY_COUNTY) == (PaperVerdict.UNKNOWN_KEY, none)
    assert kind(sealed(), BY_ITSELF) == (PaperVerdict.ONLY_THIS_DEVICE, none)


def test_what_was_sealed_before_the_county_knew_the_key_is_certified_by_its_later_word() -> None:
    later = replace(BY_ITSELF, county_cas=(COUNTY.certificate,), own_certificate=CERTIFICATE)
    found = check_paper(sealed(certified=False), later)
    assert (found.verdict, found.person) == (PaperVerdict.UNCHANGED, PERSON)
    forged = replace(later, county_cas=(OTHER_COUNTY.certificate,))
    assert check_paper(sealed(certified=False), forged).verdict is PaperVerdict.ONLY_THIS_DEVICE


def test_a_struck_off_laptop_is_told_of() -> None:
    trust = replace(BY_COUNTY, revoked=frozenset({DEVICE}))
    found = check_paper(sealed(), trust)
    assert (found.verdict, found.revoked) == (PaperVerdict.REVOKED_KEY, True)


def test_what_was_added_behind_the_seal_is_a_change() -> None:
    changed = PaperVerdict.CHANGED
    assert kind(sealed() + b"\n", BY_COUNTY) == (changed, PaperDamage.ADDED)
    writer = IncrementalPdfFileWriter(BytesIO(sealed()))
    writer.root["/Lang"] = writer.root["/Lang"]
    # pyHanko leaves these two untyped.
    writer.update_root()  # type: ignore[no-untyped-call]
    out = BytesIO()
    # The library has no types here.
    writer.write(out)  # type: ignore[no-untyped-call]
    assert kind(out.getvalue(), BY_COUNTY) == (changed, PaperDamage.ADDED)
    # Even by somebody whose key nobody knows.
    assert kind(out.getvalue(), PaperTrust()) == (changed, PaperDamage.ADDED)


def test_a_changed_letter_and_a_changed_container_are_changes() -> None:
    at = sealed().index(b"/MediaBox")
    text = sealed()[:at] + b"/mediaBox" + sealed()[at + 9 :]
    assert kind(text, BY_COUNTY) == (PaperVerdict.CHANGED, PaperDamage.TEXT)
    hole = sealed().index(b"0" * 64 + b">", len(printed()))
    padding = sealed()[:hole] + b"1" + sealed()[hole + 1 :]
    assert kind(padding, BY_COUNTY) == (PaperVerdict.CHANGED, PaperDamage.SIGNATURE)
    # The same number written in small letters: nothing a digest could see.
    begin = sealed().index(b"<3082", len(printed())) + 1
    lower = sealed()[:begin] + sealed()[begin:hole].lower() + sealed()[hole:]
    assert kind(lower, BY_COUNTY) == (PaperVerdict.CHANGED, PaperDamage.SIGNATURE)


def test_another_certificate_for_the_same_key_does_not_slip_in() -> None:
    """Somebody swaps the names: the signature is bound to one certificate."""
    forged = OTHER_COUNTY.certify(
        device=DEVICE,
        paper_key=KEY.public_key,
        proof=KEY.prove(DEVICE),
        committee=COMMITTEE,
        person="别人",
    )
    before, after = (
        read_certificate(one).public_bytes(Encoding.DER).hex().upper().encode()
        for one in (CERTIFICATE, forged)
    )
    swapped = sealed().replace(before, after)
    assert swapped != sealed()
    for trust in (BY_COUNTY, PaperTrust(county_cas=(OTHER_COUNTY.certificate,))):
        assert check_paper(swapped, trust).verdict is PaperVerdict.CHANGED


@pytest.mark.parametrize(
    ("pdf", "verdict"),
    [
        (b"", PaperVerdict.NOT_A_PDF),
        ("和为贵".encode(), PaperVerdict.NOT_A_PDF),
        (b"%PDF-1.7\n", PaperVerdict.NOT_SIGNED),
        (b"%PDF-1.7\n/ByteRange", PaperVerdict.CHANGED),
    ],
)
def test_other_files_are_named(pdf: bytes, verdict: PaperVerdict) -> None:
    assert check_paper(pdf, BY_COUNTY).verdict is verdict


def test_a_paper_without_a_seal_is_not_signed() -> None:
    assert check_paper(printed(), BY_COUNTY).verdict is PaperVerdict.NOT_SIGNED


def test_any_bytes_get_an_answer_and_the_logs_stay_silent(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20260320)
    with caplog.at_level(logging.DEBUG):
        for _ in range(150):
            assert check_paper(_mangled(chance), BY_COUNTY).verdict is not PaperVerdict.UNCHANGED
    assert [one for one in caplog.records if one.name.startswith("pyhanko")] == []
    assert capfd.readouterr() == ("", "")


def _mangled(chance: random.Random) -> bytes:
    pdf = bytearray(sealed())
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 40)):
                pdf[chance.randrange(len(pdf))] ^= chance.randrange(1, 256)
        case 1:
            del pdf[chance.randrange(len(pdf)) :]
        case 2:
            begin = chance.randrange(len(pdf))
            del pdf[begin : begin + chance.randrange(1, 500)]
        case _:
            pdf = bytearray(b"%PDF-1.7\n" + chance.randbytes(chance.randrange(2000)))
    return bytes(pdf)


def test_only_a_fresh_pdf_is_sealed() -> None:
    seal = PaperSeal(KEY, DEVICE)
    for pdf in (sealed(), b"", b"%PDF-1.7\nnonsense"):
        with pytest.raises(Refused) as caught:
            seal.sign(pdf, at=AT, reason=REASON)
        assert caught.value.first.code is ProblemCode.TEMPLATE_BROKEN


def test_the_key_is_made_once_and_its_certificate_used_where_it_fits() -> None:
    store = MemoryStore()
    with store.unit() as uow:
        first = load_paper_key(uow.settings).public_key
        uow.commit()
    with store.unit() as uow:
        assert load_paper_key(uow.settings).public_key == first
        uow.settings.put(PAPER_SECRET_SETTING, "11" * 32)
        uow.settings.put(PAPER_CERTIFICATE_SETTING, CERTIFICATE)
        uow.settings.put(COUNTY_CA_SETTING, COUNTY.certificate)
        assert (
            load_paper_seal(uow.settings, DEVICE).sign(printed(), at=AT, reason=REASON) == sealed()
        )
        uow.settings.put(COUNTY_CA_SETTING, OTHER_COUNTY.certificate)
        assert load_paper_seal(uow.settings, DEVICE).sign(
            printed(), at=AT, reason=REASON
        ) == sealed(certified=False)


@pytest.mark.parametrize(
    "text",
    [
        *("", "同意", "[" * 1999, "{}", '{"heshi":1}'),
        REASON.replace(":1}", ':"1"}'),
        REASON + " " * 2000,
        REASON.replace(HASH, "x"),
        REASON.replace("〔", "\\u001b"),
    ],
)
def test_only_our_own_reason_is_read(text: str) -> None:
    assert text != REASON
    assert read_reason(text) is None


def test_a_clock_far_off_changes_nothing() -> None:
    for year in (1999, 2150):
        at = datetime(year, 1, 1, tzinfo=AT.tzinfo)
        paper = PaperSeal(KEY, DEVICE, CERTIFICATE).sign(printed(), at=at, reason=REASON)
        found = check_paper(paper, BY_COUNTY)
        assert (found.verdict, found.signed_at) == (PaperVerdict.UNCHANGED, at)
