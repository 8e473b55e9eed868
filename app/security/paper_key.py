"""The key that seals papers: ECDSA P-256, which every PDF viewer knows, beside the device's Ed25519
key in the encrypted settings.

The secret half never leaves this computer. Until the county has certified it, the key speaks for
itself with a certificate that names the device and nobody else. No clock decides anything here:
certificates are long, and what a paper says of its time is a claim.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.services.ports import Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, KeyUsage

PAPER_SECRET_SETTING = "paper.secret"
PAPER_CERTIFICATE_SETTING = "paper.certificate"
COUNTY_CA_SETTING = "county.ca"
# A certificate says whose key it is. When a paper was made is asked of receipts, not of clocks.
NOT_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2099, 12, 31, tzinfo=UTC)


class P256PaperKey:
    """One secret number (hex). Satisfies `PaperKey`; equal input gives an equal signature (RFC
    6979), so that a second print equals the first.
    """

    __slots__ = ("_private", "_secret")

    def __init__(self, secret: str) -> None:
        self._secret = int(secret, 16)
        self._private: EllipticCurvePrivateKey | None = None

    @property
    def private(self) -> EllipticCurvePrivateKey:
        """The key itself, for those in this room who build what it signs."""
        if self._private is None:
            from cryptography.hazmat.primitives.asymmetric import ec

            self._private = ec.derive_private_key(self._secret, ec.SECP256R1())
        return self._private

    @property
    def public_key(self) -> str:
        """The uncompressed point: 130 hex digits."""
        return point_of(self.private.public_key())

    def sign(self, message: bytes) -> bytes:
        """ECDSA over SHA-256 of `message`, DER."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        return self.private.sign(message, algorithm)

    def prove(self, device_id: str) -> str:
        """Hex of a signature that only the owner of this key can make for this device."""
        from app.wire.exchange import paper_key_message

        return self.sign(paper_key_message(device_id, self.public_key)).hex()

    def fits(self, certificate: str, county_ca: str) -> bool:
        """Whether `certificate` (PEM) is the county's word (`county_ca`, PEM) for this very key."""
        try:
            leaf, issuer = read_certificate(certificate), read_certificate(county_ca)
        except ValueError:
            return False
        return point_of(leaf.public_key()) == self.public_key and is_issued_by(leaf, issuer)


def load_paper_key(settings: Settings) -> P256PaperKey:
    """This computer's key for papers; made and put into the settings when there is none yet.

    The caller commits.
    """
    secret = settings.get(PAPER_SECRET_SETTING)
    if secret is None:
        from cryptography.hazmat.primitives.asymmetric import ec

        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        secret = f"{number:064x}"
        settings.put(PAPER_SECRET_SETTING, secret)
    return P256PaperKey(secret)


def own_certificate(key: P256PaperKey, device_id: str) -> str:
    """The certificate (PEM) with which the key speaks for itself; the same bytes each time."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID

    public = key.private.public_key()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, device_id),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, device_id),
        ]
    )
    known_as = x509.SubjectKeyIdentifier.from_public_key(public)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(int.from_bytes(known_as.digest[:16], "big") | 1)
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signatures(), critical=True)
        .add_extension(known_as, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known_as),
            critical=False,
        )
        .sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def read_certificate(pem: str) -> Certificate:
    """A certificate of a P-256 key. Raises ValueError for anything else."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        point_of(found.public_key())
    except (UnsupportedAlgorithm, TypeError, x509.InvalidVersion):
        raise ValueError("not a certificate of ours") from None
    return found


def point_of(public: object) -> str:
    """The uncompressed point of a P-256 public key, 130 hex digits. Raises ValueError for
    others.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    if not isinstance(public, ec.EllipticCurvePublicKey) or public.curve.name != "secp256r1":
        raise ValueError("not a P-256 key")
    shape = serialization.PublicFormat.UncompressedPoint
    return public.public_bytes(serialization.Encoding.X962, shape).hex()


def is_issued_by(leaf: Certificate, issuer: Certificate) -> bool:
    """Whether `issuer`, which must be allowed to, has signed `leaf`."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        leaf.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return constraints.value.ca


def _for_signatures() -> KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
