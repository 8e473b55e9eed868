"""The PDF signature itself, written and read with pyHanko.

Loading pyHanko takes half a second: only `paper_seal` and `paper_check` import this, and late.

What is written is fixed to the last byte, so that reading can ask "is this what we would have
written?" of the few bytes that no digest covers. Never fetches anything and never asks a clock.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from typing_extensions import override

from app.security.paper_key import P256PaperKey
from app.services.paper_findings import PaperDamage

if TYPE_CHECKING:
    from asn1crypto import cms

FIELD = "Heshi"
# Hex digits kept free in the file for the container, which needs some 2,600 of them.
RESERVED = 8192

for _name in ("pyhanko", "pyhanko_certvalidator"):
    # They tell of every unknown key with a trace; what a paper lacks is said by `PaperFinding`.
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class NotFresh(Exception):
    """What is to be sealed is no PDF, or bears a signature already. Says nothing of its text."""


class _Writer(IncrementalPdfFileWriter):
    """Appends the signature and nothing else: dates and XMP stay as the printshop made them, and
    the second half of the file's id comes from what is signed, not from chance.
    """

    # PDF/A-2 is a PDF 1.7, and stays one.
    output_version = (1, 7)

    def __init__(self, pdf: bytes, mark: bytes) -> None:
        super().__init__(BytesIO(pdf))
        first = self._document_id[0]
        self._document_id = generic.ArrayObject([first, generic.ByteStringObject(mark)])

    @override
    def _update_meta(self) -> None:
        """There is nothing to tell: the text is the same."""


class _Signer(signers.Signer):
    """Signs with the paper key; `given` is a signature that exists already, to be wrapped again."""

    def __init__(
        self, leaf: asn1_x509.Certificate, key: P256PaperKey | None, given: bytes = b""
    ) -> None:
        super().__init__(signing_cert=leaf)
        self._key = key
        self._given = given

    @override
    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return self._given if self._key is None else self._key.sign(data)


class _PdfSigner(signers.PdfSigner):
    """Declares the one extension that a PDF 1.7 needs for PAdES, and none of PDF 2.0."""

    @override
    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


@dataclass(frozen=True, slots=True)
class ReadSignature:
    """One signature as it stands in a file. `leaf` is the signer's certificate (DER), `reason` and
    `signed_at` what the file claims; `covered` tells whether nothing lies outside it.
    """

    leaf: bytes
    reason: str
    signed_at: datetime | None
    covered: bool
    _embedded: EmbeddedPdfSignature
    _pdf: bytes

    def damage(self, trusted: Sequence[bytes]) -> PaperDamage:
        """NONE where the digest, the signature and its certificate's path to one of `trusted` (DER)
        hold; without any trusted one the path is not asked for.
        """
        status = asyncio.run(self._validated(trusted))
        if not status.intact:
            return PaperDamage.TEXT
        if not status.valid or (trusted and not status.trusted):
            return PaperDamage.SIGNATURE
        if not self.covered:
            return PaperDamage.ADDED
        if trusted and not status.bottom_line:
            return PaperDamage.SIGNATURE
        return PaperDamage.NONE

    def is_ours(self) -> bool:
        """Whether the bytes that no digest covers are exactly those that we would have written."""
        _, before, behind, _ = (int(one) for one in self._embedded.byte_range)
        digest = hashlib.sha256(self._pdf[:before] + self._pdf[behind:]).digest()
        made = container(self.leaf, digest, self._embedded.signer_info["signature"].native)
        wanted = made.hex().upper().ljust(RESERVED, "0").encode()
        return self._pdf[before:behind] == b"<" + wanted + b">"

    async def _validated(self, trusted: Sequence[bytes]) -> PdfSignatureStatus:
        roots = [asn1_x509.Certificate.load(one) for one in trusted]
        validity = self._embedded.signer_cert["tbs_certificate"]["validity"]
        first, last = validity["not_before"].native, validity["not_after"].native
        context = ValidationContext(
            trust_roots=roots,
            allow_fetching=False,
            # No clock is asked: a certificate tells whose key it is, for good.
            moment=min(max(self.signed_at or first, first), last),
        )
        return await async_validate_pdf_signature(self._embedded, context, skip_diff=True)


def read_signatures(pdf: bytes) -> list[ReadSignature]:
    """The signatures of a PDF, oldest first. Raises whatever a broken file makes pyHanko raise."""
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    return [_read(pdf, one) for one in reader.embedded_regular_signatures]


def _read(pdf: bytes, found: EmbeddedPdfSignature) -> ReadSignature:
    numbers = [int(one) for one in found.byte_range]
    covered = len(numbers) == 4 and numbers[0] == 0 and numbers[2] + numbers[3] == len(pdf)
    if covered:
        hole = pdf[numbers[1] : numbers[2]]
        covered = hole[:1] == b"<" and hole[-1:] == b">" and b">" not in hole[:-1]
    reason = found.sig_object.get("/Reason", "")
    return ReadSignature(
        leaf=found.signer_cert.dump(),
        reason=reason if isinstance(reason, str) else "",
        signed_at=found.self_reported_timestamp,
        covered=covered,
        _embedded=found,
        _pdf=pdf,
    )


def write_signature(
    pdf: bytes, key: P256PaperKey, leaf: bytes, *, at: datetime, reason: str
) -> bytes:
    """`pdf` with one certification signature by `key`, whose certificate is `leaf` (DER).

    Raises `NotFresh`.
    """
    told = f"{at.isoformat()}\n{reason}".encode()
    mark = hashlib.sha256(pdf + hashlib.sha256(leaf + told).digest()).digest()[:16]
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = _PdfSigner(
        meta,
        _Signer(asn1_x509.Certificate.load(leaf), key),
        new_field_spec=SigFieldSpec(sig_field_name=FIELD),
    )
    return asyncio.run(_write(signer, _opened(pdf, mark), at))


def _opened(pdf: bytes, mark: bytes) -> _Writer:
    try:
        writer = _Writer(pdf, mark)
        signed = bool(writer.prev.embedded_signatures)
    except Exception as error:
        # Whatever its parser stumbles over.
        raise NotFresh(type(error).__name__) from None
    if signed:
        raise NotFresh("signed")
    return writer


async def _write(signer: signers.PdfSigner, writer: _Writer, at: datetime) -> bytes:
    session = signer.init_signing_session(writer)
    session.system_time = at
    document = session.prepare_tbs_document(
        validation_info=None, bytes_reserved=RESERVED, appearance_text_params=None
    )
    output = BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    await document.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    return output.getvalue()


def container(leaf: bytes, digest: bytes, signature: bytes) -> bytes:
    """The CMS container (DER) that we would have written around a signature."""
    signer = _Signer(asn1_x509.Certificate.load(leaf), None, signature)
    made: cms.ContentInfo = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
    return bytes(made.dump())
