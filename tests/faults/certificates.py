"""A county's own authority and the impostors it is up against, for one test.

Keys live in a folder of the test, because TLS takes them from files only.
"""

from __future__ import annotations

import ipaddress
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
YEAR = timedelta(days=365)


class Authority:
    """Makes server contexts for 127.0.0.1: one good, the others wrong in one way each.

    `ca_file` is what an honest client trusts.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("county authority")
        self._now = datetime.now(UTC)
        self.ca_file = folder / "authority.pem"
        self.ca_file.write_bytes(self._own().public_bytes(Encoding.PEM))

    def good(self) -> ssl.SSLContext:
        return self._context("good", -YEAR, YEAR)

    def self_signed(self) -> ssl.SSLContext:
        """The leaf is signed by its own key."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._context("self-signed", -YEAR, YEAR, key=key, issuer=_name(HOST), signer=key)

    def other_authority(self) -> ssl.SSLContext:
        """Named as this authority and signed by another key."""
        stranger = ec.generate_private_key(ec.SECP256R1())
        return self._context("other-authority", -YEAR, YEAR, signer=stranger)

    def out_of_date(self, variant: str) -> ssl.SSLContext:
        """``past``: over since yesterday. ``next``: good from tomorrow on."""
        day = timedelta(days=1)
        start, end = (-YEAR, -day) if variant == "past" else (day, YEAR)
        return self._context(f"out-of-date-{variant}", start, end)

    def old_protocol(self) -> ssl.SSLContext:
        """Speaks TLS 1.0 and 1.1 only."""
        context = self._context("old-protocol", -YEAR, YEAR)
        with warnings.catch_warnings():
            # That they are old is what this is for.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        # Elsewhere OpenSSL would not offer them at all.
        context.set_ciphers("ALL:@SECLEVEL=0")
        return context

    def _own(self) -> x509.Certificate:
        builder = self._builder(self._name, self._name, self._key, -YEAR, YEAR)
        return builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        ).sign(self._key, hashes.SHA256())

    def _context(
        self,
        file_name: str,
        start: timedelta,
        end: timedelta,
        *,
        key: ec.EllipticCurvePrivateKey | None = None,
        issuer: x509.Name | None = None,
        signer: ec.EllipticCurvePrivateKey | None = None,
    ) -> ssl.SSLContext:
        """A leaf from `start` to `end`, counted from now."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
        leaf = (
            self._builder(_name(HOST), issuer or self._name, key, start, end)
            .add_extension(place, critical=False)
            .sign(signer or self._key, hashes.SHA256())
        )
        file = self._folder / f"{file_name}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(leaf.public_bytes(Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _builder(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        start: timedelta,
        end: timedelta,
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now + start)
            .not_valid_after(self._now + end)
        )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
