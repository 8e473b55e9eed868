"""The key that parcels are closed for: X25519. Every laptop has one, and so has the county.

Pure: holds a secret that somebody else keeps, and never writes it anywhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_SIZE = 32
FINGERPRINT_SIZE = 16
_FINGERPRINT_PURPOSE = b"heshi/box/1\n"


class X25519Box:
    """One secret (64 hex digits), loaded when it is first needed. Satisfies `ports.BoxKey`."""

    __slots__ = ("_private", "_secret")

    def __init__(self, secret: str) -> None:
        self._secret = bytes.fromhex(secret)
        self._private: X25519PrivateKey | None = None

    @property
    def public_key(self) -> str:
        """What others close parcels with: 64 hex digits."""
        return self._the_private().public_key().public_bytes_raw().hex()

    def open(self, other: bytes) -> bytes:
        """The 32 bytes that only this box and the owner of the public key `other` can know.

        Raises ValueError for a key that would let anybody know them.
        """
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        return self._the_private().exchange(X25519PublicKey.from_public_bytes(other))

    def _the_private(self) -> X25519PrivateKey:
        if self._private is None:
            from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

            self._private = X25519PrivateKey.from_private_bytes(self._secret)
        return self._private


def new_secret() -> str:
    """The secret of a new box, 64 hex digits."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.generate().private_bytes_raw().hex()


def fingerprint(public_key: str) -> bytes:
    """By which 16 bytes a parcel says for whom it is."""
    raw = _FINGERPRINT_PURPOSE + bytes.fromhex(public_key)
    return hashlib.sha256(raw).digest()[:FINGERPRINT_SIZE]
