"""Certifies the keys that laptops seal papers with: ECDSA P-256, X.509.

A certificate says whose key it is, as the county knows the laptop, and nothing about time: dates in
it are wide, and the same request gets the same bytes. Never certifies a key whose owner did not
show that it is theirs.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.wire.exchange import paper_key_message

_NOT_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
_NOT_AFTER = datetime(2099, 12, 31, tzinfo=UTC)
_LONGEST = 64  # characters of one name in a certificate: RFC 5280, appendix A


class PaperAuthority:
    """The county's word on keys for papers. `secret` is its private number in hex."""

    def __init__(self, secret: str) -> None:
        self._private = ec.derive_private_key(int(secret, 16), ec.SECP256R1())
        self._known_as = x509.SubjectKeyIdentifier.from_public_key(self._private.public_key())
        marks = self._known_as.digest.hex()[:16]
        self._name = _name((NameOID.COMMON_NAME, f"Heshi county papers {marks}"))
        self.certificate = self._own().public_bytes(Encoding.PEM).decode()

    def certify(
        self, *, device: str, paper_key: str, proof: str, committee: str, person: str
    ) -> str:
        """A certificate (PEM) for the key of `device`; "" where `proof` does not show that the key
        is that laptop's own.
        """
        public = _proven(device, paper_key, proof)
        if public is None:
            return ""
        subject = _name(
            (NameOID.ORGANIZATION_NAME, committee),
            (NameOID.COMMON_NAME, person),
            (NameOID.SERIAL_NUMBER, device),
        )
        marks = hashlib.sha256(subject.public_bytes() + bytes.fromhex(paper_key)).digest()
        made = (
            self._builder(subject, public, marks)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_papers=True), critical=True)
        )
        return self._signed(made).public_bytes(Encoding.PEM).decode()

    def _own(self) -> x509.Certificate:
        public = self._private.public_key()
        made = (
            self._builder(self._name, public, self._known_as.digest)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_papers=False), critical=True)
        )
        return self._signed(made)

    def _builder(
        self, subject: x509.Name, public: ec.EllipticCurvePublicKey, marks: bytes
    ) -> x509.CertificateBuilder:
        ours = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(self._known_as)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(int.from_bytes(marks[:16], "big") >> 1 | 1)
            .not_valid_before(_NOT_BEFORE)
            .not_valid_after(_NOT_AFTER)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(ours, critical=False)
        )

    def _signed(self, made: x509.CertificateBuilder) -> x509.Certificate:
        return made.sign(self._private, hashes.SHA256(), ecdsa_deterministic=True)


def new_authority_secret() -> str:
    """The private number of a fresh authority, in hex."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return f"{number:064x}"


def _proven(device: str, paper_key: str, proof: str) -> ec.EllipticCurvePublicKey | None:
    """The key, if whoever asks can sign with it for this very device."""
    try:
        point = bytes.fromhex(paper_key)
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        message = paper_key_message(device, paper_key)
        public.verify(bytes.fromhex(proof), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return None
    return public


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    said = [(oid, text.strip()[:_LONGEST]) for oid, text in parts]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in said if text])


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
