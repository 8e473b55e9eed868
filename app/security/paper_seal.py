"""Seals a made paper with this device's key: a real PDF signature that allows no change.

Costs half a second the first time, when the signing library is loaded: call `warm_up` from a
worker, never while the window starts.
"""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.problems import ProblemCode, refuse
from app.security.paper_key import (
    COUNTY_CA_SETTING,
    PAPER_CERTIFICATE_SETTING,
    P256PaperKey,
    load_paper_key,
    own_certificate,
    read_certificate,
)
from app.services.ports import Settings


class PaperSeal:
    """Satisfies `PaperSigner`. `certificate` is the county's word (PEM) for the key; without one
    the key speaks for itself.
    """

    def __init__(self, key: P256PaperKey, device_id: str, certificate: str = "") -> None:
        self._key = key
        self._device_id = device_id
        self._certificate = certificate
        self._leaf = b""

    def sign(self, pdf: bytes, *, at: datetime, reason: str) -> bytes:
        """As `PaperSigner.sign`."""
        from app.security.pdf_signature import NotFresh, write_signature

        # A file says seconds, and the same moment must give the same bytes.
        moment = at.astimezone(UTC).replace(microsecond=0)
        try:
            return write_signature(pdf, self._key, self._leaf_der(), at=moment, reason=reason)
        except NotFresh:
            raise refuse(ProblemCode.TEMPLATE_BROKEN, "pdf", place="pdf") from None

    def warm_up(self) -> None:
        """Loads the library and the key."""
        from app.security import pdf_signature

        pdf_signature.container(self._leaf_der(), b"\0" * 32, self._key.sign(b""))

    def _leaf_der(self) -> bytes:
        if not self._leaf:
            from cryptography.hazmat.primitives.serialization import Encoding

            pem = self._certificate or own_certificate(self._key, self._device_id)
            self._leaf = read_certificate(pem).public_bytes(Encoding.DER)
        return self._leaf


def load_paper_seal(settings: Settings, device_id: str) -> PaperSeal:
    """The seal as this store has it now. Made anew for each job, so that a certificate that came
    meanwhile is used; the caller commits, as for `load_paper_key`.
    """
    key = load_paper_key(settings)
    certificate = settings.get(PAPER_CERTIFICATE_SETTING) or ""
    known = key.fits(certificate, settings.get(COUNTY_CA_SETTING) or "")
    return PaperSeal(key, device_id, certificate if known else "")
