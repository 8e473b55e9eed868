"""The county certifies the keys that seal papers: at enrolment, and again with any exchange."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.x509.oid import NameOID

from app.county.database import writing
from app.county.keys import KEY_FILE, PAPERS_FILE, load_key, make_key
from app.county.tables import Account
from app.domain.problems import ProblemCode, Refused
from app.security.paper_check import check_paper
from app.security.paper_key import P256PaperKey, load_paper_key, read_certificate
from app.security.paper_seal import load_paper_seal
from app.services.paper_checking import paper_trust
from app.services.paper_findings import PaperTrust, PaperVerdict
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.sealed_papers import AT, REASON, printed

KEY, OTHER = P256PaperKey("55" * 32), P256PaperKey("66" * 32)


@pytest.fixture
def village(county: RunningCounty, tmp_path: Path) -> Iterator[Village]:
    opened = Village(tmp_path / "village", county.address)
    yield opened
    opened.close()


def names(certificate: str) -> dict[str, str]:
    oids = {
        "device": NameOID.SERIAL_NUMBER,
        "committee": NameOID.ORGANIZATION_NAME,
        "person": NameOID.COMMON_NAME,
    }
    subject = read_certificate(certificate).subject
    found = {name: subject.get_attributes_for_oid(oid) for name, oid in oids.items()}
    return {name: str(parts[0].value) for name, parts in found.items() if parts}


def sealed_here(village: Village) -> bytes:
    with village.store.unit() as uow:
        return load_paper_seal(uow.settings, village.id).sign(printed(), at=AT, reason=REASON)


def verdict_here(village: Village, pdf: bytes) -> PaperVerdict:
    with village.store.unit() as uow:
        trust = paper_trust(uow, village.id, village.device.paper)
    return check_paper(pdf, trust).verdict


def test_enrolment_gives_a_certificate(county: RunningCounty, village: Village) -> None:
    early = sealed_here(village)
    assert verdict_here(village, early) is PaperVerdict.ONLY_THIS_DEVICE
    village.enrol(county.code(county.mediator(county.committee())))
    late = sealed_here(village)
    for pdf in (early, late):
        assert verdict_here(village, pdf) is PaperVerdict.UNCHANGED
    certificate = village.setting("paper.certificate")
    assert certificate
    assert names(certificate) == {
        "device": village.id,
        "committee": "某村人民调解委员会",
        "person": "王调解",
    }
    # Anybody else needs no more than what `heshi-county ca` prints.
    stranger = PaperTrust(county_cas=(county.key.papers.certificate,))
    assert check_paper(late, stranger).verdict is PaperVerdict.UNCHANGED


def test_a_laptop_from_before_gets_it_with_the_next_exchange(
    county: RunningCounty, village: Village
) -> None:
    village.enrol(county.code(county.mediator(county.committee())))
    with village.store.unit() as uow:
        uow.settings.put("paper.certificate", None)
        uow.settings.put("county.ca", None)
        uow.commit()
    assert verdict_here(village, sealed_here(village)) is PaperVerdict.ONLY_THIS_DEVICE
    village.sync()
    assert verdict_here(village, sealed_here(village)) is PaperVerdict.UNCHANGED


def test_an_exchange_brings_the_names_as_the_county_knows_them_now(
    county: RunningCounty, village: Village
) -> None:
    account = county.mediator(county.committee())
    village.enrol(county.code(account))
    first = village.setting("paper.certificate")
    village.sync()
    assert village.setting("paper.certificate") == first
    with writing(county.engine) as session:
        row = session.get_one(Account, account)
        row.name = "王新名"
        session.add(row)
    village.sync()
    renewed = village.setting("paper.certificate")
    assert renewed and names(renewed)["person"] == "王新名"


def test_nothing_is_certified_without_being_asked_for(laptop: RawLaptop) -> None:
    assert laptop.exchange().paper_certificate == ""


def test_a_supervisor_has_no_committee(county: RunningCounty, stranger: RawLaptop) -> None:
    code = county.code(county.supervisor())
    proof = KEY.prove(stranger.id)
    answer = stranger.enrol(code, paper_key=KEY.public_key, paper_proof=proof)
    assert names(answer.paper_certificate) == {"device": stranger.id, "person": "李司法"}


@pytest.mark.parametrize("wrong", ["", "another device", "another key", "no point"])
def test_a_key_without_proof_is_not_certified(
    county: RunningCounty, stranger: RawLaptop, wrong: str
) -> None:
    point, proof = KEY.public_key, KEY.prove(stranger.id)
    if wrong == "":
        proof = ""
    elif wrong == "another device":
        proof = KEY.prove("019a0000-0000-7000-8000-000000000001")
    elif wrong == "another key":
        proof = OTHER.prove(stranger.id)
    else:
        point = "04" + "ff" * 64
    code = county.code(county.mediator(county.committee()))
    for answer in (
        stranger.enrol(code, paper_key=point, paper_proof=proof),
        # Nor does it hold up the journal.
        stranger.exchange(paper_key=point, paper_proof=proof),
    ):
        assert (answer.paper_certificate, answer.county_ca) == ("", "")


def test_a_struck_off_laptop_gets_none_and_is_told_of(
    county: RunningCounty, village: Village
) -> None:
    village.enrol(county.code(county.mediator(county.committee())))
    other = sealed_here(village)
    county.revoke(village.id)
    with pytest.raises(Refused) as caught:
        village.sync()
    assert caught.value.first.code is ProblemCode.DEVICE_REVOKED
    revoked = PaperTrust(
        county_cas=(county.key.papers.certificate,), revoked=frozenset({village.id})
    )
    assert check_paper(other, revoked).verdict is PaperVerdict.REVOKED_KEY


def test_another_laptop_hears_that_one_was_struck_off(
    county: RunningCounty, village: Village, tmp_path: Path
) -> None:
    committee = county.committee()
    village.enrol(county.code(county.mediator(committee)))
    village.new_case()
    village.sync()
    paper = sealed_here(village)
    county.revoke(village.id)
    office = Village(tmp_path / "office", county.address)
    try:
        office.enrol(county.code(county.supervisor()))
        office.sync()
        assert verdict_here(office, paper) is PaperVerdict.REVOKED_KEY
    finally:
        office.close()


def test_a_word_that_does_not_fit_is_not_kept(county: RunningCounty, village: Village) -> None:
    """A county that certified another key changes nothing here."""
    village.enrol(county.code(county.mediator(county.committee())))
    kept = village.setting("paper.certificate")
    with village.store.unit() as uow:
        uow.settings.put("paper.secret", "77" * 32)
        assert not load_paper_key(uow.settings).fits(
            kept or "", uow.settings.get("county.ca") or ""
        )
    village.sync()
    assert village.setting("paper.certificate") == kept


def test_an_older_county_makes_its_second_key_at_the_next_start(tmp_path: Path) -> None:
    first = make_key(tmp_path)
    assert (tmp_path / PAPERS_FILE).stat().st_mode & 0o777 == 0o600
    assert load_key(tmp_path).papers.certificate == first.papers.certificate
    (tmp_path / PAPERS_FILE).unlink()
    second = load_key(tmp_path)
    assert second.public == first.public
    assert second.papers.certificate != first.papers.certificate
    assert load_key(tmp_path).papers.certificate == second.papers.certificate
    (tmp_path / PAPERS_FILE).chmod(0o644)
    with pytest.raises(PermissionError):
        load_key(tmp_path)
    assert (tmp_path / KEY_FILE).exists()
