"""`heshi verify FILE.pdf`: was this paper changed since it was sealed, and who vouches for it?

Needs no network. The records are asked when they can be opened; without them the county's
certificate may be given as a file.

Exit codes of this verb: 0 unchanged; 1 changed or never sealed; 2 as it was sealed, by a key that
no county vouches for here; 3 a file that cannot be read or is no PDF.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.cli.house import NotSetUp, open_house
from app.cli.words import Say, Speaker
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.paper_checking import (
    PaperReport,
    RecordMatch,
    check_against_records,
    paper_trust,
)
from app.services.paper_findings import PaperDamage, PaperFinding, PaperTrust, PaperVerdict

UNCHANGED, CHANGED, UNPROVEN, UNREADABLE = 0, 1, 2, 3
LIMIT_MB = 200
_CERTIFICATE_LIMIT = 1024 * 1024
_END = "-----END CERTIFICATE-----"
_CODES = {
    PaperVerdict.UNCHANGED: UNCHANGED,
    PaperVerdict.CHANGED: CHANGED,
    PaperVerdict.NOT_SIGNED: CHANGED,
    PaperVerdict.ONLY_THIS_DEVICE: UNPROVEN,
    PaperVerdict.REVOKED_KEY: UNPROVEN,
    PaperVerdict.UNKNOWN_KEY: UNPROVEN,
    PaperVerdict.NOT_A_PDF: UNREADABLE,
}


def verify(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Says what was found and what it cannot prove."""
    try:
        pdf = _bytes_of(arguments.file, LIMIT_MB * 1024 * 1024)
        county_cas = tuple(_certificates(arguments.ca)) if arguments.ca else ()
    except Refused as refused:
        speaker.refuse(refused)
        return UNREADABLE
    try:
        report = _with_records(arguments, pdf, county_cas)
    except (NotSetUp, Refused):
        # Whoever checks a paper need not have records, nor their password.
        finding = _check(pdf, PaperTrust(county_cas=county_cas))
        report = PaperReport(finding, RecordMatch.NOT_ASKED)
        opened = False
    else:
        opened = True
    for line in _lines(report, speaker, opened=opened):
        speaker.out(line)
    return _CODES[report.finding.verdict]


def _with_records(
    arguments: argparse.Namespace, pdf: bytes, county_cas: tuple[str, ...]
) -> PaperReport:
    with open_house(arguments) as house, house.unit() as uow:
        known = paper_trust(uow, house.device.device_id, house.device.paper)
        trust = replace(known, county_cas=(*known.county_cas, *county_cas))
        return check_against_records(uow, _check(pdf, trust))


def _check(pdf: bytes, trust: PaperTrust) -> PaperFinding:
    from app.security.paper_check import check_paper

    return check_paper(pdf, trust)


def _lines(report: PaperReport, speaker: Speaker, *, opened: bool) -> Iterator[str]:
    from app.ui.runtime import paper_words

    def words(pair: paper_words.Words, **facts: object) -> str:
        return paper_words.said(pair, speaker.language, **facts)

    finding = report.finding
    yield words(paper_words.VERDICTS[finding.verdict])
    if finding.verdict is PaperVerdict.UNKNOWN_KEY:
        yield speaker.words(Say.PAPER_CA_HINT)
    if finding.damage is not PaperDamage.NONE:
        yield words(paper_words.DAMAGES[finding.damage])
    if finding.revoked and finding.verdict is not PaperVerdict.REVOKED_KEY:
        yield words(paper_words.REVOKED_SINCE)
    if finding.device:
        yield words(paper_words.DEVICE, device=finding.device)
    if finding.committee:
        yield words(paper_words.COMMITTEE, committee=finding.committee)
    if finding.person:
        yield words(paper_words.PERSON, person=finding.person)
    if finding.signed_at:
        yield words(paper_words.AT, at=paper_words.moment(finding.signed_at))
    claims = finding.claims
    if claims:
        facts = {"number": claims.number, "version": claims.version, "hash": claims.content_hash}
        yield words(paper_words.CLAIMS, **facts)
    if report.match is not RecordMatch.NOT_ASKED:
        yield words(paper_words.MATCHES[report.match], version=report.newest_version)
    elif claims and not opened:
        yield speaker.words(Say.PAPER_NO_RECORDS)
    if finding.verdict is not PaperVerdict.NOT_A_PDF:
        yield words(paper_words.LIMITS)


def _bytes_of(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            found = file.read(limit + 1)
    except OSError:
        raise refuse(ProblemCode.FILE_UNREADABLE) from None
    if len(found) > limit:
        raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=limit // (1024 * 1024))
    return found


def _certificates(path: Path) -> Iterator[str]:
    """The certificates of a PEM file. Raises FILE_UNREADABLE for a file without any."""
    from app.security.paper_key import read_certificate

    parts = _bytes_of(path, _CERTIFICATE_LIMIT).decode("ascii", "replace").split(_END)[:-1]
    if not parts:
        raise refuse(ProblemCode.FILE_UNREADABLE)
    for part in parts:
        try:
            read_certificate(part + _END)
        except ValueError:
            raise refuse(ProblemCode.FILE_UNREADABLE) from None
        yield part + _END + "\n"
