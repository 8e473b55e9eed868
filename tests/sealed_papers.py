"""Papers that were really printed and really sealed, for everybody who tries seals."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from app.county.papers import PaperAuthority
from app.documents.printshop import PdfPrintshop
from app.security.paper_key import P256PaperKey
from app.security.paper_seal import PaperSeal
from app.services.paper_findings import PaperTrust, reason_of
from tests.unit.documents.worked_case import (
    NUMBER,
    RESOURCES,
    TODAY,
    full_case,
    practice,
    rid,
)

DEVICE = "019a0000-0000-7000-8000-000000000001"
COMMITTEE, PERSON = "清溪县白石镇梨树坡村人民调解委员会", "罗和平"
HASH = "ab" * 32
AT = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
REASON = reason_of(NUMBER, 1, HASH)
KEY, COUNTY = P256PaperKey("11" * 32), PaperAuthority("22" * 32)
CERTIFICATE = COUNTY.certify(
    device=DEVICE,
    paper_key=KEY.public_key,
    proof=KEY.prove(DEVICE),
    committee=COMMITTEE,
    person=PERSON,
)
BY_COUNTY = PaperTrust(county_cas=(COUNTY.certificate,))
BY_ITSELF = PaperTrust(own_key=KEY.public_key, own_device=DEVICE)


@cache
def printed() -> bytes:
    """The written agreement of the worked case, as it leaves the printshop."""
    shop = PdfPrintshop(RESOURCES, practice())
    return shop.make(full_case(), "written_agreement", rid(40), TODAY).pdf


@cache
def sealed(*, certified: bool = True, reason: str = REASON) -> bytes:
    """The same paper, sealed by a laptop that the county knows, or does not know yet."""
    seal = PaperSeal(KEY, DEVICE, CERTIFICATE if certified else "")
    return seal.sign(printed(), at=AT, reason=reason)
