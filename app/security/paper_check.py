"""Was this paper changed since it was sealed, and by whose key was it sealed?

Answers any bytes with a finding and never raises. No network, no store, no clock; half a second the
first time, when the library is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from app.security.paper_key import is_issued_by, point_of, read_certificate
from app.services.paper_findings import (
    PaperClaims,
    PaperDamage,
    PaperFinding,
    PaperTrust,
    PaperVerdict,
    read_reason,
)

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, ObjectIdentifier

    from app.security.pdf_signature import ReadSignature

_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024  # other bytes may stand before it: ISO 32000, annex H
# Only signed files hold these; one spoilt byte cannot spoil them all.
_SIGNED = (b"/ByteRange", b"/DocMDP", b"/ETSI.CAdES.detached")


Reader = Callable[[bytes], "list[ReadSignature]"]


class _Told(TypedDict):
    signed_at: datetime | None
    claims: PaperClaims | None


def check_paper(pdf: bytes, trust: PaperTrust) -> PaperFinding:
    """What is wrong with a PDF, or who vouches for it. Any bytes get an answer."""
    # Outside of what is forgiven: a library that does not load is no damage of the paper.
    from app.security.pdf_signature import read_signatures

    try:
        return _check(pdf, trust, read_signatures)
    except Exception:
        # The bytes may be anybody's; what the parser stumbles over is damage, not our fault.
        if _seems_signed(pdf):
            return PaperFinding(PaperVerdict.CHANGED, PaperDamage.UNREADABLE)
        known = _HEAD in pdf[:_HEAD_WITHIN]
        return PaperFinding(PaperVerdict.NOT_SIGNED if known else PaperVerdict.NOT_A_PDF)


def _check(pdf: bytes, trust: PaperTrust, read: Reader) -> PaperFinding:
    if _HEAD not in pdf[:_HEAD_WITHIN] and not _seems_signed(pdf):
        return PaperFinding(PaperVerdict.NOT_A_PDF)
    signatures = read(pdf)
    if not signatures:
        if _seems_signed(pdf):
            return PaperFinding(PaperVerdict.CHANGED, PaperDamage.UNREADABLE)
        return PaperFinding(PaperVerdict.NOT_SIGNED)
    issuers = _certificates(trust.county_cas)
    for one in signatures:
        voucher = _voucher(one, trust, issuers)
        if voucher is not None:
            return _of_known_key(one, voucher, trust, issuers)
    return _of_unknown_key(signatures[-1])


def _seems_signed(pdf: bytes) -> bool:
    return any(mark in pdf for mark in _SIGNED)


def _of_known_key(
    signature: ReadSignature, voucher: Certificate, trust: PaperTrust, issuers: list[Certificate]
) -> PaperFinding:
    """`voucher` is the certificate that tells whose key it is: the county's, or the key's own."""
    certified = any(is_issued_by(voucher, one) for one in issuers)
    finding = replace(_facts(voucher, certified), **_told(signature))
    finding = replace(finding, revoked=finding.device in trust.revoked)
    damage = signature.damage(_roots(signature, issuers))
    if damage is PaperDamage.NONE and not signature.is_ours():
        damage = PaperDamage.SIGNATURE
    if damage is not PaperDamage.NONE:
        return replace(finding, verdict=PaperVerdict.CHANGED, damage=damage)
    if finding.revoked:
        return replace(finding, verdict=PaperVerdict.REVOKED_KEY)
    return finding


def _of_unknown_key(signature: ReadSignature) -> PaperFinding:
    damage = signature.damage(())
    if damage is PaperDamage.NONE and read_reason(signature.reason) and not signature.is_ours():
        # Sealed by Heshi somewhere else: then nothing but its own bytes may stand there either.
        damage = PaperDamage.SIGNATURE
    if damage is not PaperDamage.NONE:
        return PaperFinding(PaperVerdict.CHANGED, damage, **_told(signature))
    return PaperFinding(PaperVerdict.UNKNOWN_KEY, **_told(signature))


def _voucher(
    signature: ReadSignature, trust: PaperTrust, issuers: list[Certificate]
) -> Certificate | None:
    leaf = _read(signature.leaf)
    if leaf is None:
        return None
    if any(is_issued_by(leaf, one) for one in issuers):
        return leaf
    if not trust.own_key or point_of(leaf.public_key()) != trust.own_key:
        return None
    # Sealed before the county knew the key: its later word holds for the same key.
    for later in _certificates((trust.own_certificate,)):
        same = point_of(later.public_key()) == trust.own_key
        if same and any(is_issued_by(later, one) for one in issuers):
            return later
    return leaf


def _facts(voucher: Certificate, certified: bool) -> PaperFinding:
    from cryptography.x509.oid import NameOID

    def named(oid: ObjectIdentifier) -> str:
        found = voucher.subject.get_attributes_for_oid(oid)
        return str(found[0].value) if found else ""

    return PaperFinding(
        PaperVerdict.UNCHANGED if certified else PaperVerdict.ONLY_THIS_DEVICE,
        device=named(NameOID.SERIAL_NUMBER),
        committee=named(NameOID.ORGANIZATION_NAME) if certified else "",
        person=named(NameOID.COMMON_NAME) if certified else "",
    )


def _told(signature: ReadSignature) -> _Told:
    return {"signed_at": signature.signed_at, "claims": read_reason(signature.reason)}


def _roots(signature: ReadSignature, issuers: list[Certificate]) -> list[bytes]:
    """The certificates that the signature's own path may end in: the county's, and the signer's
    where it was found to be this device's.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    leaf = _read(signature.leaf)
    if leaf is not None and any(is_issued_by(leaf, one) for one in issuers):
        return [one.public_bytes(Encoding.DER) for one in issuers]
    return [signature.leaf]


def _read(der: bytes) -> Certificate | None:
    """A certificate of a P-256 key; None for others, which cannot be ours."""
    from cryptography import x509

    try:
        found = x509.load_der_x509_certificate(der)
        point_of(found.public_key())
    except Exception:
        return None
    return found


def _certificates(pems: Iterable[str]) -> list[Certificate]:
    found = []
    for pem in pems:
        try:
            found.append(read_certificate(pem))
        except ValueError:
            # A trust list with a broken line trusts the others.
            continue
    return found
